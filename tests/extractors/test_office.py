"""Documents that LibreOffice wrote (scripts/make_office.py): the number of every construct is found in its place."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from piiscan.extractors import choose, open_extractor
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member, Problem, Segment, Table
from piiscan.scan import scan_content
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from piiscan.piece import Piece

FOLDER = Path(__file__).parent.parent / "data/office"


class At(NamedTuple):
    """Where a number stands."""

    part: str
    cell: str | None = None
    page: int | None = None


TEXT = {
    1: At("header"),
    2: At("footer"),
    3: At("body"),
    4: At("body", "R2C2"),
    5: At("footnotes"),
    6: At("endnotes"),
    7: At("comments"),
    8: At("textbox"),
    9: At("body"),
    10: At("deleted"),
    11: At("properties"),
    12: At("properties"),
    13: At("properties"),
    14: At("body", "R3C2"),
    15: At("attribute"),
    16: At("body"),
    17: At("body"),
    19: At("textbox"),
}
SHEET = {
    1: At("header"),
    2: At("footer"),
    3: At("名簿", "A3"),
    4: At("名簿", "A2"),
    7: At("名簿", "B6"),
    8: At("textbox"),
    9: At("裏", "C3"),
    11: At("properties"),
    12: At("properties"),
    13: At("properties"),
    15: At("名簿", "C6"),
    16: At("body"),
    18: At("other"),
    19: At("textbox"),
    20: At("other"),
}
SLIDES = {
    3: At("slide", page=1),
    4: At("slide", "R2C2", 2),
    5: At("notes", page=1),
    6: At("notes", page=2),
    7: At("comments", page=2),
    9: At("slide", page=3),
    11: At("properties"),
    12: At("properties"),
    13: At("properties"),
    17: At("slide", page=1),
    19: At("slide", page=3),
}
#: What a flat document says of itself stands in no part of its own.
FLAT = dict.fromkeys((11, 12, 13), At("other"))
#: What LibreOffice writes of each text in each format, and where.
PLACES = {
    "text.odt": TEXT,
    "text.fodt": TEXT | FLAT,
    "text.doc": TEXT | {10: At("body"), 15: At("field")},
    "text.rtf": TEXT | {15: At("field"), 19: At("attribute")},
    "sheet.ods": SHEET,
    "sheet.fods": SHEET | FLAT,
    "sheet.xls": SHEET | dict.fromkeys((1, 2, 8, 16, 19, 20), At("名簿")) | {18: At("workbook")},
    "slides.odp": SLIDES,
    "slides.fodp": SLIDES | FLAT | {1: At("master")},
    "slides.ppt.gz": SLIDES | {4: At("slide", page=2)},
}


def content(name: str) -> bytes:
    data = FOLDER.joinpath(name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


def read(name: str, data: bytes) -> list[Piece]:
    row = choose(name.removesuffix(".gz"), data[:65_536])
    return list(open_extractor(row)(io.BytesIO(data), name)) if isinstance(row, str) else [row]


def places(pieces: list[Piece], value: str) -> list[At]:
    found = []
    for piece in pieces:
        if isinstance(piece, Segment) and value in piece.text:
            found.append(At(piece.part, None, piece.page))
        elif isinstance(piece, Table):
            spots = [
                piece.locate(column, row, 0)
                for column, cells in enumerate(piece.columns)
                for row, cell in enumerate(cells)
                if value in cell
            ]
            found += [At(piece.part, spot.cell, spot.page) for spot in spots]
    return found


@pytest.mark.parametrize("name", PLACES)
def test_the_number_of_every_construct_is_in_its_place(name: str) -> None:
    pieces = read(name, content(name))
    assert not [piece for piece in pieces if isinstance(piece, Problem | Member)]
    for number, at in PLACES[name].items():
        assert at in places(pieces, f"090-1234-{number:04}"), number


@pytest.mark.parametrize("name", [name for name in PLACES if name.startswith("sheet")])
def test_dates_and_numbers_are_as_people_see_them(name: str) -> None:
    pieces = read(name, content(name))
    assert places(pieces, "1990-01-02") == [At("名簿", "B2")]
    assert places(pieces, "09012340014") == [At("名簿", "C2")], "a format of eleven digits shows the first zero"
    assert any(isinstance(piece, Table) and "携帯電話" in piece.headers for piece in pieces)
    assert places(pieces, "taro@piiscan-demo.jp")


@pytest.mark.parametrize("name", [name for name in PLACES if name.startswith("text")])
def test_rare_characters_and_the_names_of_authors(name: str) -> None:
    pieces = read(name, content(name))
    assert places(pieces, "①②㈱髙﨑 末尾")
    assert At("authors") in places(pieces, "見本")


@pytest.mark.parametrize("name", PLACES)
def test_what_was_cut_is_never_complete(name: str) -> None:
    whole = content(name)
    for tenth in range(10):
        data = whole[: len(whole) * tenth // 10 + 7]
        ref = FileRef(name.removesuffix(".gz"), name)
        report = list(scan_content(ref, data, config_for().scan))[-1]
        assert isinstance(report, FileReport)
        assert report.outcome in {Outcome.PARTIAL, Outcome.UNSUPPORTED}, (tenth, report.reason)


@pytest.mark.parametrize("name", PLACES)
def test_any_damage_raises_nothing(name: str) -> None:
    whole = content(name)
    for at in range(40, len(whole), max(1, len(whole) // 60)):
        read(name, whole[:at] + b"\xff\xfe\0\x01" * 4 + whole[at + 16 :])
