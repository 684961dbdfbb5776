"""Formats that are named and not read."""

from __future__ import annotations

from piiscan.formats.row import Words

#: What the reasons of formats that are named and not read stand for.
UNREAD: dict[str, Words] = {
    "binary": Words("not a text, and of no known format", "テキストでもなく、既知の形式でもないもの"),
    "ole2": Words("compound files of other programs", "その他のプログラムの複合ファイル"),
    "ichitaro": Words(
        "Ichitaro documents; save them as docx or PDF in Ichitaro, or with its free viewer as PDF",
        "一太郎文書。一太郎で docx か PDF として保存し直してください(無償の一太郎ビューアからも PDF にできます)",
    ),
    "docuworks": Words(
        "DocuWorks documents and binders; print or export them to PDF in DocuWorks Desk or its viewer",
        "DocuWorks 文書・バインダー。DocuWorks Desk か Viewer で PDF に変換してください",
    ),
    "visio": Words("Visio drawings; export them as PDF or SVG", "Visio 図面。PDF か SVG にエクスポートしてください"),
    "publisher": Words("Publisher documents; export them as PDF", "Publisher 文書。PDF にエクスポートしてください"),
    "onenote": Words(
        "OneNote notebooks; export them as PDF or docx", "OneNote。PDF か docx にエクスポートしてください"
    ),
    "hwp": Words("Hangul documents; save them as docx or PDF", "ハングル(HWP)文書。docx か PDF で保存し直してください"),
    "lotus": Words("Lotus 1-2-3 sheets; open and save them as xlsx", "Lotus 1-2-3。表計算ソフトで xlsx にしてください"),
    "excel4": Words("sheets of Excel 2 to 4; save them as xlsx", "Excel 2～4 のシート。xlsx で保存し直してください"),
    "word2": Words("documents of Word 2; save them as docx", "Word 2 の文書。docx で保存し直してください"),
    "powerpoint95": Words(
        "presentations of PowerPoint 95; save them as pptx", "PowerPoint 95 の文書。pptx で保存し直してください"
    ),
    "ooxml": Words("an Office package of unknown kind", "種類の分からない Office 文書"),
    "smime": Words("S/MIME that is neither signed nor encrypted", "署名でも暗号化でもない S/MIME"),
    "embedded": Words(
        "a message or object inside a message of an Outlook data file; save it as msg in Outlook",
        "Outlook データファイルのメールに添付されたメールやオブジェクト。Outlook で msg として保存してください",
    ),
    "access": Words(
        "Access databases; export their tables as CSV or xlsx",
        "Access データベース。テーブルを CSV か xlsx にエクスポートしてください",
    ),
    "sqlite_log": Words("logs of SQLite databases (-wal, -journal)", "SQLite のログ(-wal、-journal)"),
    "password": Words("Office documents with a password", "パスワード付きの Office 文書"),
    "media": Words("pictures, sound, video, fonts", "画像、音声、動画、フォント"),
    "executable": Words("programs", "プログラム"),
}

#: Formats without a mark that we know at their beginning, by suffix: what is no text, and no other format by content.
BINARY_SUFFIXES: dict[str, str] = {
    suffix: reason
    for reason, suffixes in {
        "ichitaro": ".jtd .jtt .jtdc .jttc .jaw .jtw .jbw .juw .jfw .jvw .jsw",
        "docuworks": ".xdw .xbd .xct",
        "visio": ".vsd .vst .vss .vdw .vsdx .vsdm .vstx .vstm .vssx .vssm",
        "publisher": ".pub",
        "access": ".mdb .accdb .mde .accde",
        "onenote": ".one .onetoc2 .onepkg",
        "hwp": ".hwp .hwpx .hwt",
        "lotus": ".wk1 .wk3 .wk4 .wj2 .wj3 .123",
    }.items()
    for suffix in suffixes.split()
}
