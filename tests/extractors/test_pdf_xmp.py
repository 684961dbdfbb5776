"""Properties that a PDF keeps as XML."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from fixtures.documents import pdf_file as write
from piiscan import pdfxmp
from tests.extractors.raw_pdf import write_stream

if TYPE_CHECKING:
    from tests.extractors.conftest import Read

ROW = "pdf:extract_pdf"
MOBILE = "090-1234-5678"
PACKET = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Toolkit 1"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:my="http://example.com/my/" xmlns:mm="http://ns.adobe.com/xap/1.0/mm/" my:tel="{MOBILE}" mm:DocumentID="uuid:0">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">申込書</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>見本 花子</rdf:li></rdf:Seq></dc:creator>
<pdf:Keywords>03-1234-5678</pdf:Keywords><my:link rdf:resource="mailto:hanako@piiscan-demo.jp"/>
</rdf:Description></rdf:RDF></x:xmpmeta>
{" " * 2000}<?xpacket end="w"?>""".encode()
FOUND = [
    ("tel", MOBILE),
    ("title", "申込書"),
    ("creator", "見本 花子"),
    ("Keywords", "03-1234-5678"),
    ("link", "mailto:hanako@piiscan-demo.jp"),
]
_ENTRIES = b"/Type /Metadata /Subtype /XML "


def _with(data: bytes, entries: bytes = _ENTRIES, author: str = "") -> bytes:
    return write(
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 3 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        write_stream(data, entries),
        b"<< /Type /Page /Parent 2 0 R >>",
        b"<< /Author <feff%b> >>" % author.encode("utf-16-be").hex().encode(),
    ).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 5 0 R")


def _properties(read: Read, data: bytes) -> list[tuple[str, str]]:
    return [(one.hint, one.text) for one in read(ROW, data).segments if one.part == "properties"]


@pytest.mark.parametrize(
    "data", [_with(PACKET), _with(zlib.compress(PACKET), _ENTRIES + b"/Filter /FlateDecode")], ids=["plain", "packed"]
)
def test_properties_as_xml_are_read(read: Read, data: bytes) -> None:
    assert _properties(read, data) == FOUND
    assert read(ROW, data).reasons == []


def test_what_the_info_dictionary_says_is_not_said_again(read: Read) -> None:
    properties = _properties(read, _with(PACKET, author="見本 花子"))
    assert properties == [("Author", "見本 花子"), *(one for one in FOUND if one[0] != "creator")]


def test_entities_are_refused(read: Read) -> None:
    data = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PACKET.replace(MOBILE.encode(), b"&a;")
    pieces = read(ROW, _with(data))
    assert pieces.reasons == ["entities"]
    assert pieces.texts == []


def test_a_packet_that_is_too_large_is_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfxmp, "_PACKET", len(PACKET) - 2100)
    pieces = read(ROW, _with(PACKET))
    assert pieces.reasons == ["bytes", "xml"]
    assert MOBILE in pieces.texts


def test_a_packet_that_is_no_xml_is_left(read: Read) -> None:
    assert list(read(ROW, _with(b"\x80\x81 encrypted"))) == []
