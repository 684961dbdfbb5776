"""How far a run is, on the standard error of a terminal: files, bytes, findings, unread, time left.

No thread draws it, because a thread beside worker processes is a deadlock in waiting: each call of the callback
redraws it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from piiscan.messages import _
from piiscan.wording import bytes_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.books import Progress


@contextmanager
def shown_progress(*, wanted: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Give the callback that draws the line, or None where nobody would see it; the line is gone at the end."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    with Live(console=Console(stderr=True), auto_refresh=False, transient=True, redirect_stdout=False) as live:
        yield lambda progress: live.update(
            Text(progress_line(progress), no_wrap=True, overflow="ellipsis"), refresh=True
        )


def progress_line(progress: Progress) -> str:
    """Say in one line how far the run is; the end is foretold once the walk knows all there is."""
    known = f"{progress.files_known:,}" + ("" if progress.walked else "+")
    done, size = bytes_in_words(progress.bytes), bytes_in_words(progress.bytes_known)
    words = [
        _("{done} of {known} files").format(done=f"{progress.files:,}", known=known),
        f"{done} / {size}",
        _("{count} findings").format(count=f"{progress.findings:,}"),
        _("{count} not read").format(count=f"{progress.unread:,}"),
    ]
    if progress.walked and progress.bytes:
        left = progress.elapsed * (progress.bytes_known - progress.bytes) / progress.bytes
        words.append(_("{time} left").format(time=_clock(left)))
    return " · ".join(words)


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
