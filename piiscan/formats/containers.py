"""Archives and compressed files."""

from __future__ import annotations

from piiscan.formats.row import MEMBER, Format, Words

ZIP = "archive:extract_zip"
#: Office documents with a password.
LOCKED = "locked:extract_locked"

#: What libarchive reads, by the extra `archives`.
_LIBARCHIVE: tuple[Format, ...] = (
    Format(
        "archives:extract_7z",
        "",
        Words(
            "Every file of a 7-Zip archive (7z), stored or packed by LZMA, LZMA2, PPMd, bzip2 or Deflate, solid or "
            "not; what is locked or packed by Deflate64 is named.",
            "7-Zip 書庫(7z)の中のすべてのファイル(無圧縮、LZMA、LZMA2、PPMd、bzip2、Deflate。ソリッド圧縮も)。"
            "暗号化されたものと Deflate64 は記録します。",
        ),
        MEMBER,
    ),
    Format(
        "archives:extract_lzh",
        "",
        Words(
            "Every file of an LZH archive (lzh, lha; headers of levels 0 to 2), stored or packed by lh5, lh6 or lh7; "
            "other methods are named.",
            "LZH 書庫(lzh、lha。ヘッダーはレベル 0~2)の中のすべてのファイル(無圧縮、lh5、lh6、lh7)。"
            "ほかの圧縮方式は記録します。",
        ),
        MEMBER,
    ),
    Format(
        "archives:extract_rar",
        "",
        Words(
            "Every file of a RAR archive of version 4 or 5; of a volume, what lies wholly in it. Our tests hold stored "
            "members alone: no free program packs RAR; packed ones were only tried with libarchive's samples.",
            "RAR 書庫(バージョン 4 と 5)の中のすべてのファイル。分割書庫では、その巻に収まっているもの。"
            "RAR で圧縮できるフリーソフトがないため、テストは無圧縮のみで、圧縮されたものは libarchive の見本で"
            "確認しただけです。",
        ),
        MEMBER,
    ),
    Format(
        "archives:extract_iso",
        "",
        Words(
            "Every file of a CD's or DVD's image (ISO 9660 with Joliet or Rock Ridge).",
            "CD・DVD のイメージ(ISO 9660、Joliet、Rock Ridge)の中のすべてのファイル。",
        ),
        MEMBER,
    ),
    Format(
        "archives:extract_cab",
        "",
        Words(
            "Every file of a cabinet (cab), stored or packed by MSZIP; LZX was only tried with libarchive's samples.",
            "CAB 書庫の中のすべてのファイル(無圧縮、MSZIP)。LZX は libarchive の見本で確認しただけです。",
        ),
        MEMBER,
    ),
    Format(
        "archives:extract_ar",
        "",
        Words(
            "Every file of an ar archive or Debian package (deb).",
            "ar 書庫、Debian パッケージ(deb)の中のすべてのファイル。",
        ),
        MEMBER,
        is_endless=True,
    ),
    Format(
        "archives:extract_cpio", "", Words("Every file of a cpio archive.", "cpio 書庫の中のすべてのファイル。"), MEMBER
    ),
    Format(
        "archives:extract_rpm",
        "",
        Words("Every file of an RPM package.", "RPM パッケージの中のすべてのファイル。"),
        MEMBER,
    ),
    Format(
        "archives:extract_zstd",
        "",
        Words("What was compressed by Zstandard (zst), a tar too.", "Zstandard(zst)で圧縮された中身(tar を含む)。"),
        MEMBER,
    ),
    Format(
        "archives:extract_lz4",
        "",
        Words("What was compressed by LZ4, a tar too.", "LZ4 で圧縮された中身(tar を含む)。"),
        MEMBER,
    ),
    Format(
        "archives:extract_compress",
        "",
        Words(
            "What was compressed by compress (.Z), a tar too.",
            "compress(.Z)で圧縮された中身(tar を含む)。",
        ),
        MEMBER,
        is_endless=True,
    ),
)

ROWS: tuple[Format, ...] = (
    Format(
        ZIP,
        "",
        Words(
            "Every file inside, at any depth within one budget, under its name in UTF-8 or CP932; comments. Stored or "
            "packed by Deflate, bzip2 or LZMA, and with the extra `archives` by PPMd, XZ or Zstandard; Deflate64 is "
            "named. With `--passwords`, what is stored or packed by Deflate and locked by ZipCrypto or AES.",
            "中のすべてのファイルとコメント。上限の範囲で入れ子も開き、ファイル名は UTF-8 と CP932 を読みます。"
            "無圧縮、Deflate、bzip2、LZMA と、追加機能 `archives` で PPMd、XZ、Zstandard。Deflate64 は記録します。"
            "`--passwords` で開けるのは、無圧縮か Deflate で、ZipCrypto か AES で暗号化されたものです。",
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
        is_endless=True,
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
    *_LIBARCHIVE,
    Format(
        LOCKED,
        "",
        Words(
            "An Office document with a password, where one of `--passwords` fits (extra `passwords`): docx, xlsx, "
            "pptx, doc and xls; ppt could not be tested, as no free program locks it. Locked OpenDocument files are "
            "named.",
            "パスワード付きの Office 文書。`--passwords` のいずれかで開けるもの(追加機能 `passwords`): docx、xlsx、"
            "pptx、doc、xls。ppt は、パスワードを付けられるフリーソフトがなく、未検証です。"
            "OpenDocument は記録するだけです。",
        ),
        MEMBER,
    ),
)
