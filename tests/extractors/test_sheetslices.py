"""Large sheets are read in slices: what is found, and where, is what the sheet as a whole gives."""

from __future__ import annotations

import errno
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan import sheetlibrary, sheetxml
from piiscan.extractors.xlsx import extract_xlsx
from piiscan.gauge import Gauge
from piiscan.package import Capped
from piiscan.piece import Piece, Problem, Table
from piiscan.roworder import numbers_between
from piiscan.sheetslices import iter_slices, workbook_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.sheetslices import Common
    from piiscan.sheetxml import Book
    from piiscan.workbook import Row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
LABELS = ("氏名", "電話番号", "登録日", "数量", "会員")
WORDS = ("見本 花子", "見本 太郎", "済")
#: A size at which a test's sheet is cut into many.
SMALL = 1_500


_AS_IT_IS = '<row r="200"><c r="B200" t="str"><v><![CDATA[</row>]]></v></c></row>'


def _inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _row(row: int, first: str = "B") -> str:
    """Give a row with a value of each kind, in columns from `first` on."""
    letters = [chr(ord(first) + at) for at in range(5)]
    number = row + 312340000
    cells = (
        f'<c r="{letters[0]}{row}" t="s"><v>{row % 3}</v></c>',
        f'<c r="{letters[1]}{row}"><v>{number}</v></c>',
        f'<c r="{letters[2]}{row}" s="1"><v>{40000 + row}</v></c>',
        f'<c r="{letters[3]}{row}"><v>{row / 2}</v></c>',
        f'<c r="{letters[4]}{row}" t="b"><v>{row % 2}</v></c>',
    )
    return f'<row r="{row}">{"".join(cells)}</row>'


def _heading(row: int = 1, first: str = "B") -> str:
    cells = (_inline(f"{chr(ord(first) + at)}{row}", label) for at, label in enumerate(LABELS))
    return f'<row r="{row}">{"".join(cells)}</row>'


def _sheet(*rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _workbook(*sheets: str, pr: str = "") -> bytes:
    names = [f"worksheets/sheet{number}.xml" for number in range(len(sheets))]
    targets = [(f"s{number}", "worksheet", name) for number, name in enumerate(names)]
    targets += [("st", "styles", "styles.xml"), ("ss", "sharedStrings", "sharedStrings.xml")]
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{pr}/><sheets>'
        + "".join(f'<sheet name="S{at}" sheetId="{at + 1}" r:id="s{at}"/>' for at in range(len(sheets)))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in targets)
        + "</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{word}</t></si>" for word in WORDS)}</sst>',
        **{f"xl/{name}": sheet for name, sheet in zip(names, sheets, strict=True)},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _cells(pieces: Sequence[Piece]) -> Iterator[tuple[str, str | None, str, str]]:
    """Yield every filled cell with its sheet, its place and its header."""
    for piece in pieces:
        for column, cells in enumerate(piece.columns if isinstance(piece, Table) else ()):
            header = piece.headers[column] if isinstance(piece, Table) and piece.headers else ""
            for row, cell in enumerate(cells):
                if cell:
                    assert isinstance(piece, Table)
                    yield piece.part, piece.locate(column, row, 0).cell, header, cell


