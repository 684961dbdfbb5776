"""The package of an Office document: a zip of XML parts, opened so that no document costs more than it should.

All parts are read, also those that no relationship reaches: what lies in the file is in the file. That, no limit on
what a part unpacks to, and one missing part ending the reading, are why the packages of python-docx and its like
are not asked. Sizes that the zip declares are not believed; nothing is written, and nothing outside is loaded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from piiscan.model import Outcome
from piiscan.overlap import has_overlap
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

_CHUNK = 1 << 16
#: A part up to so many bytes is parsed whole, at twice the speed; its tree takes some six times as much memory.
_WHOLE = 16_000_000
_STORED_OR_DEFLATED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the only ones a package may use
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_MEDIA = frozenset(
    "png jpg jpeg jpe gif bmp tif tiff emf wmf wdp jxr ico webp mp3 mp4 m4a m4v mov avi wav wma wmv mpg mpeg odttf"
    " fntdata ttf".split()
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost: real bytes of one part and of all, and how many parts it has."""

    part: int = 100_000_000
    document: int = 500_000_000
    parts: int = 20_000


class Part(NamedTuple):
    """A part: its name in the package and its bytes, unpacked."""

    name: str
    data: bytes


_DEFAULT = Limits()


def make_seekable(stream: BinaryIO, limits: Limits = _DEFAULT) -> BinaryIO:
    """Give `stream` itself or, where it only goes forward, a copy in memory."""
    return stream if stream.seekable() else io.BytesIO(stream.read(limits.document + 1))


def iter_parts(
    stream: BinaryIO, limits: Limits = _DEFAULT, wanted: Callable[[str], bool] = bool
) -> Iterator[Part | Problem]:
    """Yield the parts whose names are `wanted`, but no pictures, sound and fonts; damaged ones as far as they go."""
    source = make_seekable(stream, limits)
    if not source.read(1):
        return
    source.seek(0)
    try:
        package = zipfile.ZipFile(source)
    except _DAMAGE:
        yield Problem(Outcome.PARTIAL, "damaged")
        return
    with package:
        entries = package.infolist()
        if len(entries) > limits.parts:
            yield Problem(Outcome.PARTIAL, "entries")
        elif has_overlap(entries, package.start_dir):
            yield Problem(Outcome.PARTIAL, "overlap")
        else:
            yield from _iter_entries(package, [entry for entry in entries if wanted(entry.filename)], limits)


def is_xml(data: bytes) -> bool:
    """Tell whether a part's bytes begin as XML does."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n\0")[:1] == b"<" or data.startswith((b"\xff\xfe<", b"\xfe\xff\0<"))


def iter_blocks(data: bytes, names: frozenset[str]) -> Iterator[etree._Element | Problem]:
    """Yield the outermost elements called `names`, in any namespace; last the root, as far as it is well-formed.

    A large part is read in a stream: a block is emptied when the next one is asked for. A part that declares anything
    (a DTD is what entity bombs are made of, and no package may hold one) is refused.
    """
    if _declares(data):
        yield Problem(Outcome.PARTIAL, "entities")
    elif len(data) > _WHOLE:
        yield from _stream_blocks(data, names)
    else:
        parser = etree.XMLParser(recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        root: etree._Element | None = None
        with suppress(etree.XMLSyntaxError):
            root = etree.fromstring(data, parser)
        yield from _iter_outermost(root, names) if root is not None else ()
        if root is None or _is_broken(parser.error_log):
            yield Problem(Outcome.PARTIAL, "xml")
        if root is not None and not is_named(root, names):
            yield root


def iter_outside(root: etree._Element, names: frozenset[str]) -> Iterator[tuple[etree._Element | None, str]]:
    """Yield the elements, comments and instructions that are in no block, each with the text behind it.

    Of a block comes only the text behind it, with None.
    """
    if is_named(root, names):
        return
    yield root, ""
    stack = [iter(root)]
    while stack:
        for element in stack[-1]:
            if is_named(element, names):
                if element.tail:
                    yield None, element.tail
                continue
            yield element, element.tail or ""
            if len(element):
                stack.append(iter(element))
                break
        else:
            stack.pop()


@lru_cache(maxsize=1024)  # tags are the document's, and may be any number
def local_name(tag: str) -> str:
    """Give the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


