"""How far a run is, on the standard error of a terminal: files, bytes, findings, unread, time left.

No thread draws it, because a thread beside forked workers is a deadlock in waiting: every report that comes in
refreshes it, at most ten times a second.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from piiscan.messages import _
from piiscan.wording import bytes_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.run import Progress

INTERVAL = 0.1


@contextmanager
def shown_progress(*, wanted: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Give the callback that draws the line, or None where nobody would see it; the line is gone at the end."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
        drawn = 0.0

        def draw(progress: Progress) -> None:
            nonlocal drawn
            now = time.monotonic()
            if now - drawn >= INTERVAL:
                drawn = now
                live.update(Text(progress_line(progress), no_wrap=True, overflow="ellipsis"), refresh=True)

        yield draw


def progress_line(progress: Progress) -> str:
    """Say in one line how far the run is."""
    words = [
        _("{count} files").format(count=f"{progress.files:,}"),
        bytes_in_words(progress.bytes_read),
        _("{count} findings").format(count=f"{progress.findings:,}"),
        _("{count} not read").format(count=f"{progress.unread:,}"),
    ]
    return " · ".join(words)
