"""Pixels before they are read: lines taken out, pages turned."""

from __future__ import annotations

import numpy as np
import pytest

from piiscan.piece import Pixels
from piiscan.retouch import turned, without_lines


def of(grey: np.ndarray) -> Pixels:
    return Pixels(grey.shape[1], grey.shape[0], grey.astype(np.uint8).tobytes(), 300)


def page() -> np.ndarray:
    grey = np.full((600, 400), 255, np.uint8)
    grey[300:330, 100:130] = 0  # a character
    return grey


@pytest.mark.parametrize("is_upright", [False, True])
def test_a_line_is_taken_out_with_its_edge_and_characters_stay(*, is_upright: bool) -> None:
    grey = page()
    ruled = grey.T if is_upright else grey
    ruled[200:203, 20:380] = 0
    ruled[199, 20:380] = 200
    assert without_lines(of(grey)) == of(page())


def test_a_run_of_a_character_is_no_line() -> None:
    grey = page()
    grey[100:104, 10:69] = 0
    assert without_lines(of(grey)) == of(grey)


def test_a_picture_narrower_than_a_line_stays() -> None:
    grey = np.zeros((50, 50), np.uint8)
    assert without_lines(of(grey)) == of(grey)


def test_pages_are_turned_clockwise() -> None:
    grey = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)
    assert turned(of(grey), 90) == Pixels(2, 3, bytes([4, 1, 5, 2, 6, 3]), 300)
    assert turned(of(grey), 180) == Pixels(3, 2, bytes([6, 5, 4, 3, 2, 1]), 300)
