"""Different hashes of values, of which a file may hold millions: counted only when somebody asks for the number.

They are numbers of 8 bytes and no objects, and those of one file have a bounded room in memory: what it has not room
for lies on disk (spool.py). Where that cannot be had, it stays in memory.
"""

from __future__ import annotations

import sys
from array import array
from itertools import chain, islice
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.spool import Run, Spool

#: So many hashes are united by numpy, which takes a moment to load; where it is loaded, no more than a few are not.
_MANY = 50_000
#: So many hashes of a file have room in memory; sets of fewer than the second number stay there in any case.
ROOM, _SMALL = 1 << 19, 1 << 12
#: A set tells of so many new hashes at once.
_STEP = 1 << 8
#: A set of fewer is always counted; a larger one when it has grown by one in so many, if the number need not be exact.
_FEW, _SHARE = 1 << 9, 8
#: So many hashes go in one message.
_SENT = 1 << 16


class Store:
    """The room that the hashes of one file have in memory."""

    def __init__(self, room: int = 0) -> None:
        """Take how many hashes there is room for, if not for ROOM."""
        self.held = 0
        self._room = room or ROOM
        self._sets = WeakSet[Hashes]()
        self._spool: Spool | None = None

    @property
    def spool(self) -> Spool:
        """The file for what there is no room for."""
        if self._spool is None:
            from piiscan.spool import Spool  # noqa: PLC0415 - only masses of values pay for it

            self._spool = Spool()
        return self._spool

    def grown(self, one: Hashes) -> None:
        """See whether there is still room, now that a set has grown."""
        self._sets.add(one)
        if self.held <= self._room:
            return
        for each in self._sets:
            each.unite()
        by_size = sorted(self._sets, key=lambda each: each.in_memory, reverse=True)
        for each in by_size if 2 * self.held > self._room else ():
            if each.in_memory < _SMALL or not each.lay_down():
                break
        self._room = max(self._room, 2 * self.held)  # there is no other place for what is left


class Hashes:
    """Numbers of 8 bytes, each once; those that came lately may stand there twice until they are counted.

    >>> hashes = Hashes()
    >>> hashes.update([1, 2]), hashes.update([2, 3])
    (None, None)
    >>> len(hashes), list(hashes)
    (3, [1, 2, 3])
    """

    __slots__ = ("__weakref__", "_counted", "_is_new", "_kept", "_runs", "_store", "_told", "_waiting")

    def __init__(self, store: Store | None = None) -> None:
        """Take the room that is shared with others."""
        self._store = store or Store()
        self._kept = array("q")
        self._waiting = array("q")
        self._runs: list[Run] = []
        self._told = 0
        self._counted = 0  # with those on disk
        self._is_new = False  # and there may be more by now

    @property
    def in_memory(self) -> int:
        """How many lie in memory, those that stand there twice not left out."""
        return len(self._kept) + len(self._waiting)

    @property
    def least(self) -> int:
        """Count them with little work: of many there may be more by now, and those on disk are not read for it."""
        if len(self._kept) < _FEW or len(self._waiting) > len(self._kept) // _SHARE:
            self.unite()
        return max(len(self._kept), self._counted, *(run.size for run in self._runs))

    def update(self, hashes: Iterable[int]) -> None:
        """Take more of them."""
        self._is_new = True
        self._waiting.extend(hashes)
        if self.in_memory - self._told >= _STEP:
            self._tell()
            self._store.grown(self)

    def __len__(self) -> int:
        """Count them. Raises OSError where some lie on disk and cannot be read."""
        if self._is_new:
            self._counted = sum(map(len, self.pieces()))
            self._is_new = False
        return self._counted

    def __iter__(self) -> Iterator[int]:
        """Give them in order. Raises OSError too."""
        return chain.from_iterable(self.pieces())

    def smallest(self, count: int) -> Sequence[int]:
        """Give the first of them. Raises OSError too."""
        return list(islice(self, count))

    def pieces(self) -> Iterator[array[int]]:
        """Yield them in order, a piece at a time. Raises OSError too."""
        self.unite()
        if self._runs:
            yield from self._store.spool.merged(self._runs, self._kept)
        else:
            yield self._kept

    def packed(self) -> Iterator[bytes]:
        """Yield them in order, 8 bytes each, in pieces that make messages of a bounded size. Raises OSError too."""
        for piece in self.pieces():
            for at in range(0, len(piece), _SENT):
                yield piece[at : at + _SENT].tobytes()

    def unite(self) -> None:
        """Drop what stands twice in memory."""
        if not self._waiting:
            return
        self._kept += self._waiting
        self._waiting = array("q")
        if len(self._kept) < (_MANY if "numpy" not in sys.modules else _FEW):
            self._kept = array("q", sorted({*self._kept}))
        else:
            from piiscan.spool import united  # noqa: PLC0415 - only masses of values pay for it

            self._kept = united(self._kept)
        self._tell()

    def lay_down(self) -> bool:
        """Bring what is united in memory to disk; tell whether that was possible."""
        run = self._store.spool.write(self._kept)
        if run is None:
            return False
        self._runs.append(run)
        self._kept = array("q")
        self._tell()
        return True

    def _tell(self) -> None:
        self._store.held += self.in_memory - self._told
        self._told = self.in_memory
