"""`piiscan coverage`: what was read and what was not, from a catalog or from the result of a scan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscan.acknowledge import Accounts
from piiscan.catalog import opened
from piiscan.cli.terminal import width_and_colour
from piiscan.config_file import load_own_config
from piiscan.coverage import Coverage, Entry, read_result
from piiscan.coveragetables import csv_lines, human_lines, json_document
from piiscan.errors import ConfigError
from piiscan.inventory import Inventory
from piiscan.messages import _, catalogue, language
from piiscan.reports import View
from piiscan.sinks import open_sink
from piiscan.terminalpage import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = ("human", "json", "csv")
EXIT_COMPLETE, EXIT_UNREAD = 0, 3
_SQLITE = b"SQLite format 3\0"


def coverage(source: str, run: int | None, depth: int, form: str, output: str, config: str | None) -> int:
    """Tell what a run has read; the exit code is 3 where something was not read that nobody has acknowledged."""
    if form not in FORMATS:
        raise ConfigError(_("--format: not one of {choices}").format(choices=", ".join(FORMATS)))
    if depth < 1:
        raise ConfigError(_("--depth: not a whole number of at least {least}").format(least=1))
    path = Path(source)
    found = _of_catalog(path, run, depth, config) if _is_catalog(path) else read_result(path, depth)
    lines: Iterable[str]
    if form == "human":
        width, colour = width_and_colour(output)
        view = View(language=language(), width=width, colour=colour)
        lines = human_lines(Page(view, catalogue(view.language)), found)
    else:
        lines = [json_document(found)] if form == "json" else csv_lines(found)
    with open_sink(output) as sink:
        for line in lines:
            sink.write(line)
    return EXIT_COMPLETE if found.is_complete else EXIT_UNREAD


def own_accounts(config: str | None, today: date) -> Accounts:
    """Give what the user acknowledges, in the file `config` or in the own one."""
    told: Any = load_own_config(config).get("acknowledge", ())
    return Accounts(told, today)


def _is_catalog(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise ConfigError(_("cannot read {path}: {why}").format(path=path, why=error.strerror)) from None


def _of_catalog(path: Path, run: int | None, depth: int, config: str | None) -> Coverage:
    accounts = own_accounts(config, date.today())  # noqa: DTZ011 - the reader's own day
    found = Coverage(depth)
    with opened(path) as connection:
        inventory = Inventory(connection, run)
        found.is_ended = inventory.run.ended is not None and not inventory.run.interrupted
        for root, name, size, outcome, reason, is_truncated, has_findings, pages in inventory.paths():
            shown = name if len(inventory.roots) == 1 else f"{root.rstrip('/')}/{name}"
            told = accounts.find(root, name, outcome, reason)
            found.add(Entry(shown, size, outcome, reason, told, is_truncated, has_findings, pages))
    return found
