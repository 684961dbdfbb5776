"""A labelled number that goes on in the next line is one value if it has its length; nothing else is joined."""

from __future__ import annotations

import pytest

from piiscan.charset import SEARCHABLE
from piiscan.collector import Collector
from piiscan.numberbreaks import find_number_breaks
from piiscan.piece import Raw
from piiscan.redact import CANONICAL
from piiscan.text import fold
from tests.test_reference import FAST, FILLERS, REFERENCE

#: Text, the pattern that finds it, and the value in one line; the numbers are made up, with digits that check.
BROKEN = {
    "個人番号：1234 5678\n9018": ("my_number", "123456789018"),
    "個人番号（マイナンバー）：１２３４５６\r\n　７８９０１８": ("my_number", "123456789018"),
    "マイナンバー 1234-5678\n\t9018 です": ("my_number", "123456789018"),
    "基礎年金番号 1234-567\n890": ("basic_pension_number", "1234567890"),
    "基礎年金番号：12345\n67890": ("basic_pension_number", "1234567890"),
    "電話 03-1234\n5678": ("phone_landline", "0312345678"),
    "TEL:03\n1234-5678": ("phone_landline", "0312345678"),
    "携帯 090-12\n34-5678": ("phone_mobile", "09012345678"),
    "カード番号 4111 1111\n1111 1111": ("payment_card", "4111111111111111"),
}
#: Nothing is joined: the number is whole, the sum is another length, no label stands there, or more follows.
APART = (
    "個人番号：123456789018\n3456",
    "個人番号：1234 5678\n901",
    "個人番号：1234 5678\n90189",
    "個人番号：1234 5678\n9018A",
    "個人番号：1234 5678\n9018-1",
    "個人番号：1234 5678\n\n9018",
    "整理個数：1234 5678\n9018",
    "個人番号の件 1234 5678\n9018",
    "電話 0312345678\n1",
    "1234 5678\n9018",
    "個人番号 A1234\n56789018",
)


@pytest.mark.parametrize("text", BROKEN)
@pytest.mark.parametrize("encoding", SEARCHABLE)
def test_both_engines_find_what_goes_on_in_the_next_line(text: str, encoding: str) -> None:
    pattern, value = BROKEN[text]
    raw = Raw(f"{FILLERS[0] * 400}\n{text}\n{FILLERS[0] * 400}".encode(encoding), encoding)
    one, other = (
        {
            (each.pattern, each.confidence, each.location.line, each.fingerprint)
            for each in Collector(detector).collect(raw)
        }
        for detector in (FAST, REFERENCE)
    )
    assert one == other
    assert [each[0] for each in one] == [pattern]
    folded = fold(text)
    (candidate,) = REFERENCE.find(folded.text)
    start, end = folded.original(candidate.start, candidate.end)
    assert CANONICAL[candidate.pattern.canonical](candidate.value) == value
    assert "\n" in text[start:end]


@pytest.mark.parametrize("text", APART)
def test_what_is_no_part_of_the_number_stays_apart(text: str) -> None:
    assert find_number_breaks(text) == {}
