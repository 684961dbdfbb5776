"""Make tests/data/office: documents that LibreOffice writes from flat OpenDocument texts with synthetic values.

Needs what scripts/office.py needs; its files are checked in, so that of all tests only those of scripts/test-real need
it. Each construct holds a telephone number of its own, 090-1234-00NN, under which tests look for it.
Run: PYTHONPATH=. python scripts/make_office.py
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from scripts.office import convert, lock

TARGET = Path(__file__).parent.parent / "tests/data/office"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "presentation": "presentation",
        "meta": "meta",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
SPACES += ' xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def phone(number: int) -> str:
    """Give the number of a construct."""
    return f"090-1234-{number:04}"


def paragraph(text: str, style: str = "Standard") -> str:
    """Give a paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def flat(kind: str, styles: str, master: str, body: str) -> str:
    """Give a flat document of a kind ("text")."""
    meta = (
        f"<office:meta><dc:title>名簿 {phone(11)}</dc:title><dc:subject>件名 {phone(12)}</dc:subject>"
        f'<meta:user-defined meta:name="担当者電話" meta:value-type="string">{phone(13)}</meta:user-defined>'
        "</office:meta>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.2" '
        f'office:mimetype="application/vnd.oasis.opendocument.{kind}">{meta}{styles}'
        f"<office:master-styles>{master}</office:master-styles><office:body>{body}</office:body></office:document>"
    )


def comment(text: str) -> str:
    """Give a comment of a fictitious author."""
    return (
        "<office:annotation><dc:creator>見本 校閲</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>"
        f"{paragraph(text)}</office:annotation>"
    )


def note(kind: str, text: str) -> str:
    """Give a footnote or an endnote."""
    return (
        f'<text:note text:id="{kind}1" text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{paragraph(text)}</text:note-body></text:note>"
    )


def rows(*lines: tuple[str, ...]) -> str:
    """Give rows of a table of text."""
    cells = ("".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in line) for line in lines)
    return "".join(f"<table:table-row>{line}</table:table-row>" for line in cells)


def word_art(text: str, attributes: str) -> str:
    """Give a text that is drawn along a path (Fontwork, in Office WordArt)."""
    path = (
        'svg:viewBox="0 0 21600 21600" draw:text-path="true" draw:type="fontwork-plain-text" draw:modifiers="10800" '
        'draw:enhanced-path="M 0 0 L 21600 0 N M 0 21600 L 21600 21600 N"'
    )
    shape = f"{paragraph(text)}<draw:enhanced-geometry {path}/>"
    return f'<draw:custom-shape svg:width="80mm" svg:height="20mm" {attributes}>{shape}</draw:custom-shape>'


PAGE = (
    '<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="5mm"/></style:header-style>'
    '<style:footer-style><style:header-footer-properties fo:min-height="5mm"/></style:footer-style></style:page-layout>'
)


def text_document() -> str:
    """Give a text with a number in each of its constructs."""
    styles = (
        '<office:styles><style:style style:name="Standard" style:family="paragraph"/></office:styles>'
        f'<office:automatic-styles>{PAGE}<style:style style:name="bold" style:family="text"><style:text-properties '
        'fo:font-weight="bold"/></style:style><style:style style:name="hidden" style:family="text">'
        '<style:text-properties text:display="none"/></style:style></office:automatic-styles>'
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="pl">'
        f"<style:header>{paragraph('ヘッダー ' + phone(1))}</style:header>"
        f"<style:footer>{paragraph('フッター ' + phone(2))}</style:footer></style:master-page>"
    )
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>見本'
        f"</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>{paragraph('削除 ' + phone(10))}"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    people = rows(("氏名", "電話番号", "備考"), ("見本 花子", phone(4), ""), ("見本 太郎", phone(14), "至急"))
    table = (
        f'<table:table table:name="表1"><table:table-column table:number-columns-repeated="3"/>{people}</table:table>'
    )
    box = (
        '<draw:frame text:anchor-type="paragraph" svg:width="60mm" svg:height="20mm"><draw:text-box>'
        f"{paragraph('枠 ' + phone(8))}</draw:text-box></draw:frame>"
    )
    link = f'<text:a xlink:type="simple" xlink:href="tel:{phone(15)}">連絡先</text:a>'
    hidden = f'隠し<text:span text:style-name="hidden">{phone(9)}</text:span>'
    changed = '変更<text:change text:change-id="c1"/>あり'
    art = word_art(phone(19), 'text:anchor-type="paragraph" svg:y="30mm"')
    split = '090-<text:span text:style-name="bold">1234</text:span>-0016'
    body = (
        f"<office:text>{changes}{paragraph('電話番号 ' + phone(3))}{table}"
        f"{paragraph('脚注' + note('footnote', '脚注 ' + phone(5)) + '文末' + note('endnote', '文末 ' + phone(6)))}"
        f"{paragraph('コメント' + comment('要確認 ' + phone(7)) + 'あり')}{paragraph(box + 'テキスト枠')}"
        f"{paragraph(hidden)}"
        f"{paragraph(link)}{paragraph(split)}{paragraph('①②㈱髙﨑 末尾 ' + phone(17))}"
        f"{paragraph(changed)}{paragraph('飾り' + art)}</office:text>"
    )
    return flat("text", styles, master, body)


