"""The commands as Typer sees them: names, options, help, and what is wrong with arguments."""

from __future__ import annotations

from typing import Annotated

import typer
from typer.exceptions import TyperException

from piiscan import __version__
from piiscan.cli import options  # noqa: TC001 - Typer reads the annotations at run time
from piiscan.cli.breach import breach
from piiscan.cli.coverage import coverage
from piiscan.cli.diff import diff
from piiscan.cli.estimate import estimate
from piiscan.cli.help import Command, Group
from piiscan.cli.hook import hook
from piiscan.cli.patterns import patterns
from piiscan.cli.report import Asked, report
from piiscan.cli.review import review
from piiscan.cli.scan import scan
from piiscan.errors import ConfigError
from piiscan.messages import _

#: Who names no command is shown which there are.
_NO_COMMAND: tuple[list[str], ...] = ([], ["patterns"])
_USAGE = 2

app = typer.Typer(
    name="piiscan",
    cls=Group,
    help=_("Find Japanese personal information in files, and see what to deal with first."),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(patterns, name="patterns", help=_("Show and test the patterns that find personal information."))
app.add_typer(review, name="review", help=_("Take decisions of people about files into a catalog."))


@app.command(
    name="scan", cls=Command, help=_("Scan files and folders, and report what personal information they hold.")
)
def _scan(  # noqa: PLR0913, PLR0917 - one parameter for each option; Typer reads them from here
    path: options.Path = None,
    format: options.Format = None,  # noqa: A002 - the option's name
    output: options.Output = None,
    jobs: options.Jobs = None,
    min_confidence: options.MinConfidence = None,
    fail_on: options.FailOn = None,
    pattern: options.Pattern = None,
    pattern_file: options.PatternFile = None,
    exclude: options.Exclude = None,
    files_from: options.FilesFrom = None,
    max_file_size: options.MaxFileSize = None,
    timeout: options.Timeout = None,
    max_locations: options.MaxLocations = None,
    engine: options.Engine = None,
    explain: options.Explain = None,
    explain_dropped: options.ExplainDropped = None,
    reveal: options.Reveal = None,
    paths: options.Paths = None,
    config: options.Config = None,
    quiet: options.Quiet = None,
    catalog: options.Catalog = None,
    passwords: options.Passwords = None,
    ocr: options.Ocr = None,
    max_read_mb_s: options.MaxReadMbS = None,
    max_opens_s: options.MaxOpensS = None,
    window: options.Window = None,
    nice: options.Nice = None,
    include_snapshots: options.IncludeSnapshots = None,
) -> int:
    return scan(locals())


@app.command(
    name="estimate", cls=Command, help=_("Say what a first scan would meet, and how long it would take; opens no file.")
)
def _estimate(  # noqa: PLR0913, PLR0917 - one parameter for each option; Typer reads them from here
    path: options.EstimatePath,
    form: options.BreachFormat = "human",
    output: options.Output = None,
    jobs: options.Jobs = None,
    exclude: options.Exclude = None,
    max_file_size: options.MaxFileSize = None,
    max_read_mb_s: options.MaxReadMbS = None,
    max_opens_s: options.MaxOpensS = None,
    config: options.Config = None,
) -> int:
    return estimate(locals(), form)


@app.command(name="hook", cls=Command, help=_("Judge what is about to be committed; for git and pre-commit."))
def _hook(
    names: options.Names = None,
    all_files: options.AllFiles = False,
    strict: options.Strict = False,
    config: options.Config = None,
) -> int:
    return hook(locals())


@app.command(name="report", cls=Command, help=_("Say what lies where, and what to deal with first, from a catalog."))
def _report(  # noqa: PLR0913, PLR0917 - one parameter for each option; Typer reads them from here
    catalog: options.CatalogPath,
    form: options.ReportFormat = "human",
    output: options.Output = None,
    run: options.Run = None,
    policy: options.Policy = None,
    owners: options.Owners = None,
    operator: options.Operator = None,
    day: options.Day = None,
    split_by: options.SplitBy = None,
    config: options.Config = None,
) -> int:
    asked = Asked(catalog, run, tuple(policy or ()), owners, operator, day, config)
    return report(asked, form, output, split_by)


@app.command(name="breach", cls=Command, help=_("Say whether a leak of a catalog's files would have to be reported."))
def _breach(  # noqa: PLR0913, PLR0917 - one parameter for each option; Typer reads them from here
    catalog: options.CatalogPath,
    folder: options.Folder = "",
    known: options.KnownDay = None,
    form: options.BreachFormat = "human",
    output: options.Output = None,
    run: options.Run = None,
    policy: options.Policy = None,
    operator: options.Operator = None,
    day: options.Day = None,
) -> int:
    asked = Asked(catalog, run, tuple(policy or ()), None, operator, day)
    return breach(asked, folder, known, form, output or "-")


@app.command(name="coverage", cls=Command, help=_("Say what was read and what was not, and what to do about it."))
def _coverage(
    source: options.Source,
    run: options.Run = None,
    depth: options.Depth = 1,
    form: options.CoverageFormat = "human",
    output: options.Output = None,
    config: options.Config = None,
) -> int:
    return coverage(source, run, depth, form, output or "-", config)


@app.command(name="diff", cls=Command, help=_("Tell what changed between two runs of a catalog."))
def _diff(
    catalog: options.CatalogPath,
    old: options.OldRun = None,
    new: options.NewRun = None,
    form: options.DiffFormat = "human",
    output: options.Output = None,
) -> int:
    return diff(catalog, old, new, form, output or "-")


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", help=_("Show the version, and end."), is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"piiscan {__version__}")
        raise typer.Exit


def run_typer(arguments: list[str]) -> int:
    """Run one command and give its exit code; raises ConfigError for arguments that cannot be understood."""
    if arguments in _NO_COMMAND:
        app(args=[*arguments, "--help"], standalone_mode=False)
        return _USAGE
    try:
        return app(args=arguments, standalone_mode=False) or 0
    except TyperException as error:
        raise ConfigError(error.format_message().replace("\n", " ")) from None
