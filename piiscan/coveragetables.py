"""What was read and what was not, shown: for a person, as one JSON document, and as rows for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from piiscan.closing import cause_lines, gap_verdict
from piiscan.extractors import EXTRACTORS
from piiscan.overviews.csv import harmless
from piiscan.printable import json_line, printable
from piiscan.remedies import remedy
from piiscan.wording import bytes_in_words, cause_in_words, pages_in_words
from piiscan.wrap import columns, pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from piiscan.coverage import Coverage, Figures
    from piiscan.terminalpage import Page

#: Rows of each table that a person is shown; json and csv have all.
ROWS = 20
_HEAD = ("table", "name", "outcome", "reason", "files", "bytes", "unread_files", "unread_bytes", "acknowledged")
_PAGES = ("pages", "unread_pages")


def reader_of(suffix: str) -> str:
    """Name the extractor that a suffix belongs to; "" where the content alone decides, or nothing reads it."""
    return EXTRACTORS.get(suffix, "").partition(":extract_")[2]


def human_lines(page: Page, coverage: Coverage) -> Iterator[str]:
    """Yield the lines for a person."""
    _, whole = page.words.gettext, coverage.whole
    unread = coverage.causes(unread=True)
    purpose = coverage.causes(unread=False)
    left = (sum(each.files for each in purpose), sum(each.bytes for each in purpose))
    sums = [
        (_("Paths"), whole.files, whole.bytes, whole.pages),
        (_("Read wholly"), coverage.read.files, coverage.read.bytes, whole.pages_read),
        (_("Left out on purpose"), *left, whole.pages - whole.pages_read - whole.unread_pages),
        (_("Not read, or not wholly"), whole.unread, whole.unread_bytes, whole.unread_pages),
    ]
    indent = max(columns(label) for label, *_figures in sums) + 2
    for label, files, size, pages in sums:
        told = pages_in_words(page.words, pages)
        yield f"{pad(label, indent)}{files:>12,}  {bytes_in_words(size):>10}" + (f"  {told:>14}" if told else "")
    yield from _notes(page, coverage)
    yield ""
    yield from cause_lines(page, unread)
    if purpose:
        yield from page.paragraph(_("Left out on purpose"), "strong")
        for each in purpose:
            told = pages_in_words(page.words, each.pages)
            cause = cause_in_words(_, each.outcome, each.reason) + (f" ({told})" if told else "")
            yield f"  {each.files:>9,}  {bytes_in_words(each.bytes):>10}  {cause}"
        yield ""
    yield from _table(page, _("By folder"), coverage.folders)
    yield from _table(page, _("By format, as the suffix of the name says"), coverage.formats)
    yield from page.paragraph(*_verdict(page, coverage))


def _notes(page: Page, coverage: Coverage) -> Iterator[str]:
    _ = page.words.gettext
    notes = (
        (_("{count} of them are acknowledged"), coverage.whole.acknowledged),
        (_("{count} acknowledgements are over: these files count as unread again"), coverage.expired),
        (_("in {count} files not every place is listed (--max-locations)"), coverage.truncated),
        (_("{count} paths lie in recycle bins, and were treated like any other"), coverage.recycled.files),
        (_("{count} of those hold findings"), coverage.recycled_with_findings),
        (_("{count} paths have not changed since an earlier run, and have no record here"), coverage.unlisted),
    )
    for text, count in notes:
        if count:
            yield from page.paragraph(text.format(count=f"{count:,}"), "quiet", 2)


def _table(page: Page, title: str, rows: Mapping[str, Figures]) -> Iterator[str]:
    """Yield a table, what was not read first."""
    _ = page.words.gettext
    yield from page.paragraph(title, "strong")
    order = sorted(rows.items(), key=lambda row: (-row[1].unread, -row[1].files, row[0]))
    heads = [_("not read"), _("bytes"), _("of files"), _("bytes")]
    has_pages = any(each.pages for each in rows.values())
    heads += [_("not read"), _("of pages")] if has_pages else []
    yield "  " + "  ".join(" " * max(0, 10 - columns(head)) + head for head in heads)
    for name, each in order[:ROWS]:
        numbers = [f"{each.unread:,}", bytes_in_words(each.unread_bytes), f"{each.files:,}", bytes_in_words(each.bytes)]
        numbers += [f"{each.unread_pages:,}", f"{each.pages:,}"] if has_pages else []
        yield "  " + "  ".join(f"{number:>10}" for number in numbers) + f"  {printable(name) or '-'}"
    if len(order) > ROWS:
        yield "  " + _("… and {count} more").format(count=f"{len(order) - ROWS:,}")
    yield ""


def _verdict(page: Page, coverage: Coverage) -> tuple[str, str]:
    _, whole = page.words.gettext, coverage.whole
    if not coverage.is_ended:
        return _("NOT complete: the run was interrupted, and nothing is known of files it did not reach."), "alarm"
    left = whole.unread - whole.acknowledged
    if gap := gap_verdict(page, left, whole.acknowledged, is_complete=not left):
        return gap
    return _("Complete: every file was read, except those skipped on purpose."), "good"


def json_document(coverage: Coverage) -> str:
    """Give all of it as one line of JSON."""
    whole = coverage.whole
    told = {
        "schema": 1,
        "record": "coverage",
        "complete": coverage.is_complete,
        "ended": coverage.is_ended,
        **_figures(whole),
        "read": {"files": coverage.read.files, "bytes": coverage.read.bytes, "pages": whole.pages_read},
        "expired": coverage.expired,
        "truncated_files": coverage.truncated,
        "unlisted": coverage.unlisted,
        "recycled": {**_figures(coverage.recycled), "with_findings": coverage.recycled_with_findings},
        "causes": [
            {
                **each._asdict(),
                "outcome": each.outcome.value,
                "unread": is_gap,
                "advice": remedy(each.outcome, each.reason)._asdict(),
            }
            for is_gap in (True, False)
            for each in coverage.causes(unread=is_gap)
        ],
        "folders": [{"folder": printable(name), **_figures(each)} for name, each in sorted(coverage.folders.items())],
        "formats": [
            {"suffix": name, "read_by": reader_of(name), **_figures(each)}
            for name, each in sorted(coverage.formats.items())
        ],
    }
    return json_line(json.dumps(told, ensure_ascii=False).encode())


def _figures(each: Figures) -> dict[str, int]:
    names = ("files", "bytes", "unread", "unread_bytes", "acknowledged", *_PAGES)
    return {name: getattr(each, name) for name in names}


def csv_lines(coverage: Coverage) -> Iterator[str]:
    """Yield one table for all: its first column says whether a row is a cause, a folder or a format."""
    yield "\ufeff" + _line((*_HEAD, *_PAGES, "advice_en", "advice_ja"))
    for is_gap in (True, False):
        for each in coverage.causes(unread=is_gap):
            unread = (each.files, each.bytes) if is_gap else (0, 0)
            row = ("cause", "", each.outcome.value, each.reason, each.files, each.bytes, *unread, each.acknowledged)
            pages = (each.pages, each.pages if is_gap else 0)
            yield _line((*row, *pages, *remedy(each.outcome, each.reason)))
    for kind, rows in (("folder", coverage.folders), ("format", coverage.formats)):
        for name, figures in sorted(rows.items()):
            yield _line((kind, harmless(printable(name)), "", "", *_figures(figures).values(), "", ""))


def _line(row: tuple[object, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="").writerow(row)
    return text.getvalue()
