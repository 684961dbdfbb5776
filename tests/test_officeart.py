"""Options of shapes: texts among numbers and arrays, wherever records end."""

from __future__ import annotations

import struct

import pytest

from piiscan.officeart import find_in_word, find_texts, iter_texts

NUMBER = "090-1234-0001"
TEXT, DESCRIPTION, POINTS, COLOR = 0xC0, 0x381, 0x145, 0x181


def options(*values: tuple[int, bytes | int]) -> bytes:
    table = b"".join(
        struct.pack("<HL", kind | 0x8000, len(value)) if isinstance(value, bytes) else struct.pack("<HL", kind, value)
        for kind, value in values
    )
    return table + b"".join(value for _, value in values if isinstance(value, bytes))


def record(kind: int, data: bytes, head: int = 0xF) -> bytes:
    return struct.pack("<HHL", head, kind, len(data)) + data


def wide(text: str) -> bytes:
    return f"{text}\0".encode("utf-16-le")


WHOLE = options((TEXT, wide(NUMBER)), (COLOR, 7), (DESCRIPTION, wide("説明")))


def test_texts_stand_behind_the_table() -> None:
    assert list(iter_texts(WHOLE, 3)) == [NUMBER, "説明"]


@pytest.mark.parametrize("size", [4, 0xFFF0])
def test_an_array_may_leave_out_its_own_head(size: int) -> None:
    points = struct.pack("<HHH", 3, 3, size) + bytes(12)
    data = options((POINTS, points), (DESCRIPTION, wide(NUMBER)))
    for length in (len(points), 12):
        assert list(iter_texts(struct.pack("<HL", POINTS | 0x8000, length) + data[6:], 2)) == [NUMBER]


def test_records_are_found_however_deep_and_a_cut_raises_nothing() -> None:
    shape = record(0xF004, record(0xF00B, WHOLE, 3 << 4 | 3))
    drawing = record(0xF002, record(0xF003, shape * 2) + record(0xF00D, b""))
    assert list(find_texts(drawing)) == [NUMBER, "説明"] * 2
    assert list(find_in_word(record(0xF000, b"") + b"\0" + drawing + b"\1" + drawing)) == [NUMBER, "説明"] * 4
    for cut in range(len(drawing)):
        assert len(list(find_texts(drawing[:cut]))) <= 4
        list(find_in_word(drawing[:cut]))
