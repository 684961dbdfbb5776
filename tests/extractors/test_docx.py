"""Word documents: a number planted in every construct is found, in the part that people know it by."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from piiscan.extractors.docx import extract_docx
from piiscan.model import Outcome
from piiscan.piece import Member, Piece, Problem, Segment, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="urn:wp"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*texts: str) -> str:
    return f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{''.join(map(run, texts))}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def words(*rows: tuple[str, ...]) -> str:
    return table(*(tuple(map(paragraph, row)) for row in rows))


def part(content: str, root: str = "hdr") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {W}>{content}</w:{root}>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def document(body: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    return package({"word/document.xml": part(f"<w:body>{body}</w:body>", "document"), **(more or {})})


def read(data: bytes) -> list[Piece]:
    return list(extract_docx(io.BytesIO(data), "name"))


def places(pieces: list[Piece], value: str) -> list[str]:
    """Give the part and cell of each place where a finding of `value` would be reported."""
    found = []
    for piece in pieces:
        if isinstance(piece, Segment):
            at = piece.text.find(value)
            if piece.lead <= at < len(piece.text) - piece.tail:
                found.append(piece.part)
        elif isinstance(piece, Table):
            found += [
                f"{piece.part} {piece.locate(column, row, 0).cell}"
                for column, cells in enumerate(piece.columns)
                for row, cell in enumerate(cells)
                if value in cell
            ]
    return found


def reasons(pieces: list[Piece]) -> list[str]:
    return [piece.reason for piece in pieces if isinstance(piece, Problem)]


NUMBER = "090-1234-0001"
BOX = f"<w:txbxContent>{paragraph(NUMBER)}</w:txbxContent>"
CONSTRUCTS = {
    "paragraph": (paragraph(NUMBER), "body"),
    "split runs": (paragraph("090-", "1234", "-0001"), "body"),
    "hidden": (f"<w:p>{run(NUMBER, '<w:vanish/>')}</w:p>", "body"),
    "hyphens that do not break": (
        "<w:p><w:r><w:t>090</w:t><w:noBreakHyphen/><w:t>1234</w:t><w:noBreakHyphen/><w:t>0001</w:t></w:r></w:p>",
        "body",
    ),
    "proofing marks": (f"<w:p>{run('090-1234')}<w:proofErr/><w:bookmarkStart/>{run('-0001')}</w:p>", "body"),
    "hyperlink": (f"<w:p><w:hyperlink>{run(NUMBER)}</w:hyperlink></w:p>", "body"),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(NUMBER)}</w:sdtContent></w:sdt>", "body"),
    "inline control": (
        f"<w:p>{run('090-')}<w:sdt><w:sdtContent>{run('1234-0001')}</w:sdtContent></w:sdt></w:p>",
        "body",
    ),
    "control's title": (f'<w:sdt><w:sdtPr><w:alias w:val="{NUMBER}"/></w:sdtPr></w:sdt>', "body"),
    "inserted": (f"<w:p>{run('090-')}<w:ins>{run('1234-0001')}</w:ins></w:p>", "body"),
    "deleted": (f"<w:p><w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p>", "deleted"),
    "moved away": (f"<w:p><w:moveFrom>{run(NUMBER)}</w:moveFrom></w:p>", "deleted"),
    "deleted in part": (
        (
            f"<w:p>{run('電話 090-1234-')}<w:del><w:r><w:delText>0001</w:delText></w:r></w:del>"
            f"<w:ins>{run('0002')}</w:ins></w:p>"
        ),
        "deleted",
    ),
    "field": (
        "<w:p><w:r><w:instrText>HYPERLINK tel:090-1234-</w:instrText><w:instrText>0001</w:instrText></w:r></w:p>",
        "field",
    ),
    "simple field": (f'<w:p><w:fldSimple w:instr="QUOTE {NUMBER}"/></w:p>', "attribute"),
    "form field": (f'<w:p><w:r><w:fldChar><w:default w:val="{NUMBER}"/></w:fldChar></w:r></w:p>', "attribute"),
    "ruby": (f"<w:p><w:ruby><w:rt>{run('みほん')}</w:rt><w:rubyBase>{run(NUMBER)}</w:rubyBase></w:ruby></w:p>", "body"),
    "text box": (f"<w:p><w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r></w:p>", "textbox"),
    "text box, twice written": (
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ),
        "textbox",
    ),
    "picture's description": (f'<w:p><w:r><wp:docPr descr="{NUMBER}"/></w:r></w:p>', "attribute"),
    "word art": (f'<w:p><w:r><w:pict><v:textpath string="{NUMBER}"/></w:pict></w:r></w:p>', "attribute"),
    "table": (words(("a", "b"), ("c", NUMBER)), "body R2C2"),
    "nested table": (table((paragraph("a"), words(("x",), ("y",), (NUMBER,)))), "body R3C1"),
    "text box in a cell": (table((f"<w:p><w:r>{BOX}</w:r></w:p>",)), "textbox"),
    "table in a text box": (f"<w:p><w:r><w:txbxContent>{words((NUMBER,))}</w:txbxContent></w:r></w:p>", "body R1C1"),
    "deleted in a cell": (table((f"<w:p><w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p>",)), "deleted"),
    "XML comment": (f"<w:p><!--{NUMBER}--></w:p>", "comment"),
}
PARTS = {
    "header": ("word/header1.xml", part(paragraph(NUMBER)), "header"),
    "footer": ("word/footer3.xml", part(paragraph(NUMBER), "ftr"), "footer"),
    "footnote": ("word/footnotes.xml", part(f"<w:footnote>{paragraph(NUMBER)}</w:footnote>", "footnotes"), "footnotes"),
    "endnote": ("word/endnotes.xml", part(f"<w:endnote>{paragraph(NUMBER)}</w:endnote>", "endnotes"), "endnotes"),
    "comment": ("word/comments.xml", part(f"<w:comment>{paragraph(NUMBER)}</w:comment>", "comments"), "comments"),
    "comment's author": ("word/comments.xml", part(f'<w:comment w:author="{NUMBER}"/>', "comments"), "comments"),
    "core property": ("docProps/core.xml", f"<p><creator>{NUMBER}</creator></p>", "properties"),
    "custom property": (
        "docProps/custom.xml",
        f'<p><property name="電話"><lpwstr>{NUMBER}</lpwstr></property></p>',
        "properties",
    ),
    "custom XML": ("customXml/item1.xml", f"<a><tel>{NUMBER}</tel></a>", "custom XML"),
    "custom XML's attribute": ("customXml/item1.xml", f'<a tel="{NUMBER}"/>', "custom XML"),
    "custom XML in UTF-16": ("customXml/item1.xml", f"<a>{NUMBER}</a>".encode("utf-16"), "custom XML"),
    "variable": ("word/settings.xml", part(f'<w:docVar w:name="x" w:val="{NUMBER}"/>', "settings"), "settings"),
    "glossary": ("word/glossary/document.xml", part(paragraph(NUMBER)), "glossary"),
    "chart": ("word/charts/chart1.xml", f"<c><v>{NUMBER}</v></c>", "chart"),
    "link": (
        "word/_rels/document.xml.rels",
        f'<Relationships><Relationship TargetMode="External" Target="tel:{NUMBER}"/></Relationships>',
        "links",
    ),
    "part of another name": (NUMBER + ".xml", f"<a>{NUMBER}</a>", "other"),
}


@pytest.mark.parametrize(("body", "place"), CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_a_number_in_the_document_is_found_once(body: str, place: str) -> None:
    pieces = read(document(body))
    assert places(pieces, NUMBER) == [place]
    assert reasons(pieces) == []


@pytest.mark.parametrize(("name", "content", "place"), PARTS.values(), ids=PARTS)
def test_a_number_in_another_part_is_found_once(name: str, content: str | bytes, place: str) -> None:
    pieces = read(document(paragraph("本文"), {name: content}))
    assert places(pieces, NUMBER) == [place]
    assert reasons(pieces) == []


def test_text_that_did_not_change_is_reported_once() -> None:
    gone = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    pieces = read(document(f"<w:p>{run(f'電話 {NUMBER} ')}{gone}{run(' 090-1234-0002')}</w:p>"))
    assert places(pieces, NUMBER) == ["body"]
    assert places(pieces, "090-1234-0002") == ["body"]


def test_paragraphs_follow_each_other_so_that_a_label_stays_near() -> None:
    pieces = read(document(paragraph("電話番号") + paragraph(NUMBER)))
    assert [piece.text for piece in pieces if isinstance(piece, Segment)] == [f"電話番号\n{NUMBER}\n"]


def test_the_header_row_of_a_list_heads_its_columns() -> None:
    pieces = read(document(words(("氏名", "電話番号"), ("見本太郎", NUMBER), ("見本花子", "090-1234-0002"))))
    (below,) = [piece for piece in pieces if isinstance(piece, Table) and piece.headers]
    assert below.headers == ("氏名", "電話番号")
    assert below.columns[1] == (NUMBER, "090-1234-0002")
    assert places(pieces, "電話番号") == ["body R1C2"]


def test_a_form_has_rows_and_no_header() -> None:
    rows = [("氏名", "見本太郎", "性別", "男"), ("電話番号", NUMBER, "", "")]
    pieces = read(document(words(*rows)))
    (table,) = [piece for piece in pieces if isinstance(piece, Table)]
    assert (table.headers, [*zip(*table.columns, strict=True)]) == ((), rows)
    assert places(pieces, NUMBER) == ["body R2C2"]


def test_a_merged_cell_moves_what_stands_behind_it() -> None:
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    pieces = read(document(table((wide + paragraph("a"), paragraph(NUMBER)))))
    assert places(pieces, NUMBER) == ["body R1C3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_and_its_text_read_as_it_stands(encoding: str) -> None:
    bomb = f'<!DOCTYPE a [<!ENTITY b "{NUMBER}"><!ENTITY c "{"&b;" * 99}">]><a b="&c;">&c;</a>'
    pieces = read(document("", {"customXml/item1.xml": bomb.encode(encoding)}))
    assert places(pieces, NUMBER) == ["custom XML"]
    assert reasons(pieces) == ["entities"]


def test_a_damaged_part_is_read_and_the_document_partial() -> None:
    pieces = read(
        package({"word/document.xml": part(paragraph(NUMBER))[:-9], "word/header1.xml": part(paragraph(NUMBER))})
    )
    assert places(pieces, NUMBER) == ["body", "header"]
    assert reasons(pieces) == ["xml"]


@pytest.mark.parametrize("content", [words((NUMBER,)), paragraph("x" * 10_000_001 + NUMBER[:5], NUMBER[5:])])
def test_what_is_too_deep_or_too_long_for_the_parser_is_read_all_the_same(content: str) -> None:
    pieces = read(document("<w:sdt>" * 300 + content + "</w:sdt>" * 300))
    assert "body" in places(pieces, NUMBER)
    assert reasons(pieces) == ["xml"]


@pytest.mark.parametrize("data", [b"PK\x03\x04nothing", b"no zip at all", document("")[:-30]])
def test_what_is_no_package_is_damaged(data: bytes) -> None:
    assert read(data) == [Problem(Outcome.PARTIAL, "damaged")]


def test_an_instruction_that_looks_like_attributes_is_read() -> None:
    # It has attributes for the parser, but no name: that ended the reading of the file.
    assert places(read(document(f'<?x tel="{NUMBER}"?>')), NUMBER) == ["body"]


def test_embedded_objects_and_pictures_are_members_and_drawings_are_not() -> None:
    more = {
        "word/media/image1.png": b"\x89PNG",
        "word/media/image2.emf": b"\1\0\0\0",
        "word/embeddings/book.xlsx": b"PK\3\4",
    }
    members = [piece for piece in read(document("", more)) if isinstance(piece, Member)]
    assert [(member.name, member.open().read()) for member in members] == [
        ("image1.png", b"\x89PNG"),
        ("book.xlsx", b"PK\3\4"),
    ]


def test_a_member_that_cannot_be_sought_in_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert places(list(extract_docx(Pipe(document(paragraph(NUMBER))), "name")), NUMBER) == ["body"]
