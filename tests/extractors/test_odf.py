"""OpenDocument files: constructs that no converted document has, objects, locked and hostile ones."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from piiscan.extractors.odf import extract_flat, extract_odf
from piiscan.model import Outcome
from piiscan.piece import Member, Piece, Problem, Segment, Table
from scripts.make_office import SPACES, comment, paragraph, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBER = "090-1234-0001"


def content(body: str, kind: str = "text") -> str:
    return (
        f'<office:document-content {SPACES} xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def pack(body: str, kind: str = "text", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        for name, part in {"content.xml": content(body, kind), **(parts or {})}.items():
            archive.writestr(name, part)
    return data.getvalue()


def read(data: bytes) -> list[Piece]:
    return list(extract_odf(io.BytesIO(data), "a.odt"))


def places(pieces: list[Piece], value: str = NUMBER) -> list[str]:
    found = [piece.part for piece in pieces if isinstance(piece, Segment) and value in piece.text]
    found += [
        f"{piece.part} {piece.locate(column, row, 0).cell}"
        for piece in pieces
        if isinstance(piece, Table)
        for column, cells in enumerate(piece.columns)
        for row, cell in enumerate(cells)
        if value in cell
    ]
    return found


TABLE = f"<table:table table:name='t'>{rows(('a', 'b'), ('c', NUMBER))}</table:table>"
NESTED = f"<table:table><table:table-row><table:table-cell>{TABLE}</table:table-cell></table:table-row></table:table>"
CONSTRUCTS = {
    "spans": (paragraph("090-<text:span>1234</text:span>-<text:span><text:span>0001</text:span></text:span>"), "body"),
    "spaces and tabs": (paragraph("電話<text:s text:c='2'/><text:tab/>" + NUMBER), "body"),
    "heading": (f"<text:h>{NUMBER}</text:h>", "body"),
    "list": (f"<text:list><text:list-item>{paragraph(NUMBER)}</text:list-item></text:list>", "body"),
    "section": (f"<text:section>{paragraph(NUMBER)}</text:section>", "body"),
    "ruby": (
        paragraph(
            f"<text:ruby><text:ruby-base>{NUMBER}</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>"
        ),
        "body",
    ),
    "hidden text": (paragraph(f"<text:hidden-text text:string-value='{NUMBER}'/>"), "attribute"),
    "alternative text": (paragraph(f"<draw:frame><svg:desc>{NUMBER}</svg:desc></draw:frame>"), "attribute"),
    "link": (paragraph(f"<text:a xlink:href='tel:{NUMBER}'>x</text:a>"), "attribute"),
    "table": (TABLE, "body R2C2"),
    "nested table": (NESTED, "body R2C2"),
    "table in a text box": (paragraph(f"<draw:frame><draw:text-box>{TABLE}</draw:text-box></draw:frame>"), "body R2C2"),
    "comment in a cell": (
        (
            f"<table:table><table:table-row><table:table-cell>{paragraph('x' + comment(NUMBER))}</table:table-cell>"
            "</table:table-row></table:table>"
        ),
        "comments",
    ),
    "form": (
        f"<office:forms><form:form><form:text form:current-value='{NUMBER}'/></form:form></office:forms>",
        "other",
    ),
    "variable": (
        f"<text:user-field-decls><text:user-field-decl office:string-value='{NUMBER}'/></text:user-field-decls>",
        "other",
    ),
    "list to choose from": (
        f"<table:content-validation table:condition='of:cell-content-is-in-list(&quot;{NUMBER}&quot;)'/>",
        "other",
    ),
    "title of a message": (f"<table:help-message table:title='{NUMBER}'/>", "other"),
    "filter": (f"<table:filter><table:filter-condition table:value='{NUMBER}'/></table:filter>", "other"),
    "XML comment": (paragraph(f"<!--{NUMBER}-->"), "comment"),
}
PARTS = {
    "header of the first page": (
        "styles.xml",
        (
            f"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header-first>"
            f"{paragraph(NUMBER)}</style:header-first></style:master-page></office:master-styles></office:document-styles>"
        ),
        "header",
    ),
    "keyword": (
        "meta.xml",
        f"<office:document-meta {SPACES}><meta:keyword>{NUMBER}</meta:keyword></office:document-meta>",
        "properties",
    ),
    "script": ("Basic/Standard/Module1.xml", f"<script>Print &quot;{NUMBER}&quot;</script>", "other"),
    "setting": (
        "settings.xml",
        (
            f'<x {SPACES} xmlns:config="urn:c"><config:config-item config:name="Source" config:type="string">{NUMBER}'
            "</config:config-item></x>"
        ),
        "settings",
    ),
}


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_constructs_of_a_text(construct: str) -> None:
    body, part = CONSTRUCTS[construct]
    pieces = read(pack(body))
    assert places(pieces) == [part]
    assert not [piece for piece in pieces if isinstance(piece, Problem)]


@pytest.mark.parametrize("construct", PARTS)
def test_other_parts(construct: str) -> None:
    name, xml, part = PARTS[construct]
    assert places(read(pack("", parts={name: xml}))) == [part]


def test_objects_and_files_are_members() -> None:
    inside = content(f"<table:table table:name='表'>{rows((NUMBER,))}</table:table>", "spreadsheet")
    parts: dict[str, str | bytes] = {
        "Object 1/content.xml": inside,
        "Object 1/meta.xml": "<x/>",
        "Object 2": b"\xd0\xcf\x11\xe0",
        "ObjectReplacements/Object 1": b"picture",
        "Thumbnails/thumbnail.png": b"picture",
        "Pictures/1.png": b"picture",
        "attached/名簿.csv": b"a,b",
    }
    members = [piece for piece in read(pack("", parts=parts)) if isinstance(piece, Member)]
    assert sorted(member.name for member in members) == ["1.png", "Object 1", "Object 2", "名簿.csv"]
    (sheet,) = (member for member in members if member.name == "Object 1")
    assert places(read(sheet.open().read())) == ["表 A1"]


def test_a_flat_document_holds_its_files_as_base64() -> None:
    picture = base64.b64encode(b"a file").decode()
    xml = content(paragraph(f"{NUMBER}<draw:frame><office:binary-data>{picture}</office:binary-data></draw:frame>"))
    pieces = list(extract_flat(io.BytesIO(xml.encode()), "a.fodt"))
    assert places(pieces) == ["body"]
    assert [piece.open().read() for piece in pieces if isinstance(piece, Member)] == [b"a file"]


def test_a_template_of_styles_has_no_text_of_its_own() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("styles.xml", f"<office:document-styles {SPACES}/>")
    assert read(data.getvalue()) == []
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert read(data.getvalue()) == [Problem(Outcome.PARTIAL, "damaged")]


def test_an_encrypted_document_is_told() -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    pieces = read(pack("", parts={"META-INF/manifest.xml": manifest}))
    assert pieces == [Problem(Outcome.ENCRYPTED, "password")]


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><x>&b;&f;</x>'
    for name in ("content.xml", "styles.xml", "meta.xml"):
        pieces = read(pack("", parts={name: bomb}))
        assert Problem(Outcome.PARTIAL, "entities") in pieces
        assert "root:" not in str(pieces)


def test_cells_that_are_repeated_are_bounded() -> None:
    cell = f"<table:table-cell table:number-columns-repeated='16384'>{paragraph(NUMBER)}</table:table-cell>"
    sheet = (
        f"<table:table table:name='表'><table:table-row table:number-rows-repeated='1048576'>{cell}</table:table-row>"
    )
    sheet += f"{rows(('末尾',))}</table:table>"
    start = time.process_time()
    pieces = read(pack(sheet, "spreadsheet"))
    assert places(pieces) == ["表 A1"]
    assert places(pieces, "末尾") == ["表 A1048577"]
    assert time.process_time() - start < 5


def test_repeats_make_no_more_text_than_some_times_the_file() -> None:
    cell = f"<table:table-cell table:number-columns-repeated='60'>{paragraph('見本 ' * 500)}</table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='60'>{cell}</table:table-row>"
    data = pack(f"<table:table table:name='表'>{row * 100}</table:table>", "spreadsheet")
    tables = [piece for piece in read(data) if isinstance(piece, Table)]
    assert sum(len(cell) for table in tables for column in table.columns for cell in column) < 6_000_000


def test_repeats_of_a_few_are_cells_of_their_own() -> None:
    cell = f"<table:table-cell table:number-columns-repeated='2'>{paragraph(NUMBER)}</table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='2'>{cell}</table:table-row>"
    sheet = f"<table:table table:name='表'>{row}</table:table>"
    assert sorted(places(read(pack(sheet, "spreadsheet")))) == ["表 A1", "表 A2", "表 B1", "表 B2"]


@pytest.mark.parametrize(
    ("attributes", "shown", "text"),
    [
        ("office:value-type='float' office:value='123456789018'", "1.23E+11", "123456789018"),
        ("office:value-type='float' office:value='9012340001'", "9,012,340,001", "9012340001"),
        ("office:value-type='float' office:value='600001'", "060-0001", "060-0001"),
        ("office:value-type='date' office:date-value='1990-01-02T03:04:05'", "平成2年", "1990-01-02 03:04:05"),
        ("office:value-type='date' office:date-value='1990-01-02T00:00:00'", "H2", "1990-01-02"),
        ("office:value-type='string' office:string-value='値'", "", "値"),
        ("office:value-type='boolean' office:boolean-value='true'", "TRUE", "TRUE"),
    ],
)
def test_values_as_people_see_them(attributes: str, shown: str, text: str) -> None:
    cell = f"<table:table-cell {attributes}>{paragraph(shown) if shown else ''}</table:table-cell>"
    sheet = f"<table:table table:name='表'><table:table-row>{cell}</table:table-row></table:table>"
    (table,) = (piece for piece in read(pack(sheet, "spreadsheet")) if isinstance(piece, Table))
    assert table.columns == ((text,),)


def test_large_parts_are_streamed_with_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    body = f"<table:table table:name='表'>{rows(*((f'{number}', NUMBER) for number in range(50)))}</table:table>"
    data = pack(body + body.replace("表", "裏"), "spreadsheet")
    whole = places(read(data))
    monkeypatch.setattr("piiscan.ooxml._WHOLE", 0)
    assert places(read(data)) == whole
    assert whole[-1] == "裏 B50"


def test_many_slides_are_counted_once() -> None:
    count = 5_000
    pages = "".join(f"<draw:page>{paragraph('x' + NUMBER) if at % 2 else ''}</draw:page>" for at in range(count))
    start = time.process_time()
    found = [piece.page for piece in read(pack(pages, "presentation")) if isinstance(piece, Segment)]
    assert found[:3] == [2, 4, 6]
    assert found[-1] == count
    assert time.process_time() - start < 10


def test_a_link_that_a_formula_makes_is_read_at_its_cell() -> None:
    formula = f"of:=HYPERLINK(&quot;tel:{NUMBER}&quot;;&quot;&quot;&quot;担当&quot;&quot;&quot;)"
    told = f"table:formula='{formula}' office:value-type='string'"
    linked = f"<table:table-cell {told}><text:p>担当</text:p></table:table-cell>"
    other = "<table:table-cell table:formula='of:=[.A1]&amp;&quot;見本&quot;' office:value-type='string'/>"
    row = f"<table:table-row><table:table-cell/>{linked}{other}</table:table-row>"
    pieces = read(pack(f"<table:table table:name='名簿'>{row}</table:table>", "spreadsheet"))
    cells = {piece.columns[0][0]: piece.locate(0, 0, 0).cell for piece in pieces if isinstance(piece, Table)}
    assert cells == {"担当": "B1", f'tel:{NUMBER}\n"担当"': "B1"}
