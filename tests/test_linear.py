"""Cost is linear in the input: doubling it at most multiplies the time by 2.6."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

import pytest

from piiscan import jsonpieces
from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.extractors import html_text, sql
from piiscan.piece import Segment
from piiscan.selftest import MAX_GROWTH
from tests.doubling import growth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from piiscan.piece import Problem

DETECTOR = Detector(ScanConfig(key=b"k" * 32, run_key=b"r" * 32))


#: By so many times: what takes a twentieth of a second of processor time at least tells growth from noise.
LINES: dict[str, Callable[[int], str]] = {
    "telephone numbers": lambda times: (
        "電話" + "".join(f"090-1234-{at % 10000:04}、電話番号 03-1{at % 1000:03}-9999 " for at in range(400 * times))
    ),
    "labels": lambda times: "個人番号 " * 4_000 * times,
    "addresses": lambda times: "東京都新宿区西新宿二丁目8番1号 " * 500 * times,
    "zero width": lambda times: "090\u200b-1234-5678 " * 500 * times,
}


@pytest.mark.parametrize("kind", LINES)
def test_one_long_line_costs_as_much_as_it_is_long(kind: str) -> None:
    def prepare(times: int) -> Callable[[], object]:
        return partial(Collector(DETECTOR).collect, Segment(LINES[kind](times)))

    assert growth(prepare) <= MAX_GROWTH


READ: dict[str, tuple[Callable[[Iterator[str | Problem]], Iterator[object]], str, str]] = {
    "objects": (jsonpieces.iter_pieces, '{"a": "x", "b": [1, {"c": null}]}\n', ""),
    "arrays that do not end": (jsonpieces.iter_pieces, "[", ""),
    "objects that do not end": (jsonpieces.iter_pieces, '{"a":', ""),
    "numbers that JSON does not have": (jsonpieces.iter_pieces, '{"tel": 09000000001}\n', ""),
    "broken objects": (jsonpieces.iter_pieces, '{"tel" "x"}\n', ""),
    "one long string": (jsonpieces.iter_pieces, "x" * 500, '["'),
    "space in an object": (jsonpieces.iter_pieces, " " * 500, '{"a": 1'),
    "a row": (html_text.iter_pieces, "<tr><td>x<td class=a>y</td></tr>\n", "<table>"),
    "cells": (html_text.iter_pieces, "<td><b>x</b>", "<table>"),
    "tables": (html_text.iter_pieces, "<table>", ""),
    "ends of inline elements": (html_text.iter_pieces, "</b>", ""),
    "open quotes": (html_text.iter_pieces, '<a x="1>', ""),
    "marks that are no tags": (html_text.iter_pieces, "<1", ""),
    "addresses that look like tags": (html_text.iter_pieces, "<x@example.jp>", ""),
    "scripts": (html_text.iter_pieces, "<script>x</script>", ""),
    "one long line": (html_text.iter_pieces, "<p class=a>x</p>", ""),
    "rows of SQL": (sql.iter_pieces, "(1, 'x', f('y')), ", "INSERT INTO t VALUES "),
    "statements of SQL": (sql.iter_pieces, "INSERT INTO t (a) VALUES ('x');\n", ""),
    "rows that do not end": (sql.iter_pieces, "INSERT INTO t VALUES (", ""),
    "strings that do not end": (sql.iter_pieces, "INSERT INTO t VALUES ('\\', f(), '", ""),
    "rows that break": (sql.iter_pieces, "INSERT INTO t VALUES ('\\'; ", ""),
    "rows in two grammars": (sql.iter_pieces, "INSERT INTO t VALUES ('a\\'b'), ('\\', 1), ", ""),
    "comments that do not end": (sql.iter_pieces, "INSERT INTO t VALUES (1) /* , ", ""),
    "columns that do not end": (sql.iter_pieces, "INSERT INTO t (a, ", ""),
    "names that do not end": (sql.iter_pieces, "INSERT INTO [", ""),
    "definitions that do not end": (sql.iter_pieces, "CREATE TABLE t (a ", ""),
    "definitions": (sql.iter_pieces, "CREATE TABLE t (a int);\n", ""),
    "copies": (sql.iter_pieces, "COPY t FROM stdin;\n1\t2\n\\.\n", ""),
    "lines of a copy": (sql.iter_pieces, "1\t2", "COPY t FROM stdin;\n"),
    "attributes": (html_text.iter_pieces, " a=b", "<p "),
}


@pytest.mark.parametrize("kind", READ)
def test_reading_costs_as_much_as_there_is(kind: str) -> None:
    iter_pieces, unit, opening = READ[kind]

    def prepare(times: int) -> Callable[[], object]:
        text = opening + unit * (times * (30_000 // len(unit)))
        return partial(lambda: deque(iter_pieces(iter([text])), maxlen=0))

    assert growth(prepare) <= MAX_GROWTH
