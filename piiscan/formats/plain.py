"""Plain text, and formats that are written as text."""

from __future__ import annotations

from piiscan.formats.row import LINES, Format, Words

TEXT = "text:extract_text"
_DELIMITED = "delimited:extract_delimited"
_JSON = "json_text:extract_json"
XML = "xml_text:extract_xml"
HTML = "html_text:extract_html"

ROWS: tuple[Format, ...] = (
    Format(
        TEXT,
        ".txt .log .md",
        Words(
            "All text, source code included, in UTF-8, UTF-16, UTF-32, CP932, EUC-JP or ISO-2022-JP; "
            "so is every other file that looks like text.",
            "UTF-8、UTF-16、UTF-32、CP932、EUC-JP、ISO-2022-JP のテキスト(ソースコードを含む)の全文。ほかの拡張子でも、"
            "テキストと判断できるものはすべて同様に読みます。",
        ),
        LINES,
        is_lined=True,
        is_endless=True,
    ),
    Format(
        _DELIMITED,
        ".csv .tsv .tab .psv",
        Words(
            "Every row with its column headers; rows above the header, and what is no record, as text.",
            "列名と対応付けたすべての行。列名より上の行や、表として読めない部分はテキストとして読みます。",
        ),
        LINES,
        is_lined=True,
        is_endless=True,
    ),
    Format(
        _JSON,
        ".json .jsonl .ndjson .geojson",
        Words(
            "Every value under its key, keys that hold digits or @, JSON lines and concatenated JSON; "
            "what is no JSON, as text.",
            "キーと対応付けたすべての値、数字や @ を含むキー、JSON Lines、連結された JSON。"
            "JSON として読めない部分はテキストとして読みます。",
        ),
        LINES,
        is_lined=True,
    ),
    Format(
        "yaml_text:extract_yaml",
        ".yaml .yml",
        Words(
            "Every value under its key, keys that hold digits or @; values of several lines, comments, and what is no "
            "YAML, such as templates of it, as text, and so are files above 8 MiB. Aliases are not followed.",
            "キーと対応付けたすべての値と、数字や @ を含むキー。複数行の値、コメント、YAML として読めない部分"
            "(テンプレートなど)、8 MiB を超えるファイルはテキストとして読みます。エイリアスは展開しません。",
        ),
        LINES,
        is_lined=True,
        is_endless=True,
    ),
    Format(
        "settings_text:extract_toml",
        ".toml",
        Words(
            "Every value under its key and section; strings of several lines, comments, what is no TOML, and files "
            "above 8 MiB as text.",
            "キーとセクションに対応付けたすべての値。複数行の文字列、コメント、TOML として読めない部分、"
            "8 MiB を超えるファイルはテキストとして読みます。",
        ),
        LINES,
        is_lined=True,
        is_endless=True,
    ),
    Format(
        "settings_text:extract_ini",
        ".ini .cfg .conf .properties .env",
        Words(
            "Lines of a key and a value, under their section; all else, sections of more than 64 lines, and files "
            "above 8 MiB as text.",
            "「キー = 値」の行をセクションと対応付けて読みます。それ以外の行、64 行を超えるセクション、"
            "8 MiB を超えるファイルはテキストとして読みます。",
        ),
        LINES,
        is_lined=True,
        is_endless=True,
    ),
    Format(
        "har:extract_har",
        ".har",
        Words(
            "As JSON; bodies in base64 are opened.",
            "JSON として読み、base64 の本文も開きます。",
        ),
        Words("line and column, and member", "行と桁、本文の番号"),
    ),
    Format(
        "notebook:extract_notebook",
        ".ipynb",
        Words(
            "Cells with their outputs; tables, pictures and other data in outputs and attachments are opened.",
            "セルと出力。出力や添付の表、画像、その他のデータも開きます。",
        ),
        Words("cell, line and column, and member", "セル番号、行と桁、出力の番号"),
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
        LINES,
        is_lined=True,
        is_endless=True,
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
        LINES,
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
        LINES,
        is_lined=True,
        is_endless=True,
    ),
)
