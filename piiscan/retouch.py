"""Pixels made fit for being read: without the lines of a form, and with the page's head upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from piiscan.piece import Pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Marks = NDArray[np.bool_]

#: A dark run as long as this share of the picture's longer side is a line; no stroke of a character is.
_SHARE, _SHORTEST = 28, 60
_DARK, _WHITE = 160, 255


def without_lines(pixels: Pixels) -> Pixels:
    """Take out straight lines: text that stands in boxes is passed over where they look like a drawing."""
    grey = _array(pixels)
    dark = grey < _DARK
    length = max(max(dark.shape) // _SHARE, _SHORTEST)
    lines = _runs(dark, length) | _runs(dark.T, length).T
    if not lines.any():
        return pixels
    soft = lines.copy()  # and the grey edge of each
    soft[1:] |= lines[:-1]
    soft[:-1] |= lines[1:]
    soft[:, 1:] |= lines[:, :-1]
    soft[:, :-1] |= lines[:, 1:]
    return pixels._replace(data=np.where(soft, np.uint8(_WHITE), grey).tobytes())


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """Turn a picture clockwise by a multiple of 90 degrees."""
    grey = np.rot90(_array(pixels), -degrees // 90)
    return Pixels(grey.shape[1], grey.shape[0], grey.tobytes(), pixels.dpi)


def _array(pixels: Pixels) -> NDArray[np.uint8]:
    return np.frombuffer(pixels.data, np.uint8).reshape(pixels.height, pixels.width)


def _runs(dark: Marks, length: int) -> Marks:
    """Mark the pixels that lie in a dark run of at least `length` from left to right."""
    height, width = dark.shape
    runs = np.zeros_like(dark)
    if width < length:
        return runs
    for top in range(0, height, 256):  # the sums of all rows would fill the memory
        rows = dark[top : top + 256]
        sums = np.zeros((len(rows), width + 1), np.int32)
        np.cumsum(rows, axis=1, out=sums[:, 1:])
        starts = (sums[:, length:] - sums[:, :-length]) == length
        if starts.any():
            whole = np.zeros((len(rows), width + 1), np.int32)
            whole[:, : starts.shape[1]] += starts
            whole[:, length:] -= starts[:, : width + 1 - length]
            runs[top : top + 256] = np.cumsum(whole, axis=1)[:, :width] > 0
    return runs
