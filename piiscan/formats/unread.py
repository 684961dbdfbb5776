"""Formats that are named and not read."""

from __future__ import annotations

from piiscan.formats.row import Words

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
