"""What a data-protection officer reads in the terminal: the worst files first, what was not read, and the sum.

It says "nothing was found" only of what was read. Names come from the scanned tree and are escaped; no text of a
document appears here, only masks.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from piiscan.digest import digest
from piiscan.messages import catalogue
from piiscan.model import Outcome, Sensitivity
from piiscan.printable import place_name, printable
from piiscan.wording import bytes_in_words, confidence_words, outcome_words, reason_words, sensitivity_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from gettext import NullTranslations

    from rich.console import RenderableType

    from piiscan.digest import Digest, Found, Hit, Unread
    from piiscan.model import Finding, Record, Summary
    from piiscan.reports import View

#: Files with findings, and unread paths, that a person is shown; the machine formats tell all of them.
LIMIT = 1000
TITLE_WIDTH = 26
EVIDENCE = 6
STYLES = {
    Sensitivity.CRITICAL: "bold red",
    Sensitivity.HIGH: "red",
    Sensitivity.MODERATE: "yellow",
    Sensitivity.LOW: "cyan",
}


def render_human(records: Iterable[Record], view: View) -> Iterator[str]:
    """Yield the lines of the whole report; nothing is yielded before the last record is there."""
    told = digest(records, LIMIT)
    words = catalogue(view.language)
    for block in _blocks(told, view, words):
        yield from _lines(block, view)


def _blocks(told: Digest, view: View, words: NullTranslations) -> Iterator[RenderableType]:
    title_width = min(
        TITLE_WIDTH, max((cell_len(_title(hit, view)) for file in told.found for hit in file.hits), default=0)
    )
    for file in told.found:
        yield _file_block(file, view, words, title_width)
    hidden = (told.summary.files_with_findings if told.summary else 0) - len(told.found)
    if hidden > 0:
        message = words.ngettext(
            "… and {count} more file with findings: --format jsonl tells all of them",
            "… and {count} more files with findings: --format jsonl tells all of them",
            hidden,
        )
        yield Text(message.format(count=f"{hidden:,}") + "\n", style="bold")
    if told.unread:
        yield _unread_block(told, words)
    if told.summary:
        yield Group(Rule(style="dim", characters="─"), *_summary_block(told.summary, view, words))


def _lines(block: RenderableType, view: View) -> Iterator[str]:
    console = Console(
        file=StringIO(),
        width=view.width,
        force_terminal=view.colour,
        color_system="standard" if view.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as captured:
        console.print(block)
    for line in captured.get().removesuffix("\n").split("\n"):
        yield line.rstrip(" ")


def _title(hit: Hit, view: View) -> str:
    return view.titles.get(hit.pattern, hit.pattern)


def _file_block(file: Found, view: View, words: NullTranslations, title_width: int) -> RenderableType:
    levels = sensitivity_words(words.gettext)
    sure = confidence_words(words.gettext)
    rows: list[RenderableType] = [Text(place_name(file.path), style="bold")]
    level_width = max(map(cell_len, levels.values()))
    for hit in file.hits:
        line = Table.grid(padding=(0, 2))
        line.add_column(width=level_width)
        line.add_column(width=title_width)
        line.add_column(width=max(map(cell_len, sure.values())))
        line.add_column()
        level = Text("-") if hit.sensitivity is None else Text(levels[hit.sensitivity], style=STYLES[hit.sensitivity])
        confidence = Text(sure[hit.confidence] if hit.confidence else "-", style="dim")
        line.add_row(level, Text(_title(hit, view)), confidence, Text(_count(hit, words)))
        indent = level_width + 4
        places = _flow(_places(hit, words), view.width - indent)
        rows += [Padding(line, (0, 0, 0, 2)), Padding(Text("\n".join(places), style="dim"), (0, 0, 0, indent))]
        if view.explain and hit.evidence:
            more = ", …" if len(hit.evidence) > EVIDENCE else ""
            reason = words.gettext("because: {evidence}").format(evidence=", ".join(hit.evidence[:EVIDENCE]) + more)
            rows.append(Padding(Text(printable(reason), style="italic dim"), (0, 0, 0, indent)))
    return Group(*rows, Text())


def _count(hit: Hit, words: NullTranslations) -> str:
    if hit.distinct == hit.total:
        return words.ngettext("{total} value", "{total} values", hit.total).format(total=f"{hit.total:,}")
    return words.gettext("{total} ({distinct} values)").format(total=f"{hit.total:,}", distinct=f"{hit.distinct:,}")


def _places(hit: Hit, words: NullTranslations) -> Iterator[str]:
    for finding in hit.places:
        yield f"{_place(finding)} {printable(finding.mask)}".strip()
    rest = hit.total - len(hit.places)
    if rest and hit.places:
        yield words.gettext("… and {count} more").format(count=f"{rest:,}")
    if hit.business:
        message = words.ngettext("({count} of an organisation)", "({count} of organisations)", hit.business)
        yield message.format(count=f"{hit.business:,}")


def _flow(pieces: Iterable[str], width: int) -> list[str]:
    """Set the pieces beside each other in lines of at most `width` columns, none of them broken in two."""
    lines = [""]
    for piece in pieces:
        joined = f"{lines[-1]}   {piece}" if lines[-1] else piece
        if cell_len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines


def _place(finding: Finding) -> str:
    """Write where a finding is, as short as it is clear: `!a.csv [Sheet1] B12`, `p.3`, `12:4`."""
    where = finding.location
    words = [f"!{place_name(where.member[0], where.member[1:])}"] if where.member else []
    if where.part:
        words.append(f"[{printable(where.part)}]")
    if where.page is not None:
        words.append(f"p.{where.page}")
    if where.cell is not None:
        words.append(where.cell)
    elif where.line is not None and where.page is None:
        words.append(f"{where.line}:{where.column}" if where.column is not None else f"{where.line}")
    return " ".join(words)


def _unread_block(told: Digest, words: NullTranslations) -> RenderableType:
    _ = words.gettext
    count = told.summary.unread if told.summary else len(told.unread)
    heading = words.ngettext("Not read, or not wholly: {count} file", "Not read, or not wholly: {count} files", count)
    table = Table.grid(padding=(0, 2))
    for gap in told.unread:
        table.add_row(Text(place_name(gap.path)), Text(_cause(gap, words), style="yellow"))
    rows: list[RenderableType] = [
        Text(heading.format(count=f"{count:,}"), style="bold yellow"),
        Padding(table, (0, 0, 0, 2)),
    ]
    if count > len(told.unread):
        rows.append(Text(_("  … and more: --format jsonl tells all of them")))
    return Group(*rows, Text())


def _cause(gap: Unread, words: NullTranslations) -> str:
    outcome = outcome_words(words.gettext)[gap.outcome]
    reason = reason_words(words.gettext).get(gap.reason, printable(gap.reason))
    return f"{outcome}: {reason}" if reason else outcome


def _summary_block(summary: Summary, view: View, words: NullTranslations) -> Iterator[RenderableType]:
    _ = words.gettext
    names = outcome_words(_)
    figures = Table.grid(padding=(0, 2))
    outcomes = ", ".join(
        f"{names[outcome]} {summary.outcomes[outcome]:,}" for outcome in Outcome if summary.outcomes.get(outcome)
    )
    size = f"{bytes_in_words(summary.bytes_read)}, {summary.elapsed:.1f} s"
    figures.add_row(_("Files"), Text(f"{summary.enumerated:,} ({outcomes})" if outcomes else "0"))
    figures.add_row(_("Read"), Text(size))
    found = ", ".join(
        f"{view.titles.get(name, name)} {total:,}"
        for name, total in sorted(summary.totals.items(), key=lambda item: (-item[1], item[0]))
    )
    figures.add_row(_("Found"), Text(found or _("nothing")))
    if summary.samples:
        figures.add_row(
            _("Samples"), Text(_("{count} test and example values, not shown").format(count=f"{summary.samples:,}"))
        )
    yield figures
    yield Text()
    yield _verdict(summary, words)


def _verdict(summary: Summary, words: NullTranslations) -> Text:
    _ = words.gettext
    if summary.interrupted:
        return Text(
            _("NOT complete: the run was interrupted, and nothing is known of the files that were not reached."),
            "bold red",
        )
    if not summary.complete:
        message = words.ngettext(
            "NOT complete: {count} file was not read or not wholly, and nothing can be said about it.",
            "NOT complete: {count} files were not read or not wholly, and nothing can be said about them.",
            summary.unread,
        )
        return Text(message.format(count=f"{summary.unread:,}"), style="bold yellow")
    if summary.totals:
        return Text(_("Complete: every file was read, except those skipped on purpose."), style="bold")
    return Text(
        _("Complete: every file was read, except those skipped on purpose, and nothing was found."), style="bold green"
    )