@lru_cache(maxsize=1024)
def _is_in(tag: object, names: frozenset[str]) -> bool:
    return isinstance(tag, str) and local_name(tag) in names


def is_named(element: etree._Element, names: frozenset[str]) -> bool:
    """Tell whether an element (no comment, no instruction) has one of the names."""
    return _is_in(element.tag, names)


_SAYS_SOMETHING = etree.XPath("boolean(//text()[normalize-space()] | //comment() | //processing-instruction())")


def is_silent(root: etree._Element, data: bytes, elements: frozenset[str], attributes: frozenset[str]) -> bool:
    """Tell, fast, that a part holds no text, nor any of the elements or attributes; False where it is not sure."""
    if b"\0" in data or b" =" in data or any(name.encode() + b"=" in data for name in attributes):
        return False
    return not _SAYS_SOMETHING(root) and not any(_is_in(tag, elements) for tag in {each.tag for each in root.iter()})


def _iter_outermost(element: etree._Element, names: frozenset[str]) -> Iterator[etree._Element]:
    """Yield blocks; no deeper than libxml2 lets elements nest."""
    if is_named(element, names):
        yield element
    elif names:
        for child in element:
            if _is_in(child.tag, names):
                yield child
            elif len(child):
                yield from _iter_outermost(child, names)


def _stream_blocks(data: bytes, names: frozenset[str]) -> Iterator[etree._Element | Problem]:
    wild = tuple(f"{{*}}{name}" for name in sorted(names)) or ("{-}-",)
    options = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    context = etree.iterparse(io.BytesIO(data), events=("end",), tag=wild, recover=True, **options)
    with suppress(etree.XMLSyntaxError):
        for _, element in context:
            if next(element.iterancestors(*wild), None) is None:
                yield element
                _drop(element, names)
    if context.root is None or _is_broken(context.error_log):
        yield Problem(Outcome.PARTIAL, "xml")
    if context.root is not None and not is_named(context.root, names):
        yield context.root


def _drop(element: etree._Element, names: frozenset[str]) -> None:
    """Forget a block that was read, and the one before it: the parser still needs the last."""
    tail = element.tail
    element.clear()
    element.tail = tail
    previous, parent = element.getprevious(), element.getparent()
    if previous is None or parent is None or not is_named(previous, names) or (previous.tail or "").strip():
        return
    parent.remove(previous)


def _is_broken(log: Iterable[etree._LogEntry]) -> bool:
    return any(entry.level_name == "FATAL" for entry in log)


def _declares(data: bytes) -> bool:
    # XML begins with "<" or a mark, so that two bytes a character show.
    is_wide = b"\0" in data[:4] or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    encodings = ("utf-16-le", "utf-16-be") if is_wide else ("utf-8",)
    return any(mark.encode(encoding) in data for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in encodings)


def _iter_entries(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits) -> Iterator[Part | Problem]:
    left = limits.document
    for entry in entries:
        if entry.is_dir() or PurePosixPath(entry.filename).suffix.lower()[1:] in _MEDIA:
            continue
        if entry.flag_bits & 1:
            yield Problem(Outcome.ENCRYPTED, "password")
            continue
        if entry.compress_type not in _STORED_OR_DEFLATED:
            yield Problem(Outcome.PARTIAL, "compression")
            continue
        cap = min(left, limits.part)
        data, reason = _unpack(package, entry, cap)
        left -= len(data)
        if reason:
            yield Problem(Outcome.PARTIAL, reason)
        if data:
            yield Part(entry.filename, data)
        if left <= 0:
            return


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, cap: int) -> tuple[bytes, str]:
    """Give the bytes of an entry, as many as can be had, and why they are not all."""
    chunks: list[bytes] = []
    size = 0
    try:
        with package.open(entry) as unpacked:
            while chunk := unpacked.read(_CHUNK):
                chunks.append(chunk[: cap - size])
                size += len(chunk)
                if size > cap:
                    return b"".join(chunks), "bytes"
    except _DAMAGE:
        return b"".join(chunks), "damaged"
    return b"".join(chunks), ""
