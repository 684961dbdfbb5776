"""Write the generated parts of docs/: the page of patterns, and the tables of commands and options in docs/cli.md.

Run through scripts/docs, in English. With `--check` nothing is written: it exits 1 and names what is out of date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer
from typer.core import TyperArgument

from piiscan.cli import app
from piiscan.config import ScanConfig
from piiscan.pattern import load_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.core import TyperCommand, TyperGroup

DOCS = Path(__file__).parent.parent / "docs"
GENERATED = re.compile(r"(?<=<!-- generated: (\w{4}) -->\n).*?(?=<!-- end -->)", re.DOTALL)


def patterns_page() -> str:
    """Describe every shipped pattern, by category."""
    lines = [
        "# Patterns",
        "",
        "What piiscan looks for. This page is written by `scripts/docs` from `patterns/*.toml`.",
        "",
    ]
    for pattern in load_patterns(ScanConfig(key=bytes(32), run_key=bytes(32))).values():
        lines += [
            f"## `{pattern.id}`: {pattern.title.en} / {pattern.title.ja}",
            "",
            pattern.description.en,
            "",
            pattern.description.ja,
            "",
            f"* category `{pattern.category}`, sensitivity {pattern.sensitivity}, {'・'.join(pattern.legal_class)}",
            f"* found: {_samples(pattern.examples)}",
            f"* not found: {_samples(pattern.counter_examples)}",
            *(f"* source: {reference}" for reference in pattern.references),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _samples(texts: tuple[str, ...]) -> str:
    return ", ".join(f"`{text.replace('`', '')}`".replace("\n", "⏎") for text in texts)


def _command_rows(command: TyperCommand) -> Iterator[str]:
    yield "| option | meaning |"
    yield "|---|---|"
    context = typer.Context(command)
    for parameter in command.get_params(context):
        names = ", ".join(f"`{name}`" for name in sorted(parameter.opts, key=len))
        is_flag = getattr(parameter, "is_flag", False)
        place = "" if is_flag or not parameter.metavar else f" {parameter.metavar}".replace("|", "\\|")
        if isinstance(parameter, TyperArgument):
            yield f"| `{parameter.metavar}` | {parameter.help} |"
        elif "--help" not in parameter.opts:
            yield f"| {names}{place} | {getattr(parameter, 'help', '')} |"


def cli_page() -> str:
    """Give docs/cli.md with its tables of options filled in anew."""
    group = typer.main.get_command(app)
    commands = cast("TyperGroup", group).commands

    def table(match: re.Match[str]) -> str:
        return "\n".join(_command_rows(cast("TyperCommand", commands[match[1]]))) + "\n"

    return GENERATED.sub(table, (DOCS / "cli.md").read_text(encoding="utf-8"))


def main() -> int:
    """Write or check the pages, and give the exit code."""
    pages = {DOCS / "patterns.md": patterns_page(), DOCS / "cli.md": cli_page()}
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.name} is out of date: run scripts/docs")
        else:
            path.write_text(pages[path], encoding="utf-8")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
