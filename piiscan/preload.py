"""What masses of data need, loaded by the process that workers are forked from while the command line gets ready.

Numbers in bulk, the automata's library and forty regexes take longer to load than a thousand small files take to scan;
so it is worth a glance at what is named first.
"""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many bytes, in the first so many files and folders that are met, are masses.
_MASSES, _GLANCE = 16_000_000, 500
#: What such files hold is some times as much as they have bytes.
_PACKED, _TIMES = (".xlsx", ".xlsm", ".docx", ".pptx", ".odt", ".ods", ".zip", ".gz"), 4


def holds_masses(paths: Iterable[str]) -> bool:
    """Tell by a glance whether files and folders hold so much that it pays to load everything at once."""
    folders: deque[str] = deque()
    size = looked = 0
    for path in paths:
        with suppress(OSError, ValueError):
            size += _held(path, os.stat(path).st_size)  # noqa: PTH116 - pathlib takes longer to load than all of this
            folders.append(path)
    while folders and looked < _GLANCE and size < _MASSES:
        with suppress(OSError), os.scandir(folders.popleft()) as entries:
            for entry in entries:
                looked += 1
                if looked > _GLANCE or size >= _MASSES:
                    break
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    size += _held(entry.name, entry.stat(follow_symlinks=False).st_size)
    return size >= _MASSES


def _held(name: str, size: int) -> int:
    return size * _TIMES if name.lower().endswith(_PACKED) else size


def load_for_masses() -> None:
    """Load what a worker would load with its first large file; what it shares with the others is loaded once."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy must not start threads here: others are forked from it
    from piiscan import automata, fastbytes, worker  # noqa: F401, PLC0415 - loaded here, used there
    from piiscan.pattern import load_shipped  # noqa: PLC0415

    for pattern in load_shipped().values():
        pattern.compiled()
