"""What older and open office documents cost grows with their size, whatever they are full of."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import pytest

from piiscan.extractors import open_extractor
from piiscan.selftest import MAX_GROWTH
from piiscan.storagecopy import write_compound
from tests.doubling import growth
from tests.extractors.test_doc import document
from tests.extractors.test_odf import pack
from tests.extractors.test_ppt import container, shape
from tests.extractors.test_xls import at, book, record, wide

if TYPE_CHECKING:
    from collections.abc import Callable


def _cells(times: int) -> bytes:
    return book(b"".join(record(0x204, at(row, 0) + wide("見本")) for row in range(1_000 * times)))


def _strings(times: int) -> bytes:
    count = 2_000 * times
    shared = record(0xFC, struct.pack("<LL", count, count)) + record(0x3C, wide("見本 花子")) * count
    return book(b"", shared)


#: Rows of extractors, and what makes a document of so many times a size.
DOCUMENTS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "pieces": ("doc", lambda times: document((("あ", True), ("b", False)) * 1_000 * times)),
    "cells of a text": ("doc", lambda times: document((("a\x07" * 10_000 * times, True),))),
    "fields": ("doc", lambda times: document((("\x13a\x14b" * 10_000 * times + "\x15", True),))),
    "storages": ("doc", lambda times: write_compound({("p", f"{n}", "x"): b"" for n in range(500 * times)})),
    "rows": ("xls", _cells),
    "strings": ("xls", _strings),
    "slides": ("ppt", lambda times: _presentation(container(0x3EE, shape("見本")) * 1_000 * times)),
    "paragraphs": ("odf", lambda times: pack("<text:p>見本<text:span>花子</text:span></text:p>" * 2_000 * times)),
    "tables": ("odf", lambda times: pack(_TABLE * 500 * times)),
    "pages": ("odf", lambda times: pack("<draw:page/><draw:page><text:p>x</text:p></draw:page>" * 1_000 * times)),
}
_TABLE = "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>"


def _presentation(stream: bytes) -> bytes:
    return write_compound({("PowerPoint Document",): stream})


@pytest.mark.parametrize("full_of", DOCUMENTS)
def test_cost_is_linear(full_of: str) -> None:
    kind, make = DOCUMENTS[full_of]
    extract = open_extractor(f"{kind}:extract_{kind}")

    def prepare(times: int) -> Callable[[], object]:
        data = make(times)
        return lambda: sum(1 for _ in extract(io.BytesIO(data), "a"))

    assert growth(prepare) < MAX_GROWTH
