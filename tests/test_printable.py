from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan.printable import encodable, is_utf8, json_line, place_name, printable

HOSTILE = ["\x1b[2J", "\x07", "\x7f", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\udcff", "\r", "\n"]


@pytest.mark.parametrize("char", HOSTILE)
def test_nothing_steers_a_terminal(char: str) -> None:
    shown = printable(f"顧客{char[0]}名簿.csv")
    assert shown.startswith("顧客\\")
    assert shown.endswith("名簿.csv")
    assert char[0] not in shown


@pytest.mark.parametrize("name", ["顧客名簿.csv", "﨑山 髙橋.xlsx", "が.txt", "ﾃﾞｰﾀ.txt", "葛󠄀城.txt", "emoji👍.txt"])
def test_japanese_names_stay_as_they_are(name: str) -> None:
    assert printable(name) == name


@given(st.text(st.characters(codec=None)))
def test_any_text_becomes_one_encodable_line(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    shown.encode()


@given(st.binary(max_size=40))
def test_any_file_name_can_be_encoded(name: bytes) -> None:
    decoded = name.decode(errors="surrogateescape")
    encodable(decoded).encode()
    assert is_utf8(decoded) == (decoded == encodable(decoded))


@pytest.mark.parametrize("char", ["\x85", "\x9b", "\x7f", "\u2028", "\u202e"])
def test_a_json_line_is_one_line_and_keeps_its_value(char: str) -> None:
    line = json_line(json.dumps({"path": f"a{char}b"}, ensure_ascii=False).encode())
    assert char not in line
    assert json.loads(line) == {"path": f"a{char}b"}


def test_members_are_shown_behind_exclamation_marks() -> None:
    assert place_name("a.zip", ["b.zip", "c\n.csv"]) == "a.zip!b.zip!c\\x0a.csv"
