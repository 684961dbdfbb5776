"""Plain text is passed on whole, in order, and with its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "text:extract_text"


def test_text_is_one_segment_from_line_one(read: Read) -> None:
    (segment,) = read(ROW, "電話 090-0000-0001\r\n").segments
    assert segment.text == "電話 090-0000-0001\r\n"
    assert (segment.first_line, segment.first_column, segment.lead, segment.tail) == (1, 1, 0, 0)


def test_an_endless_line_streams_with_columns(read: Read) -> None:
    pieces = read(ROW, "0123456789" * 400_000)
    assert len(pieces.segments) == 4
    assert all(len(segment.text) < 1_100_000 for segment in pieces.segments)
    pieces.assert_places()


def test_damage_is_told_beside_the_text(read: Read) -> None:
    pieces = read(ROW, b"090-0000-0001 \xff\xff\n")
    assert pieces.reasons == ["encoding"]
    assert pieces.segments[0].text.startswith("090-0000-0001")


def test_nothing_gives_nothing(read: Read) -> None:
    assert read(ROW, b"") == []
