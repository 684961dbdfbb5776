"""Different hashes of values, of which a file may hold millions: counted only when somebody asks for the number."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator

#: So many hashes are united by numpy, which takes a moment to load; so many wait at most.
_MANY, _MOST = 50_000, 4_000_000


class Hashes(Collection[int]):
    """Numbers of 8 bytes, each once; those that came lately may stand there twice until they are counted.

    >>> hashes = Hashes()
    >>> hashes.update([1, 2]), hashes.update([2, 3])
    (None, None)
    >>> len(hashes), sorted(hashes), 2 in hashes
    (3, [1, 2, 3], True)
    """

    __slots__ = ("_kept", "_waiting")

    def __init__(self) -> None:
        self._kept = array("q")
        self._waiting = array("q")

    def update(self, hashes: Iterable[int]) -> None:
        """Take more of them."""
        self._waiting.extend(hashes)
        if len(self._waiting) > _MOST:
            self._unite()

    def __len__(self) -> int:
        self._unite()
        return len(self._kept)

    def __iter__(self) -> Iterator[int]:
        self._unite()
        return iter(self._kept)

    def __contains__(self, number: object) -> bool:
        return number in self._kept or number in self._waiting

    def _unite(self) -> None:
        if not self._waiting:
            return
        self._kept += self._waiting
        self._waiting = array("q")
        if len(self._kept) < _MANY:
            self._kept = array("q", sorted({*self._kept}))
            return
        import numpy as np  # noqa: PLC0415 - only masses of values pay for it

        ordered = np.sort(np.frombuffer(self._kept, np.int64))  # which takes a tenth of the time of numpy's unique
        is_new = np.append(True, ordered[1:] != ordered[:-1])
        self._kept = array("q", ordered[is_new].tobytes())
