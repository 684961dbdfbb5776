"""`piiscan report`: what a catalog knows, judged by policy, for the person who has to act on it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from piiscan.catalog import opened
from piiscan.cli.coverage import own_accounts
from piiscan.cli.terminal import width_and_colour
from piiscan.errors import ConfigError, OutputError
from piiscan.inventory import Inventory
from piiscan.messages import _, language
from piiscan.overviews import OVERVIEWS, render_overview
from piiscan.policy import Owners, load_owners, load_policy
from piiscan.policyfile import for_operator
from piiscan.reports import View
from piiscan.settings import STDIO
from piiscan.sinks import open_sink
from piiscan.survey import Judgement, iter_surveys, survey
from piiscan.workbooks import WORKBOOKS, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.holdings import Overview
    from piiscan.policy import Policy

#: What a person asks for, and the workbook that it is.
BOOKS = {"xlsx": "findings", "ledger": "ledger", "file-register": "file_register"}
assert set(BOOKS.values()) == set(WORKBOOKS)  # noqa: S101 - a new workbook needs a name here


class Asked(NamedTuple):
    """What report and breach are asked alike: the catalog, the run, whose rules, and which day it is."""

    catalog: str
    run: int | None = None
    policy: tuple[str, ...] = ()
    owners: str | None = None
    operator: str | None = None
    day: str | None = None
    config: str | None = None

    def today(self) -> date:
        """Give the day as of which is judged."""
        try:
            return date.fromisoformat(self.day) if self.day else date.today()  # noqa: DTZ011 - the reader's own day
        except ValueError:
            raise ConfigError(_("--date: not a day such as 2026-11-23")) from None

    def rules(self) -> Policy:
        """Load the shipped rules and the user's own."""
        policy = load_policy([Path(each) for each in self.policy])
        return policy if self.operator is None else for_operator(policy, self.operator)

    def departments(self) -> Owners:
        """Load whose folders are whose."""
        return load_owners(Path(self.owners)) if self.owners else Owners()


def report(asked: Asked, form: str, output: str | None, split_by: str | None) -> int:
    """Write the findings report of a run in one of the formats."""
    if form not in {*OVERVIEWS, *BOOKS}:
        raise ConfigError(_("--format: not one of {choices}").format(choices=", ".join((*OVERVIEWS, *BOOKS))))
    if form in BOOKS and output in {None, STDIO}:
        raise ConfigError(_("a workbook needs --output with a file"))
    if split_by is not None and (split_by != "owner" or form not in BOOKS):
        raise ConfigError(_("--split-by owner needs a workbook as --format, and --output with a folder"))
    accounts = own_accounts(asked.config, asked.today())
    by = Judgement(asked.rules(), asked.departments(), asked.today(), accounts)
    with ExitStack() as stack:
        path = Path(asked.catalog)
        now = Inventory(stack.enter_context(opened(path)), asked.run)
        earlier = now.before
        before = Inventory(stack.enter_context(opened(path)), earlier.id) if earlier else None
        if split_by is not None:
            _write_books(iter_surveys(now, before, by), form, Path(str(output)))
            return 0
        overview = survey(now, before, by)
    if form in BOOKS:
        _write_book(overview, form, str(output))
        return 0
    with open_sink(output or STDIO) as sink:
        for line in render_overview(form, overview, _view(output)):
            sink.write(line)
    return 0


def _write_books(overviews: Iterable[tuple[str, Overview]], form: str, folder: Path) -> None:
    """Write one workbook for each department into a folder: each is sent to those who answer for it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(_("cannot write {path}: {why}").format(path=folder, why=error.strerror)) from None
    taken: set[str] = set()
    for department, overview in overviews:
        plain = "".join(char if char.isalnum() else "_" for char in department) or _("no-department")
        names = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
        name = next(each for each in names if each.casefold() not in taken)
        taken.add(name.casefold())
        _write_book(overview, form, str(folder / f"{name}.xlsx"))


def _write_book(overview: Overview, form: str, output: str) -> None:
    from piiscan.sinks.file import open_file  # noqa: PLC0415 - a sink for bytes

    with open_file(output) as sink:
        write_workbook(BOOKS[form], overview, language(), sink.stream)


def _view(output: str | None) -> View:
    width, colour = width_and_colour(output or STDIO)
    return View(language=language(), width=width, colour=colour)