def sheet_document() -> str:
    """Give a workbook with a number in each of its constructs."""
    styles = (
        f"<office:automatic-styles>{PAGE}"
        '<number:date-style style:name="date"><number:year number:style="long"/><number:text>/</number:text>'
        "<number:month/><number:text>/</number:text><number:day/></number:date-style>"
        '<number:number-style style:name="zeros"><number:number number:min-integer-digits="11"/></number:number-style>'
        '<style:style style:name="d" style:family="table-cell" style:data-style-name="date"/>'
        '<style:style style:name="z" style:family="table-cell" style:data-style-name="zeros"/>'
        '<style:style style:name="ta" style:family="table" style:master-page-name="Default"/>'
        '<style:style style:name="off" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    master = (
        '<style:master-page style:name="Default" style:page-layout-name="pl">'
        f"<style:header>{paragraph('ヘッダー ' + phone(1))}</style:header>"
        f"<style:footer>{paragraph('フッター ' + phone(2))}</style:footer></style:master-page>"
    )

    def cell(text: str, more: str = "", attributes: str = "") -> str:
        return f"<table:table-cell {attributes}>{more}{paragraph(text)}</table:table-cell>"

    text = 'office:value-type="string"'
    people = (
        (phone(4), 'table:style-name="d" office:value-type="date" office:date-value="1990-01-02"', "9012340014"),
        (phone(3), 'table:style-name="d" office:value-type="date" office:date-value="1985-12-31"', "9012340017"),
    )
    lines = "".join(
        f"<table:table-row>{cell(tel, attributes=text)}{cell('', attributes=date)}"
        + cell("", attributes=f'table:style-name="z" office:value-type="float" office:value="{number}"')
        + "</table:table-row>"
        for tel, date, number in people
    )
    head = "".join(cell(label, attributes=text) for label in ("電話番号", "生年月日", "携帯電話"))
    link = f'<text:a xlink:type="simple" xlink:href="mailto:taro@piiscan-demo.jp">{phone(15)}</text:a>'
    noted = cell("メモ", comment("要確認 " + phone(7)), text)
    art = word_art(phone(19), 'svg:y="90mm"')
    shape = (
        '<table:shapes><draw:frame svg:x="50mm" svg:y="50mm" svg:width="60mm" svg:height="20mm"><draw:text-box>'
        f"{paragraph('枠 ' + phone(8))}</draw:text-box></draw:frame>{art}</table:shapes>"
    )
    rule = (
        '<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-'
        f'in-list(&quot;{phone(20)}&quot;;&quot;なし&quot;)" table:base-cell-address="名簿.A10">'
        '<table:help-message table:title="入力" table:display="true">'
        f"{paragraph('説明 ' + phone(16))}</table:help-message></table:content-validation></table:content-validations>"
    )
    first = (
        f'<table:table table:name="名簿" table:style-name="ta">{shape}<table:table-row>{head}</table:table-row>{lines}'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"<table:table-row><table:table-cell/>{noted}{cell(link, attributes=text)}</table:table-row>"
        '<table:table-row><table:table-cell table:content-validation-name="v"/></table:table-row></table:table>'
    )
    hidden = (
        '<table:table table:name="裏" table:style-name="off"><table:table-row table:number-rows-repeated="2"><table:'
        f'table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        f"{cell(phone(9), attributes=text)}</table:table-row></table:table>"
    )
    names = (
        '<table:named-expressions><table:named-expression table:name="連絡" table:base-cell-address="名簿.A1" '
        f'table:expression="of:=&quot;{phone(18)}&quot;"/></table:named-expressions>'
    )
    return flat("spreadsheet", styles, master, f"<office:spreadsheet>{rule}{first}{hidden}{names}</office:spreadsheet>")


