"""`piiscan patterns`: what is looked for, in full, and whether it works, the user's own patterns included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len

from piiscan.config import ScanConfig
from piiscan.config_file import unknown
from piiscan.errors import ConfigError
from piiscan.messages import _, language
from piiscan.pattern import load_patterns
from piiscan.wording import sensitivity_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.pattern import Pattern

EXIT_BAD_PATTERN = 2

patterns = typer.Typer(no_args_is_help=True)

# Nothing is fingerprinted here, so no key is needed.
_KEYLESS = ScanConfig(key=bytes(32), run_key=bytes(32))


@patterns.command("list", help=_("List the patterns: id, sensitivity, title."))
def list_patterns() -> None:
    """Print one line for each pattern."""
    words = sensitivity_words(_)
    rows = [(pattern.id, words[pattern.level], _title(pattern)) for pattern in load_patterns(_KEYLESS).values()]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(2)]
    for row in rows:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False)]
        typer.echo("  ".join([*cells, row[-1]]))


@patterns.command("show", help=_("Show all that is known of one pattern."))
def show_pattern(name: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Print one pattern; raises ConfigError for an id that does not exist."""
    known = load_patterns(_KEYLESS)
    if name not in known:
        raise ConfigError(unknown(_('unknown pattern "{name}"').format(name=name), name, known))
    pattern = known[name]
    facts: list[tuple[str, Iterable[str]]] = [
        (_("Id"), [pattern.id]),
        (_("Title"), [_title(pattern)]),
        (_("Description"), [pattern.description.in_language(language())]),
        (_("Category"), [pattern.category]),
        (_("Sensitivity"), [sensitivity_words(_)[pattern.level]]),
        (_("Legal class"), pattern.legal_class),
        (_("Keywords"), ["、".join(pattern.context.keywords)]),
        (_("Examples"), pattern.examples),
        (_("Not meant"), pattern.counter_examples),
        (_("Sources"), pattern.references),
    ]
    width = max(cell_len(label) for label, _lines in facts)
    for label, lines in facts:
        for number, line in enumerate(lines):
            shown = label if number == 0 else ""
            typer.echo(f"{shown}{' ' * (width - cell_len(shown))}  {line}")


def _title(pattern: Pattern) -> str:
    return pattern.title.in_language(language())
