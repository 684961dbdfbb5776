"""Specimens of archives and packed files: a value in the name of a member, and all in what it holds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import partial
from typing import TYPE_CHECKING

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from tests.extractors import archivebuilder as build
from tests.specimens.specimen import csv, lines, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.specimens.specimen import Fields, Specimens

#: What opens the locked specimen.
PASSWORD = "Rengoku7"  # noqa: S105 - of a specimen


def _members(fields: Fields) -> dict[str, bytes]:
    first = next(iter(fields.values()))
    return {f"{first}/{first}.csv": csv(fields), "a.txt": lines(fields).encode()}


def _zip(fields: Fields) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _members(fields).items():
            archive.writestr(name, content)
        archive.comment = lines(fields).encode()
    return stream.getvalue()


def _tar(fields: Fields) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in _members(fields).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def _written(kind: str, fields: Fields) -> bytes:
    return build.written(_members(fields), kind)


def _ar(fields: Fields) -> bytes:
    return build.written({"a.txt": lines(fields).encode()}, "ar_svr4")


def _packed(packing: str, fields: Fields) -> bytes:
    return build.written({"data": lines(fields).encode() * 3}, "raw", packing)


def _squeezed(pack: Callable[[bytes], bytes], fields: Fields) -> bytes:
    return pack(lines(fields).encode())


def _locked(fields: Fields) -> bytes:
    book, plain, target = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    sheet = book.create_sheet("名簿")
    for row in rows(fields):
        sheet.append(row)
    book.save(plain)
    OOXMLFile(plain).encrypt(PASSWORD, target)
    return target.getvalue()


SPECIMENS: dict[str, Specimens] = {
    "archive:extract_zip": {"a.zip": _zip},
    "archive:extract_tar": {"a.tar": _tar},
    "archive:extract_gzip": {"a.txt.gz": partial(_squeezed, gzip.compress)},
    "archive:extract_bzip2": {"a.txt.bz2": partial(_squeezed, bz2.compress)},
    "archive:extract_xz": {"a.txt.xz": partial(_squeezed, lzma.compress)},
    "archives:extract_7z": {"a.7z": partial(_written, "7zip")},
    "archives:extract_lzh": {"a.lzh": lambda fields: build.lzh(_members(fields), 2)},
    "archives:extract_rar": {
        "a.rar": lambda fields: build.rar5(_members(fields)),
        "b.rar": lambda fields: build.rar4(_members(fields)),
    },
    "archives:extract_iso": {"a.iso": partial(_written, "iso9660")},
    "archives:extract_cab": {"a.cab": lambda fields: build.cab(_members(fields))},
    "archives:extract_ar": {"a.deb": _ar},
    "archives:extract_cpio": {"a.cpio": partial(_written, "cpio_newc")},
    "archives:extract_rpm": {"a.rpm": lambda fields: build.rpm(_members(fields))},
    "archives:extract_zstd": {"a.txt.zst": partial(_packed, "zstd")},
    "archives:extract_lz4": {"a.txt.lz4": partial(_packed, "lz4")},
    "archives:extract_compress": {"a.txt.Z": partial(_packed, "compress")},
    "locked:extract_locked": {"locked.xlsx": _locked},
}
