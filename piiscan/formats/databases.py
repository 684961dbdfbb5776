"""Tables and databases."""

from __future__ import annotations

from piiscan.formats.row import Format, Words

ROWS: tuple[Format, ...] = (
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
        "parquet:extract_parquet",
        ".parquet",
        Words(
            "With `piiscan[parquet]`: every row under its columns' names, lists and structures as text, the notes "
            "of the footer, files in binary columns.",
            "`piiscan[parquet]` が必要。すべての行(列名と対応付け)、リストや構造体の値、フッターの付記、"
            "バイナリ列のファイル。",
        ),
        Words("row and column", "行と列"),
        is_binary=True,
    ),
    Format(
        "plist:extract_plist",
        "",
        Words(
            "Binary property lists: every value under its key, files in data.",
            "バイナリ形式のプロパティリスト。キーと対応付けたすべての値、データに入ったファイル。",
        ),
        Words("row and column of what has like keys", "行と列(同じキーを持つものごと)"),
        is_binary=True,
    ),
)
