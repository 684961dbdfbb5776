"""The process that workers are forked from: without threads, open files or secrets, and with the scan imported.

It takes a tenth of a second to be ready, in which the command line can be read.
"""

from __future__ import annotations

from multiprocessing import forkserver, get_context
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext


def fork_context() -> ForkServerContext:
    """Give the context that makes worker processes."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["piiscan.worker"])
    return context


def start_early() -> None:
    """Let the process start now, beside whatever comes next. Raises OSError if it cannot."""
    fork_context()
    forkserver.ensure_running()
