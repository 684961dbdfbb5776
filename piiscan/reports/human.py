"""What a data-protection officer reads in the terminal: the worst files first, what was not read, and the sum.

It says "nothing was found" only of what was read. Names are escaped; of documents only masks appear here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from piiscan.digest import PLACES, digest
from piiscan.messages import catalogue
from piiscan.model import Outcome, Sensitivity
from piiscan.printable import place_name, printable
from piiscan.wording import (
    bytes_in_words,
    cause_in_words,
    confidence_words,
    dropped_words,
    outcome_words,
    people_in_words,
    place_in_words,
    sensitivity_words,
)
from piiscan.wrap import columns, flow, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from gettext import NullTranslations

    from piiscan.digest import Digest, Found, Hit
    from piiscan.model import Dropped, Record, Summary
    from piiscan.reports import View

#: Files with findings, and unread paths, that a person is shown; the machine formats tell all of them.
LIMIT = 1000
EVIDENCE = 6
#: Columns that a line of a pattern needs beside its title, and columns that the title has even so.
BESIDE_TITLE, LEAST_TITLE = 55, 20
#: Terminal codes (SGR) of the few styles; without colour nothing is lost, for no meaning rests on it alone.
STYLES = {"strong": "1", "quiet": "2", "alarm": "1;31", "warning": "1;33", "good": "1;32"}
LEVEL_STYLES = {
    Sensitivity.CRITICAL: "1;31",
    Sensitivity.HIGH: "31",
    Sensitivity.MODERATE: "33",
    Sensitivity.LOW: "36",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """What every line needs to know: how wide, which language, whether in colour."""

    view: View
    words: NullTranslations

    def title(self, pattern: str) -> str:
        return self.view.titles.get(pattern, pattern)

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.view.colour and text else text

    def paragraph(self, text: str, style: str, indent: int = 0) -> Iterator[str]:
        for line in wrap(text, self.view.width - indent):
            yield " " * indent + self.paint(line, STYLES[style])


def render_human(records: Iterable[Record], view: View) -> Iterator[str]:
    """Yield the lines of the whole report; nothing is yielded before the last record is there."""
    told = digest(records, LIMIT)
    page = _Page(view, catalogue(view.language))
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
        yield from _summary_lines(page, told, told.summary)


def _hidden_lines(page: _Page, told: Digest) -> Iterator[str]:
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


def _file_lines(page: _Page, file: Found, title_width: int) -> Iterator[str]:
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


def _count(page: _Page, hit: Hit) -> str:
    total, distinct = f"{hit.total:,}", f"{hit.distinct:,}"
    if hit.distinct == hit.total:
        return page.words.ngettext("{total} value", "{total} values", hit.total).format(total=total)
    message = page.words.ngettext("{total} ({distinct} value)", "{total} ({distinct} values)", hit.distinct)
    return message.format(total=total, distinct=distinct)


def _places(page: _Page, hit: Hit) -> Iterator[str]:
    for finding in hit.places:
        yield f"{place_in_words(finding.location)} {printable(finding.mask)}".strip()
    rest = hit.total - len(hit.places)
    if rest and hit.places:
        yield page.words.gettext("… and {count} more").format(count=f"{rest:,}")
    if hit.business:
        message = page.words.ngettext("({count} of an organisation)", "({count} of organisations)", hit.business)
        yield message.format(count=f"{hit.business:,}")


def _unread_lines(page: _Page, told: Digest) -> Iterator[str]:
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
        yield f"  {pad(name, name_width)}  {cause_in_words(_, gap.outcome, gap.reason)}"
        for member in gap.members[:PLACES]:
            yield f"    {place_name(gap.path, member.member)}  {cause_in_words(_, member.outcome, member.reason)}"
        if len(gap.members) > PLACES:
            yield "    " + _("… and more: --format jsonl tells all of them")
    if count > len(told.unread):
        yield "  " + _("… and more: --format jsonl tells all of them")
    yield ""


def _dropped_lines(page: _Page, told: Digest) -> Iterator[str]:
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


def _summary_lines(page: _Page, told: Digest, summary: Summary) -> Iterator[str]:
    _ = page.words.gettext
    names = outcome_words(_)
    counts = ((names[outcome], summary.outcomes.get(outcome, 0)) for outcome in Outcome)
    outcomes = ", ".join(f"{name} {count:,}" for name, count in counts if count)
    size = f"{bytes_in_words(summary.bytes_read)}, {summary.elapsed:.1f} s"
    facts = [
        (_("Files"), [f"{summary.enumerated:,}" + (f" ({outcomes})" if outcomes else "")]),
        (_("Read"), [size]),
        (_("Found"), [*_totals(page, told, summary)] or [_("nothing")]),
    ]
    if people := people_in_words(page.words, summary.people):
        facts.append((_("People"), [people]))
    if summary.samples:
        samples = _("{count} test and example values, not shown").format(count=f"{summary.samples:,}")
        facts.append((_("Samples"), [samples]))
    indent = max(columns(label) for label, _lines in facts) + 2
    for label, lines in facts:
        for number, line in enumerate(part for each in lines for part in wrap(each, page.view.width - indent)):
            yield pad(label if number == 0 else "", indent) + line
    yield ""
    yield from page.paragraph(*_verdict(page, summary))


def _totals(page: _Page, told: Digest, summary: Summary) -> Iterator[str]:
    """Say how many of each pattern were found, the most harmful first."""
    order = sorted(summary.totals, key=lambda name: (-(told.levels.get(name) or 0), -summary.totals[name], name))
    widest = max((len(f"{total:,}") for total in summary.totals.values()), default=0)
    for name in order:
        yield f"{summary.totals[name]:>{widest},} {page.title(name)}"


def _verdict(page: _Page, summary: Summary) -> tuple[str, str]:
    """Give the last sentence and its style: whether the run saw everything."""
    _ = page.words.gettext
    if summary.interrupted:
        return _("NOT complete: the run was interrupted, and nothing is known of files it did not reach."), "alarm"
    if not summary.complete:
        message = page.words.ngettext(
            "NOT complete: {count} file was not read or not wholly, and nothing can be said about it.",
            "NOT complete: {count} files were not read or not wholly, and nothing can be said about them.",
            summary.unread,
        )
        return message.format(count=f"{summary.unread:,}"), "warning"
    if summary.totals:
        return _("Complete: every file was read, except those skipped on purpose."), "strong"
    return _("Complete: every file was read, except those skipped on purpose, and nothing was found."), "good"
