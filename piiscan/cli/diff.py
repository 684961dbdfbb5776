"""`piiscan diff`: what changed between two runs of a catalog."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.catalog import opened
from piiscan.changes import How, changes
from piiscan.errors import ConfigError
from piiscan.inventory import Inventory
from piiscan.messages import _, catalogue, language
from piiscan.printable import json_line, place_name
from piiscan.sinks import open_sink
from piiscan.wording import people_in_words
from piiscan.wrap import columns, pad

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.changes import Change
    from piiscan.holdings import RunFigures

FORMATS = ("human", "jsonl")


def diff(catalog: str, old: int | None, new: int | None, form: str, output: str) -> int:
    """Print what changed from run `old` to run `new` (the last, and the one before it, if they are not named)."""
    if form not in FORMATS:
        raise ConfigError(_("not one of {choices}").format(choices=", ".join(FORMATS)))
    with ExitStack() as stack:
        path = Path(catalog)
        now = Inventory(stack.enter_context(opened(path)), new)
        if old is None and now.before is None:
            raise ConfigError(_("the catalog knows one run only: there is nothing to compare it with"))
        was = Inventory(stack.enter_context(opened(path)), old or (now.before.id if now.before else None))
        found = changes(was.holdings(), now.holdings())
        lines = _lines(was.run, now.run, found) if form == "human" else map(_record, found)
        with open_sink(output) as sink:
            for line in lines:
                sink.write(line)
    return 0


def _lines(before: RunFigures, now: RunFigures, found: Sequence[Change]) -> Iterator[str]:
    words = catalogue(language())
    titles = {
        How.NEW: _("New"),
        How.GROWN: _("Grown"),
        How.MOVED: _("Moved"),
        How.SHRUNK: _("Shrunk"),
        How.GONE: _("Gone"),
    }
    yield _("Run {old} ({was}) → run {new} ({now})").format(
        old=before.id, was=f"{before.began:%Y-%m-%d %H:%M}", new=now.id, now=f"{now.began:%Y-%m-%d %H:%M}"
    )
    if not (now.is_complete and before.is_complete):
        yield _("One of them did not read everything: what was not read is not compared.")
    rows = [
        (
            titles[each.how],
            _findings(each),
            people_in_words(words, each.people if each.people.high else each.people_before),
            _path(each),
        )
        for each in found
    ]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    yield from ("  ".join(map(pad, row, widths)).rstrip() for row in rows)
    if not found:
        yield _("No file with findings has changed.")


def _findings(change: Change) -> str:
    return _("{before} → {now} findings").format(before=f"{change.findings_before:,}", now=f"{change.findings:,}")


def _path(change: Change) -> str:
    return f"{place_name(change.before)} → {place_name(change.path)}" if change.before else place_name(change.path)


def _record(change: Change) -> str:
    fields = change._asdict() | {name: getattr(change, name)._asdict() for name in ("people", "people_before")}
    return json_line(json.dumps({"schema": 1, "record": "change", **fields}, ensure_ascii=False).encode())
