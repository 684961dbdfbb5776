"""Arguments read without Typer mean what Typer reads in them, or are left to it."""

from __future__ import annotations

from typing import Any, cast

import pytest
import typer
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan.cli.arguments import read_quickly
from piiscan.cli.commands import app

group = cast("Any", typer.main.get_command(app))
WORDS = {
    name: [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
    for name, command in group.commands.items()
    if name in {"scan", "hook"}
}
VALUES = ["a", "4", "-", "--", "", "-4", "-x", "--no", "a b", "=", "--=x", "名前", "-h", "-qj4", "-qq", "-j=4"]


def arguments_of(command: str) -> st.SearchStrategy[list[str]]:
    words = WORDS[command]
    joined = st.tuples(st.sampled_from(words), st.sampled_from(["=", ""]), st.sampled_from(VALUES)).map("".join)
    return st.lists(st.one_of(st.sampled_from([*words, *VALUES]), joined), max_size=6)


def read_by_typer(command: str, arguments: list[str]) -> dict[str, Any]:
    context = group.commands[command].make_context(command, list(arguments))
    return {name: value for name, value in context.params.items() if value not in (None, [], (), False)}


@pytest.mark.parametrize("command", WORDS)
def test_what_is_read_quickly_is_what_typer_reads(command: str) -> None:
    @settings(deadline=None)  # Typer's share is its own
    @given(arguments_of(command))
    @example(["-j4", "-ofile", "--format=jsonl", "--quiet", "a", "--", "-b", "--format"])
    @example(["--config", "a", "--config", "b"])
    def compare(arguments: list[str]) -> None:
        found = read_quickly([command, *arguments])
        if found is not None:
            name, options = found
            assert name == command
            shown = {key: value for key, value in options.items() if value not in ([], False)}
            assert shown == read_by_typer(command, arguments)

    compare()


def test_the_usual_is_read_quickly() -> None:
    assert read_quickly(["scan", "share", "-j1", "--format", "jsonl", "-o", "report", "--exclude=*.log", "-q"]) == (
        "scan",
        {"jobs": "1", "format": "jsonl", "output": "report", "exclude": ["*.log"], "quiet": True, "path": ["share"]},
    )
    assert read_quickly(["hook", "--strict", "a.txt"]) == ("hook", {"strict": True, "names": ["a.txt"]})


@pytest.mark.parametrize("command", WORDS)
def test_every_option_can_be_read_quickly(command: str) -> None:
    for parameter in group.commands[command].params:
        for option in parameter.opts:
            if option.startswith("-") and option not in {"--help", "-h"}:
                arguments = [option] if parameter.is_flag else [option, "value"]
                assert read_quickly([command, *arguments]), option


@pytest.mark.parametrize("arguments", [[], ["--help"], ["scan", "-h"], ["scan", "--jbos", "4"], ["patterns", "list"]])
def test_help_and_mistakes_are_left_to_typer(arguments: list[str]) -> None:
    assert read_quickly(arguments) is None
