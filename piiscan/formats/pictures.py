"""Pictures."""

from __future__ import annotations

from piiscan.formats.row import Format, Words

ROWS: tuple[Format, ...] = (
    Format(
        "image:extract_image",
        "",
        Words(
            "PNG, JPEG, TIFF, BMP, GIF and WebP with `piiscan[ocr]`: titles, authors, comments and keywords (Exif, "
            "IPTC, XMP, text chunks), and what is seen, by Tesseract where it is installed with its Japanese data "
            "(Debian: tesseract-ocr-jpn, tesseract-ocr-jpn-vert); without these, pictures are skipped as media.",
            "PNG、JPEG、TIFF、BMP、GIF、WebP(`piiscan[ocr]` が必要)。タイトル、作成者、コメント、キーワード(Exif、"
            "IPTC、XMP、テキストチャンク)と、Tesseract とその日本語データ"
            "(Debian では tesseract-ocr-jpn、tesseract-ocr-jpn-vert)があれば"
            "画像の中の文字。なければ media としてスキップします。",
        ),
        Words("page, and line of what was read", "ページと、読み取った文字の行"),
        is_binary=True,
    ),
)
