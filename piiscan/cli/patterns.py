"""`piiscan patterns`: what is looked for, in full, and whether it works, the user's own patterns included."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from piiscan.cli import options  # noqa: TC001 - Typer reads the annotations at run time
from piiscan.cli.help import Command, Group
from piiscan.config import ScanConfig
from piiscan.config_file import unknown
from piiscan.dictionaries import is_installed
from piiscan.errors import ConfigError
from piiscan.messages import _, language
from piiscan.pattern import known_patterns
from piiscan.printable import printable
from piiscan.wording import sensitivity_words
from piiscan.wrap import columns, pad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.pattern import Pattern

EXIT_GOOD = 0
EXIT_BAD_PATTERN = 2

patterns = typer.Typer(cls=Group, rich_markup_mode=None)

# Nothing is fingerprinted here, so no key is needed.
_KEYLESS = ScanConfig(key=bytes(32), run_key=bytes(32))


@patterns.command("list", cls=Command, help=_("List the patterns: id, sensitivity, title."))
def list_patterns() -> None:
    """Print one line for each pattern."""
    words = sensitivity_words(_)
    rows = [(pattern.id, words[pattern.level], _title(pattern)) for pattern in known_patterns(_KEYLESS).values()]
    widest = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        typer.echo("  ".join(map(pad, row, widest)).rstrip())


@patterns.command("show", cls=Command, help=_("Show all that is known of one pattern."))
def show_pattern(name: Annotated[str, typer.Argument(metavar="ID", help=_("The id of a pattern."))]) -> None:
    """Print one pattern; raises ConfigError for an id that does not exist."""
    known = known_patterns(_KEYLESS)
    if name not in known:
        raise ConfigError(unknown(_('unknown pattern "{name}"').format(name=name), name, known))
    pattern = known[name]
    facts: list[tuple[str, Iterable[str]]] = [
        (_("Id"), [pattern.id]),
        (_("Title"), [_title(pattern)]),
        (_("Description"), [pattern.description.in_language(language())]),
        (_("Category"), [pattern.category]),
        (_("Used"), [_("always") if pattern.default == "on" else _("only with --pattern {name}").format(name=name)]),
        (_("Needs"), [f"piiscan[{pattern.extra}]"] if pattern.extra else []),
        (_("Sensitivity"), [sensitivity_words(_)[pattern.level]]),
        (_("Legal class"), pattern.legal_class),
        (_("Keywords"), ["、".join((*pattern.context.keywords, *pattern.context.headers))]),
        (_("Examples"), pattern.examples),
        (_("Not meant"), pattern.counter_examples),
        (_("Sources"), pattern.references),
    ]
    widest = max(columns(label) for label, _lines in facts)
    for label, lines in facts:
        for number, line in enumerate(lines):
            typer.echo(f"{pad(label if number == 0 else '', widest)}  {line}")


@patterns.command("test", cls=Command, help=_("Let patterns prove themselves: the shipped ones, or your own."))
def prove_patterns(
    path: Annotated[str | None, typer.Argument(metavar="PATH", help=_("A pattern file, or a folder of them."))] = None,
) -> int:
    """Run the self-test, print each fault, give the exit code; raises PatternError for a file that is no pattern."""
    config = replace(_KEYLESS, pattern_files=(path,) if path else ())
    shipped = known_patterns(_KEYLESS)
    chosen = {name: each for name, each in known_patterns(config).items() if not path or name not in shipped}
    from piiscan.selftest import faults_of, quiet_detector  # noqa: PLC0415 - loads the whole detector

    detector = quiet_detector(config)
    failed = untested = 0
    for name, pattern in chosen.items():
        if not is_installed(pattern.dictionary):
            untested += 1
            typer.echo(_("{name}: not tested, it needs piiscan[{extra}]").format(name=name, extra=pattern.extra))
            continue
        faults = faults_of(pattern, quiet_detector(config, name) if pattern.extra else detector)
        failed += bool(faults)
        for fault in faults:
            typer.echo(printable(f"{name}: {fault}"))
    typer.echo(_("patterns tested: {count}, failed: {failed}").format(count=len(chosen) - untested, failed=failed))
    return EXIT_BAD_PATTERN if failed else EXIT_GOOD


@patterns.command(
    "export",
    cls=Command,
    help=_(
        "Write the patterns for ripgrep: shapes in every width, without check digits, lists and labels. What is found"
        " with a label only is left out, unless it is named."
    ),
)
def export_patterns(
    ripgrep: Annotated[bool, typer.Option("--ripgrep", help=_("Print a pattern file for rg -f."))] = False,
    pcre2: Annotated[
        bool, typer.Option("--pcre2", help=_("Keep look-around and back references, for rg -P -f."))
    ] = False,
    pattern: Annotated[
        list[str] | None,
        typer.Option("--pattern", metavar="ID", help=_("Print this pattern only; may be repeated.")),
    ] = None,
    pattern_file: options.PatternFile = None,
) -> None:
    """Print one expression a line; raises ConfigError without a tool, PatternError for what the tool cannot express."""
    if not ripgrep:
        raise ConfigError(_("say what to export for: --ripgrep"))
    from piiscan.ripgrep import expression, has_shape  # noqa: PLC0415 - loads the parser of regular expressions

    config = replace(_KEYLESS, pattern_files=tuple(pattern_file or ()))
    known = known_patterns(config)
    shapes = [name for name, each in known.items() if each.default == "on" and has_shape(each)]
    for name in pattern or shapes:
        if name not in known:
            raise ConfigError(unknown(_('unknown pattern "{name}"').format(name=name), name, known))
        typer.echo(expression(known[name], pcre2=pcre2))


def _title(pattern: Pattern) -> str:
    return pattern.title.in_language(language())
