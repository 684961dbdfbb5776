"""HTML is read as people see it, and where they do not look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "html_text:extract_html"


def test_inline_tags_are_joined_and_blocks_are_not(read: Read) -> None:
    pieces = read(ROW, "<p>電話 <b>090</b>-<i>0000</i>-0001</p><p>次</p><div>三<br>四</div>")
    assert [segment.text for segment in pieces.segments] == ["電話 090-0000-0001", "次", "三 四"]
    pieces.assert_places()


def test_a_table_has_the_headers_of_its_first_row(read: Read) -> None:
    pieces = read(
        ROW,
        "<table>\n<tr><th>氏名<th>電話\n<tr><td>山田</td><td> <span>090</span>-0000-0001</td></tr>\n"
        "<tr><td>佐藤<td>090-0000-0002</table>",
    )
    (table,) = pieces.tables
    assert table.headers == ("氏名", "電話")
    assert table.columns == (("氏名", "山田", "佐藤"), ("電話", "090-0000-0001", "090-0000-0002"))
    place = table.locate(1, 2, 4)
    assert (place.line, place.column) == (4, 19)
    pieces.assert_shape()


def test_a_row_with_a_label_of_its_own(read: Read) -> None:
    pieces = read(ROW, "<table><tr><th>電話</th><td>0300000001</td></tr><tr><th>住所</th><td>東京都</td></tr></table>")
    assert ("電話", "0300000001") in pieces.cells
    assert ("住所", "東京都") in pieces.cells


def test_a_table_in_a_table(read: Read) -> None:
    pieces = read(ROW, "<table><tr><td>外<table><tr><td>内</td></tr></table></td><td>右</td></tr></table>")
    assert {cell for _, cell in pieces.cells} == {"外", "内", "右"}


def test_a_term_labels_its_definition(read: Read) -> None:
    pieces = read(ROW, "<dl><dt>電話番号</dt><dd>0300000001</dd></dl><p>後</p>")
    assert [(segment.text, segment.hint) for segment in pieces.segments] == [
        ("電話番号", ""),
        ("0300000001", "電話番号"),
        ("後", ""),
    ]


def test_attributes_are_scanned_under_their_names(read: Read) -> None:
    pieces = read(
        ROW,
        '<a href="mailto:a%40example.jp" title="担当">x</a><input name="tel" value="0300000001">'
        '<meta name="author" content="b@example.jp"><img alt="c@example.jp">',
    )
    assert {
        ("a.href", "mailto:a@example.jp"),
        ("a.title", "担当"),
        ("tel", "0300000001"),
        ("author", "b@example.jp"),
        ("img.alt", "c@example.jp"),
    } <= set(pieces.cells)


def test_scripts_styles_and_comments_are_text(read: Read) -> None:
    pieces = read(ROW, '<script>var a="<b>x</b>";</script><style>/* y */</style><!-- z -->')
    assert [(segment.part, segment.text.strip()) for segment in pieces.segments] == [
        ("script", 'var a="<b>x</b>";'),
        ("style", "/* y */"),
        ("comment", "z"),
    ]


def test_entities_are_decoded(read: Read) -> None:
    assert read(ROW, "<p>a&#64;example.jp &lt;b&#x40;example.jp&gt;</p>").texts == ["a@example.jp <b@example.jp>"]


@pytest.mark.parametrize(
    "broken",
    ["", "<p>", "<p ", "<!-- ", "<script>", "<td>", "</table>", "<table><tr><td>", "<![CDATA[", "&#99999999999;"],
)
def test_broken_markup_loses_nothing(read: Read, broken: str) -> None:
    assert any("0300000001" in text for text in read(ROW, f"{broken}電話 0300000001").texts)


@pytest.mark.parametrize("codec", ["cp932", "euc-jp", "iso-2022-jp", "utf-16", "utf-8-sig"])
def test_bytes_decide_whatever_is_declared(read: Read, codec: str) -> None:
    pieces = read(ROW, '<meta charset="latin-1"><p>担当者の連絡先です</p>'.encode(codec))
    assert "担当者の連絡先です" in pieces.texts
