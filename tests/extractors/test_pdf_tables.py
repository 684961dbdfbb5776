"""Tables as they are printed: with lines or none, over pages, with merged cells, with cells of several lines."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from piiscan import pdfitems, pdfmarks
from piiscan.piece import Segment
from piiscan.piece import Table as Found
from tests.extractors.raw_pdf import write_page
from tests.test_forms import report_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.extractors.conftest import Pieces, Read

ROW = "pdf:extract_pdf"
FONT = "HeiseiMin-W3"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))  # paragraphs ask for it before anything is drawn
HEAD = ["会員番号", "氏名", "電話番号", "備考"]
PEOPLE = [
    ["100234", "甲野", "03-3123-4567", "なし"],
    ["100235", "乙山", "", "来月から"],
    ["100236", "丙川", "0466-22-1111", ""],
]
LONG = "担当部署は毎月末までに台帳を更新し、結果を次の月の第二週までに所定の様式で知らせてください。"
#: Reads a PDF as if pdfium got no Japanese font, not from us either: characters that stand alone are lost to it.
WITHOUT_FONTS = """
import io, sys
from piiscan import pdffonts
from piiscan.extractors import pdf

pdffonts._EASTERN = frozenset()
pdf._ASKED = int(sys.argv[1])
for piece in pdf.extract_pdf(io.BytesIO(sys.stdin.buffer.read()), "form.pdf"):
    problem = getattr(piece, "problem", None)
    print(problem.reason if problem else getattr(piece, "text", ""))
