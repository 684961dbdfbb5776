"""PowerPoint documents: a number in every construct is found, with the slide that shows it."""

from __future__ import annotations

import io
import zipfile

import pytest

from piiscan.extractors.pptx import extract_pptx
from piiscan.piece import Member, Piece, Problem, Segment, Table

NUMBER = "090-1234-0001"
NS = 'xmlns:a="urn:a" xmlns:p="urn:p" xmlns:r="urn:r"'


def paragraph(*texts: str) -> str:
    return f"<a:p>{''.join(f'<a:r><a:rPr/><a:t>{text}</a:t></a:r>' for text in texts)}<a:endParaRPr/></a:p>"


def shape(*texts: str) -> str:
    return f"<p:sp><p:txBody>{paragraph(*texts)}</p:txBody></p:sp>"


def slide(content: str, attributes: str = "", root: str = "sld") -> str:
    return f"<p:{root} {NS} {attributes}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:{root}>"


def relations(**targets: str) -> str:
    rows = (f'<Relationship Id="{key}" Target="{target}"/>' for key, target in targets.items())
    return f"<Relationships>{''.join(rows)}</Relationships>"


def deck(content: str = "", attributes: str = "", **more: str) -> bytes:
    """Two slides; the one with the content is the first file, but shown second."""
    parts = {
        "ppt/slides/slide1.xml": slide(content, attributes),
        "ppt/slides/slide2.xml": slide(shape("表紙")),
        "ppt/slides/_rels/slide1.xml.rels": relations(r1="../notesSlides/notesSlide7.xml", r2="/ppt/comments/c.xml"),
        "ppt/_rels/presentation.xml.rels": relations(r1="slides/slide1.xml", r2="slides/slide2.xml"),
        "ppt/presentation.xml": f'<p:x {NS}><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/>'
        "</p:sldIdLst></p:x>",
        **more,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return stream.getvalue()


def places(data: bytes) -> list[tuple[str, int | None, str | None]]:
    """Give part, page and cell of each place that holds the number; nothing may be unread."""
    found: list[tuple[str, int | None, str | None]] = []
    for piece in _read(data):
        assert not isinstance(piece, Problem)
        if isinstance(piece, Segment) and NUMBER in piece.text:
            found.append((piece.part, piece.page, None))
        elif isinstance(piece, Table):
            spots = [
                piece.locate(column, row, 0)
                for column, cells in enumerate(piece.columns)
                for row, cell in enumerate(cells)
                if NUMBER in cell
            ]
            found += [(piece.part, spot.page, spot.cell) for spot in spots]
    return found


def _read(data: bytes) -> list[Piece]:
    return list(extract_pptx(io.BytesIO(data), "name"))


def test_a_number_split_over_runs_is_found_on_the_slide_as_it_is_shown() -> None:
    assert places(deck(shape("090-", "1234", "-0001"))) == [("slide", 2, None)]


@pytest.mark.parametrize("text", ["<a:t>詳細</a:t>", "<a:t>詳</a:t></a:r><a:br/><a:r><a:t>細</a:t>"])
def test_what_a_link_in_a_text_says_is_read(text: str) -> None:
    run = f'<a:r><a:rPr lang="ja-JP"><a:hlinkClick r:id="r1" tooltip="電話 {NUMBER}"/></a:rPr>{text}</a:r>'
    assert places(deck(f"<p:sp><p:txBody><a:p>{run}</a:p></p:txBody></p:sp>")) == [("attribute", 2, None)]


def test_a_hidden_slide_is_read() -> None:
    assert places(deck(shape(NUMBER), 'show="0"')) == [("slide", 2, None)]


def test_shapes_follow_each_other_so_that_a_label_stays_near() -> None:
    assert any(
        isinstance(piece, Segment) and piece.text == f"電話\n{NUMBER}\n"
        for piece in _read(deck(shape("電話") + shape(NUMBER)))
    )


def test_a_field_and_a_description_are_read() -> None:
    assert places(deck(f"<a:p><a:fld><a:t>{NUMBER}</a:t></a:fld></a:p>")) == [("slide", 2, None)]
    assert places(deck(f'<p:pic><p:cNvPr descr="{NUMBER}"/></p:pic>')) == [("slide", 2, None)]


def test_a_table_has_cells() -> None:
    cells = "".join(f"<a:tc><a:txBody>{paragraph(text)}</a:txBody></a:tc>" for text in ("電話", NUMBER))
    frame = f"<p:graphicFrame><a:tbl><a:tblPr/><a:tr>{cells}</a:tr></a:tbl></p:graphicFrame>"
    assert places(deck(frame)) == [("slide", 2, "R1C2")]
    tables = [piece for piece in _read(deck(frame)) if isinstance(piece, Table)]
    assert [table.columns for table in tables] == [(("電話",), (NUMBER,))]


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("ppt/notesSlides/notesSlide7.xml", slide(shape(NUMBER), root="notes"), ("notes", 2, None)),
        ("ppt/comments/c.xml", f"<p:cm {NS}><p:text>{NUMBER}</p:text></p:cm>", ("comments", 2, None)),
        ("ppt/commentAuthors.xml", f'<p:a {NS}><p:cmAuthor name="{NUMBER}"/></p:a>', ("authors", None, None)),
        ("ppt/slideMasters/slideMaster1.xml", slide(shape(NUMBER), root="sldMaster"), ("master", None, None)),
        ("ppt/slides/slide9.xml", slide(shape(NUMBER)), ("slide", None, None)),
        ("docProps/core.xml", f"<c><creator>{NUMBER}</creator></c>", ("properties", None, None)),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            f'<R><Relationship TargetMode="External" Target="tel:{NUMBER}"/></R>',
            ("links", 1, None),
        ),
    ],
)
def test_a_number_in_another_part_is_found_once(
    name: str, content: str, place: tuple[str, int | None, str | None]
) -> None:
    assert places(deck(**{name: content})) == [place]


def test_embedded_objects_and_pictures_are_members() -> None:
    pieces = _read(deck(**{"ppt/embeddings/book.xlsx": "PK", "ppt/media/image1.png": "x"}))
    assert [piece.name for piece in pieces if isinstance(piece, Member)] == ["book.xlsx", "image1.png"]
