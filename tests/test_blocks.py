"""Blocks cover every offset exactly once, and know the line and column where they begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.blocks import Blocks, advance, iter_segments, split_lines
from piiscan.model import Outcome
from piiscan.piece import Problem, Segment

PIECES = st.lists(st.text("ab1 \n\r髙\x0c\u2028", max_size=12), max_size=6)


def cut(text: str, size: int, overlap: int, piece: int = 7) -> list[Segment]:
    pieces = re.findall(rf"(?s).{{1,{piece}}}(?:(?<=\r)\n)?", text)
    assert "".join(pieces) == text
    segments = list(iter_segments(pieces, Blocks(size=size, overlap=overlap)))
    return [segment for segment in segments if isinstance(segment, Segment)]


def place(text: str, index: int) -> tuple[int, int]:
    lines = split_lines(text[:index] + "x")
    return len(lines), len(lines[-1])


@settings(max_examples=150, deadline=None)
@given(PIECES, st.integers(1, 9), st.integers(0, 5))
def test_cores_make_up_the_text_and_places_are_exact(pieces: list[str], size: int, overlap: int) -> None:
    text = "".join(pieces)
    done = 0
    for segment in cut(text, size, overlap):
        start = done - segment.lead
        assert segment.text == text[start : start + len(segment.text)]
        assert (segment.first_line, segment.first_column) == place(text, start)
        done = start + len(segment.text) - segment.tail
    assert done == len(text)


@pytest.mark.parametrize("filler", ["x", "x\n", "x\r\n", "\r"])
def test_a_value_at_every_offset_starts_in_one_core_and_is_whole_there(filler: str) -> None:
    value = "090-0000-0001"
    for offset in range(80):
        text = (filler * 80)[:offset].rstrip("\r") + value + filler * 60
        owners = [
            segment
            for segment in cut(text, size=20, overlap=16)
            for at in [segment.text.find(value)]
            if segment.lead <= at < len(segment.text) - segment.tail
        ]
        assert len(owners) == 1


def test_blocks_are_cut_after_lines_and_carry_context() -> None:
    first, second = cut("1234567\nabcdefg\nxyz\n", size=10, overlap=3)
    assert (first.text, first.lead, first.tail) == ("1234567\nabc", 0, 3)
    assert (second.text, second.lead, second.tail) == ("67\nabcdefg\nxyz\n"[0:], 3, 0)
    assert (second.first_line, second.first_column) == (1, 6)


def test_small_text_is_one_segment_and_nothing_is_none() -> None:
    assert list(iter_segments(["a", "b"])) == [Segment("ab")]
    assert list(iter_segments([])) == []


def test_problems_pass_through() -> None:
    problem = Problem(Outcome.PARTIAL, "encoding")
    assert list(iter_segments(["a", problem])) == [problem, Segment("a")]


def test_unknown_lines_stay_unknown() -> None:
    segments = list(iter_segments(["ab\n" * 50], Blocks(line=None, size=10, overlap=2)))
    assert {segment.first_line for segment in segments if isinstance(segment, Segment)} == {None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (3, 5)),
        ("ab", (3, 7)),
        ("a\nb", (4, 2)),
        ("\r\n", (4, 1)),
        ("\r\r\n\n𠮷", (6, 2)),
        ("\x0c\u2028", (3, 7)),
    ],
)
def test_advance_counts_as_editors_do(text: str, expected: tuple[int, int]) -> None:
    assert advance(3, 5, text) == expected


def test_lines_end_at_lf_cr_and_crlf_only() -> None:
    assert split_lines("a\nb\r\nc\rd\x0ce\u2028f\x85") == ["a\n", "b\r\n", "c\r", "d\x0ce\u2028f\x85"]