@pytest.fixture(params=[0, 1 << 30], ids=["threads", "no threads"])
def _threads(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscan.extractors.xlsx._LARGE", request.param)


class _Both:
    """Reads a workbook as a whole and in slices, and counts these."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.slices: list[bytes] = []

    def read(self, data: bytes) -> tuple[list[Piece], list[Piece]]:
        whole = [*extract_xlsx(io.BytesIO(data), "x")]
        with self._monkeypatch.context() as patch:
            patch.setattr("piiscan.sheetslices._SIZE", SMALL)
            patch.setattr("piiscan.sheetlibrary.workbook_of", self._make)
            return whole, [*extract_xlsx(io.BytesIO(data), "x")]

    def _make(self, sheet: bytes, common: Common) -> bytes:
        self.slices.append(sheet)
        return workbook_of(sheet, common)


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> _Both:
    """Read workbooks in both ways."""
    return _Both(monkeypatch)


@pytest.mark.usefixtures("_threads")
@pytest.mark.parametrize("pr", ["", ' date1904="1"'])
def test_slices_hold_what_the_sheet_holds(both: _Both, pr: str) -> None:
    rows = [_row(row) for row in range(2, 200)]
    data = _workbook(_sheet(_heading(), *rows), _sheet(*rows), _sheet(_heading(7), *rows[90:]), pr=pr)
    whole, sliced = both.read(data)
    assert len(both.slices) > 30
    assert sorted(_cells(sliced)) == sorted(_cells(whole))
    assert ("S0", "C5", "電話番号", "0312340005") in {*_cells(sliced)}
    assert len({*_cells(sliced)}) > 2_500


@pytest.mark.usefixtures("_threads")
def test_rows_left_out_and_columns_that_change_keep_their_places(both: _Both) -> None:
    rows = [_row(row) for row in (*range(2, 60), *range(400, 460))]
    odd = [_row(row, "A") for row in range(500, 560)] + [_row(row, "D") for row in range(560, 620)]
    whole, sliced = both.read(_workbook(_sheet(_heading(), *rows, *odd)))
    assert len(both.slices) > 20
    assert sorted(_cells(sliced)) == sorted(_cells(whole))
    assert ("S0", "C520", "電話番号", f"{40000 + 520}") not in {*_cells(sliced)}


@pytest.mark.usefixtures("_threads")
def test_what_the_library_refuses_of_a_slice_is_read_from_it(both: _Both, monkeypatch: pytest.MonkeyPatch) -> None:
    apart: list[int] = []

    def rows_of(stream: Capped, book: Book) -> Iterator[Row]:
        apart.append(stream.left)
        return sheetxml_rows(stream, book)

    sheetxml_rows = sheetxml.iter_rows
    monkeypatch.setattr(sheetxml, "iter_rows", rows_of)
    bad = '<row r="100"><c r="B100" t="s"><v>0</v></c><c r="C100"><v>多い</v></c><c r="F100" t="zz"><v>1</v></c></row>'
    rows = [_row(row) for row in range(2, 100)], [_row(row) for row in range(101, 200)]
    _, sliced = both.read(_workbook(_sheet(_heading(), *rows[0], bad, *rows[1])))
    cells = {*_cells(sliced)}
    assert {("S0", "B100", "氏名", WORDS[0]), ("S0", "C100", "電話番号", "多い")} <= cells
    assert {("S0", f"C{row}", "電話番号", f"0{row + 312340000}") for row in (2, 99, 101, 199)} <= cells
    assert sum(place[0] == "D" for _, place, *_ in cells if place) == 198
    assert len(apart) == 2
    assert apart[1] < 2 * SMALL < apart[0]


@pytest.mark.parametrize(
    "sheet",
    [
        _sheet(_heading(), *map(_row, range(2, 200)), _AS_IT_IS),
        _sheet(_heading(), "<!-- </row> -->", *map(_row, range(2, 200))),
        _sheet(_heading(), *map(_row, range(2, 200))).replace("<sheetData>", "<sheetData >"),
        _sheet(_heading(), *map(_row, range(2, 6))),
        f"<?x <sheetData> ?>{_sheet(_heading(), *map(_row, range(2, 200)))}",
        _sheet(_heading(), *map(_row, range(2, 200)), *map(_row, range(50, 60))),
        _sheet(*map(_row, range(2, 200))).replace('<row r="77">', "<row>"),
        _sheet(*map(_row, range(2, 200))).replace('<row r="77">', '<row spans="1:5" r="77">'),
        _sheet(*map(_row, range(100, 300))).replace('r="B177"', 'r="B300"').replace('r="B178"', 'r="B5"'),
        _sheet(*map(_row, range(2, 200))).replace("<row", "<x:row").replace("</row", "</x:row"),
    ],
    ids="text-as-it-is comment spelled small instruction back no-number number-behind elsewhere prefix".split(),
)
def test_other_sheets_are_read_as_a_whole(both: _Both, sheet: str) -> None:
    whole, sliced = both.read(_workbook(sheet))
    assert not both.slices
    assert sorted(_cells(sliced)) == sorted(_cells(whole))
    assert not any(isinstance(piece, Problem) for piece in sliced)


def test_strings_go_with_the_slices_that_need_them(both: _Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscan.sheetslices._COMMON", 20)  # a slice is so many times as large as they are
    numbers = (f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 3_000))
    referring = (f'<row r="{row}"><c r="A{row}" t="s"><v>2</v></c></row>' for row in range(1, 3_000))
    whole, sliced = both.read(_workbook(_sheet(*numbers), _sheet(*referring)))
    assert sorted(_cells(sliced)) == sorted(_cells(whole))
    sizes = {b't="s"' in each: len(each) for each in reversed(both.slices[:-1])}
    assert sizes[True] > 1.5 * sizes[False]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xl/sharedStrings.xml", "xl/SharedStrings.xml"),
        ("xl/styles.xml", "xl/Styles.xml"),
        ("xl/styles.xml", "xl\\styles.xml"),
    ],
)
def test_parts_that_only_the_library_finds_keep_it_whole(both: _Both, old: str, new: str) -> None:
    data = _workbook(_sheet(_heading(), *map(_row, range(2, 200))))
    named = data.replace(old.encode(), new.encode())
    assert named != data
    whole, sliced = both.read(named)
    assert not both.slices
    assert sorted(_cells(sliced)) == sorted(_cells(whole))


def test_where_days_are_counted_from_is_told_once(both: _Both) -> None:
    data = _workbook(_sheet(_heading(), *map(_row, range(2, 200))), pr='/><workbookPr date1904="1"')
    whole, sliced = both.read(data)
    assert not both.slices
    assert sorted(_cells(sliced)) == sorted(_cells(whole))


@pytest.mark.usefixtures("_threads")
def test_a_header_below_a_title_of_another_width_is_found(both: _Both) -> None:
    blank = "".join('<c r="A{0}" s="1"/>' for _ in range(200))
    title = [f'<row r="1">{_inline("A1", "名簿")}</row>', *(f'<row r="{at}">{blank.format(at)}</row>' for at in (2, 3))]
    whole, sliced = both.read(_workbook(_sheet(*title, _heading(4), *map(_row, range(5, 200)))))
    assert both.slices
    assert sorted(_cells(sliced)) == sorted(_cells(whole))
    assert ("S0", "C10", "電話番号", "0312340010") in {*_cells(sliced)}


@pytest.mark.parametrize(
    "bad",
    [
        '<row r="100"><c r="D100" t="zz"><v>1</v></c><c r="A100" t="str"><v>090-1111-2222</v></c></row>',
        '<row r="100"><c r="B100" t="zz"><v>1</v></c><c r="B100" t="str"><v>090-1111-2222</v></c></row>',
    ],
    ids=["order", "twice"],
)
def test_odd_rows_of_refused_slices_keep_all_cells(both: _Both, bad: str) -> None:
    rows = [_row(row) for row in range(2, 100)], [_row(row) for row in range(101, 200)]
    read = both.read(_workbook(_sheet(_heading(), *rows[0], bad, *rows[1])))
    assert both.slices
    assert {cell for _, place, _, cell in _cells(read[1]) if place and place[1:] == "100"} == {"1", "090-1111-2222"}
    both_ways = [{(place, cell) for _, place, _, cell in _cells(pieces) if place and place[0] < "F"} for pieces in read]
    assert both_ways[0] == both_ways[1]


@given(st.integers(1, 2_000_000), st.integers(0, 900_000), st.integers(0, 900_000))
def test_numbers_between_two_are_matched(first: int, between: int, behind: int) -> None:
    last = first + between + behind
    pattern = re.compile(numbers_between(first, last))
    assert all(pattern.fullmatch(b"%d" % number) for number in (first, first + between, last))
    assert not pattern.fullmatch(b"%d" % (last * 10))
    assert not pattern.fullmatch(b"%d" % (first // 10))


def test_with_too_many_open_files_it_reads_the_same(both: _Both, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_name: str) -> int:
        raise OSError(errno.EMFILE, "too many open files")

    monkeypatch.setattr("os.memfd_create", refuse)
    whole, sliced = both.read(_workbook(_sheet(_heading(), *map(_row, range(2, 200)))))
    assert both.slices
    assert sorted(_cells(sliced)) == sorted(_cells(whole))


@pytest.mark.usefixtures("_threads")
def test_files_are_closed_with_whoever_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("piiscan.sheetslices._SIZE", SMALL)
    before = len([*Path("/proc/self/fd").iterdir()])
    pieces = extract_xlsx(io.BytesIO(_workbook(_sheet(_heading(), *map(_row, range(2, 400))))), "x")
    assert any(isinstance(piece, Table) for piece in pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert len([*Path("/proc/self/fd").iterdir()]) == before


@pytest.mark.parametrize("at", range(40))
def test_marks_that_hide_rows_are_seen_at_any_border(at: int) -> None:
    sheet = _sheet(_heading(), *map(_row, range(2, 9)), "<!-- -->").encode()
    gauge = Gauge()
    border = sheet.index(b"<!--") - 20 + at
    gauge.add(sheet[:border])
    gauge.add(sheet[border:])
    assert not gauge.give(None).is_divisible


@given(st.integers(1, 3_000), st.lists(st.integers(1, 60), min_size=1, max_size=30, unique=True).map(sorted))
def test_slices_are_the_rows_in_order(size: int, numbers: list[int]) -> None:
    rows = [_row(number) for number in numbers]
    sheet = _sheet(*rows).encode()
    slices = [*iter_slices(Capped(io.BytesIO(sheet), len(sheet)), size)]
    head, tail = sheet.split("".join(rows).encode())
    assert all(each.startswith(head) and each.endswith(tail) for each in slices)
    assert b"".join(each[len(head) : -len(tail)] for each in slices) == "".join(rows).encode()


def test_a_sheet_that_ends_early_is_cut_to_its_end() -> None:
    sheet = _sheet(*map(_row, range(1, 50))).encode()[:-60]
    slices = [*iter_slices(Capped(io.BytesIO(sheet), len(sheet)), 1_000)]
    assert slices[-1].endswith(sheet[-20:])
    assert all(each.count(b"<row ") for each in slices)


def test_without_nameless_files_it_reads_the_same(both: _Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetlibrary, "_HAS_NAMELESS", False)
    whole, sliced = both.read(_workbook(_sheet(_heading(), *map(_row, range(2, 200)))))
    assert both.slices
    assert sorted(_cells(sliced)) == sorted(_cells(whole))
