"""Mail and mailboxes."""

from __future__ import annotations

from piiscan.formats.row import Format, Words

MAIL = "mail:extract_mail"

ROWS: tuple[Format, ...] = (
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
)
