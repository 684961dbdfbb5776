"""Rich Text Format: characters of every spelling, every destination in its part, objects, hostile groups."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import pytest

from piiscan.extractors.rtf import extract_rtf
from piiscan.model import Outcome
from piiscan.piece import Member, Piece, Problem, Segment, Table
from piiscan.selftest import MAX_GROWTH
from piiscan.storagecopy import write_compound
from tests.doubling import growth
from tests.extractors.test_ole import package

NUMBER = "090-1234-0001"
if TYPE_CHECKING:
    from collections.abc import Callable

JAPANESE = rb"{\rtf1\ansi\ansicpg932\deff0{\fonttbl{\f0\fnil\fcharset128 \'82\'6c;}{\f1\fcharset0 Arial;}}"


def hexed(text: str, encoding: str = "cp932") -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(encoding))


def read(body: bytes, head: bytes = JAPANESE) -> list[Piece]:
    return list(extract_rtf(io.BytesIO(head + body + b"}"), "a.rtf"))


def text_of(body: bytes, head: bytes = JAPANESE) -> str:
    return "".join(piece.text for piece in read(body, head) if isinstance(piece, Segment) and piece.part == "body")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (hexed("氏名 見本花子"), "氏名 見本花子"),
        (b"\\f0 \\'95\\\\", "表"),  # the second byte of 表 is a backslash
        (rb"\'95\'5c\'8e\'a6", "表示"),
        (b"\\'83A\\'83C", "アイ"),  # written as the character that the second byte is
        (b"\\'93{\\b \\'fa}", "日"),  # half in a group, half outside
        (b"{\\b\\'93}{\\i\\'fa}\\'96\\'7b", "日本"),
        ("生の見本".encode("cp932"), "生の見本"),
        (rb"\uc1\u23665?\u30000?", "山田"),
        (rb"\uc2\u27663\'8e\'81\u21517\'96\'bc", "氏名"),
        (rb"\uc0\u23665\u30000 a", "山田a"),
        (rb"\uc0\u23665?\u30000\'8e\'52", "山?田山"),
        (rb"\uc2\u23665?\u30000\'8e\'52", "山田"),
        (rb"\u23665\'8e\'52\u30000?", "山R田"),
        (rb"{\uc2 \u23665\'8e\'52}\u30000?b", "山田b"),
        (rb"\u-3913?", "\uf0b7"),
        (rb"\uc0\u-10187\u-8256 ", "\U0001d7c0"),
        (rb"{\f1 caf\'e9}", "café"),
        (rb"090\_1234\_0001", NUMBER),
        (rb"a\~b\line c\tab d\{e\}\\f\emdash", "a\u00a0b\nc\td{e}\\f—"),
        (b"9\r\n0\r\n", "90"),
        (rb"{\v " + NUMBER.encode() + b"}", NUMBER),
        (b"a\\bin5 {{{{{b", "ab"),
    ],
)
def test_characters(body: bytes, text: str) -> None:
    assert text_of(body) == text


def test_bytes_are_told_by_themselves_where_the_document_does_not_say() -> None:
    plain = rb"{\rtf1\ansi\ansicpg1252\deff0 "
    assert text_of(hexed("氏名：見本 花子、住所：東京都"), plain) == "氏名：見本 花子、住所：東京都"
    assert text_of(hexed("déjà vu", "cp1252"), plain) == "déjà vu"


@pytest.mark.parametrize(
    ("group", "part", "hint"),
    [
        (rb"{\header \pard %s\par}", "header", ""),
        (rb"{\headerf %s}", "header", ""),
        (rb"{\footerr %s}", "footer", ""),
        (rb"{\footnote %s}", "footnotes", ""),
        (rb"{\footnote\ftnalt %s}", "endnotes", ""),
        (rb"{\*\annotation %s}", "comments", ""),
        (rb"{\*\atnauthor %s}", "authors", ""),
        (rb"{\info{\title %s}}", "properties", "title"),
        (rb"{\info{\doccomm %s}}", "properties", "doccomm"),
        (rb"{\info{\upr{\title ?}{\*\ud{\title %s}}}}", "properties", "title"),
        (rb"{\*\userprops{\propname tel}\proptype30{\staticval %s}}", "properties", "tel"),
        (rb'{\field{\*\fldinst HYPERLINK "%s"}{\fldrslt x}}', "field", ""),
        (rb"{\shp{\*\shpinst{\shptxt %s\par}}}", "textbox", ""),
        (rb"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv %s}}}}", "attribute", ""),
        (rb"{\*\docvar {tel}{%s}}", "other", ""),
        (rb"{\deleted %s}", "deleted", ""),
        (rb"{\field{\fldinst X}{\fldrslt %s}}", "body", ""),
    ],
)
def test_every_destination_is_in_its_part(group: bytes, part: str, hint: str) -> None:
    pieces = read(group.replace(b"%s", NUMBER.encode()))
    assert [(piece.part, piece.hint) for piece in pieces if isinstance(piece, Segment) and NUMBER in piece.text] == [
        (part, hint)
    ]
    assert not [piece for piece in pieces if isinstance(piece, Problem)]


@pytest.mark.parametrize(
    "group",
    [
        rb"{\pict\wmetafile8 %s}",
        rb"{\fonttbl{\f9{\*\panose %s}x;}}",
        rb"{\stylesheet{\s1 %s;}}",
        rb"{\*\themedata %s}",
        rb"{\shp{\*\shpinst{\sp{\sn posv}{\sv %s}}}}",
    ],
)
def test_measures_and_pictures_are_no_text(group: bytes) -> None:
    assert read(group.replace(b"%s", NUMBER.encode())) == []


def test_tables_come_with_their_cells() -> None:
    rows = (("氏名", "電話番号"), ("見本 花子", NUMBER))
    body = rb"\pard before\par "
    for row in rows:
        cells = b"".join(rb"\pard\intbl " + hexed(cell) + rb"\cell " for cell in row)
        body += rb"\trowd\cellx100\cellx200 " + cells + rb"\row "
    pieces = read(body + rb"\pard after\par")
    tables = [piece for piece in pieces if isinstance(piece, Table)]
    assert tables[-1].headers == ("氏名", "電話番号")
    assert tables[-1].columns == (("見本 花子",), (NUMBER,))
    assert tables[-1].locate(1, 0, 0).cell == "R2C2"
    assert text_of(body + rb"\pard after\par") == "before\nafter\n"


def ole1(name: bytes, content: bytes, kind: int = 2) -> bytes:
    texts = struct.pack("<L", len(name) + 1) + name + b"\0" + struct.pack("<LL", 0, 0)
    return (struct.pack("<LL", 0x501, kind) + texts + struct.pack("<L", len(content)) + content).hex().encode()


def test_objects_are_members() -> None:
    inner = write_compound({("VisioDocument",): b"x"})
    wrapped = package("名簿.txt", NUMBER.encode())[4:]
    body = b"".join(
        rb"{\object\objemb{\*\objclass X}{\*\objdata " + digits + rb"}{\result{\pict 00}}}"
        for digits in (
            ole1(b"Package", wrapped),
            ole1(b"Visio.Drawing", inner)[:900] + b"\r\n" + ole1(b"Visio.Drawing", inner)[900:],
        )
    )
    first, second = (piece for piece in read(body) if isinstance(piece, Member))
    assert (first.name, first.open().read()) == ("名簿.txt", NUMBER.encode())
    assert (second.name, second.open().read()) == ("Visio.Drawing", inner)
    assert read(rb"{\object\objlink{\*\objdata " + ole1(b"X", b"", kind=1) + b"}}") == []
    cut = read(rb"{\object{\*\objdata " + ole1(b"X", b"abcdef")[:-4] + b"}}")
    assert cut[-1] == Problem(Outcome.PARTIAL, "damaged")


def test_what_does_not_end_is_partial() -> None:
    whole = JAPANESE + hexed(f"電話 {NUMBER}") + b"}"
    assert not [piece for piece in extract_rtf(io.BytesIO(whole), "a") if isinstance(piece, Problem)]
    *_, last = extract_rtf(io.BytesIO(whole[:-1]), "a")
    assert last == Problem(Outcome.PARTIAL, "damaged")


@pytest.mark.parametrize(
    "unit", [b"{", b"{\\b a", b"\\'82", b"\\u1?", b"\\cell\\row ", b"}", b"\\", b"{\\*\\x a}", b"a\\par "]
)
def test_cost_is_linear(unit: bytes) -> None:
    def prepare(times: int) -> Callable[[], object]:
        data = JAPANESE + unit * 5_000 * times
        return lambda: sum(1 for _ in extract_rtf(io.BytesIO(data), "a"))

    assert growth(prepare) < MAX_GROWTH


def test_groups_without_end_are_bounded() -> None:
    pieces = read(b"{" * 50_000 + NUMBER.encode() + b"}" * 50_000)
    assert [piece.text for piece in pieces if isinstance(piece, Segment)] == [NUMBER]
    assert pieces[-1] == Problem(Outcome.PARTIAL, "depth")


@pytest.mark.parametrize("shift", range(40))
def test_words_go_on_in_the_next_chunk(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscan.rtftokens._CHUNK", 100 + shift)
    body = rb"{\rtlch\fcs1 \af0\insrsid1234567890 " * 50 + NUMBER.encode() + b"}" * 50
    assert text_of(body) == NUMBER
    assert text_of(rb"\cs15 " + hexed("見本") * 100) == "見本" * 100


def test_it_streams_across_the_ends_of_chunks() -> None:
    line = hexed("見本") + b"\\par "
    body = line * 40_000
    assert text_of(body) == "見本\n" * 40_000
