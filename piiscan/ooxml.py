"""The XML of an Office document's parts, as elements: no part costs more than it should, nothing outside is loaded."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from xml.parsers import expat

from lxml import etree

from piiscan import possessive
from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A part up to so many bytes is parsed whole, at twice the speed; its tree takes some six times as much memory.
_WHOLE = 16_000_000
#: Expat keeps all elements that are open, however many: some 40 times their bytes.
_SILENT = 2_000_000
#: So many silent parts are remembered, by their digests and what they were asked for.
_REMEMBERED = 1024
_silent: set[tuple[bytes, frozenset[str], frozenset[str], frozenset[str]]] = set()
_VALUES = frozenset({"val", "value"})
_SAID = re.compile(rb">\s*+[^<\s]")


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
        root, is_broken = _parse(data)
        yield from _iter_outermost(root, names) if root is not None else ()
        if is_broken:
            yield Problem(Outcome.PARTIAL, "xml")
        if root is not None and not is_named(root, names):
            yield root


def find_blocks(data: bytes, names: frozenset[str]) -> list[etree._Element] | None:
    """Give what `iter_blocks` yields of a part that declares nothing, or None where it is not well-formed."""
    root, is_broken = _parse(data)
    if root is None or is_broken:
        return None
    return [root] if is_named(root, names) else [*_iter_outermost(root, names), root]


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


@lru_cache(maxsize=4)
def _silence(blocks: frozenset[str], told: frozenset[str], typed: frozenset[str]) -> re.Pattern[bytes]:
    """Give the expression for a part of tags only, spelled as they mostly are, without what tells something."""
    prefix, absent, named = r"(?:[\w.-]++:)?+", "|".join(sorted(blocks | typed)), "|".join(sorted(typed))

    def attributes(keys: frozenset[str]) -> str:
        return rf' {prefix}(?!(?:{"|".join(sorted(keys))})=)[\w.-]++="[^"<]*+"'

    other = rf"(?!(?:{absent})[\s/>])[\w.-]++(?:{attributes(told)})*+"
    empty = rf"(?:{named})(?=[\s/>])(?:{attributes(told | _VALUES)})*+"
    tag = rf"</?+{prefix}(?:{other}|{empty})/?+>\s*+"
    return possessive.compiled(rf"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>)?\s*(?:{tag})*+".encode())


def is_silent(data: bytes, blocks: frozenset[str], told: frozenset[str], typed: frozenset[str]) -> bool:
    """Tell, fast, that a part is well-formed and holds no text, no `blocks`, and none of the attributes `told`.

    Nor a value of the elements `typed`, in an attribute that is called so. False where it is not sure. There are large
    parts of that kind (styles, a theme) in every document, mostly those of the program that wrote it: what was told of
    a silent part is told of the same bytes again.
    """
    if len(data) > _SILENT or _SAID.search(data):
        return False
    key = blake2b(data, digest_size=32).digest(), blocks, told, typed
    if key in _silent:
        return True
    found = is_bare(data, blocks, told, typed)
    if found and len(_silent) < _REMEMBERED:
        _silent.add(key)
    return found


def is_bare(data: bytes, blocks: frozenset[str], told: frozenset[str], typed: frozenset[str]) -> bool:
    """Tell the same of what no other document holds."""
    if len(data) > _SILENT or not _silence(blocks, told, typed).fullmatch(data):
        return False
    try:
        expat.ParserCreate().Parse(data, True)  # noqa: FBT003 - all there is
    except expat.ExpatError:
        return False
    return True


def _parse(data: bytes) -> tuple[etree._Element | None, bool]:
    """Give the root as far as the part can be read, and whether that is not to its end."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    root: etree._Element | None = None
    with suppress(etree.XMLSyntaxError):
        root = etree.fromstring(data, parser)
    return root, root is None or _is_broken(parser.error_log)


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
