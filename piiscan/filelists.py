"""The long lists of the findings report as markup: readable as they stand, and filtered and sorted by the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.filerows import FILE_ROW, UNREAD_ROW, FileRow, UnreadRow, iter_island
from piiscan.frontpage import section_start
from piiscan.markup import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from piiscan.filerows import FileRows
    from piiscan.holdings import Overview
    from piiscan.overviewwords import Phrases

#: Rows that can be read without the script.
STATIC = 1000
#: Rows on paper; page.css and page.js know the same.
PRINTED = 200
#: Columns of which a reader wants one number beside the other, set to the right.
NUMERIC = frozenset({"rank", "people", "day", "bytes"})
#: The rows that the script copies and fills in.
_EMPTY_FILE = FILE_ROW.format_map(
    {"rank": "", "action_key": "", "level_key": "", "exposure_key": "", "decision_key": ""}
    | dict.fromkeys(FileRow._fields, "")
    | {"people": 0}
)
_EMPTY_UNREAD = UNREAD_ROW.format_map({"rank": ""} | dict.fromkeys(UnreadRow._fields, ""))


def script_words(told: Phrases) -> Mapping[str, str]:
    """Give what the script says in its own words."""
    _ = told.words.gettext
    return {
        "all": _("all"),
        "empty": _("(none)"),
        "shown": _("{first}–{last} of {count} rows"),
        "none": _("No row is like that."),
        "first": _("first"),
        "back": _("back"),
        "next": _("next"),
        "last": _("last"),
        "page": _("Turn pages"),
        "search": _("Search in file, folder, basis"),
        "reset": _("Show all"),
    }


def iter_files(told: Phrases, overview: Overview, rows: FileRows) -> Iterator[str]:
    """Yield the list of all files with findings: the first rows as markup, all of them as data."""
    _ = told.words.gettext
    head = (
        ("rank", "#", ""),
        ("file", _("file"), ""),
        ("action", _("to do"), "action"),
        ("basis", _("basis"), "basis"),
        ("people", _("people"), ""),
        ("level", _("sensitivity, class"), "level"),
        ("exposure", _("open to"), "exposure"),
        ("day", _("last change"), ""),
        ("department", _("department, owner"), "department"),
        ("decision", _("decision"), "decision"),
    )
    title, count = _("All files with findings"), len(overview.advice)
    yield _list_start("files", title, _said(told, count, _("the highest risk first")), head, _EMPTY_FILE)
    for rank, advice in enumerate(overview.advice[:STATIC], 1):
        yield rows.markup(FILE_ROW, rank, rows.advice(advice))
    yield f'</tbody></table></div>{_printed(told, count)}<script type="application/json" id="files-data">'
    yield from iter_island(map(rows.advice, overview.advice), FileRow._fields, rows.keys)
    yield "</script></section>"


def iter_unread(told: Phrases, overview: Overview, rows: FileRows) -> Iterator[str]:
    """Yield the list of what was not read."""
    _ = told.words.gettext
    head = (
        ("rank", "#", ""),
        ("file", _("file"), ""),
        ("cause", _("cause"), "cause"),
        ("bytes", _("size"), ""),
        ("owner", _("owner"), "owner"),
    )
    title, count = _("List of what was not read"), len(overview.unread)
    yield _list_start("unread", title, _said(told, count, _("by name")), head, _EMPTY_UNREAD)
    for rank, unread in enumerate(overview.unread[:STATIC], 1):
        yield rows.markup(UNREAD_ROW, rank, rows.unread(unread))
    yield f'</tbody></table></div>{_printed(told, count)}<script type="application/json" id="unread-data">'
    yield from iter_island(map(rows.unread, overview.unread), UnreadRow._fields, {})
    yield "</script></section>"


def _said(told: Phrases, count: int, order: str) -> str:
    """Say how many rows there are, in which order, and, without the script, how many of them can be read."""
    _ = told.words.gettext
    shown = text(_("{files}, {order}").format(files=told.files(count), order=order))
    if count <= STATIC:
        return shown
    rest = _("The first {static} stand here; with JavaScript all can be paged through.").format(static=f"{STATIC:,}")
    return f"{shown} <noscript>{text(rest)}</noscript>"


def _printed(told: Phrases, count: int) -> str:
    """Say what is left out on paper, where nobody turns pages."""
    if count <= PRINTED:
        return ""
    said = told.words.gettext("On paper: the first {count} rows.").format(count=f"{PRINTED:,}")
    return f'<p class="note printed">{text(said)}</p>'


def _list_start(key: str, title: str, said: str, head: Sequence[tuple[str, str, str]], empty: str) -> str:
    """Give all that stands in front of the rows: title, count, the row that the script copies, and the table's head."""
    cells = "".join(
        f'<th scope="col" data-sort="{column}" data-filter="{choose}"{" class=n" if column in NUMERIC else ""}>'
        f"{text(word)}</th>"
        for column, word, choose in head
    )
    return (
        f'{section_start(key, title)}<p class="note said">{said}</p>'
        f'<template id="{key}-row">{empty}</template>'
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(title)}">'
        f'<table class="list paged" id="{key}-table"><caption class="unseen">{text(title)}</caption>'
        f"<thead><tr>{cells}</tr></thead><tbody>"
    )
