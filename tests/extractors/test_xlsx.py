"""Workbooks: a value in every construct is found at its cell, and hostile packages stay bounded."""

from __future__ import annotations

import datetime as dt
import io
import threading
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from piiscan.extractors.xlsx import extract_xlsx, iter_pieces
from piiscan.model import Outcome
from piiscan.package import Limits, Package, open_package
from piiscan.piece import Member, Problem, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.extractors.conftest import Pieces, Read

ROW = "xlsx:extract_xlsx"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FIRST, LAST = "090-1234-0001", "090-1234-0002"


def _sheet(book: Workbook) -> Worksheet:
    sheet = book.active
    assert sheet is not None
    return sheet


def _save(book: Workbook, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Give the bytes of a workbook with `parts` put into or in place of its own."""
    buffer = io.BytesIO()
    book.save(buffer)
    result = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in (parts or {}):
                new.writestr(name, old.read(name))
        for name, content in (parts or {}).items():
            new.writestr(name, content)
    return result.getvalue()


def _cell_of(pieces: Pieces, value: str) -> tuple[str, str | None]:
    """Give the part and the cell of a value."""
    for table in pieces.tables:
        for column, cells in enumerate(table.columns):
            if value in cells:
                return table.part, table.locate(column, cells.index(value), 0).cell
    raise AssertionError(value)


def _customers() -> Workbook:
    book = Workbook()
    sheet = _sheet(book)
    sheet.title = "顧客"
    sheet["B2"] = "顧客名簿"
    for column, label in enumerate(("氏名", "電話番号", "生年月日", "会員番号", "比率"), 2):
        sheet.cell(4, column, label)
    for column, value in enumerate(("山田太郎", 9012340001, dt.date(1990, 1, 2), 12345678, 1.5), 2):
        sheet.cell(5, column).value = value  # type: ignore[assignment]
    for column, value in enumerate(("佐藤花子", LAST, dt.datetime(1991, 2, 3, 4, 5, tzinfo=None), 7, True), 2):  # noqa: DTZ001
        sheet.cell(6, column).value = value  # type: ignore[assignment]
    return book


def _assert_customers(pieces: Pieces) -> None:
    values = dict.fromkeys(pieces.cells)
    assert ("電話番号", "09012340001") in values
    assert ("電話番号", LAST) in values
    assert ("生年月日", "1990-01-02") in values
    assert ("生年月日", "1991-02-03 04:05:00") in values
    assert ("会員番号", "12345678") in values
    assert ("比率", "1.5") in values
    assert ("", "顧客名簿") in values
    assert ("", "氏名") in values
    assert _cell_of(pieces, "09012340001") == ("顧客", "C5")
    assert _cell_of(pieces, "顧客名簿") == ("顧客", "B2")
    assert "顧客" in pieces.texts
    assert pieces.reasons == []
    pieces.assert_shape()


def test_values_as_people_see_them(read: Read) -> None:
    _assert_customers(read(ROW, _save(_customers())))


def test_the_same_from_the_xml(read: Read) -> None:
    book = _customers()
    _sheet(book)["XFD1048576"] = FIRST
    pieces = read(ROW, _save(book))
    _assert_customers(pieces)
    assert _cell_of(pieces, FIRST) == ("顧客", "XFD1048576")


def test_the_header_may_stand_deep(read: Read) -> None:
    book = Workbook()
    for number in range(1, 15):
        _sheet(book).cell(number, 1, f"備考 {number}")
    for row in (("氏名", "住所", "電話"), ("山田太郎", "東京都", FIRST)):
        _sheet(book).append(row)
    assert ("電話", FIRST) in read(ROW, _save(book)).cells


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_rows_and_columns(read: Read, state: str) -> None:
    book = Workbook()
    sheet = book.create_sheet("裏")
    sheet.sheet_state = state
    sheet["C3"], sheet["D3"] = FIRST, LAST
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    pieces = read(ROW, _save(book))
    assert _cell_of(pieces, FIRST) == ("裏", "C3")
    assert _cell_of(pieces, LAST) == ("裏", "D3")


def test_what_is_written_beside_cells(read: Read) -> None:
    book = Workbook()
    sheet = _sheet(book)
    sheet["A1"] = "x"
    sheet["B2"].comment = Comment("連絡先 090-1234-0003", "担当")
    sheet.oddHeader.center.text = "責任者 090-1234-0004"  # type: ignore[union-attr]
    sheet["A1"].hyperlink = "mailto:taro@piiscan-demo.jp"
    book.defined_names["連絡"] = DefinedName("連絡", attr_text='"090-1234-0005"')
    book.properties.description = "090-1234-0006"
    pieces = read(ROW, _save(book))
    text = "\n".join(pieces.texts)
    for known in ("090-1234-0003", "090-1234-0004", "taro@piiscan-demo.jp", "090-1234-0005", "090-1234-0006"):
        assert known in text
    assert _cell_of(pieces, next(text for text in pieces.texts if "0003" in text)) == ("Sheet", "B2")


def test_a_link_that_a_formula_makes_is_read_at_its_cell(read: Read) -> None:
    book = Workbook()
    sheet = _sheet(book)
    for row in range(1, 6000):  # several chunks, so that some ends between a cell and its formula
        sheet.cell(row, 2).value = f'=HYPERLINK("mailto:m{row}@piiscan-demo.jp?cc=a%40piiscan-demo.jp","""担当""")'
    sheet["D7"] = '=IF(A1="","",HYPERLINK("tel:090-1234-0003"))'
    pieces = read(ROW, _save(book))
    told = {text.partition("@")[0]: _cell_of(pieces, text) for text in pieces.texts if "mailto" in text}
    assert len(told) == 5999
    assert told["mailto:m77"] == ("Sheet", "B77")
    assert sum(cell is None for _, cell in told.values()) <= 9
    assert _cell_of(pieces, "\n\ntel:090-1234-0003") == ("Sheet", "D7")
    assert any(text == 'mailto:m5@piiscan-demo.jp?cc=a@piiscan-demo.jp\n"担当"' for text in pieces.texts)


def test_cached_formula_values_and_threaded_comments(read: Read) -> None:
    sheet = (
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><f>CONCAT("090-1234-","0001")</f><v>{FIRST}</v></c>'
        "</row></sheetData></worksheet>"
    )
    thread = (
        f'<ThreadedComments><threadedComment ref="C7" id="1"><text>{LAST}</text></threadedComment></ThreadedComments>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts = {
        SHEET: sheet,
        "xl/threadedComments/threadedComment1.xml": thread,
        "xl/worksheets/_rels/sheet1.xml.rels": relations,
        "xl/pivotCache/pivotCacheDefinition1.xml": '<p><sharedItems><s v="090-1234-0007"/></sharedItems></p>',
        "xl/drawings/drawing1.xml": "<d><p><r><t>090-1234</t></r><r><t>-0008</t></r></p></d>",
    }
    pieces = read(ROW, _save(Workbook(), parts))
    assert _cell_of(pieces, FIRST) == ("Sheet", "A1")
    assert _cell_of(pieces, LAST) == ("Sheet", "C7")
    text = "\n".join(pieces.texts)
    assert "090-1234-0007" in text
    assert "090-1234-0008" in text


def test_a_sparse_sheet_costs_neither_memory_nor_time() -> None:
    book = Workbook()
    _sheet(book)["A1"], _sheet(book)["XFD1048576"] = FIRST, LAST
    data = _save(book)
    started = time.monotonic()
    tracemalloc.start()
    tables = [piece for piece in extract_xlsx(io.BytesIO(data), "x") if isinstance(piece, Table)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {cell for table in tables for column in table.columns for cell in column} == {FIRST, LAST}
    assert peak < 30_000_000
    assert time.monotonic() - started < 2


def _limited(data: bytes, limits: Limits) -> list[object]:
    stream = io.BytesIO(data)
    package = open_package(stream, limits)
    assert isinstance(package, Package)
    return list(iter_pieces(package))


def test_shared_strings_above_the_budget_are_partial() -> None:
    strings = f"<sst {MAIN}><si><t>{FIRST}</t></si>" + "<si><t>x</t></si>" * 20_000 + "</sst>"
    sheet = f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    data = _save(Workbook(), {"xl/sharedStrings.xml": strings, SHEET: sheet})
    pieces = _limited(data, Limits(part=100_000))
    assert Problem(Outcome.PARTIAL, "bytes") in pieces
    assert any(isinstance(piece, Table) and piece.columns == ((FIRST,),) for piece in pieces)
    assert Problem(Outcome.PARTIAL, "bytes") in _limited(data, Limits(document=1_000))


def test_a_lying_size_is_named_and_the_rest_is_read() -> None:
    data = _save(_customers(), {"xl/extra.xml": "<a>" + "x" * 5_000 + "</a>"})
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/extra.xml"))
    lying = data[: at + 24] + (10).to_bytes(4, "little") + data[at + 28 :]
    pieces = list(extract_xlsx(io.BytesIO(lying), "x"))
    assert Problem(Outcome.PARTIAL, "damaged") in pieces
    assert any(isinstance(piece, Table) and "09012340001" in sum(piece.columns, ()) for piece in pieces)


def test_an_entity_bomb_is_named_and_the_rest_is_read(read: Read) -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]><sst {MAIN}><si><t>&e9;</t></si></sst>'
    book = _customers()
    sheet = book.create_sheet("次")
    sheet["A1"] = 1234
    pieces = read(ROW, _save(book, {"xl/sharedStrings.xml": bomb}))
    assert "entities" in pieces.reasons
    assert "1234" in pieces.texts
    assert max(map(len, pieces.texts)) < 1_000


def test_what_is_no_sound_package_is_named() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert list(extract_xlsx(io.BytesIO(locked), "x")) == [Problem(Outcome.ENCRYPTED, "password")]
    assert list(extract_xlsx(io.BytesIO(b"PK\x03\x04 broken"), "x")) == [Problem(Outcome.PARTIAL, "damaged")]


def test_a_stream_that_cannot_seek_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pieces = list(extract_xlsx(Pipe(_save(_customers())), "x"))
    assert any(isinstance(piece, Table) and "09012340001" in sum(piece.columns, ()) for piece in pieces)


def test_embedded_files_are_members() -> None:
    inner = _save(_customers())
    parts = {
        "xl/embeddings/Document1.docx": b"PK",
        "xl/embeddings/Sheet1.xlsx": inner,
        "xl/printerSettings/printerSettings1.bin": b"\0",
        "xl/media/image1.png": b"PNG",
    }
    content = _save(Workbook(), parts)
    members = [piece for piece in extract_xlsx(io.BytesIO(content), "x.xlsx") if isinstance(piece, Member)]
    assert [(member.name, member.open().read()) for member in members] == [
        ("Document1.docx", b"PK"),
        ("Sheet1.xlsx", inner),
        ("image1.png", b"PNG"),
    ]


def test_a_workbook_in_a_workbook_is_read(read: Read) -> None:
    content = _save(Workbook(), {"xl/embeddings/Sheet1.xlsx": _save(_customers())})
    (member,) = (piece for piece in extract_xlsx(io.BytesIO(content), "x.xlsx") if isinstance(piece, Member))
    _assert_customers(read(ROW, member.open().read()))


def test_long_cells_come_in_several_tables(read: Read) -> None:
    book = Workbook()
    for row in range(1, 601):
        _sheet(book).append(["x" * 20_000, f"090-1234-{row:04}"])
    pieces = read(ROW, _save(book))
    assert len(pieces.tables) > 1
    assert _cell_of(pieces, "090-1234-0600") == ("Sheet", "B600")


def test_numbers_are_shown_in_their_format(read: Read) -> None:
    book = Workbook()
    sheet = _sheet(book)
    sheet.append(["郵便番号", "電話番号", "金額"])
    for row, (number, code) in enumerate(
        ((600001, "000-0000"), (1000001, r"[<=999]000;[<=9999]000\-00;000\-0000"), (600002, "0000000")), 2
    ):
        sheet.cell(row, 1, number).number_format = code
        sheet.cell(row, 2, 9012345678).number_format = '000"-"0000"-"0000'
        sheet.cell(row, 3, 12345).number_format = "#,##0"
    book.create_sheet("次").append([600003])
    pieces = read(ROW, _save(book))
    for header, text in (
        ("郵便番号", "060-0001"),
        ("郵便番号", "100-0001"),
        ("郵便番号", "0600002"),
        ("電話番号", "090-1234-5678"),
        ("金額", "12345"),
    ):
        assert (header, text) in pieces.cells
    assert "600003" in pieces.texts


@pytest.mark.parametrize("rows", [1, 40])
def test_codes_typed_as_numbers_get_their_zeros_back(read: Read, rows: int) -> None:
    book = Workbook()
    _sheet(book).append(["氏名", "郵便番号", "電話番号", "数量"])
    for _ in range(rows):
        _sheet(book).append(["見本 花子", 600001, 312345678, 600001])
        _sheet(book).append(["見本 太郎", 10001, 9012345678, 10001])
    cells = {*read(ROW, _save(book)).cells}
    assert {("郵便番号", "0600001"), ("郵便番号", "0010001")} <= cells
    assert {("電話番号", "0312345678"), ("電話番号", "09012345678")} <= cells
    assert {("数量", "600001"), ("数量", "10001")} <= cells


def test_sheets_read_ahead_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    for number, name in enumerate(("甲", "乙", "丙", "丁")):
        sheet = book.create_sheet(name)
        sheet.append(["氏名", "電話番号", "数量"])
        for row in range(2_000):
            sheet.append([f"見本 {row}", 312340000 + row, number + row / 2])
    book["丙"]["XFD1048576"] = FIRST
    data = _save(book, {"xl/worksheets/other.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})

    def tell(size: int) -> list[object]:
        monkeypatch.setattr("piiscan.extractors.xlsx._LARGE", size)
        return [
            (piece.part, piece.headers, piece.columns, piece.locate(0, 0, 0)) if isinstance(piece, Table) else piece
            for piece in extract_xlsx(io.BytesIO(data), "x")
            if not isinstance(piece, Member)
        ]

    told = tell(0)
    assert told == tell(len(data))
    assert Problem(Outcome.PARTIAL, "entities") in told


def test_threads_end_with_whoever_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscan.extractors.xlsx._LARGE", 0)
    before = threading.active_count()
    pieces = extract_xlsx(io.BytesIO(_save(_customers())), "x")
    next(pieces)
    assert threading.active_count() > before
    pieces.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_a_sheet_that_readers_may_find_elsewhere_is_read_from_the_xml() -> None:
    book = Workbook()
    _sheet(book)["A1"], _sheet(book)["XFD1048576"] = FIRST, LAST
    book.create_sheet("次")["A1"] = "見本"
    data = _save(book)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.read("xl/workbook.xml").decode().replace('name="次"', 'name="Sheet"')
    pieces = list(extract_xlsx(io.BytesIO(_save(book, {"xl/workbook.xml": names})), "x"))
    cells = {cell for piece in pieces if isinstance(piece, Table) for column in piece.columns for cell in column}
    assert cells == {FIRST, LAST, "見本"}
