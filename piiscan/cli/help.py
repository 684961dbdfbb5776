"""The help of every command, laid out for Japanese as well: Typer's own cuts off what has no spaces to break at."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperCommand, TyperGroup

from piiscan.messages import _
from piiscan.wrap import columns, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from typer._click import Context, HelpFormatter

MARGIN = 2
MOST_COLUMNS = 100


class Command(TyperCommand):
    """A command whose help is ours."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help of this command."""
        formatter.write("\n".join(_help_lines(self, ctx)) + "\n")


class Group(TyperGroup):
    """A group of commands whose help is ours."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help of this group, with its commands."""
        formatter.write("\n".join(_help_lines(self, ctx)) + "\n")


def _help_lines(command: Command | Group, ctx: Context) -> Iterator[str]:
    width = min(shutil.get_terminal_size().columns, MOST_COLUMNS)
    usage = _("Usage: {command}").format(command=ctx.command_path)
    yield " ".join([usage, *command.collect_usage_pieces(ctx)])
    yield ""
    yield from wrap(command.help or "", width)
    arguments, options = [], []
    for parameter in command.get_params(ctx):
        if isinstance(parameter, TyperArgument):
            arguments.append((str(parameter.metavar), parameter.help or ""))
        else:
            names = ", ".join(sorted(parameter.opts, key=len))
            about = _("Show this help, and end.") if "--help" in parameter.opts else getattr(parameter, "help", "")
            metavar = "" if getattr(parameter, "is_flag", False) else parameter.metavar or ""
            options.append((f"{names} {metavar}".rstrip(), about or ""))
    commands = [(name, found.help or "") for name, found in _commands(command, ctx)]
    sections = ((_("Arguments"), arguments), (_("Commands"), commands), (_("Options"), options))
    indent = max(columns(name) for _title, rows in sections for name, _text in rows) + 2 * MARGIN
    for title, rows in sections:
        if rows:
            yield ""
            yield f"{title}:"
            yield from _rows(rows, min(indent, width // 2), width)


def _commands(command: Command | Group, ctx: Context) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    if isinstance(command, Group):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            if isinstance(found, (TyperCommand, TyperGroup)):
                yield name, found


def _rows(rows: Iterable[tuple[str, str]], indent: int, width: int) -> Iterator[str]:
    for name, text in rows:
        first, *others = wrap(text, width - indent)
        start = " " * MARGIN + name
        if columns(start) < indent:
            yield pad(start, indent) + first
        else:
            yield start
            yield " " * indent + first
        for line in others:
            yield " " * indent + line
