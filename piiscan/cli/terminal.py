"""How what goes to a terminal is shown: as wide as that is, and in colour if its owner did not say no."""

from __future__ import annotations

import os
import sys

from piiscan.settings import STDIO

#: Columns of a report that goes to no terminal.
WIDTH = 100


def width_and_colour(output: str) -> tuple[int, bool]:
    """Give the columns that there are for what goes to `output`, and whether it may be in colour."""
    if output != STDIO or not sys.stdout.isatty():
        return WIDTH, False
    from shutil import get_terminal_size  # noqa: PLC0415 - loads every compression there is

    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return get_terminal_size((WIDTH, 0)).columns, is_coloured
