"""What a data-protection officer reads in the terminal: the worst files first, what was not read, and the sum.

It says "nothing was found" only of what was read. Names are escaped; of documents only masks appear here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.closing import iter_closing
from piiscan.digest import PLACES, digest
from piiscan.messages import catalogue
from piiscan.model import Sensitivity
from piiscan.printable import place_name, printable
from piiscan.terminalpage import STYLES, Page
from piiscan.wording import (
    acknowledged_in_words,
    cause_in_words,
    confidence_words,
    dropped_words,
    people_in_words,
    place_in_words,
    sensitivity_words,
)
from piiscan.wrap import columns, flow, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.digest import Digest, Found, Hit
    from piiscan.explained import Dropped
    from piiscan.model import Record
    from piiscan.reports import View

#: Files with findings, and unread paths, that a person is shown; the machine formats tell all of them.
LIMIT = 1000
EVIDENCE = 6
#: Columns that a line of a pattern needs beside its title, and columns that the title has even so.
BESIDE_TITLE, LEAST_TITLE = 55, 20
LEVEL_STYLES = {
    Sensitivity.CRITICAL: "1;31",
    Sensitivity.HIGH: "31",
    Sensitivity.MODERATE: "33",
    Sensitivity.LOW: "36",
}


def render_human(records: Iterable[Record], view: View) -> Iterator[str]:
    """Yield the lines of the whole report; nothing is yielded before the last record is there."""
    told = digest(records, LIMIT)
    page = Page(view, catalogue(view.language))
    widest = max((columns(page.title(hit.pattern)) for file in told.found for hit in file.hits), default=0)
    title_width = min(widest, max(LEAST_TITLE, view.width - BESIDE_TITLE))
    for file in told.found:
        yield from _file_lines(page, file, title_width)
    yield from _hidden_lines(page, told)
    if told.unread:
        yield from _unread_lines(page, told)
    if told.dropped:
        yield from _dropped_lines(page, told)
    if told.summary:
        yield page.paint("─" * view.width, STYLES["quiet"])
        yield from iter_closing(page, told, told.summary)


def _hidden_lines(page: Page, told: Digest) -> Iterator[str]:
    """Say of how many more files with findings nothing is shown."""
    unlisted, every = (told.summary.unlisted, told.summary.files_with_findings) if told.summary else (0, 0)
    hidden = every - len(told.found) - unlisted
    messages = (
        page.words.ngettext(
            "{count} file with findings has not changed since an earlier run: piiscan report tells of it",
            "{count} files with findings have not changed since an earlier run: piiscan report tells of them",
            unlisted,
        ),
        page.words.ngettext(
            "… and {count} more file with findings: --format jsonl tells all of them",
            "… and {count} more files with findings: --format jsonl tells all of them",
            hidden,
        ),
    )
    for count, message in zip((unlisted, hidden), messages, strict=True):
        if count > 0:
            yield from page.paragraph(message.format(count=f"{count:,}"), "strong")
            yield ""


def _file_lines(page: Page, file: Found, title_width: int) -> Iterator[str]:
    levels = sensitivity_words(page.words.gettext)
    sure = confidence_words(page.words.gettext)
    level_width = max(map(columns, levels.values()))
    sure_width = max(map(columns, sure.values()))
    indent = 2 + level_width + 2
    yield "  ".join(
        filter(None, (page.paint(place_name(file.path), STYLES["strong"]), people_in_words(page.words, file.people)))
    )
    for hit in file.hits:
        title, *more_title = wrap(page.title(hit.pattern), title_width)
        level = pad(levels[hit.sensitivity] if hit.sensitivity else "-", level_width)
        confidence = pad(sure[hit.confidence] if hit.confidence else "-", sure_width)
        yield "  ".join(
            (
                "",
                page.paint(level, LEVEL_STYLES[hit.sensitivity]) if hit.sensitivity else level,
                pad(title, title_width),
                page.paint(confidence, STYLES["quiet"]),
                _count(page, hit),
            )
        )
        yield from (" " * indent + line for line in more_title)
        for line in flow(_places(page, hit), page.view.width - indent):
            yield " " * indent + page.paint(line, STYLES["quiet"])
        if page.view.explain:
            more = ", …" if len(hit.evidence) > EVIDENCE else ""
            shown = printable(", ".join(hit.evidence[:EVIDENCE])) + more
            evidence = shown or page.words.gettext("nothing but its shape")
            yield from page.paragraph(
                page.words.gettext("because: {evidence}").format(evidence=evidence), "quiet", indent
            )
    yield ""


def _count(page: Page, hit: Hit) -> str:
    total, distinct = f"{hit.total:,}", f"{hit.distinct:,}"
    if hit.distinct == hit.total:
        return page.words.ngettext("{total} value", "{total} values", hit.total).format(total=total)
    message = page.words.ngettext("{total} ({distinct} value)", "{total} ({distinct} values)", hit.distinct)
    return message.format(total=total, distinct=distinct)


def _places(page: Page, hit: Hit) -> Iterator[str]:
    for finding in hit.places:
        yield f"{place_in_words(finding.location)} {printable(finding.mask)}".strip()
    rest = hit.total - len(hit.places)
    if rest and hit.places:
        yield page.words.gettext("… and {count} more").format(count=f"{rest:,}")
    if hit.business:
        message = page.words.ngettext("({count} of an organisation)", "({count} of organisations)", hit.business)
        yield message.format(count=f"{hit.business:,}")


def _unread_lines(page: Page, told: Digest) -> Iterator[str]:
    _ = page.words.gettext
    count = told.summary.unread if told.summary else len(told.unread)
    heading = page.words.ngettext(
        "Not read, or not wholly: {count} file", "Not read, or not wholly: {count} files", count
    )
    yield from page.paragraph(heading.format(count=f"{count:,}"), "warning")
    names = [place_name(gap.path) for gap in told.unread]
    # Names longer than half a line stand out of the column instead of pushing every cause to the edge.
    name_width = max((width for width in map(columns, names) if width <= page.view.width // 2), default=0)
    for name, gap in zip(names, told.unread, strict=True):
        kept = acknowledged_in_words(_, gap.acknowledged)
        yield f"  {pad(name, name_width)}  {cause_in_words(_, gap.outcome, gap.reason)}{kept}"
        for member in gap.members[:PLACES]:
            yield f"    {place_name(gap.path, member.member)}  {cause_in_words(_, member.outcome, member.reason)}"
        if len(gap.members) > PLACES:
            yield "    " + _("… and more: --format jsonl tells all of them")
    if count > len(told.unread):
        yield "  " + _("… and more: --format jsonl tells all of them")
    yield ""


def _dropped_lines(page: Page, told: Digest) -> Iterator[str]:
    """Say of each candidate that is no finding why: the first places of each reason in a file."""
    words = dropped_words(page.words.gettext)
    yield from page.paragraph(page.words.gettext("Candidates that are no findings"), "strong")
    for path, dropped in told.dropped:
        yield f"  {place_name(path)}"
        alike: dict[tuple[str, str], list[Dropped]] = {}
        for each in dropped:
            alike.setdefault((each.pattern, each.reason), []).append(each)
        for (pattern, reason), group in alike.items():
            word, _, detail = reason.partition(":")
            shown = page.title(detail) if word == "claimed" else detail
            why = f"{words[word]}: {shown}" if shown else words[word]
            evidence = ", ".join(dict.fromkeys(word for each in group for word in each.evidence))
            places = " ".join(place_in_words(each.location) for each in group[:PLACES])
            more = " …" if len(group) > PLACES else ""
            line = f"{page.title(pattern)}  {places}{more}  {why}" + (f" ({printable(evidence)})" if evidence else "")
            yield from page.paragraph(line, "quiet", 4)
    yield ""
