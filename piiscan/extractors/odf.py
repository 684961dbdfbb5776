"""OpenDocument files (LibreOffice, OpenOffice): text, sheets, slides and drawings, in a package or flat.

Every part is read: styles with headers and footers, properties, scripts. Objects inside are members. The XML may
declare nothing, so that no entity is ever expanded, and what is unpacked is counted as for other Office documents.
"""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from piiscan.grids import iter_table
from piiscan.model import Outcome
from piiscan.odftext import OdfText
from piiscan.ooxml import is_xml, iter_blocks
from piiscan.package import Package, UnreadableError, iter_members, make_seekable, open_package, read_most
from piiscan.paragraphs import iter_pieces
from piiscan.piece import Member, Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from piiscan.piece import Piece

_MANIFEST, _KIND = "META-INF/manifest.xml", "mimetype"
_ENCRYPTED = b"encryption-data"
_SHEETS = b"opendocument.spreadsheet"
#: Parts that hold nothing of anybody: how the document looks, and what the package is made of.
_LEFT_OUT = ("ObjectReplacements/", "Thumbnails/", _MANIFEST, _KIND, "manifest.rdf", "layout-cache")
_PARTS = {"content.xml": "body", "styles.xml": "master", "meta.xml": "properties"}
_SETTINGS = "settings.xml"
#: A template of styles has no text of its own.
_BODIES = frozenset({"content.xml", "styles.xml"})
_PICTURES = (".svm", ".svg")
_LARGEST_FLAT = 100_000_000


def extract_odf(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text, tables and objects of the document in `stream`."""
    package = open_package(make_seekable(stream))
    if not isinstance(package, Package):
        yield from [package] if package else ()
        return
    entries = {entry.filename: entry for entry in package.list_entries()}
    kind, manifest = (b"".join(_unpack(package, entries[at])) if at in entries else b"" for at in (_KIND, _MANIFEST))
    if _ENCRYPTED in manifest:
        yield Problem(Outcome.ENCRYPTED, "password")
        return
    if not _BODIES & entries.keys():
        yield Problem(Outcome.PARTIAL, "damaged")
    folders = {at.removesuffix("content.xml") for at in entries if at.endswith("/content.xml")}
    objects: dict[str, list[zipfile.ZipInfo]] = {}
    for at, entry in entries.items():
        folder = f"{at.partition('/')[0]}/"
        if folder in folders:
            objects.setdefault(folder, []).append(entry)
        elif not at.startswith(_LEFT_OUT) and not (at.startswith("Pictures/") and at.endswith(_PICTURES)):
            yield from _iter_part(package, entry, is_sheet=_SHEETS in kind)
    for folder, own in objects.items():
        yield Member(folder.rstrip("/"), partial(_open_object, package, folder, own))


def extract_flat(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the text and tables of a document that is one file of XML."""
    data = read_most(stream, _LARGEST_FLAT + 1)
    if len(data) > _LARGEST_FLAT:
        yield Problem(Outcome.PARTIAL, "bytes")
    if data:
        yield from OdfText(is_sheet=_SHEETS in data[:4096]).iter_pieces(data[:_LARGEST_FLAT])


def _unpack(package: Package, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what can be had of a part, for a look at it; that it is damaged is told when it is read."""
    try:
        yield from package.unpack(entry)
    except UnreadableError:
        return


def _iter_part(package: Package, entry: zipfile.ZipInfo, *, is_sheet: bool) -> Iterator[Piece]:
    chunks: list[bytes] = []
    try:
        chunks.extend(package.unpack(entry))
    except UnreadableError as error:
        yield error.problem
    name, data = entry.filename, b"".join(chunks)
    if not data:
        return
    if name in _PARTS:
        yield from OdfText(_PARTS[name], is_sheet).iter_pieces(data)
    elif name == _SETTINGS:
        yield from _iter_settings(data)
    elif is_xml(data):
        yield from iter_pieces(data, "other", iter_table)
    else:
        yield from iter_members(name, partial(io.BytesIO, data))


def _iter_settings(data: bytes) -> Iterator[Segment | Problem]:
    """Yield the settings that are words: numbers are measures, and printers keep theirs as a blob."""
    for item in iter_blocks(data, frozenset({"config-item"})):
        if isinstance(item, Problem):
            yield item
            continue
        values = {str(key).rpartition("}")[2]: str(value) for key, value in item.items()}
        text = (item.text or "").strip()
        if text and values.get("type") == "string" and values.get("name") != "PrinterSetup":
            yield Segment(text, part="settings", hint=values.get("name", ""), first_line=None)


def _open_object(package: Package, folder: str, entries: list[zipfile.ZipInfo]) -> BinaryIO:
    """Give an object that lies in a folder as a document of its own."""
    contents: Mapping[str, bytes] = {
        entry.filename.removeprefix(folder): b"".join(_unpack(package, entry)) for entry in entries
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        is_sheet = b"<office:spreadsheet" in contents.get("content.xml", b"")
        kind = "spreadsheet" if is_sheet else "text"
        archive.writestr(_KIND, f"application/vnd.oasis.opendocument.{kind}")
        for name, content in contents.items():
            archive.writestr(name, content)
    data.seek(0)
    return data
