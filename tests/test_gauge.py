"""A sheet's bounds are never below what a lenient reader of it would see, however its references are spelt."""

from __future__ import annotations

import time

import pytest

from piiscan.gauge import Gauge, Probe

CORNER = 1_048_576 * 16_384


def _probe(text: str | bytes, size: int = 1 << 20, *, counts: bool = False, has_strings: bool = False) -> Probe:
    data = text if isinstance(text, bytes) else text.encode()
    gauge = Gauge(counts=counts, has_strings=has_strings)
    for at in range(0, len(data), size):
        gauge.add(data[at : at + size])
    return gauge.give(None)


def _rows(count: int, letters: str = "ABCDEFGHIJ") -> str:
    return "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}"><v>1</v></c>' for letter in letters) + "</row>"
        for row in range(1, count + 1)
    )


def _sheet(rows: str, behind: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet><sheetData>{rows}</sheetData>{behind}</worksheet>'


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576">',
        '<c r="xfd1048576">',
        "<c r='XFD1048576'>",
        '<c\tr = "XFD1048576">',
        '<c t="n"  r="XFD1048576">',
        '<c t="n"r="XFD1048576">',
        '<c t=">" r="XFD1048576">',
        '<c t="<" r="XFD1048576">',
        '<c t=" r=\'A1\'" r="XFD1048576">',
        '<x:c r="XFD1048576">',
        '<row r="1048576"><c>',
        "<c>" * 3,
    ],
)
@pytest.mark.parametrize("size", [999, 1 << 20])
def test_a_far_cell_is_never_missed(cell: str, size: int) -> None:
    probe = _probe(_sheet(_rows(3_000) + cell + "<v>1</v></c>"), size)
    assert probe.is_sparse
    assert not _probe(_sheet(_rows(3_000)), size).is_sparse


@pytest.mark.parametrize("letters", [["A"], ["Z", "AA", "AB"], ["A", "ZZ", "AAA"]])
def test_bounds_hold_what_was_seen(letters: list[str]) -> None:
    rows = "".join(f'<row r="{row}"><c r="{letters[row % len(letters)]}{row}"/></row>' for row in range(1, 300))
    columns = {"A": 1, "AB": 28, "AAA": 703}[letters[-1]]
    assert 299 * columns <= _probe(rows + "</sheetData>").area <= 6 * 400 * columns


def test_an_ordinary_sheet_is_measured_fast_and_kept_small() -> None:
    text = _sheet(_rows(60_000), '<hyperlink location="x"/>')
    started = time.monotonic()
    probe = _probe(text)
    assert time.monotonic() - started < 1
    assert not probe.is_sparse
    assert probe.tail.endswith(b'<hyperlink location="x"/></worksheet>')
    assert len(probe.tail) < 100


@pytest.mark.parametrize("size", [7, 100, 1 << 20])
def test_the_tail_begins_where_the_cells_end(size: int) -> None:
    behind = '<oddHeader>責任者</oddHeader><row>sheetData</row><oddFooter a="b"/>'
    for text in (_sheet(_rows(5), behind), f"<worksheet><sheetData/>{behind}</worksheet>"):
        assert behind.encode() in _probe(text, size).tail


def test_cells_and_strings_are_bounded() -> None:
    sheet = _sheet(_rows(100))
    assert _probe(sheet, counts=True).cells >= 1_000
    assert _probe(sheet).cells >= 1_000
    strings = f"<sst><si><t>{'x' * 5_000}</t></si>" + "<si><t>y</t></si>" * 100 + "</sst>"
    for size in (100, 1 << 20):
        assert 5_000 <= _probe(strings, size, has_strings=True).longest <= 5_020


def _declares(text: str | bytes, size: int = 1 << 20) -> bool:
    data = text if isinstance(text, bytes) else text.encode()
    gauge = Gauge()
    for at in range(0, len(data), size):
        gauge.add(data[at : at + size])
    return gauge.has_entities


def test_a_document_type_is_noticed_wherever_it_may_stand() -> None:
    kind = '<!DOCTYPE a [<!ENTITY b "c">]><a/>'
    for start in ("", '<?xml version="1.0"?>', "<!-- <a> -->", " " * 200_000, f"<!-- {'<a>' * 100_000} -->"):
        assert _declares(start + kind)
        assert _declares(start + kind, 1_000)
        assert not _declares(start + "<a/>")
    for encoding in ("utf-16-le", "utf-16-be"):
        assert _declares(kind.encode(encoding))


def test_shared_strings_are_no_sheet() -> None:
    # whoever calls them one has it read cell by cell, whatever they hold
    assert _probe("<sst><si><t>x</t></si></sst>", has_strings=True).is_sparse
    assert not _probe("<sheetData/>").is_sparse


def test_hostile_bytes_cost_no_time() -> None:
    started = time.monotonic()
    for text in (
        "<!--" * 500_000,
        "<" * 2_000_000,
        "x" * 20_000_000,
        "<c " * 600_000,
        "<c a='1' " * 200_000,
        " " * 9**7,
        "<c r='A1'" + " r='A1'" * 300_000 + "HYPERLINK(",
        "<c r='A1'><f>HYPERLINK(" * 80_000,
        "<f>" + "HYPERLINK(" * 200_000,
        "<f><c r='A1' " * 150_000 + "HYPERLINK(",
    ):
        _probe(text)
    assert time.monotonic() - started < 10
