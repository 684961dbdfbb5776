"""The findings report as one HTML file that loads nothing and runs nothing but its own script.

What a reader needs stands in the markup: the first page, the files of the highest risk, what was not read. The script
only filters, sorts and turns pages, over all rows, which lie beside it as data.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.backmatter import folder_map, run_record
from piiscan.filelists import iter_files, iter_unread, script_words
from piiscan.filerows import FileRows
from piiscan.frontpage import iter_front
from piiscan.markup import compact, policy, text
from piiscan.overviewwords import phrases, scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.holdings import Overview
    from piiscan.overviewwords import Phrases
    from piiscan.reports import View


@cache
def _shipped(file: str) -> str:
    return (Path(__file__).parent / file).read_text(encoding="utf-8").replace("\r\n", "\n")


def render_html(overview: Overview, view: View) -> Iterator[str]:
    """Yield the page, piece by piece."""
    told = phrases(view.language)
    rows = FileRows(told, overview, view.titles)
    yield _head(told, overview)
    yield from iter_front(told, overview, rows)
    yield from iter_files(told, overview, rows)
    if overview.unread:
        yield from iter_unread(told, overview, rows)
    if overview.folders:
        yield folder_map(told, overview)
    yield run_record(told, overview)
    yield f"</main><footer><p>{text(_notice(told))}</p></footer>"
    yield f'<script type="application/json" id="words">{compact(script_words(told))}</script>'
    yield f"<script>{_shipped('page.js')}</script></body></html>"


def _head(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    named, skip = _("piiscan findings report"), _("Skip to the contents")
    title = f"{named} {scope(overview.run)} {overview.run.began:%Y-%m-%d}"
    style = _shipped("page.css")
    return (
        f'<!DOCTYPE html>\n<html lang="{told.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style, _shipped("page.js"))}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="data:,"><title>{text(title)}</title><style>{style}</style></head>'
        f'<body><a class="skip" href="#main">{text(skip)}</a>'
    )


def _notice(told: Phrases) -> str:
    return told.words.gettext(
        "All numbers are estimates of what was read, with bounds, and no legal advice. "
        "Nothing here is a value out of a document."
    )
