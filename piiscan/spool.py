"""Hashes that memory has no room for: sorted runs of them in a temporary file, read again in order and in pieces.

The file has no name from the moment it is made, so whatever becomes of the process, nothing of it stays; and nothing
but hashes is written, never the key that they were made with. Python's own hashes have no secret key where somebody has
set their seed: then nothing is written at all.
"""

from __future__ import annotations

import os
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import FileIO

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: Bytes of a hash.
_WIDTH = 8
#: So many hashes of all runs are in memory while they are read, but of each run so many at least.
_PIECE, _LEAST = 1 << 17, 1 << 9


class Run(NamedTuple):
    """Where hashes lie that were written together, in order and each once: the first one, and how many."""

    start: int
    size: int


class Spool:
    """A temporary file of hashes, made when the first are written."""

    def __init__(self) -> None:
        self._file: FileIO | None = None
        self._end = 0

    def __del__(self) -> None:
        """Let go of the file, which is the end of it."""
        if self._file:
            self._file.close()

    def write(self, ordered: array[int]) -> Run | None:
        """Write hashes that are in order, each once; None if that cannot be done, and nothing was."""
        if os.environ.get("PYTHONHASHSEED", "random") != "random":
            return None
        try:
            self._file = self._file or _nameless()
            data, at = memoryview(ordered).cast("B"), self._end * _WIDTH
            while data:
                written = os.pwrite(self._file.fileno(), data, at)
                data, at = data[written:], at + written
        except OSError:  # no room, no folder, no right: memory has to do
            return None
        run = Run(self._end, len(ordered))
        self._end += run.size
        return run

    def merged(self, runs: Sequence[Run], others: array[int]) -> Iterator[array[int]]:
        """Yield the hashes of runs and `others`, which are in order too: in order and each once, a piece at a time.

        Raises OSError if the file cannot be read.
        """
        most = max(_PIECE // len(runs), _LEAST)
        left = [*runs, Run(0, 0)]
        heads = [*[np.zeros(0, np.int64)] * len(runs), np.frombuffer(others, np.int64)]
        while any(map(len, heads)) or any(run.size for run in left):
            for at, (start, count) in enumerate(left):
                if (more := min(most - len(heads[at]), count)) > 0:
                    heads[at] = np.concatenate((heads[at], self._read(start, more)))
                    left[at] = Run(start + more, count - more)
            # behind the last hash of a head there may be more of its run
            bounds = [head[-1] for head, run in zip(heads, left, strict=True) if run.size]
            cuts = [head.searchsorted(min(bounds), "right") if bounds else len(head) for head in heads]
            taken = np.concatenate([head[:cut] for head, cut in zip(heads, cuts, strict=True)])
            ordered = np.sort(taken, kind="stable")  # which is fast where parts of it are in order
            heads = [head[cut:] for head, cut in zip(heads, cuts, strict=True)]
            yield _each_once(ordered)

    def _read(self, start: int, count: int) -> Numbers:
        if self._file is None:
            raise OSError
        read = np.empty(count, np.int64)
        data, at = read.data.cast("B"), start * _WIDTH
        while data:
            got = os.preadv(self._file.fileno(), [data], at)
            if not got:
                raise OSError
            data, at = data[got:], at + got
        return read


def united(hashes: array[int]) -> array[int]:
    """Give hashes in order and each once; numpy's unique takes ten times as long."""
    return _each_once(np.sort(np.frombuffer(hashes, np.int64)))


def _each_once(ordered: Numbers) -> array[int]:
    is_new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    packed = array("q")
    packed.frombytes(ordered[is_new].view(np.uint8).data)
    return packed


def _nameless() -> FileIO:
    from tempfile import TemporaryFile  # noqa: PLC0415 - only who has no room left pays for it

    return TemporaryFile(buffering=0)
