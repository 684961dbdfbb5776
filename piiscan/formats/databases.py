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
)
