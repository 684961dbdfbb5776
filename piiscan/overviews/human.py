"""The first page of the findings report in the terminal: what was not read, what was found, what to do first.

Names come from the scanned tree and are made printable; nothing of a document appears here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from piiscan.holdings import Action
from piiscan.overviewwords import iter_facts, iter_first, period, phrases, scope
from piiscan.printable import place_name, printable
from piiscan.wrap import columns, flow, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.holdings import Advice, Overview
    from piiscan.overviewwords import Phrases
    from piiscan.people import People
    from piiscan.reports import View

#: What of each list a person is shown here; the other formats tell all.
FIRST, DEPARTMENTS, CAUSES = 10, 12, 8
GAP = 2
STYLES = {"strong": "1", "quiet": "2", "alarm": "1;31", "warning": "1;33", "good": "1;32"}
ACTION_STYLES = {Action.DELETE: "alarm", Action.MOVE: "warning", Action.CHECK: "strong"}


@dataclass(frozen=True, slots=True)
class _Page:
    """What every line needs to know: how wide, which language, whether in colour."""

    view: View
    told: Phrases

    def gettext(self, message: str) -> str:
        return self.told.words.gettext(message)

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.view.colour and text and style else text

    def heading(self, title: str, said: str = "", style: str = "strong") -> Iterator[str]:
        """Yield the number and title of a part, and beside it the sentence that sums it up."""
        indent = columns(title) + GAP
        lines = wrap(said, max(self.view.width - indent, self.view.width // 2))
        yield f"{self.paint(title, 'strong')}{' ' * GAP}{self.paint(lines[0], style)}".rstrip()
        yield from (" " * indent + self.paint(line, style) for line in lines[1:])

    def paragraph(self, text: str, style: str = "", indent: int = 3) -> Iterator[str]:
        yield from (" " * indent + self.paint(line, style) for line in wrap(text, self.view.width - indent))


def render_human(overview: Overview, view: View) -> Iterator[str]:
    """Yield the lines of the first page."""
    page = _Page(view, phrases(view.language))
    yield from _title_lines(page, overview)
    for part in (_unread_lines, _found_lines, _first_lines, _department_lines, _trigger_lines):
        yield ""
        yield from part(page, overview)
    yield ""
    yield from page.paragraph(
        page.gettext("All files, with filters: --format html. For programs: csv, json."), "quiet", 0
    )


def _title_lines(page: _Page, overview: Overview) -> Iterator[str]:
    title = page.gettext("piiscan findings report")
    facts = (f"{name}: {value}" for name, value in iter_facts(page.told, overview))
    yield from (page.paint(line, "strong") for line in flow((title, scope(overview.run)), page.view.width))
    estimates = page.gettext("(estimates, no legal advice)")
    yield from flow((period(page.told, overview.run), estimates, *facts), page.view.width)
    if overview.run.interrupted or not overview.run.ended:
        message = page.gettext("NOT complete: the run was interrupted, and nothing is known of files it did not reach.")
        yield from page.paragraph(message, "alarm", 0)


def _unread_lines(page: _Page, overview: Overview) -> Iterator[str]:
    title = page.gettext("① Not read")
    count = len(overview.unread)
    if not count:
        yield from page.heading(
            title, page.gettext("nothing: every file was read, except those skipped on purpose"), "good"
        )
        return
    message = page.gettext("{files} ({share} %), {open} of them not accounted for")
    share = f"{100 * count / max(overview.run.enumerated, count):.1f}"
    left = f"{count - overview.acknowledged:,}"
    said = message.format(files=page.told.files(count), share=share, open=left)
    pages = page.told.unread_pages(overview.unread)
    yield from page.heading(title, f"{said}; {pages}" if pages else said, "warning")
    causes = page.told.causes(overview.unread)
    shown = [f"{cause} {number:,}" for cause, number in causes[:CAUSES]]
    if rest := sum(number for _cause, number in causes[CAUSES:]):
        shown.append(page.gettext("others {count}").format(count=f"{rest:,}"))
    yield from (f"   {line}" for line in flow(shown, page.view.width - 3))


def _found_lines(page: _Page, overview: Overview) -> Iterator[str]:
    message = page.gettext("{found} of {read} files that were read; {people}")
    said = message.format(
        found=f"{overview.with_findings:,}", read=f"{overview.read:,}", people=page.told.people(overview.people)
    )
    yield from page.heading(page.gettext("② Found"), said)
    head = ("", page.gettext("files"), page.gettext("people"), page.gettext("bounds"), page.gettext("change"))
    rows = [
        (page.told.legal_class(each.legal_class), *_figures(page, each.files, each.people, each.before))
        for each in overview.classes
    ]
    if rows:
        yield from _table(page, [head, *rows], ["<", ">", ">", ">", ">"])
        yield from page.paragraph(page.gettext("Somebody may be counted in several of these classes."), "quiet")


def _figures(page: _Page, files: int, people: People, before: int | None) -> tuple[str, str, str, str]:
    return f"{files:,}", f"{people.estimate:,}", page.told.bounds(people), page.told.change(files, before)


def _first_lines(page: _Page, overview: Overview) -> Iterator[str]:
    first = [*iter_first(overview, FIRST)]
    yield from page.heading(page.gettext("③ To do first"), "" if first else page.gettext("nothing"))
    if not first:
        return
    head = ("", page.gettext("file"), page.gettext("people"), page.gettext("basis"), page.gettext("department"))
    rows = [_first_row(page, advice) for advice in first]
    styles = ["quiet", *(ACTION_STYLES.get(advice.action, "") for advice in first)]
    yield from _table(page, [head, *rows], ["<", "/", ">", "<", "<"], styles)


def _first_row(page: _Page, advice: Advice) -> Sequence[str]:
    basis = page.told.of(advice.basis)
    detail = page.told.basis(advice)
    whose = " ".join(filter(None, (printable(advice.department), f"[{page.told.decision(advice)}]")))
    return (
        page.told.actions[advice.action],
        place_name(advice.holding.path),
        f"{advice.holding.people.estimate:,}",
        f"{basis} {detail}".strip(),
        whose,
    )


def _department_lines(page: _Page, overview: Overview) -> Iterator[str]:
    yield from page.heading(page.gettext("④ By department"), "" if overview.departments else page.gettext("nothing"))
    head = (
        "",
        page.gettext("files"),
        page.gettext("people"),
        page.gettext("bounds"),
        page.gettext("no answer"),
        page.gettext("change"),
    )
    rows = []
    for each in overview.departments[:DEPARTMENTS]:
        files, people, bounds, change = _figures(page, each.files, each.people, each.before)
        name = printable(each.name) or page.gettext("(nobody named)")
        rows.append((name, files, people, bounds, f"{each.undecided:,}", change))
    if rows:
        yield from _table(page, [head, *rows], ["<", ">", ">", ">", ">", ">"])
    if (rest := len(overview.departments) - len(rows)) > 0:
        yield from page.paragraph(page.gettext("… and {count} more").format(count=f"{rest:,}"), "quiet")


def _trigger_lines(page: _Page, overview: Overview) -> Iterator[str]:
    title = page.gettext("⑤ If all this leaked")
    yield from page.heading(title, page.gettext("what would have to be reported, judged by the upper bound"), "")
    rows = [
        (
            page.told.verdict(each),
            page.told.of(each.title),
            "" if each.question else f"{each.people.high:,}",
            page.told.of(each.law),
        )
        for each in overview.triggers
    ]
    if rows:
        head = ("", "", page.gettext("people"), page.gettext("law"))
        styles = ["quiet", *("alarm" if each.is_met else "quiet" for each in overview.triggers)]
        yield from _table(page, [head, *rows], ["<", "<", ">", "<"], styles)
    if overview.unread:
        note = page.gettext("What was not read is not part of this: {files}.")
        yield from page.paragraph(note.format(files=page.told.files(len(overview.unread))), "warning")


def _table(
    page: _Page, rows: Sequence[Sequence[str]], sides: Sequence[str], styles: Sequence[str] = ()
) -> Iterator[str]:
    """Yield rows as columns, with the head quiet; the style of a row is that of its first cell.

    What is longer than its column goes on below; a name (side "/") loses its front.
    """
    widths = _widths(rows, sides, page.view.width - 3)
    for number, row in enumerate(rows):
        style = styles[number] if styles else ("" if number else "quiet")
        cells = [
            [_clip(cell, width)] if side == "/" else wrap(cell, width)
            for cell, width, side in zip(row, widths, sides, strict=True)
        ]
        for lines in zip_longest(*cells, fillvalue=""):
            placed = [
                " " * (width - columns(line)) + line if side == ">" else pad(_clip(line, width), width)
                for line, width, side in zip(lines, widths, sides, strict=True)
            ]
            shown = (" " * GAP).join(placed[1:]).rstrip()
            gap = " " * GAP if shown else ""
            yield f"   {page.paint(placed[0], style)}{gap}{page.paint(shown, '' if number else 'quiet')}".rstrip()


def _widths(rows: Sequence[Sequence[str]], sides: Sequence[str], width: int) -> list[int]:
    """Give each column what it needs; those of text share what is missing, the widest first."""
    needed = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    texts = [number for number, side in enumerate(sides) if side in "</"]
    while texts and sum(needed) + GAP * (len(needed) - 1) > width:
        widest = max(texts, key=lambda number: needed[number])
        if needed[widest] <= GAP:
            break
        needed[widest] -= 1
    return needed


def _clip(text: str, width: int) -> str:
    """Cut the front off a name that is too long: what a file is called says more than where it lies."""
    if columns(text) <= width:
        return text
    while text and columns(text) >= width:
        text = text[1:]
    return f"…{text}"
