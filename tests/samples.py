"""A file of every format that is read: whole, small, and with somebody's number in it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from fixtures.documents import docx_of, pdf_of, xlsx_of, zip_of
from tests.extractors import (
    archivebuilder,
    msg_file,
    test_archives,
    test_cards,
    test_image,
    test_mbox,
    test_msg,
    test_notebook,
    test_office,
    test_parquet,
    test_plist,
    test_pptx,
    test_pst,
    test_smime,
    test_sqlite,
    test_tnef,
    test_xlsb,
)

PHONE = "090-8201-3344"
_ROWS = [["氏名", "電話番号"], *(["三浦 克己", PHONE] for _ in range(20))]
_TEXT = f"連絡先は三浦、電話 {PHONE} です。\n".encode() * 20
_CSV = "".join(f"{','.join(row)}\n" for row in _ROWS).encode()
_JSON = json.dumps([dict(zip(_ROWS[0], row, strict=True)) for row in _ROWS[1:]], indent=1).encode()
_XML = f"<people>{f'<person><tel>{PHONE}</tel></person>' * 20}</people>".encode()
_HTML = f"<html><body>{f'<p>電話 {PHONE}</p>' * 20}</body></html>".encode()
_SQL = b"INSERT INTO t (name, tel) VALUES " + b", ".join([b"('x', '%s')" % PHONE.encode()] * 20) + b";\n"
_MAIL = (
    'From: a@piiscan-demo.jp\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n電話 {PHONE}\r\n--b--\r\n"
).encode()
_LETTER = b"Subject: x\nTo: a@piiscan-demo.jp\n\n" + _TEXT
_EMLX = str(len(_LETTER)).encode() + b"\n" + _LETTER + b'<?xml version="1.0"?><plist><dict/></plist>\n'


def _tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(_TEXT)
        archive.addfile(entry, io.BytesIO(_TEXT))
    return stream.getvalue()


def _locked() -> bytes:
    plain, target = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["電話", PHONE])  # type: ignore[union-attr] # a new book has a sheet
    book.save(plain)
    OOXMLFile(plain).encrypt("x", target)
    return target.getvalue()


def samples() -> dict[str, bytes]:
    """Give the files by their names; what stands before the first dot is the extractor's name in docs/formats.md."""
    office = {name: test_office.content(name) for name in test_office.PLACES}
    return {
        "text.txt": _TEXT,
        "delimited.csv": _CSV,
        "json.json": _JSON,
        "har.har": json.dumps(test_notebook.HAR).encode(),
        "notebook.ipynb": json.dumps(test_notebook.BOOK).encode(),
        "sql.sql": _SQL,
        "xml.xml": _XML,
        "html.html": _HTML,
        "pdf.pdf": pdf_of([f"tel {PHONE}"] * 5),
        "docx.docx": docx_of("名簿", _ROWS),
        "pptx.pptx": test_pptx.deck(test_pptx.shape(f"電話 {PHONE}")),
        "xlsx.xlsx": xlsx_of("名簿", _ROWS),
        "ole.bin": office["text.doc"],
        "doc.doc": office["text.doc"],
        "xls.xls": office["sheet.xls"],
        "xlsb.xlsb": test_xlsb.pack(test_xlsb.PARTS),
        "ppt.ppt": office["slides.ppt.gz"],
        "rtf.rtf": office["text.rtf"],
        "odf.odt": office["text.odt"],
        "odf.ods": office["sheet.ods"],
        "odf.odp": office["slides.odp"],
        "flat.fodt": office["text.fodt"],
        "image.png": test_image.drawn(),
        "image.jpg": test_image.drawn("JPEG"),
        "mail.eml": _MAIL,
        "mbox.mbox": test_mbox.mailbox(5),
        "emlx.emlx": _EMLX,
        "msg.msg": msg_file.message_file(test_msg.mail(), test_msg.PEOPLE),
        "pst.pst": test_pst.whole(),
        "tnef.tnef": test_tnef.whole(),
        "smime.p7m": test_smime.signed(),
        "vcard.vcf": test_cards.CARD4.encode(),
        "calendar.ics": test_cards.EVENT.encode(),
        "ldif.ldif": test_cards.DIRECTORY.encode(),
        "sqlite.sqlite": test_sqlite._database(
            ("CREATE TABLE t (name TEXT, 電話 TEXT)", "INSERT INTO t VALUES ('x', '090-8201-3344')")
        ),
        "parquet.parquet": test_parquet.made(test_parquet.PEOPLE),
        "plist.plist": test_plist.made({**test_plist.CONTACTS, "写真": b"x"}),
        "zip.zip": zip_of({"a.txt": _TEXT, "b.csv": _CSV}),
        "tar.tar": _tar(),
        "gzip.gz": gzip.compress(_TEXT, mtime=0),
        "bzip2.bz2": bz2.compress(_TEXT),
        "xz.xz": lzma.compress(_TEXT),
        **{f"{kind}.{kind}": test_archives.ARCHIVES[kind] for kind in ("7z", "iso", "cpio", "cab", "rpm")},
        "lzh.lzh": test_archives.ARCHIVES["lzh2"],
        "rar.rar": test_archives.ARCHIVES["rar5"],
        "ar.a": archivebuilder.written(test_archives.ASCII, "ar_svr4"),
        "zstd.zst": test_archives.STREAMS["zst"],
        "lz4.lz4": test_archives.STREAMS["lz4"],
        "compress.Z": test_archives.PACKED["Z"],
        "locked.xlsx": _locked(),
    }
