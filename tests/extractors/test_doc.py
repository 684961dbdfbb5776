"""Word documents of the binary kind: pieces of both widths, every sub-document, old and locked ones."""

from __future__ import annotations

import io
import struct
import time

import pytest

from piiscan.extractors.doc import extract_doc
from piiscan.model import Outcome
from piiscan.piece import Piece, Problem, Segment, Table
from piiscan.storagecopy import write_compound

NUMBER = "090-1234-0001"
_TOP = 0x600
STORIES = ("body", "footnotes", "header", "macro", "comments", "endnotes", "textbox", "textbox")
#: A piece: its text, and whether it is 16-bit.
Pieces = tuple[tuple[str, bool], ...]


def document(pieces: Pieces, counts: tuple[int, ...] = (), flags: int = 0x200, clx: bytes | None = None) -> bytes:
    """Give a document of Word 97 with these pieces; all its text is body, or as many characters as are told."""
    text, table, places = b"", b"", [0]
    rows = b""
    for content, is_wide in pieces:
        at = _TOP + len(text)
        text += content.encode("utf-16-le") if is_wide else content.encode("cp1252")
        rows += struct.pack("<HLH", 0, at if is_wide else at * 2 | 0x40000000, 0)
        places.append(places[-1] + len(content))
    plc = struct.pack(f"<{len(places)}L", *places) + rows
    table = clx if clx is not None else b"\1\3\0abc" + b"\2" + struct.pack("<L", len(plc)) + plc
    head = bytearray(_TOP)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x411, 0, flags)
    struct.pack_into("<8l", head, 0x4C, *(*counts, *[0] * 8)[:8] if counts else (places[-1], *[0] * 7))
    struct.pack_into("<LL", head, 0x9A + 33 * 8, 0, len(table))
    name = "1Table" if flags & 0x200 else "0Table"
    return write_compound({("WordDocument",): bytes(head) + text, (name,): table})


def read(data: bytes) -> list[Piece]:
    return list(extract_doc(io.BytesIO(data), "a.doc"))


def texts(data: bytes) -> dict[str, str]:
    return {piece.part: piece.text for piece in read(data) if isinstance(piece, Segment)}


def test_pieces_of_both_widths_join_to_one_text() -> None:
    pieces = (("Tel 090-", False), ("1234", True), ("-0001 – café\r", False), ("氏名：見本 花子\r", True))
    assert texts(document(pieces)) == {"body": f"Tel {NUMBER} – café\n氏名：見本 花子\n\n"}
    assert texts(document(pieces, flags=0)) == texts(document(pieces)), "the table's stream has one of two names"


def test_each_part_of_the_document_is_named() -> None:
    story = f"電話 {NUMBER}\r"
    found = {
        piece.part for piece in read(document(((story * 8, True),), (len(story),) * 8)) if isinstance(piece, Segment)
    }
    assert found == set(STORIES)


def test_text_behind_all_parts_is_read() -> None:
    found = texts(document(((f"body\rhidden {NUMBER}\r", True),), (5, 0, 0, 0, 0, 0, 0, 0)))
    assert found == {"body": "body\n\n", "other": f"hidden {NUMBER}\n\n"}


def test_fields_show_their_result_and_tell_their_instruction() -> None:
    field = '\x13 HYPERLINK "mailto:taro@piiscan-demo.jp" \x14連絡\x13 PAGE \x14先\x15\x15へ\r'
    found = texts(document(((field, True),)))
    assert found["body"] == "連絡先へ\n\n"
    assert found["field"] == 'HYPERLINK "mailto:taro@piiscan-demo.jp"\nPAGE'


def test_marks_are_shown_as_people_see_them() -> None:
    text = "a\x0bb 090\x1e1234\x1e0001\x02 so\x1fft\x0cnext"
    assert texts(document(((text, True),)))["body"] == f"a\nb {NUMBER} soft\nnext\n"


def test_cells_are_a_table_also_where_no_properties_tell() -> None:
    text = f"前\r氏名\x07電話番号\x07\x07見本 花子\x07{NUMBER}\x07\x07後\r"
    pieces = read(document(((text, True),)))
    tables = [piece for piece in pieces if isinstance(piece, Table)]
    (spot,) = [
        table.locate(column, row, 0).cell
        for table in tables
        for column, cells in enumerate(table.columns)
        for row, cell in enumerate(cells)
        if cell == NUMBER
    ]
    assert spot == "R2C2"


def test_an_encrypted_document_is_told() -> None:
    assert read(document((("x", True),), flags=0x300)) == [Problem(Outcome.ENCRYPTED, "password")]


@pytest.mark.parametrize(("flags", "encoding"), [(0, "cp932"), (0x1000, "utf-16-le")])
def test_word_95_is_in_the_code_page_of_its_language_or_16_bit(flags: int, encoding: str) -> None:
    body, note = (text.encode(encoding) for text in (f"氏名 見本\r{NUMBER}\r", f"脚注 {NUMBER}\r"))
    head = bytearray(0x300)
    struct.pack_into("<HHHHHH", head, 0, 0xA5DC, 0x68, 0, 0x411, 0, flags)
    struct.pack_into("<LL", head, 0x18, 0x300, 0x300 + len(body) + len(note))
    width = 2 if flags else 1
    struct.pack_into("<8l", head, 0x34, len(body) // width, len(note) // width, 0, 0, 0, 0, 0, 0)
    found = texts(write_compound({("WordDocument",): bytes(head) + body + note}))
    assert found == {"body": f"氏名 見本\n{NUMBER}\n\n", "footnotes": f"脚注 {NUMBER}\n\n"}


def test_a_document_that_lacks_text_is_partial() -> None:
    damaged = Problem(Outcome.PARTIAL, "damaged")
    assert damaged in read(document((("x", True),), (100, 0, 0, 0, 0, 0, 0, 0)))
    assert damaged in read(document((("x", True),), clx=b""))
    assert damaged in read(write_compound({("WordDocument",): b"\xec\xa5\xc1\0"}))
    assert damaged in read(write_compound({("1Table",): b"x"}))


def test_pieces_that_all_are_the_same_bytes_are_bounded() -> None:
    count, size = 20_000, 50_000
    plc = struct.pack(f"<{count + 1}L", *range(0, (count + 1) * size, size))
    plc += struct.pack("<HLH", 0, _TOP, 0) * count
    clx = b"\2" + struct.pack("<L", len(plc)) + plc
    start = time.process_time()
    pieces = read(document((("あ" * size, True),), (count * size, 0, 0, 0, 0, 0, 0, 0), clx=clx))
    assert Problem(Outcome.PARTIAL, "damaged") in pieces
    assert sum(len(piece.text) for piece in pieces if isinstance(piece, Segment)) < size * 2
    assert time.process_time() - start < 10
