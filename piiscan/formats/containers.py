"""Archives and compressed files."""

from __future__ import annotations

from piiscan.formats.row import MEMBER, Format, Words

ZIP = "archive:extract_zip"

ROWS: tuple[Format, ...] = (
    Format(
        ZIP,
        "",
        Words(
            "Every file inside, at any depth within one budget, under its name in UTF-8 or CP932.",
            "中のすべてのファイル。上限の範囲で入れ子も開き、ファイル名は UTF-8 と CP932 を読みます。",
        ),
        MEMBER,
    ),
    Format(
        "archive:extract_tar",
        "",
        Words(
            "Every file inside; links and devices are named and not followed.",
            "中のすべてのファイル。リンクとデバイスは記録するだけで、たどりません。",
        ),
        MEMBER,
    ),
    Format(
        "archive:extract_gzip",
        "",
        Words("What was compressed, a tar too.", "圧縮された中身(tar を含む)。"),
        MEMBER,
    ),
    Format(
        "archive:extract_bzip2",
        "",
        Words("What was compressed, a tar too.", "圧縮された中身(tar を含む)。"),
        MEMBER,
    ),
    Format(
        "archive:extract_xz",
        "",
        Words("What was compressed, a tar too.", "圧縮された中身(tar を含む)。"),
        MEMBER,
    ),
)
