"""Arguments that are plainly right, read without Typer: the table of options says enough about them.

Whatever is not plain (an option that does not exist, a value that is missing or looks like an option, help) is left
to Typer, which knows how to say it. tests/test_arguments.py compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from piiscan.settings import READERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    Given = dict[str, Any]

_FLAG, _TEXT, _LIST = "flag", "text", "list"
_SHORT = {"-o": "--output", "-j": "--jobs", "-q": "--quiet"}


def _kind(kinds: tuple[type, ...]) -> str:
    return _FLAG if kinds == (bool,) else _LIST if kinds == (list,) else _TEXT


#: What each command takes: its options with what follows each, and the name of what stands without one.
COMMANDS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str], str]] = {
    "scan": ({**{name: _kind(kinds) for name, (_read, kinds) in READERS.items()}, "config": _TEXT}, _SHORT, "path"),
    "hook": ({"all_files": _FLAG, "strict": _FLAG, "config": _TEXT}, {}, "names"),
}


def read_quickly(arguments: list[str]) -> tuple[str, Given] | None:
    """Give the command and its options by name, those that were given; None where Typer has to look."""
    if not arguments or arguments[0] not in COMMANDS:
        return None
    options, short, rest = COMMANDS[arguments[0]]
    given: Given = {}
    named: list[str] = []
    waiting = list(reversed(arguments[1:]))
    while waiting:
        argument = waiting.pop()
        if argument == "--":
            named += reversed(waiting)
            break
        if argument == "-" or not argument.startswith("-"):
            named.append(argument)
            continue
        if not argument.startswith("--"):
            value, argument = argument[2:], short.get(argument[:2], "")
            if value:  # -j4 is -j 4; of several flags in one word (-qj4) Typer knows more
                argument += f"={value}"
        if not _take(argument, options, waiting, given):
            return None
    return arguments[0], {**given, rest: named}


def _take(argument: str, options: Mapping[str, str], waiting: list[str], given: Given) -> bool:
    """Read one option, with what follows it from the end of `waiting`; tell whether it was plain."""
    long, is_joined, joined = argument.partition("=")
    name = long.removeprefix("--").replace("-", "_")
    kind = options.get(name)
    if kind is None or "_" in long:
        return False
    if kind == _FLAG:
        given[name] = True
        return not is_joined
    if not is_joined and not waiting:
        return False
    value = joined if is_joined else waiting.pop()
    if value.startswith("-") and value != "-":
        return False
    if kind == _LIST:
        given.setdefault(name, []).append(value)
    else:
        given[name] = value
    return True
