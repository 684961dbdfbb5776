"""`piiscan review`: decisions of people, taken into a catalog from a findings workbook that they have filled in."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from piiscan.catalog import opened
from piiscan.cli import options  # noqa: TC001 - Typer reads the annotations at run time
from piiscan.cli.help import Command, Group
from piiscan.decisions import enter_decisions
from piiscan.inventory import Inventory
from piiscan.messages import _, catalogue, language
from piiscan.printable import printable
from piiscan.review import read_decisions

EXIT_PROBLEMS = 2

review = typer.Typer(cls=Group, rich_markup_mode=None)


@review.command("import", cls=Command, help=_("Take the decisions of a filled-in findings workbook into a catalog."))
def import_decisions(
    catalog: options.CatalogPath,
    book: Annotated[str, typer.Argument(metavar="FILE.xlsx", help=_("The workbook, as piiscan report wrote it."))],
) -> int:
    """Enter what can be understood, tell what cannot, line by line, and give the exit code."""
    told = read_decisions(Path(book), date.today())  # noqa: DTZ011 - people write the day that it is where they are
    with opened(Path(catalog), writes=True) as connection:
        decisions = [(each.root, each.path, each.decision) for each in told.decisions]
        entered, unknown = enter_decisions(connection, decisions, Inventory(connection).holdings())
    words = catalogue(language())
    message = words.ngettext("{count} decision entered", "{count} decisions entered", entered)
    typer.echo(message.format(count=f"{entered:,}"))
    problems = [*told.problems, *unknown]
    for problem in problems:
        sys.stderr.write(f"piiscan: {printable(problem)}\n")
    return EXIT_PROBLEMS if problems else 0
