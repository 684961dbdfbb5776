"""How the report of a scan ends: what was not read and what to do about it, the sums, and whether that was all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.hours import CLOSED
from piiscan.model import Outcome
from piiscan.remedies import remedy
from piiscan.wording import bytes_in_words, cause_in_words, outcome_words, pages_in_words, people_in_words
from piiscan.wrap import columns, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.digest import Digest
    from piiscan.gaps import Cause
    from piiscan.model import Summary
    from piiscan.terminalpage import Page

#: Causes that a person is shown; there are few more.
CAUSES = 20


def iter_closing(page: Page, told: Digest, summary: Summary) -> Iterator[str]:
    """Yield what the run adds up to: what was not read by cause and what to do about it, the sums, the verdict."""
    _ = page.words.gettext
    yield from cause_lines(page, summary.gaps.causes)
    names = outcome_words(_)
    counts = ((names[outcome], summary.outcomes.get(outcome, 0)) for outcome in Outcome)
    outcomes = ", ".join(f"{name} {count:,}" for name, count in counts if count)
    size = f"{bytes_in_words(summary.bytes_read)}, {summary.elapsed:.1f} s"
    facts = [
        (_("Files"), [f"{summary.enumerated:,}" + (f" ({outcomes})" if outcomes else "")]),
        (_("Read"), [size]),
        *_page_facts(page, summary),
        (_("Found"), [*_totals(page, told, summary)] or [_("nothing")]),
    ]
    if people := people_in_words(page.words, summary.people):
        facts.append((_("People"), [people]))
    if summary.samples:
        samples = _("{count} test and example values, not shown").format(count=f"{summary.samples:,}")
        facts.append((_("Samples"), [samples]))
    facts += _gap_facts(page, summary)
    indent = max(columns(label) for label, _lines in facts) + 2
    for label, lines in facts:
        for number, line in enumerate(part for each in lines for part in wrap(each, page.view.width - indent)):
            yield pad(label if number == 0 else "", indent) + line
    yield ""
    yield from page.paragraph(*_verdict(page, summary))


def cause_lines(page: Page, causes: Sequence[Cause]) -> Iterator[str]:
    """Say of each cause how many files and bytes it took away, and what to do about it."""
    if not causes:
        return
    _ = page.words.gettext
    yield from page.paragraph(_("What to do about what was not read"), "strong")
    numbers = max(len(f"{each.files:,}") for each in causes)
    for each in causes[:CAUSES]:
        kept = _("{count} acknowledged").format(count=f"{each.acknowledged:,}") if each.acknowledged else ""
        pages = pages_in_words(page.words, each.pages)
        about = ", ".join(filter(None, (bytes_in_words(each.bytes), pages, kept)))
        yield f"  {each.files:>{numbers},}  {cause_in_words(_, each.outcome, each.reason)} ({about})"
        advice = remedy(each.outcome, each.reason)
        said = advice.ja if page.view.language == "ja" else advice.en
        yield from page.paragraph(f"→ {said}", "quiet", numbers + 4)
    if len(causes) > CAUSES:
        yield "  " + _("… and more: --format jsonl tells all of them")
    yield ""


def _gap_facts(page: Page, summary: Summary) -> Iterator[tuple[str, list[str]]]:
    """Say what else the sums keep quiet about; nothing where there is nothing."""
    _, gaps = page.words.gettext, summary.gaps
    acknowledged = []
    if gaps.acknowledged:
        said = _("{count} unread files, as the configuration says; nothing is known of what they hold")
        acknowledged.append(said.format(count=f"{gaps.acknowledged:,}"))
    if gaps.expired:
        said = _("{count} unread files no longer: their day is over, and they count as unread again")
        acknowledged.append(said.format(count=f"{gaps.expired:,}"))
    if acknowledged:
        yield _("Acknowledged"), acknowledged
    if gaps.truncated:
        said = _("not all are listed, in {count} files (--max-locations); counts are exact")
        yield _("Places"), [said.format(count=f"{gaps.truncated:,}")]
    if gaps.access_times:
        said = _("may have changed, of {count} files: the system did not allow to keep them")
        yield _("Access times"), [said.format(count=f"{gaps.access_times:,}")]


def _page_facts(page: Page, summary: Summary) -> Iterator[tuple[str, list[str]]]:
    """Say how many pages were read, and how many were not; nothing where none are known."""
    if any(summary.pages):
        said = page.words.gettext("{read} read, {unread} not read, as far as they are known")
        figures = {name: f"{count:,}" for name, count in summary.pages._asdict().items()}
        yield page.words.gettext("Pages"), [said.format(**figures)]


def _totals(page: Page, told: Digest, summary: Summary) -> Iterator[str]:
    """Say how many of each pattern were found, the most harmful first."""
    order = sorted(summary.totals, key=lambda name: (-(told.levels.get(name) or 0), -summary.totals[name], name))
    widest = max((len(f"{total:,}") for total in summary.totals.values()), default=0)
    for name in order:
        yield f"{summary.totals[name]:>{widest},} {page.title(name)}"


def gap_verdict(page: Page, left: int, kept: int, *, is_complete: bool) -> tuple[str, str] | None:
    """Say that `left` files were not read, or that `kept` of them are acknowledged; None if all were read."""
    number = kept if is_complete else left
    if not is_complete:
        message = page.words.ngettext(
            "NOT complete: {count} file was not read or not wholly, and nothing can be said about it.",
            "NOT complete: {count} files were not read or not wholly, and nothing can be said about them.",
            left,
        )
    elif kept:
        message = page.words.ngettext(
            "Complete but for {count} acknowledged file: of what it holds, nothing can be said.",
            "Complete but for {count} acknowledged files: of what they hold, nothing can be said.",
            kept,
        )
    else:
        return None
    return message.format(count=f"{number:,}"), "warning"


def _verdict(page: Page, summary: Summary) -> tuple[str, str]:
    """Give the last sentence and its style: whether the run saw everything."""
    _ = page.words.gettext
    kept = summary.gaps.acknowledged
    if summary.interrupted == CLOSED:
        met = sum(each.files for each in summary.gaps.causes if each.reason == "interrupted")
        message = _("NOT complete: its hours are over. {count} files that were met are left, and what was not yet met.")
        return message.format(count=f"{met:,}"), "alarm"
    if summary.interrupted:
        return _("NOT complete: the run was interrupted, and nothing is known of files it did not reach."), "alarm"
    if gap := gap_verdict(page, summary.unread - kept, kept, is_complete=summary.complete):
        return gap
    if summary.totals:
        return _("Complete: every file was read, except those skipped on purpose."), "strong"
    return _("Complete: every file was read, except those skipped on purpose, and nothing was found."), "good"
