"""Many numbers of one shape at once: their characters as a matrix, a row for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from piiscan.template import templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from piiscan.template import Template

_ZERO = ord("0")


def matrix_of(cells: Sequence[str]) -> NDArray[np.uint32]:
    """Give the code points of texts of one length, a row for each."""
    data = "".join(cells).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(data, np.uint32).reshape(len(cells), -1)


def digits_of(matrix: NDArray[np.uint32], shape: str) -> NDArray[np.uint8]:
    """Give the digits (0 to 9) of texts of a shape, which has 0 for each of them."""
    places = [at for at, char in enumerate(shape) if char == "0"]
    return (matrix[:, places] - _ZERO).astype(np.uint8)


def fits(way: Template, matrix: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell for each row of code points whether its digits are those of one way to match."""
    fitting = np.ones(len(matrix), np.bool_)
    for at, mask in way.digits:
        allowed = np.array([mask >> digit & 1 for digit in range(10)], np.bool_)
        fitting &= allowed[matrix[:, at] - _ZERO]
    return fitting


def match_all(source: str, digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell for each row of digits whether a regex matches all of it. Raises ValueError if its shape does not tell."""
    count = digits.shape[1]
    ways = templates(source, "0" * count, only_whole=True)
    if ways is None:
        raise ValueError(source)
    matched = np.zeros(len(digits), np.bool_)
    codes = digits.astype(np.uint32) + _ZERO
    for way in ways:
        matched |= fits(way, codes)
    return matched


def number_of(digits: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Give the numbers that rows of at most 18 digits are."""
    weights = 10 ** np.arange(digits.shape[1] - 1, -1, -1, dtype=np.int64)
    numbers: NDArray[np.int64] = digits.astype(np.int64) @ weights
    return numbers


def texts_of(digits: NDArray[np.uint8]) -> list[bytes]:
    """Give rows of digits as texts."""
    rows = np.ascontiguousarray(digits + _ZERO, np.uint8)
    texts: list[bytes] = rows.view(f"S{digits.shape[1]}").ravel().tolist()
    return texts


def different(small: NDArray[Any]) -> list[int]:
    """Give the different numbers of an array, all of them small; numpy's unique takes ten times as long.

    That loads numpy.ma as well: 8 MB, and a tenth of a second.
    """
    return list(map(int, np.flatnonzero(np.bincount(small))))
