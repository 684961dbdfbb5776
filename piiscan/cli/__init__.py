"""The command line: thin. It collects flags, hands them to the steps of the scan, and prints what comes out.

Typer takes longer to load than three files take to scan, so it is only asked where it has something to say: help,
mistakes, and the commands that nobody waits for.
"""

from __future__ import annotations

import gc
from contextlib import suppress

from piiscan.forkserver import start_early
from piiscan.preload import holds_masses, load_for_masses


def run_command(arguments: list[str]) -> int:
    """Run one command and give its exit code; raises ConfigError for arguments that cannot be understood."""
    if arguments[:1] == ["scan"] and holds_masses(arguments[1:]):
        with suppress(OSError):  # whoever needs a worker asks again, and tells
            start_early(load_for_masses)  # it has what it needs by the time that we have what we need
    from piiscan.cli.arguments import read_quickly  # noqa: PLC0415 - loads what the server loads meanwhile

    match read_quickly(arguments):
        case "scan", given:
            from piiscan.cli.scan import scan  # noqa: PLC0415 - each command loads what it needs

            _settle_down()
            return scan(given)
        case "hook", given:
            from piiscan.cli.hook import hook  # noqa: PLC0415

            _settle_down()
            return hook(given)
        case _:
            from piiscan.cli.commands import run_typer  # noqa: PLC0415

            _settle_down()
            return run_typer(arguments)


def _settle_down() -> None:
    """Collect garbage from now on, but never among what was loaded so far."""
    from piiscan.config import COLLECT  # noqa: PLC0415

    gc.freeze()
    gc.set_threshold(*COLLECT)
    gc.enable()