"""
Looks = list[tuple[object, ...]]
GRID: Looks = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
RULES: Looks = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)]


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text, ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK"))


class _Turned(Canvas):  # type: ignore[misc]
    """Draws all pages turned left by `quarter` right angles, and has viewers turn them right by `rotation` degrees."""

    quarter, rotation = 0, 0

    def _startPage(self) -> None:  # noqa: N802 - reportlab's name
        super()._startPage()
        width, height = self._pagesize
        self.translate(*{1: (width, 0), 2: (width, height), 3: (0, height)}.get(self.quarter, (0, 0)))
        self.rotate(90 * self.quarter)
        self.setPageRotation(self.rotation)


def _turned(quarter: int, rotation: int = 0) -> type[Canvas]:
    return type("Turned", (_Turned,), {"quarter": quarter, "rotation": rotation})


def _print(
    rows: Sequence[Sequence[str | Paragraph]],
    looks: Looks,
    widths: Sequence[float] = (),
    repeat: int = 1,
    maker: type[Canvas] = Canvas,
) -> bytes:
    """Write a table, between two lines of text."""
    stream = io.BytesIO()
    document = SimpleDocTemplate(stream, invariant=True)
    style = TableStyle([("FONT", (0, 0), (-1, -1), FONT, 9), *looks])
    table = Table([*map(list, rows)], [*widths] or None, style=style, repeatRows=repeat)
    document.build([_paragraph("名簿は次のとおりです。"), table, _paragraph("以上で終わりです。")], canvasmaker=maker)
    return stream.getvalue()


def _draw(paint: Callable[[Canvas], None], maker: type[Canvas] = Canvas) -> bytes:
    stream = io.BytesIO()
    canvas = maker(stream, invariant=True)
    canvas.setFont(FONT, 10)
    paint(canvas)
    canvas.save()
    return stream.getvalue()


def _text(pieces: Pieces) -> str:
    return "\n".join(one.text for one in pieces if isinstance(one, Segment) and one.part != "properties")


def _rows(table: Found) -> list[list[str]]:
    return [*map(list, zip(*table.columns, strict=True))]


@pytest.mark.parametrize("looks", [GRID, RULES, []])
def test_a_list_has_its_header(read: Read, looks: Looks) -> None:
    pieces = read(ROW, _print([HEAD, *PEOPLE], looks))
    pieces.assert_shape()
    (table,) = (one for one in pieces.tables if one.headers)
    assert table.headers == tuple(HEAD)
    assert _rows(table) == PEOPLE
    assert _text(pieces) == "名簿は次のとおりです。\n以上で終わりです。"
    place = table.locate(2, 2, 0)
    assert (table.part, place.page, place.cell) == ("page 1", 1, "R4C3")


@pytest.mark.parametrize("repeat", [0, 1])
@pytest.mark.parametrize("looks", [GRID, []])
def test_a_list_goes_on_over_pages(read: Read, looks: Looks, repeat: int) -> None:
    rows = [[str(at), "甲野", f"03-3123-{at:04}", "なし"] for at in range(100, 200)]
    pieces = read(ROW, _print([HEAD, *rows], looks, repeat=repeat))
    (table,) = (one for one in pieces.tables if one.headers)
    assert _rows(table) == rows
    assert table.part == "pages 1-3"
    assert [table.locate(0, row, 0).page for row in (0, 50, 99)] == [1, 2, 3]
    assert table.locate(0, 99, 0).cell != "R101C1"
    assert sum(text.count("氏名") for text in pieces.texts) == 1


def test_another_list_on_the_next_page_is_another_list(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for head in (HEAD, ["会員番号", "生年月日", "氏名", "住所"]):
            canvas.setFont(FONT, 10)
            canvas.drawString(72, 760, "名簿")
            for row, cells in enumerate([head, *PEOPLE]):
                for column, cell in enumerate(cells):
                    canvas.drawString(72 + 120 * column, 700 - 20 * row, cell)
            canvas.showPage()

    tables = [table for table in read(ROW, _draw(paint)).tables if table.headers]
    assert [(table.part, table.headers[1]) for table in tables] == [("page 1", "氏名"), ("page 2", "生年月日")]


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
@pytest.mark.parametrize("looks", [GRID, RULES, []])
def test_cells_of_several_lines_are_whole(read: Read, looks: Looks, align: str) -> None:
    notes = [LONG, "短い備考", LONG[5:], LONG]
    names = ["甲野", "乙山", "丙川", "丁田"]
    rows = [[str(at), name, _paragraph(note)] for at, (name, note) in enumerate(zip(names, notes, strict=True), 100)]
    data = _print([["会員番号", "氏名", "備考"], *rows], [*looks, ("VALIGN", (0, 0), (-1, -1), align)], [60, 60, 130])
    (table,) = (one for one in read(ROW, data).tables if one.headers)
    assert table.columns[1:] == (tuple(names), tuple(notes))


def test_a_header_of_two_rows_with_merged_cells(read: Read) -> None:
    head = [["氏名", "電話番号", "", "備考"], ["", "自宅", "勤務先", ""]]
    spans: Looks = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
    rows = [["甲野", "03-3123-4567", "03-3123-9999", "なし"]] * 3
    (table,) = (one for one in read(ROW, _print([*head, *rows], [*GRID, *spans])).tables if one.headers)
    assert table.headers == ("氏名", "電話番号 自宅", "電話番号 勤務先", "備考")
    assert _rows(table) == rows


@pytest.mark.parametrize("align", ["TOP", "MIDDLE"])
def test_a_header_of_two_rows_without_lines(read: Read, align: str) -> None:
    head = [["No", "免許証番号", "口座番号", "詳細", ""], ["", "", "", "社員番号", "介護保険被保険者番号"]]
    rows = [[str(at), "1078-2950-7090", "7477271", f"EMP-43{at}", f"H21942824{at}"] for at in range(1, 7)]
    spans: Looks = [("SPAN", (3, 0), (4, 0)), *(("SPAN", (at, 0), (at, 1)) for at in range(3))]
    looks: Looks = [*spans, ("VALIGN", (0, 0), (-1, -1), align)]
    (table,) = (one for one in read(ROW, _print([*head, *rows], looks, repeat=2)).tables if one.headers)
    assert [name.split()[-1] for name in table.headers] == [
        "No",
        "免許証番号",
        "口座番号",
        "社員番号",
        "介護保険被保険者番号",
    ]
    assert _rows(table) == rows


def test_values_of_a_form_that_go_on_side_by_side(read: Read) -> None:
    homes = ["京都市上京区烏丸通今出川下る観三橘町五百三十番地の二", "北海道札幌市中央区北一条西二丁目札幌市時計台の隣"]
    rows = [["氏名", "甲野花子", "乙山太郎"], ["住所", *map(_paragraph, homes)], ["会員番号", "100234", "100235"]]
    (table,) = read(ROW, _print(rows, [("VALIGN", (0, 0), (-1, -1), "TOP")], [60, 200, 200])).tables
    assert _rows(table)[1] == ["住所", *homes]


def test_columns_with_lines_between_them_only(read: Read) -> None:
    looks: Looks = [("BOX", (0, 0), (-1, -1), 1, colors.black), ("LINEBEFORE", (1, 0), (-1, -1), 1, colors.black)]
    looks.append(("LINEBELOW", (0, 0), (-1, 0), 1, colors.black))
    people = PEOPLE + PEOPLE
    (table,) = (one for one in read(ROW, _print([HEAD, *people], looks)).tables if one.headers)
    assert _rows(table) == people


def test_a_form_has_labels(read: Read) -> None:
    rows = [["氏名", "甲野", "会員番号", "100234"], ["住所", "", "電話番号", "03-3123-4567"]]
    (table,) = read(ROW, _print(rows, GRID)).tables
    assert (table.headers, _rows(table)) == ((), rows)


def test_a_grid_drawn_as_one_path_or_cell_by_cell(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([72, 132, 200, 300, 380], [700, 680, 660, 640, 620])
        for row, cells in enumerate([HEAD, *PEOPLE]):
            for column, cell in enumerate(cells):
                canvas.rect(72 + 90 * column, 485 - 20 * row, 90, 20)
                canvas.drawString(72 + 90 * column + 2, 490 - 20 * row, cell)
                canvas.drawString([72, 132, 200, 300][column] + 2, 685 - 20 * row, cell)

    tables = [table for table in read(ROW, _draw(paint)).tables if table.headers]
    assert [row for table in tables for row in _rows(table)] == PEOPLE + PEOPLE


def test_cells_that_end_in_blanks(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for row, cells in enumerate([HEAD, *PEOPLE]):
            for column, cell in enumerate(cells):
                canvas.drawString(72 + 90 * column, 700 - 20 * row, cell + " " if cell else "")

    (table,) = (one for one in read(ROW, _draw(paint)).tables if one.headers)
    assert _rows(table) == PEOPLE


#: By how many right angles text is turned left, and by how many degrees viewers turn the page right.
TURNS = [(0, 90), (0, 270), (1, 0), (2, 0), (3, 0), (1, 90), (3, 270), (2, 180), (1, 270)]


def _seen(pieces: Pieces) -> list[object]:
    """Tell all that is read: headers, rows, parts, places and text."""
    return [
        (one.part, one.headers, _rows(one), [one.locate(0, row, 0) for row in range(len(one.columns[0]))])
        if isinstance(one, Found)
        else one
        for one in pieces
    ]


@pytest.mark.parametrize("looks", [GRID, RULES, []])
@pytest.mark.parametrize("turn", TURNS)
def test_pages_that_are_turned_are_read_as_straight_ones(read: Read, turn: tuple[int, int], looks: Looks) -> None:
    rows = [[str(at), "甲野", f"03-3123-{at:04}", "女"] for at in range(100, 180)]
    straight = read(ROW, _print([HEAD, *rows], looks))
    assert [table.headers for table in straight.tables][-1] == tuple(HEAD)
    assert _seen(read(ROW, _print([HEAD, *rows], looks, maker=_turned(*turn)))) == _seen(straight)


@pytest.mark.parametrize("turn", TURNS)
def test_text_and_boxes_on_a_turned_page(read: Read, turn: tuple[int, int]) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(60, 300, "個人番号")
        _boxes(canvas, "314159265352", 150, 300)
        canvas.drawString(60, 240, "性別")
        canvas.drawString(120, 240, "女")
        canvas.drawString(60, 200, "連絡は次の用紙に記入してお送りください。")

    pieces = read(ROW, _draw(paint, _turned(*turn)))
    assert (pieces.reasons, pieces.tables) == ([], [])
    assert _seen(pieces) == _seen(read(ROW, _draw(paint)))
    assert "".join(_text(pieces).split()).startswith("個人番号314159265352性別女連絡は")


@pytest.mark.parametrize("engine", ["hyperscan", "reference"])
@pytest.mark.parametrize("turn", TURNS)
def test_what_a_turned_form_says_is_found(turn: tuple[int, int], engine: str) -> None:
    rows = [["氏名", "三浦 克己", "性別", "女"], ["会員番号", "100234", "部署", "総務部"], ["年齢", "35", "", ""]]
    found = {
        (each.pattern, each.mask)
        for each in report_of("x.pdf", _print(rows, GRID, maker=_turned(*turn)), engine).findings
    }
    assert found == {("person_name", "三浦 克己"), ("sex", "女"), ("member_number", "100234"), ("age", "35")}


def test_a_page_whose_box_lies_elsewhere(read: Read) -> None:
    content = (
        b"q 0 1 -1 0 0 0 cm BT /F 10 Tf 1 0 0 1 120 -150 Tm (Name) Tj 80 0 Td (Emily Carter) Tj ET "
        b"BT /F 10 Tf 1 0 0 1 120 -180 Tm (Tel) Tj 80 0 Td (090-1234-5678) Tj ET Q"
    )
    data = write_page(content).replace(b"[0 0 600 800]", b"[90 50 500 700]")
    assert _text(read(ROW, data)).split() == ["Name", "Emily", "Carter", "Tel", "090-1234-5678"]
    assert "\n" in _text(read(ROW, data))


def test_a_word_at_the_edge_does_not_turn_the_page(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for row, cells in enumerate([HEAD, *PEOPLE]):
            for column, cell in enumerate(cells):
                canvas.drawString(72 + 90 * column, 700 - 20 * row, cell)
        canvas.rotate(90)
        for at in range(3):
            canvas.drawString(72 + 90 * at, -30, "Volume 2026")

    (table,) = (one for one in read(ROW, _draw(paint)).tables if one.headers)
    assert _rows(table) == PEOPLE


def _as_form(canvas: Canvas, paint: Callable[[Canvas], None], depth: int, scale: float = 1.0, turn: int = 0) -> None:
    """Draw in a form XObject, or in one within others, each of them smaller and moved."""
    for level in range(depth, 0, -1):
        canvas.beginForm(f"F{level}")
        if level == depth:
            canvas.setFont(FONT, 10)
            paint(canvas)
        else:
            canvas.doForm(f"F{level + 1}")
        canvas.endForm()
    canvas.saveState()
    canvas.translate(30, 40)
    canvas.rotate(turn)
    canvas.scale(scale, scale)
    canvas.doForm("F1")
    canvas.restoreState()


def _answers(canvas: Canvas) -> None:
    """Draw a table that is known by its lines only: no word in it names a column, and one cell has two lines."""
    canvas.grid([72, 132, 200, 300, 380], [700, 680, 660, 630])
    for row, cells in enumerate([["ア", "イ", "ウエ", "オ"], ["一二", "三", "四", "五"], ["六", "七", "八九", "十"]]):
        for column, cell in enumerate(cells):
            canvas.drawString([72, 132, 200, 300][column] + 2, 686 - 22 * row, cell * 2)
    canvas.drawString(74, 633, "六六の続き")


@pytest.mark.parametrize(("depth", "scale", "turn"), [(1, 1, 0), (2, 0.75, 0), (1, 0.2, 0), (3, 0.5, 0), (1, 0.7, 90)])
def test_lines_within_forms_are_lines(read: Read, depth: int, scale: float, turn: int) -> None:
    def paint(canvas: Canvas) -> None:
        def paint_large(inner: Canvas) -> None:
            inner.scale(1 / scale, 1 / scale)
            _answers(inner)

        canvas.translate(500 if turn else 0, 0)
        _as_form(canvas, paint_large, depth, scale, turn)

    (straight,), (inner,) = (read(ROW, _draw(each)).tables for each in (_answers, paint))
    assert _rows(inner) == _rows(straight)
    assert _rows(inner)[2][0] == "六六\n六六の続き"


def test_single_characters_within_forms(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.grid([72, 132, 200], [700, 680, 660])
        for row, cells in enumerate([["甲野", "女"], ["乙山", "男"]]):
            for column, cell in enumerate(cells):
                canvas.drawString([74, 134][column], 686 - 20 * row, cell)

    (table,) = read(ROW, _draw(lambda canvas: _as_form(canvas, paint, 2))).tables
    assert _rows(table) == [["甲野", "女"], ["乙山", "男"]]


def test_forms_within_forms_end(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    monkeypatch.setattr(pdfitems, "_INNER", 0)
    assert not read(ROW, _draw(lambda canvas: _as_form(canvas, _answers, 1))).tables
    monkeypatch.setattr(pdfitems, "_INNER", 5_000)
    monkeypatch.setattr(pdfitems, "_DEPTH", 1)
    assert len(read(ROW, _draw(lambda canvas: _as_form(canvas, _answers, 2))).tables) == 1
    assert not read(ROW, _draw(lambda canvas: _as_form(canvas, _answers, 3))).tables


def _boxes(canvas: Canvas, digits: str, left: float, base: float) -> None:
    for at, digit in enumerate(digits):
        canvas.rect(left + 18 * at, base - 4, 18, 18)
        canvas.drawString(left + 18 * at + 6, base, digit)


def test_boxes_beside_a_label_stay_in_its_line(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "個人番号")
        _boxes(canvas, "314159265352", 150, 700)

    pieces = read(ROW, _draw(paint))
    assert not pieces.tables
    assert "".join(_text(pieces).split()) == "個人番号314159265352"


@pytest.mark.parametrize("gap", [0, 4])
def test_boxes_in_a_form_belong_to_their_label(read: Read, gap: int) -> None:
    def paint(canvas: Canvas) -> None:
        for base, label in ((696, "個人番号"), (666, "氏名")):
            canvas.rect(60, base - gap, 90, 18 + 2 * gap)
            canvas.rect(150, base - gap, 216 + 2 * gap, 18 + 2 * gap)
            canvas.drawString(64, base + 4, label)
        canvas.drawString(164, 670, "甲野")
        _boxes(canvas, "314159265352", 150 + gap, 700)

    rows = ["".join(row).replace(" ", "") for table in read(ROW, _draw(paint)).tables for row in _rows(table)]
    assert rows == ["個人番号314159265352", "氏名甲野"]


def _columns_of_prose(canvas: Canvas) -> None:
    for left in (40, 220, 400):
        for row in range(12):
            canvas.drawString(left, 700 - 16 * row, LONG[row : row + 15])


def _numbered(canvas: Canvas) -> None:
    for row in range(12):
        canvas.drawString(50, 700 - 16 * row, f"({row})" if row % 3 == 0 else "")
        canvas.drawString(90, 700 - 16 * row, LONG[row : row + 30])


def _contents(canvas: Canvas) -> None:
    for row in range(12):
        canvas.drawString(50, 700 - 16 * row, f"第{row + 1}章")
        canvas.drawString(120, 700 - 16 * row, "住所の変更の届け出について")
        canvas.drawString(450, 700 - 16 * row, str(row * 7))


def _framed(canvas: Canvas) -> None:
    for left in (40, 300):
        canvas.rect(left, 400, 260, 320)
        for row in range(14):
            canvas.drawString(left + 8, 700 - 16 * row, LONG[row : row + 20])


def _justified(canvas: Canvas) -> None:
    for row in range(12):
        line = canvas.beginText(50, 700 - 16 * row)
        line.setWordSpace(7)
        line.textLine("Please tell your address and your name in the form below and send it back")
        canvas.drawText(line)


@pytest.mark.parametrize("paint", [_columns_of_prose, _numbered, _contents, _framed, _justified])
def test_what_is_no_table_stays_text(read: Read, paint: Callable[[Canvas], None]) -> None:
    assert not read(ROW, _draw(paint)).tables


def test_single_characters_that_pdfium_skips_are_in_their_cells(read: Read) -> None:
    head = ["氏名", "性別", "続柄"]
    rows = [["甲野", "女", "妻"], ["乙山", "男", "子"], ["丙川", "女", "母"]]
    (table,) = (one for one in read(ROW, _print([head, *rows], GRID)).tables if one.headers)
    assert _rows(table) == rows


def test_a_single_character_beside_its_label(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "性別")
        canvas.drawString(120, 700, "女")
        canvas.drawString(72, 660, "連絡は次の用紙に記入してお送りください。")

    assert _text(read(ROW, _draw(paint))).startswith("性別 女\n")


def test_single_characters_within_a_line(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for left, text in (
            (72, "生年月日"),
            (130, "1980"),
            (160, "年"),
            (175, "3"),
            (190, "月"),
            (205, "4"),
            (220, "日"),
        ):
            canvas.drawString(left, 700, text)

    assert [text for text in read(ROW, _draw(paint)).texts if "1980" in text] == ["生年月日 1980 年 3 月 4 日"]


def test_characters_that_nobody_looks_for_are_told(read: Read) -> None:
    def paint(canvas: Canvas) -> None:
        for sign in "女男":
            canvas.setFont(FONT, 10)
            canvas.drawString(72, 700, "性別は次のとおりで、ほかにはありません。")
            canvas.drawString(120, 660, sign)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(72, 640, " ")
            canvas.showPage()

    data = _draw(paint)
    assert read(ROW, data).reasons == []
    seen = [_lines_without_fonts(data, asked) for asked in (2, 1)]
    assert [("女" in lines, "男" in lines, "glyphs" in lines) for lines in seen] == [
        (True, True, False),
        (True, False, True),
    ]


def _lines_without_fonts(data: bytes, asked: int) -> list[str]:
    command = [sys.executable, "-c", WITHOUT_FONTS, str(asked)]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def test_a_drawing_is_no_grid(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfmarks, "_MOST", 10)
    assert len(read(ROW, _print([HEAD, *PEOPLE], GRID)).cells) == 16  # by its columns all the same
    assert not read(ROW, _print([["か", "き"], ["くけ", "こ"], ["さ", "し"]], GRID)).tables


@pytest.mark.parametrize("seed", range(12))
def test_no_character_is_lost_or_doubled(read: Read, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    words = ["甲野", LONG, LONG[3:30], "03-3123-4567", "", "taro@piiscan-demo.jp", "12", "〒100-0001 東京都千代田区"]
    head = chance.sample([*HEAD, "住所", "部署", "メール"], 4)
    body = [[_paragraph(chance.choice(words)) for _ in head] for _ in range(chance.randrange(2, 40))]
    looks: Looks = chance.choice([GRID, RULES, [], [("BOX", (0, 0), (-1, -1), 1, colors.black)]])
    data = _print([head, *body], [*looks, ("VALIGN", (0, 0), (-1, -1), chance.choice(["TOP", "MIDDLE"]))], [100] * 4)
    expected = Counter("".join(head) + "".join(cell.text for row in body for cell in row))
    expected += Counter("名簿は次のとおりです。以上で終わりです。")
    pieces = read(ROW, data)
    found = Counter("".join((*(cell for _, cell in pieces.cells), _text(pieces))))
    for sign in " \n\t":
        del expected[sign], found[sign]
    repeated = Counter("".join(head))
    assert found - expected <= repeated + repeated + repeated
    assert not expected - found
