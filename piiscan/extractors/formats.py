"""The formats that are read, and the words for those that are not: the one table of extractors.

`docs/formats.md` is written from it, so that what a person may rely on stands beside what makes it true.
"""

from __future__ import annotations

from typing import NamedTuple

TEXT = "text:extract_text"
_DELIMITED = "delimited:extract_delimited"
_JSON = "json_text:extract_json"
XML = "xml_text:extract_xml"
HTML = "html_text:extract_html"
MAIL = "mail:extract_mail"
ZIP = "archive:extract_zip"


class Words(NamedTuple):
    """One sentence or name in both languages of the house."""

    en: str
    ja: str


class Format(NamedTuple):
    """A format: "module:function" that reads it, its suffixes (lower case), what is read of it, and where things lie.

    A format without suffixes is known by its first bytes alone. `is_lined`: places are lines of the file itself.
    `is_binary`: it is never plain text, so that a text under such a suffix is read as the text it is.
    """

    row: str
    suffixes: str
    reads: Words
    places: Words
    is_lined: bool = False
    is_binary: bool = False


_LINES = Words("line and column", "行と桁")
_MEMBER = Words("member, and the place within it", "書庫内のファイル名と、その中での位置")

#: A module name with a dot in `row` is absolute.
FORMATS: tuple[Format, ...] = (
    Format(
        TEXT,
        ".txt .log .md",
        Words(
            "All text, source code included, in UTF-8, UTF-16, UTF-32, CP932, EUC-JP or ISO-2022-JP; "
            "so is every other file that looks like text.",
            "UTF-8、UTF-16、UTF-32、CP932、EUC-JP、ISO-2022-JP のテキスト(ソースコードを含む)の全文。ほかの拡張子でも、"
            "テキストと判断できるものはすべて同様に読みます。",
        ),
        _LINES,
        is_lined=True,
    ),
    Format(
        _DELIMITED,
        ".csv .tsv .tab .psv",
        Words(
            "Every row with its column headers; rows above the header, and what is no record, as text.",
            "列名と対応付けたすべての行。列名より上の行や、表として読めない部分はテキストとして読みます。",
        ),
        _LINES,
        is_lined=True,
    ),
    Format(
        _JSON,
        ".json .jsonl .ndjson .geojson .har .ipynb",
        Words(
            "Every value under its key, keys that hold digits or @, JSON lines and concatenated JSON; "
            "what is no JSON, as text.",
            "キーと対応付けたすべての値、数字や @ を含むキー、JSON Lines、連結された JSON。"
            "JSON として読めない部分はテキストとして読みます。",
        ),
        _LINES,
        is_lined=True,
    ),
    Format(
        "sql:extract_sql",
        ".sql",
        Words(
            "Rows of INSERT, REPLACE and COPY under the names of their columns, those of CREATE TABLE too; "
            "all else, comments included, as text.",
            "INSERT、REPLACE、COPY の行を列名(CREATE TABLE の列名を含む)と対応付けて読みます。"
            "コメントなど、それ以外はテキストとして読みます。",
        ),
        _LINES,
        is_lined=True,
    ),
    Format(
        XML,
        ".xml .svg .rss .atom .kml .gpx .plist .xsd .xsl",
        Words(
            "Texts of elements, attributes, comments and processing instructions; entities of a DTD are refused, "
            "and the rest of such a file is read as text.",
            "要素の文字列、属性、コメント、処理命令。"
            "DTD の実体は展開せず、そのファイルの残りはテキストとして読みます。",
        ),
        _LINES,
        is_lined=True,
    ),
    Format(
        HTML,
        ".html .htm .xhtml .shtml",
        Words(
            "Text, tables with their headers, attributes (links and the values of forms too), comments, "
            "scripts and styles.",
            "本文、見出し付きの表、属性(リンク先やフォームの値を含む)、コメント、スクリプト、スタイル。",
        ),
        _LINES,
        is_lined=True,
    ),
    Format(
        "pdf:extract_pdf",
        ".pdf",
        Words(
            "Text of all pages, up to 5,000, with the tables that lines or columns make, form fields (XFA too), "
            "annotations, links, outline, properties; attached files are opened.",
            "全ページ(5,000 ページまで)の文字(罫線や列でできた表は表として)、フォームの値(XFA を含む)、注釈、リンク、"
            "しおり、文書情報。添付ファイルも開きます。",
        ),
        Words(
            "page, and in tables row and column (R2C3); for what lies on none, the part",
            "ページ。表では行と列(R2C3)も。ページに属さないものは文書の部分名",
        ),
        is_binary=True,
    ),
    Format(
        "docx:extract_docx",
        ".docx .docm .dotx .dotm",
        Words(
            "Body, tables, headers, footers, footnotes, comments, text boxes, fields, hidden and deleted text, "
            "charts, properties, custom XML; embedded objects are opened.",
            "本文、表、ヘッダー、フッター、脚注、コメント、テキストボックス、フィールド、隠し文字、削除済みの文字、グラフ、"
            "プロパティ、カスタム XML。埋め込みオブジェクトも開きます。",
        ),
        Words("part, and the cell in tables", "文書の部分名、表ではセル"),
        is_binary=True,
    ),
    Format(
        MAIL,
        ".eml .mht .mhtml",
        Words(
            "Header fields, each recipient as a finding of its own, text and HTML bodies; attachments and messages "
            "inside are opened.",
            "ヘッダー(宛先は 1 件ずつ)、テキスト本文、HTML 本文。添付ファイルと、転送されたメールも開きます。",
        ),
        Words("line, part (header or body) and member", "行、部分(ヘッダー・本文)、添付ファイル名"),
    ),
    Format(
        "pptx:extract_pptx",
        ".pptx .pptm .ppsx .ppsm .potx .potm",
        Words(
            "Slides, hidden ones too, tables, notes, comments, masters, charts, properties, custom XML; "
            "embedded objects are opened.",
            "スライド(非表示を含む)、表、ノート、コメント、マスター、グラフ、プロパティ、カスタム XML。"
            "埋め込みオブジェクトも開きます。",
        ),
        Words("page (slide) and part, and the cell in tables", "ページ(スライド番号)と部分名、表ではセル"),
        is_binary=True,
    ),
    Format(
        "xlsx:extract_xlsx",
        ".xlsx .xlsm .xltx .xltm",
        Words(
            "Cells of all sheets, hidden sheets, rows and columns too, names, comments, headers and footers, "
            "drawings, pivot caches, links, properties; embedded files are opened.",
            "全シートのセル(非表示のシート・行・列を含む)、名前の定義、コメント、ヘッダー・フッター、図形、ピボットキャッシュ、"
            "リンク、プロパティ。埋め込みファイルも開きます。",
        ),
        Words("sheet and cell", "シートとセル"),
        is_binary=True,
    ),
    Format(
        ZIP,
        "",
        Words(
            "Every file inside, at any depth within one budget, under its name in UTF-8 or CP932.",
            "中のすべてのファイル。上限の範囲で入れ子も開き、ファイル名は UTF-8 と CP932 を読みます。",
        ),
        _MEMBER,
    ),
    Format(
        "sqlite:extract_sqlite",
        ".sqlite .sqlite3",
        Words(
            "The rows of all tables under their columns' names, the schema, files in blobs; nothing that was deleted.",
            "すべてのテーブルの行(列名と対応付け)、スキーマ、BLOB に入ったファイル。削除されたデータは読みません。",
        ),
        Words("table, row and column", "テーブル、行、列"),
        is_binary=True,
    ),
    Format(
        "archive:extract_tar",
        "",
        Words(
            "Every file inside; links and devices are named and not followed.",
            "中のすべてのファイル。リンクとデバイスは記録するだけで、たどりません。",
        ),
        _MEMBER,
    ),
    Format(
        "archive:extract_gzip",
        "",
        Words("What was compressed, a tar too.", "圧縮された中身(tar を含む)。"),
        _MEMBER,
    ),
    Format(
        "archive:extract_bzip2",
        "",
        Words("What was compressed, a tar too.", "圧縮された中身(tar を含む)。"),
        _MEMBER,
    ),
    Format(
        "archive:extract_xz",
        "",
        Words("What was compressed, a tar too.", "圧縮された中身(tar を含む)。"),
        _MEMBER,
    ),
)

