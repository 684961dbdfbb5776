"""The options of `piiscan scan` and `piiscan hook` as Typer reads them: names, placeholders, help.

All are optional texts or flags: what they mean and what they default to is decided in settings.py, in the same way
for the command line, the environment and the configuration file.
"""

from __future__ import annotations

from typing import Annotated

import typer

from piiscan.messages import _

Path = Annotated[list[str] | None, typer.Argument(metavar="PATH", help=_("Files and folders to scan."))]
EstimatePath = Annotated[list[str], typer.Argument(metavar="PATH", help=_("Files and folders to look at."))]
Format = Annotated[str | None, typer.Option("--format", metavar="human|jsonl", help=_("How to report."))]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help=_("Write the report to this file; only you may read it.")),
]
Jobs = Annotated[
    str | None,
    typer.Option("--jobs", "-j", metavar="N", help=_("Scan so many files at once (default: one for each core).")),
]
MinConfidence = Annotated[
    str | None,
    typer.Option(
        "--min-confidence",
        metavar="LEVEL",
        help=_("Show findings from this confidence on: low, medium, high (default: medium)."),
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="LEVEL",
        help=_("Exit with 1 from this sensitivity on: low, moderate, high, critical, or never (default: low)."),
    ),
]
Pattern = Annotated[
    list[str] | None,
    typer.Option(
        "--pattern",
        metavar="ID",
        help=_(
            "Look for this pattern only (default: those that are on, all: all that need no extra); may be repeated."
        ),
    ),
]
PatternFile = Annotated[
    list[str] | None,
    typer.Option("--pattern-file", metavar="FILE", help=_("Use your own pattern file as well; may be repeated.")),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="GLOB", help=_("Leave out what this pattern matches, as in .gitignore; may be repeated.")
    ),
]
FilesFrom = Annotated[
    str | None,
    typer.Option(
        "--files-from",
        metavar="FILE",
        help=_("Scan the files that are listed here, one a line or separated by NUL; - is standard input."),
    ),
]
MaxFileSize = Annotated[
    str | None,
    typer.Option(
        "--max-file-size",
        metavar="SIZE",
        help=_("Do not read larger files, such as 500M; each is reported as not read (default: no limit)."),
    ),
]
Timeout = Annotated[
    str | None,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        help=_("Give a file up after this time and one second more for each megabyte (default: 60)."),
    ),
]
MaxLocations = Annotated[
    str | None,
    typer.Option(
        "--max-locations",
        metavar="N",
        help=_("List so many places for each pattern and file at most; counts stay exact (default: 100)."),
    ),
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="auto|reference",
        help=_("How to search: reference matches every pattern everywhere, slowly (default: auto)."),
    ),
]
Explain = Annotated[bool | None, typer.Option("--explain", help=_("Say why each finding is one."))]
ExplainDropped = Annotated[
    bool | None,
    typer.Option("--explain-dropped", help=_("Say why other candidates are none; searches slowly, as reference does.")),
]
Reveal = Annotated[
    bool | None,
    typer.Option("--reveal", help=_("Show the values themselves; only on a terminal or with --output.")),
]
Paths = Annotated[
    str | None,
    typer.Option(
        "--paths", metavar="full|masked", help=_("Mask personal information in file names too (default: full).")
    ),
]
Config = Annotated[
    str | None,
    typer.Option("--config", metavar="FILE", help=_("Read options from this TOML file, not from your own one.")),
]
Catalog = Annotated[
    str | None,
    typer.Option(
        "--catalog",
        metavar="FILE",
        help=_("Keep the results in this file, and read only what has changed since the run before."),
    ),
]
Passwords = Annotated[
    str | None,
    typer.Option(
        "--passwords",
        metavar="FILE",
        help=_("Try the passwords in this file, one a line, on locked files; only you may read it."),
    ),
]
Ocr = Annotated[
    str | None,
    typer.Option(
        "--ocr",
        metavar="auto|off|force",
        help=_("Read pictures and scanned pages with Tesseract: where it is installed, never, or all (default: auto)."),
    ),
]
MaxReadMbS = Annotated[
    str | None,
    typer.Option(
        "--max-read-mb-s", metavar="N", help=_("Read so many megabytes a second at most, all workers together.")
    ),
]
MaxOpensS = Annotated[
    str | None,
    typer.Option("--max-opens-s", metavar="N", help=_("Open so many files a second at most, all workers together.")),
]
Window = Annotated[
    str | None,
    typer.Option(
        "--window",
        metavar="HH:MM-HH:MM",
        help=_("Scan only at these hours (local time), and stop in order when they end."),
    ),
]
Nice = Annotated[bool | None, typer.Option("--nice", help=_("Let all other programs go first."))]
IncludeSnapshots = Annotated[
    bool | None,
    typer.Option("--include-snapshots", help=_("Scan earlier states of the share (.snapshot, ~snapshot, …) as well.")),
]
Quiet = Annotated[bool | None, typer.Option("--quiet", "-q", help=_("Show no progress."))]

CatalogPath = Annotated[str, typer.Argument(metavar="CATALOG", help=_("The catalog of earlier runs."))]
Source = Annotated[
    str,
    typer.Argument(metavar="CATALOG|RESULT.jsonl", help=_("A catalog, or the result of a scan in JSON lines.")),
]
Depth = Annotated[int, typer.Option("--depth", metavar="N", help=_("Sum up folders so many levels deep (default: 1)."))]
CoverageFormat = Annotated[str, typer.Option("--format", metavar="human|json|csv", help=_("How to report."))]
OldRun = Annotated[
    int | None, typer.Argument(metavar="OLD", help=_("The number of the earlier run (default: the last but one)."))
]
NewRun = Annotated[
    int | None, typer.Argument(metavar="NEW", help=_("The number of the later run (default: the last)."))
]
Run = Annotated[int | None, typer.Option("--run", metavar="N", help=_("The number of the run (default: the last)."))]
ReportFormat = Annotated[
    str, typer.Option("--format", metavar="human|html|csv|json|xlsx|ledger|file-register", help=_("How to report."))
]
BreachFormat = Annotated[str, typer.Option("--format", metavar="human|json", help=_("How to report."))]
Policy = Annotated[
    list[str] | None,
    typer.Option("--policy", metavar="FILE", help=_("Add your own rules, or change given ones; may be repeated.")),
]
Owners = Annotated[
    str | None, typer.Option("--owners", metavar="FILE", help=_("A TOML file that says whose folders are whose."))
]
Operator = Annotated[
    str | None,
    typer.Option("--operator", metavar="private|public", help=_("Whose law counts (default: as the rules say).")),
]
Day = Annotated[
    str | None, typer.Option("--date", metavar="YYYY-MM-DD", help=_("Judge as of this day (default: today)."))
]
SplitBy = Annotated[
    str | None,
    typer.Option("--split-by", metavar="owner", help=_("Write one workbook for each department into a folder.")),
]
Folder = Annotated[str, typer.Option("--folder", metavar="FOLDER", help=_("Only what lies below this folder."))]
KnownDay = Annotated[
    str | None,
    typer.Option("--known", metavar="YYYY-MM-DD", help=_("The day on which the leak became known: says what is due.")),
]
DiffFormat = Annotated[str, typer.Option("--format", metavar="human|jsonl", help=_("How to report."))]

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[FILE]...", help=_("The files to judge, as pre-commit names them."))
]
AllFiles = Annotated[bool, typer.Option("--all-files", help=_("Scan all tracked files, not only what is changed."))]
Strict = Annotated[bool, typer.Option("--strict", help=_("Block files that cannot be read, too."))]
