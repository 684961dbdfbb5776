"""Properties that a PDF or a picture keeps as XML (XMP): title, authors, keywords, whatever its writers have added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from piiscan.model import Outcome
from piiscan.ooxml import is_xml, iter_blocks
from piiscan.pdfstreams import iter_unpacked
from piiscan.piece import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.pdfstreams import Stream

#: Bytes of one packet that are read; most of a usual one is room for changes.
_PACKET = 4 << 20
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML = "http://www.w3.org/XML/1998/namespace"
#: Names of the file's versions, made by programs.
_MACHINE = ("uuid:", "xmp.did:", "xmp.iid:", "adobe:docid:")


def iter_properties(source: BinaryIO, stream: Stream) -> Iterator[tuple[str, str] | Problem]:
    """Yield the properties with their names, and what could not be read; a packet that is encrypted gives none."""
    data = b""
    for chunk in iter_unpacked(source, stream):
        data += chunk
        if len(data) > _PACKET:
            yield Problem(Outcome.PARTIAL, "bytes")
            break
    yield from properties_of(data)


def properties_of(data: bytes) -> Iterator[tuple[str, str] | Problem]:
    """Yield the properties of a packet with their names; one that is no XML has none."""
    data = data[:_PACKET].strip(b" \t\r\n\0")
    if not is_xml(data):
        return
    root = None
    for found in iter_blocks(data, frozenset({"RDF"})):
        if isinstance(found, Problem):
            yield found
        elif root is None:  # the whole packet comes last
            root = found
    if root is not None:
        yield from _iter_texts(root)


def _iter_texts(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter(etree.Element):
        name = _name_of(element)
        for key, value in element.attrib.items():
            qualified, text = etree.QName(str(key)), str(value)
            is_said = qualified.namespace not in {None, _XML, _RDF}
            if (is_said or qualified.text == f"{{{_RDF}}}resource") and _is_telling(text):
                yield (qualified.localname if is_said else name), text.strip()
        if element.text and _is_telling(element.text):
            yield name, element.text.strip()


def _name_of(element: etree._Element) -> str:
    """Give the name of the property; the items of a list have none of their own."""
    node: etree._Element | None = element
    while node is not None and etree.QName(node).namespace == _RDF:
        node = node.getparent()
    return "" if node is None else etree.QName(node).localname


def _is_telling(text: str) -> bool:
    return bool(text.strip()) and not text.strip().startswith(_MACHINE)