def slide_document() -> str:
    """Give a presentation with a number in each of its constructs."""
    styles = (
        '<office:automatic-styles><style:page-layout style:name="pl"><style:page-layout-properties '
        'fo:page-width="280mm" fo:page-height="210mm"/></style:page-layout>'
        '<style:style style:name="dp" style:family="drawing-page"><style:drawing-page-properties/></style:style>'
        '<style:style style:name="off" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style></office:automatic-styles>'
    )
    at = 'svg:x="20mm" svg:y="{}mm" svg:width="200mm" svg:height="30mm"'

    def box(text: str, top: int, kind: str = "") -> str:
        shown = f'presentation:class="{kind}"' if kind else ""
        return f"<draw:frame {at.format(top)} {shown}><draw:text-box>{paragraph(text)}</draw:text-box></draw:frame>"

    master = (
        '<style:master-page style:name="Default" style:page-layout-name="pl">' + box("機密 " + phone(1), 180)
    ) + "</style:master-page>"

    def slide(content: str, notes: str, style: str = "dp") -> str:
        noted = f"<presentation:notes>{box(notes, 100, 'notes')}</presentation:notes>"
        return (
            f'<draw:page draw:name="p{len(content)}" draw:style-name="{style}" draw:master-page-name="Default">'
            f"{content}{noted}</draw:page>"
        )

    table = (
        f'<draw:frame {at.format(100)}><table:table><table:table-column table:number-columns-repeated="2"/>'
        f"{rows(('氏名', '電話番号'), ('見本 花子', phone(4)))}</table:table></draw:frame>"
    )
    body = (
        "<office:presentation>"
        + slide(box("表紙 " + phone(3), 20, "title") + box("本文 " + phone(17), 60), "ノート " + phone(5))
        + slide(comment("要確認 " + phone(7)) + box("二枚目", 20) + table, "ノート " + phone(6))
        + slide(box("非表示 " + phone(9), 20) + word_art(phone(19), 'svg:y="90mm"'), "なし", "off")
        + "</office:presentation>"
    )
    return flat("presentation", styles, master, body)


#: Each text with the formats that are made of it.
DOCUMENTS = (
    ("text.fodt", text_document, ("odt", "doc", "rtf")),
    ("sheet.fods", sheet_document, ("ods", "xls")),
    ("slides.fodp", slide_document, ("odp", "ppt")),
)
#: The formats that LibreOffice locks as Office did until 2003, by RC4, with their sources; and what opens them.
LOCKED = {"locked.doc": "text.fodt", "locked.xls": "sheet.fods"}
PASSWORD = "Rengoku7"  # noqa: S105 - of a specimen


def main() -> None:
    """Write all files anew."""
    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in)
        for name, document, formats in DOCUMENTS:
            source = folder / name
            source.write_text(document(), encoding="utf-8")
            for kind in formats:
                made = convert(source, kind)
                if kind == "ppt":  # a picture of the first slide, 440 kB, is in it
                    TARGET.joinpath(f"{made.name}.gz").write_bytes(gzip.compress(made.read_bytes(), mtime=0))
                else:
                    TARGET.joinpath(made.name).write_bytes(made.read_bytes())
            TARGET.joinpath(name).write_bytes(source.read_bytes())
            print(name)
        lock(folder, PASSWORD, LOCKED)
        for locked in LOCKED:
            TARGET.joinpath(locked).write_bytes(folder.joinpath(locked).read_bytes())


if __name__ == "__main__":
    main()
