"""The beginnings of binary files: the row that reads the format or, without one, the outcome that is honest for it."""

from __future__ import annotations

from piiscan.model import Outcome
from piiscan.piece import Problem

_MEDIA = Problem(Outcome.SKIPPED, "media")
_PROGRAM = Problem(Outcome.SKIPPED, "executable")


def _unsupported(name: str) -> Problem:
    return Problem(Outcome.UNSUPPORTED, name)


_PICTURE = "image:extract_image"
#: (offset, bytes, row or outcome), asked in this order where a file does not look like text.
SIGNATURES: tuple[tuple[int, bytes, str | Problem], ...] = (
    (0, b"PK\x03\x04", "archive:extract_zip"),
    (0, b"PK\x05\x06", "archive:extract_zip"),
    (0, b"PK\x07\x08", "archive:extract_zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole:extract_ole"),
    (0, b"\xdb\xa5", _unsupported("word2")),
    (0, b"\x09\x00\x04\x00", _unsupported("excel4")),
    (0, b"\x09\x02\x06\x00", _unsupported("excel4")),
    (0, b"\x09\x04\x06\x00", _unsupported("excel4")),
    (0, b"\x00\x00\x02\x00\x06\x04\x06\x00", _unsupported("lotus")),
    (0, b"\x00\x00\x1a\x00", _unsupported("lotus")),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", _unsupported("onenote")),
    (0, b"\xa1\x2f\xff\x43\xd9\xef\x76\x4c\x9e\xe2\x10\xea\x57\x22\x76\x5f", _unsupported("onenote")),
    (0, b"HWP Document File V", _unsupported("hwp")),
    (0, b"\x1f\x8b", "archive:extract_gzip"),
    (0, b"\x1f\x9d", "archives:extract_compress"),
    (0, b"BZh", "archive:extract_bzip2"),
    (0, b"\xfd7zXZ\x00", "archive:extract_xz"),
    (0, b"(\xb5/\xfd", "archives:extract_zstd"),
    (0, b"\x04\x22\x4d\x18", "archives:extract_lz4"),
    (0, b"7z\xbc\xaf\x27\x1c", "archives:extract_7z"),
    (0, b"Rar!\x1a\x07", "archives:extract_rar"),
    (2, b"-lh", "archives:extract_lzh"),
    (0, b"MSCF\x00", "archives:extract_cab"),
    (0, b"\xed\xab\xee\xdb", "archives:extract_rpm"),
    (0, b"070701", "archives:extract_cpio"),
    (0, b"070702", "archives:extract_cpio"),
    (0, b"070707", "archives:extract_cpio"),
    (0, b"\xc7\x71", "archives:extract_cpio"),
    (257, b"ustar", "archive:extract_tar"),
    (32769, b"CD001", "archives:extract_iso"),
    (0, b"SQLite format 3\x00", "sqlite:extract_sqlite"),
    (0, b"\x37\x7f\x06\x82", _unsupported("sqlite_log")),
    (0, b"\x37\x7f\x06\x83", _unsupported("sqlite_log")),
    (0, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", _unsupported("sqlite_log")),
    (4, b"Standard Jet DB", _unsupported("access")),
    (4, b"Standard ACE DB", _unsupported("access")),
    (0, b"\x78\x9f\x3e\x22", "tnef:extract_tnef"),
    *((at, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", "smime:extract_smime") for at in (2, 3, 4, 5, 6)),
    (0, b"!BDN", "pst:extract_pst"),
    (0, b"PAR1", "parquet:extract_parquet"),
    (0, b"PARE", Problem(Outcome.ENCRYPTED, "password")),
    (0, b"bplist00", "plist:extract_plist"),
    (0, b"\x89PNG\r\n\x1a\n", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF8", _PICTURE),
    (0, b"BM", _PICTURE),
    (0, b"II*\x00", _PICTURE),
    (0, b"MM\x00*", _PICTURE),
    (0, b"8BPS", _MEDIA),
    (0, b"\x00\x00\x01\x00", _MEDIA),
    (8, b"WEBP", _PICTURE),
    (0, b"RIFF", _MEDIA),
    (4, b"ftyp", _MEDIA),
    (0, b"\x1a\x45\xdf\xa3", _MEDIA),
    (0, b"ID3", _MEDIA),
    (0, b"\xff\xfb", _MEDIA),
    (0, b"\xff\xf3", _MEDIA),
    (0, b"\xff\xf1", _MEDIA),
    (0, b"OggS", _MEDIA),
    (0, b"fLaC", _MEDIA),
    (0, b"MThd", _MEDIA),
    (0, b"FLV\x01", _MEDIA),
    (0, b"\x00\x00\x01\xba", _MEDIA),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _MEDIA),
    (0, b"wOFF", _MEDIA),
    (0, b"wOF2", _MEDIA),
    (0, b"OTTO", _MEDIA),
    (0, b"ttcf", _MEDIA),
    (0, b"\x00\x01\x00\x00\x00", _MEDIA),
    (0, b"\x7fELF", _PROGRAM),
    (0, b"MZ", _PROGRAM),
    (0, b"\xfe\xed\xfa\xce", _PROGRAM),
    (0, b"\xfe\xed\xfa\xcf", _PROGRAM),
    (0, b"\xce\xfa\xed\xfe", _PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", _PROGRAM),
    (0, b"\xca\xfe\xba\xbe", _PROGRAM),
    (0, b"\x00asm", _PROGRAM),
)

#: What a zip holds that is an office document, and the suffix of the format where the name has none of it.
PACKAGES = (
    (b"word/", ".docx"),
    (b"xl/workbook.bin", ".xlsb"),
    (b"xl/", ".xlsx"),
    (b"ppt/", ".pptx"),
    (b"visio/", ".vsdx"),
)
#: How a document of OpenDocument begins: its kind is the first entry of the zip, not compressed.
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
PACKAGE_SUFFIXES = frozenset(
    ".docx .docm .dotx .dotm .xlsx .xlsm .xltx .xltm .xlsb .pptx .pptm .ppsx .ppsm .potx .potm".split()
)
#: Formats that may be pure ASCII: their text hides in streams, escapes or base64.
TEXT_SIGNATURES: tuple[tuple[bytes, str | Problem], ...] = (
    (b"!<arch>\n", "archives:extract_ar"),
    (b"%PDF-", "pdf:extract_pdf"),
    (b"\xef\xbb\xbf%PDF-", "pdf:extract_pdf"),
    (b"-----BEGIN PKCS7-----", "smime:extract_smime"),
    (b"-----BEGIN CMS-----", "smime:extract_smime"),
    (b"{\\rtf", "rtf:extract_rtf"),
)
UNREAD_SUFFIXES: dict[str, Problem] = {}
