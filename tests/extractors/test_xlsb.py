"""Workbooks of the kind .xlsb, built of records by hand: no free program writes them. calamine reads them alike."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from piiscan.extractors import choose
from piiscan.extractors.xlsb import extract_xlsb
from piiscan.model import Outcome
from piiscan.piece import Member, Piece, Problem, Segment, Table

NUMBER = "090-1234-0001"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while True:
        length += bytes([size & 0x7F | 0x80 * (size > 0x7F)])
        size >>= 7
        if not size:
            return head + length + data


def text(content: str) -> bytes:
    return struct.pack("<L", len(content)) + content.encode("utf-16-le")


def cell(kind: int, column: int, data: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<LL", column, style) + data)


def row(number: int, *cells: bytes) -> bytes:
    return record(0, struct.pack("<LLHHBL", number, 0, 300, 0, 0, 0)) + b"".join(cells)


def links(**targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for key, (kind, target) in targets.items()
    )
    return f"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{rows}</Relationships>"


SHARED = 0, "電話 " + NUMBER
SHEET = (
    record(129)
    + record(148, struct.pack("<LLLL", 0, 4, 0, 5))
    + record(145)
    + row(0, cell(7, 0, struct.pack("<L", 0)), cell(6, 1, text("生の文字列")))
    + row(1, cell(5, 0, struct.pack("<d", 9012340001.0)), cell(2, 1, struct.pack("<L", 600001 << 2 | 2), 1))
    + row(2, cell(5, 0, struct.pack("<d", 32875.0), 2), cell(4, 1, b"\1"), cell(3, 2, b"\x2a"))
    + row(3, cell(8, 0, text("式の結果") + bytes(10)), cell(9, 1, struct.pack("<d", 1.5) + bytes(10)))
    + row(4, cell(62, 5, b"\0" + text("飾り文字")))
    + record(146)
    + record(494, struct.pack("<LLLL", 0, 0, 0, 0) + text("rId9") + text("") + text("説明 03-0000-0002") + text("表示"))
    + record(479, b"\0\0" + text("&C責任者 03-0000-0003") + struct.pack("<L", 0xFFFFFFFF) * 5)
    + record(130)
)
COMMENTS = (
    record(632, text("校閲者"))
    + record(635, struct.pack("<LLLLL", 0, 4, 4, 1, 1) + bytes(16))
    + record(637, b"\0" + text("要確認 03-0000-0004"))
    + record(629)
)
PARTS: dict[str, str | bytes] = {
    "[Content_Types].xml": '<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet"/></Types>',
    "_rels/.rels": links(rId1=("officeDocument", "xl/workbook.bin")),
    "docProps/core.xml": "<cp xmlns:dc='urn:dc'><dc:title>名簿 03-0000-0005</dc:title></cp>",
    "xl/workbook.bin": record(131)
    + record(143)
    + record(156, struct.pack("<LL", 0, 1) + text("rId1") + text("名簿"))
    + record(156, struct.pack("<LL", 1, 2) + text("rId2") + text("裏"))
    + record(144)
    + record(39, struct.pack("<LBL", 0, 0, 0xFFFFFFFF) + text("連絡先") + bytes(8))
    + record(132),
    "xl/_rels/workbook.bin.rels": links(
        rId1=("worksheet", "worksheets/sheet1.bin"), rId2=("worksheet", "worksheets/sheet2.bin")
    ),
    "xl/sharedStrings.bin": record(159, struct.pack("<LL", 1, 1)) + record(19, b"\0" + text(SHARED[1])) + record(160),
    "xl/styles.bin": record(278)
    + record(615, struct.pack("<L", 1))
    + record(44, struct.pack("<H", 164) + text("000-0000"))
    + record(616)
    + record(617, struct.pack("<L", 3))
    + b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 164, 14))
    + record(618)
    + record(279),
    "xl/worksheets/sheet1.bin": SHEET,
    "xl/worksheets/_rels/sheet1.bin.rels": links(
        rId9=("hyperlink", "mailto:taro@piiscan-demo.jp"), rId8=("comments", "../comments1.bin")
    ),
    "xl/worksheets/sheet2.bin": record(129)
    + record(145)
    + row(2, cell(6, 2, text(NUMBER)))
    + record(146)
    + record(130),
    "xl/comments1.bin": COMMENTS,
    "xl/embeddings/oleObject1.bin": b"embedded",
    "xl/worksheets/binaryIndex1.bin": b"index",
    "xl/externalLinks/externalLink1.bin": record(360, b"\0\0" + text("rId1") + text("別の名簿"))
    + record(371, bytes(8) + text("値")),
}


def pack(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def read(data: bytes) -> list[Piece]:
    return list(extract_xlsb(io.BytesIO(data), "a.xlsb"))


def cells(pieces: list[Piece]) -> dict[tuple[str, str | None], str]:
    return {
        (piece.part, piece.locate(column, number, 0).cell): value
        for piece in pieces
        if isinstance(piece, Table)
        for column, values in enumerate(piece.columns)
        for number, value in enumerate(values)
        if value
    }


def test_every_construct_is_in_its_place() -> None:
    data = pack(PARTS)
    assert choose("a.bin", data[:65_536]) == "xlsb:extract_xlsb"
    pieces = read(data)
    assert cells(pieces) == {
        ("名簿", "A1"): SHARED[1],
        ("名簿", "B1"): "生の文字列",
        ("名簿", "A2"): "9012340001",
        ("名簿", "B2"): "060-0001",
        ("名簿", "A3"): "1990-01-02",
        ("名簿", "B3"): "TRUE",
        ("名簿", "A4"): "式の結果",
        ("名簿", "B4"): "1.5",
        ("名簿", "F5"): "飾り文字",
        ("名簿", "B5"): "要確認 03-0000-0004",
        ("名簿", None): "校閲者",
        ("裏", "C3"): NUMBER,
    }
    shown = {(piece.part, text) for piece in pieces if isinstance(piece, Segment) for text in piece.text.split("\n")}
    assert shown >= {
        ("名簿", "&C責任者 03-0000-0003"),
        ("名簿", "説明 03-0000-0002"),
        ("xl/worksheets/_rels/sheet1.bin.rels", "mailto:taro@piiscan-demo.jp"),
        ("docProps/core.xml", "名簿 03-0000-0005"),
        ("xl/workbook.bin", "連絡先"),
        ("裏", "裏"),
        ("xl/externalLinks/externalLink1.bin", "別の名簿"),
        ("xl/externalLinks/externalLink1.bin", "値"),
    }
    assert [piece.name for piece in pieces if isinstance(piece, Member)] == ["oleObject1.bin"]
    assert not [piece for piece in pieces if isinstance(piece, Problem)]


def test_a_library_sees_the_same_values() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(pack(PARTS)))
    assert book.sheet_names == ["名簿", "裏"]
    rows = book.get_sheet_by_name("名簿").to_python()
    assert rows[0][:2] == [SHARED[1], "生の文字列"]
    assert (rows[1][0], rows[3][0]) == (9012340001.0, "式の結果")


@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin", "xl/comments1.bin"]
)
def test_a_part_that_is_cut_is_told(name: str) -> None:
    content = PARTS[name]
    assert isinstance(content, bytes)
    pieces = read(pack({**PARTS, name: content[:-1]}))
    assert Problem(Outcome.PARTIAL, "damaged") in pieces
    assert len(cells(pieces)) == 12, "what stands before is read"


def test_a_package_that_is_cut_is_told() -> None:
    whole = pack(PARTS)
    for tenth in range(1, 10):
        assert read(whole[: len(whole) * tenth // 10]) == [Problem(Outcome.PARTIAL, "damaged")]


def test_a_link_that_a_formula_makes_is_read_at_its_cell() -> None:
    """Numbers and sizes of steps are those of [MS-XLSB] 2.5.97."""

    def quoted(content: str) -> bytes:
        return b"\x17" + struct.pack("<H", len(content)) + content.encode("utf-16-le")

    def formula(*steps: bytes) -> bytes:
        body = b"".join(steps)
        return struct.pack("<L", len(body)) + body + bytes(4)

    one, two = b"\x42\x01\x67\x01", b"\x22\x02\x67\x01"
    other = b"\x24" + bytes(6) + b"\x3a" + bytes(8) + b"\x20" + bytes(14)
    shared = formula(quoted("tel:03-0000-0009"), one)
    sheet = (
        record(129)
        + record(145)
        + row(1, cell(8, 1, text("担当") + b"\0\0" + formula(other, quoted("mailto:a%40b.jp"), quoted("担当"), two)))
        + row(2, cell(9, 0, bytes(10) + shared), cell(11, 4, b"\x2a\0\0" + shared))
        + record(427, struct.pack("<LLLL", 4, 9, 2, 2) + shared)
        + record(426, struct.pack("<LLLLB", 7, 7, 3, 3, 0) + shared)
        + row(6, cell(10, 0, b"\1\0\0" + formula(quoted("見本"), b"\x22\2\1\0")))
        + record(146)
    )
    pieces = read(pack({**PARTS, "xl/worksheets/sheet1.bin": sheet}))
    assert {
        place: told for place, told in cells(pieces).items() if place[0] == "名簿" and "3" not in str(place[1])
    } == {
        ("名簿", "B2"): "mailto:a@b.jp\n担当",
        ("名簿", "C5"): "tel:03-0000-0009",
        ("名簿", "D8"): "tel:03-0000-0009",
        ("名簿", "B5"): "要確認 03-0000-0004",
        ("名簿", None): "校閲者",
        ("名簿", "A7"): "TRUE",
    }
    assert cells(pieces)["名簿", "A3"] == cells(pieces)["名簿", "E3"] == "tel:03-0000-0009"
    assert not [piece for piece in pieces if isinstance(piece, Problem)]
