"""Write the generated parts of docs/: the page of patterns, and the tables in docs/cli.md and docs/formats.md.

Run through scripts/docs, in English. With `--check` nothing is written: it exits 1 and names what is out of date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer
from typer.core import TyperArgument

from piiscan.cli.commands import app
from piiscan.config import ScanConfig
from piiscan.extractors import EXTRACTORS
from piiscan.extractors.ole import KINDS as COMPOUNDS
from piiscan.extractors.signatures import PACKAGE_SUFFIXES, SIGNATURES, TEXT_SIGNATURES, UNREAD_SUFFIXES
from piiscan.formats import FORMATS
from piiscan.formats.unread import BINARY_SUFFIXES, UNREAD
from piiscan.model import Outcome
from piiscan.pattern import known_patterns
from piiscan.piece import Problem
from scripts import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.core import TyperCommand, TyperGroup

    from piiscan.pattern import Pattern

DOCS = Path(__file__).parent.parent / "docs"
GENERATED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
BY_BYTES = "first bytes / 先頭のバイト列"


def patterns_page() -> str:
    """Describe every shipped pattern, by category."""
    lines = [
        "# Patterns",
        "",
        "What piiscan looks for. This page is written by `scripts/docs` from `patterns/*.toml`.",
        "",
    ]
    for pattern in known_patterns(ScanConfig(key=bytes(32), run_key=bytes(32))).values():
        lines += [
            f"## `{pattern.id}`: {pattern.title.en} / {pattern.title.ja}",
            "",
            pattern.description.en,
            "",
            pattern.description.ja,
            "",
            f"* {_classes(pattern)}",
            *_how_to_switch_on(pattern),
            f"* found: {_samples(pattern.examples)}",
            f"* not found: {_samples(pattern.counter_examples)}",
            *(f"* source: {reference}" for reference in pattern.references),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _classes(pattern: Pattern) -> str:
    legal = "・".join(pattern.legal_class)
    return ", ".join(filter(None, (f"category `{pattern.category}`", f"sensitivity {pattern.sensitivity}", legal)))


def _how_to_switch_on(pattern: Pattern) -> list[str]:
    way = f"* off by default; on with `--pattern default --pattern {pattern.id}`"
    needs = f"; needs `piiscan[{pattern.extra}]`" if pattern.extra else ""
    return [way + needs] if pattern.default == "off" else []


def _samples(texts: tuple[str, ...]) -> str:
    return ", ".join(f"`{text.replace('`', '')}`".replace("\n", "⏎") for text in texts)


def unread_formats() -> dict[tuple[str, str], str]:
    """Give outcome and reason of every format that is named and not read, with what it is known by."""
    ooxml = PACKAGE_SUFFIXES - set(EXTRACTORS)
    by_bytes = [found for _offset, _mark, found in SIGNATURES] + [found for _mark, found in TEXT_SIGNATURES]
    known: dict[tuple[str, str], str] = {}
    for found in by_bytes:
        if isinstance(found, Problem):
            known[found.outcome.value, found.reason] = BY_BYTES
    for suffix, found in UNREAD_SUFFIXES.items():
        known[found.outcome.value, found.reason] = f"`{suffix}`"
    for suffix, reason in BINARY_SUFFIXES.items():
        before = known.get((Outcome.UNSUPPORTED.value, reason))
        known[Outcome.UNSUPPORTED.value, reason] = " ".join(filter(None, (before, f"`{suffix}`")))
    for inside in COMPOUNDS.values():
        if isinstance(inside, Problem):
            known.setdefault((inside.outcome.value, inside.reason), "content / 内容")
    for suffix in sorted(ooxml):
        known[Outcome.UNSUPPORTED.value, suffix.lstrip(".")] = f"`{suffix}`"
    # What `choose` decides by looking further than at a mark or a suffix.
    known[Outcome.UNSUPPORTED.value, "ooxml"] = known[Outcome.ENCRYPTED.value, "password"] = "content / 内容"
    for reason in ("binary", "ole2", "embedded", "smime"):
        known[Outcome.UNSUPPORTED.value, reason] = "content / 内容"
    return known


#: What is told of a format that has no end of its own.
_ENDLESS = (" That it was cut short cannot always be told.", "途中で切れていても、判別できないことがあります。")


def _read_rows() -> Iterator[str]:
    yield "| extractor | known by / 判断 | what is read / 読み取る内容 | place of a finding / 検出位置 |"
    yield "|---|---|---|---|"
    for kind in FORMATS:
        name = kind.row.partition(":extract_")[2]
        suffixes = " ".join(f"`{suffix}`" for suffix in kind.suffixes.split()) or BY_BYTES
        reads = (f"{words}{_ENDLESS[at]}" if kind.is_endless else words for at, words in enumerate(kind.reads))
        yield f"| `{name}` | {suffixes} | {'<br>'.join(reads)} | {'<br>'.join(kind.places)} |"


def _unread_rows() -> Iterator[str]:
    yield "| outcome | reason | format / 形式 | known by / 判断 |"
    yield "|---|---|---|---|"
    for (outcome, reason), known_by in unread_formats().items():
        yield f"| `{outcome}` | `{reason}` | {' / '.join(dict.fromkeys(UNREAD[reason]))} | {known_by} |"


def formats_page() -> str:
    """Give docs/formats.md with its two tables filled in anew: what is read, and the rest, which is only named."""
    tables = {"read": _read_rows, "rest": _unread_rows}
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    return GENERATED.sub(lambda match: match[1] + "\n".join(tables[match[2]]()) + "\n", page)


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
    commands = {**cast("TyperGroup", group).commands}
    commands |= cast("TyperGroup", commands["patterns"]).commands
    commands |= cast("TyperGroup", commands["review"]).commands

    def table(match: re.Match[str]) -> str:
        return match[1] + "\n".join(_command_rows(cast("TyperCommand", commands[match[2]]))) + "\n"

    return GENERATED.sub(table, (DOCS / "cli.md").read_text(encoding="utf-8"))


def security_page() -> str:
    """Give docs/security.md with its table of dependencies filled in anew."""
    page = (DOCS / "security.md").read_text(encoding="utf-8")
    return GENERATED.sub(lambda match: match[1] + "\n".join(dependencies.rows()) + "\n", page)


def main() -> int:
    """Write or check the pages, and give the exit code."""
    pages = {
        DOCS / "patterns.md": patterns_page(),
        DOCS / "formats.md": formats_page(),
        DOCS / "cli.md": cli_page(),
        DOCS / "security.md": security_page(),
    }
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.name} is out of date: run scripts/docs")
        else:
            path.write_text(pages[path], encoding="utf-8")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
