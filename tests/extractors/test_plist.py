"""Binary property lists: values under their keys, shared and deep ones, and damage."""

from __future__ import annotations

import datetime as dt
import io
import plistlib
from typing import Any

from piiscan.extractors import choose, plist
from piiscan.model import Outcome
from piiscan.piece import Member, Piece, Problem, Table

MOBILE = "090-3123-4567"
FILE = b"%PDF-" + b"x" * 300
CONTACTS = {
    "連絡先": [{"氏名": "田中 次郎", "電話": MOBILE}, {"氏名": "甲野 花子", "電話": "03-3123-4567"}],
    "メモ": ["一", MOBILE],
    "設定": {"版": 3, "日": dt.datetime(2026, 1, 2), "率": 0.5, "有": True, "印": b"abc"},  # noqa: DTZ001
    "写真": FILE,
}


def made(value: Any) -> bytes:  # noqa: ANN401 - whatever a list may hold
    return plistlib.dumps(value, fmt=plistlib.FMT_BINARY, sort_keys=False)


def read(data: bytes) -> list[Piece]:
    return list(plist.extract_plist(io.BytesIO(data), "name"))


def test_values_stand_under_their_keys_with_a_place() -> None:
    data = made(CONTACTS)
    assert choose("a.plist", data) == "plist:extract_plist"
    tables = [piece for piece in read(data) if isinstance(piece, Table)]
    assert [(table.headers, table.columns) for table in tables] == [
        (("写真",), (("",),)),
        (("氏名", "電話"), (("田中 次郎", "甲野 花子"), (MOBILE, "03-3123-4567"))),
        (("メモ",), (("一", MOBILE),)),
        (("版", "日", "率", "有", "印"), (("3",), ("2026-01-02 00:00:00",), ("0.5",), ("True",), ("abc",))),
    ]
    assert [tables[1].locate(1, row, 0).cell for row in (0, 1)] == ["R2C2", "R3C2"]
    assert [piece.open().read() for piece in read(data) if isinstance(piece, Member)] == [FILE]


def test_a_single_value_is_read() -> None:
    (table,) = read(made(MOBILE))
    assert isinstance(table, Table)
    assert table.columns == ((MOBILE,),)


def test_what_is_shared_is_read_once() -> None:
    value: object = [MOBILE]
    for _ in range(60):
        value = [value, value]
    tables = [piece for piece in read(made(value)) if isinstance(piece, Table)]
    assert [table.columns for table in tables] == [((MOBILE,),)]


def test_every_truncation_is_damage() -> None:
    data = made(CONTACTS)
    for part in range(10):
        assert read(data[: len(data) * part // 10 + 8]) == [Problem(Outcome.PARTIAL, "plist")]


def test_nothing_is_nothing() -> None:
    assert read(b"") == []
