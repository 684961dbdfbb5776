"""What the rows of a large block tell of people, all at once: what peoplerows.py does row by row for a small one."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    #: Whether each row has a value, and its hash.
    Values = tuple[bytearray, array[int]]

# Primes of xxHash, as Python's tuples use it (CPython, Objects/tupleobject.c), and the modulus of its integers' hashes.
_FIRST, _SECOND, _FIFTH = (
    np.uint64(11400714785074694791),
    np.uint64(14029467366897019727),
    np.uint64(2870177450012600261),
)
_LEFT, _RIGHT = np.uint64(31), np.uint64(33)
_LENGTH = np.uint64(2 ^ 2870177450012600261 ^ 3527539)
_ALL_ONES, _INSTEAD = np.uint64(2**64 - 1), np.uint64(1546275796)
_MODULUS = np.uint64(2**61 - 1)


def telling(masks: array[int], bits: int) -> NDArray[np.int64]:
    """Give the masks of rows, 0 for those that have none of some bits."""
    found = np.frombuffer(masks, np.int64)
    return np.where(found & bits, found, 0)


def count(masks: NDArray[np.int64]) -> Mapping[int, int]:
    """Tell how many rows have each mask."""
    different, numbers = np.unique(masks, return_counts=True)
    return dict(zip(different.tolist(), numbers.tolist(), strict=True))


def over(first: Values, others: Values) -> Values:
    """Give the values of the first, and in rows where it has none those of others."""
    has, hashes = np.frombuffer(first[0], np.bool_), np.frombuffer(first[1], np.int64)
    either = has | np.frombuffer(others[0], np.bool_)
    chosen = np.where(has, hashes, np.frombuffer(others[1], np.int64))
    return bytearray(either.tobytes()), array("q", chosen.tobytes())


def pairs(first: Values, second: Values, among: NDArray[np.int64]) -> array[int]:
    """Give `hash` of the two values of each row that has both, if its mask is not 0."""
    rows = np.frombuffer(first[0], np.bool_) & np.frombuffer(second[0], np.bool_) & (among != 0)
    found = np.full(np.count_nonzero(rows), _FIFTH)
    for _, hashes in (first, second):
        found += _hash(np.frombuffer(hashes, np.int64)[rows]) * _SECOND
        found = (found << _LEFT | found >> _RIGHT) * _FIRST
    found += _LENGTH
    found[found == _ALL_ONES] = _INSTEAD
    return array("q", found.tobytes())


def _hash(numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give what Python's `hash` gives."""
    rest = (np.abs(numbers).view(np.uint64) % _MODULUS).view(np.int64)
    found = np.where(numbers < 0, -rest, rest)
    found[found == -1] = -2
    return found.view(np.uint64)