#: What the reasons of formats that are named and not read stand for.
UNREAD: dict[str, Words] = {
    "binary": Words("not a text, and of no known format", "テキストでもなく、既知の形式でもないもの"),
    "ole2": Words("older Office documents, messages (doc, xls, ppt, msg)", "旧形式の Office 文書、Outlook のメール"),
    "xlsb": Words("binary Excel workbooks", "Excel バイナリブック"),
    "ooxml": Words("an Office package of unknown kind", "種類の分からない Office 文書"),
    "rtf": Words("Rich Text Format", "リッチテキスト"),
    "mail": Words("mailboxes", "メールボックス"),
    "pst": Words("Outlook data files", "Outlook データファイル"),
    "access": Words("Access databases", "Access データベース"),
    "sqlite_log": Words("logs of SQLite databases (-wal, -journal)", "SQLite のログ(-wal、-journal)"),
    "parquet": Words("Parquet tables", "Parquet"),
    "plist": Words("binary property lists", "バイナリ形式のプロパティリスト"),
    "7z": Words("7-Zip archives", "7-Zip 書庫"),
    "rar": Words("RAR archives", "RAR 書庫"),
    "lzh": Words("LZH archives", "LZH 書庫"),
    "cab": Words("cabinets", "CAB 書庫"),
    "ar": Words("ar archives, Debian packages", "ar 書庫、Debian パッケージ"),
    "rpm": Words("RPM packages", "RPM パッケージ"),
    "compress": Words("files of compress (.Z)", "compress による圧縮ファイル(.Z)"),
    "zstd": Words("Zstandard", "Zstandard"),
    "lz4": Words("LZ4", "LZ4"),
    "iso9660": Words("images of CDs and DVDs", "CD・DVD のイメージ"),
    "password": Words("Office documents with a password", "パスワード付きの Office 文書"),
    "media": Words("pictures, sound, video, fonts", "画像、音声、動画、フォント"),
    "executable": Words("programs", "プログラム"),
}
