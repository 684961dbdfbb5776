"""Mail (.eml, .mht): header fields, text bodies, and every other part as a member.

Recipients come as a table, one address a row, under the name of their field: each is one finding. The rest of
such a field (names, groups, what has no address) is text. Lines count from the top of the header, or within
the decoded body.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from piiscan.blocks import Blocks, iter_segments
from piiscan.fields import parse_parameters
from piiscan.mailheader import iter_field
from piiscan.mime import Entity, iter_entities
from piiscan.model import Outcome
from piiscan.piece import Member, Problem
from piiscan.transfer import decode_transfer, iter_decoded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

# fmt: off
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/csv": ".csv", "text/tab-separated-values": ".tsv",
    "text/xml": ".xml", "application/xml": ".xml", "application/json": ".json", "application/pdf": ".pdf",
    "application/zip": ".zip", "image/svg+xml": ".svg",
    "text/calendar": ".ics", "text/x-vcalendar": ".vcs", "text/vcard": ".vcf", "text/x-vcard": ".vcf",
    "text/directory": ".vcf", "text/rtf": ".rtf", "application/rtf": ".rtf", "application/ms-tnef": ".tnef",
    "application/vnd.ms-outlook": ".msg", "application/mbox": ".mbox",
    "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m",
    "message/rfc822": ".eml", "message/global": ".eml", "text/rfc822-headers": ".eml",
}
# fmt: on
_MESSAGES = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
# A detached signature holds no document; it would make every signed mail one that was not read.
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_ENVELOPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SEALED = frozenset({"enveloped-data", "authenveloped-data"})
_ENCRYPTED = Problem(Outcome.ENCRYPTED, "password")
_PGP = b"-----BEGIN PGP MESSAGE-----"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")


def extract_mail(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the fields, texts and members of a message; its parts' own headers too."""
    names: Counter[str] = Counter()
    for entity in iter_entities(stream):
        if isinstance(entity, Problem):
            yield entity
            continue
        for field in entity.fields:
            yield from iter_field(field)
        yield from _body_pieces(entity, names)


def _body_pieces(entity: Entity, names: Counter[str]) -> Iterator[Piece]:
    kind, parameters = parse_parameters(entity.get("content-type"))
    disposition, named = parse_parameters(entity.get("content-disposition"))
    file_name = named.get("filename") or parameters.get("name") or ""
    if kind.startswith("multipart/"):
        # What stands in front of the parts is text, whatever the header says of them.
        yield from _text_pieces(entity.body, "")
        return
    encoding = entity.get("content-transfer-encoding").partition(";")[0].strip().lower()
    data, strange, problem = decode_transfer(entity.body, encoding)
    if problem:
        yield problem
    is_text = not kind or kind.startswith(("text/", "message/")) or "/" not in kind
    if kind in _SIGNATURES:
        pass
    elif not file_name and disposition != "attachment" and is_text and kind not in _SUFFIXES:
        yield from _text_pieces(data, parameters.get("charset", ""))
    elif data.strip():
        yield _member(_member_name(kind, file_name, names), kind, parameters, data)
    if strange.strip():
        yield from _text_pieces(strange, "")


def _text_pieces(data: bytes, declared: str) -> Iterator[Piece]:
    if not data.strip():
        return
    if data.lstrip().startswith(_PGP):
        yield _ENCRYPTED
        return
    yield from iter_segments(iter_decoded(data, declared), Blocks(part="body"))


def _member(name: str, kind: str, parameters: dict[str, str], data: bytes) -> Member:
    is_sealed = data.lstrip().startswith(_PGP) or (
        kind in _ENVELOPES and parameters.get("smime-type", "").lower() in _SEALED
    )
    return Member(name, partial(io.BytesIO, data), _ENCRYPTED if is_sealed else None)


def _member_name(kind: str, file_name: str, names: Counter[str]) -> str:
    """Name a part as its sender did, else by its kind; a second of the same name gets a number."""
    suffix = _SUFFIXES.get(kind, "")
    stem = {".html": "body", ".eml": "message"}.get(suffix, "part")
    name = _UNSAFE.sub("", file_name) or stem + suffix
    if kind in _MESSAGES and not name.lower().endswith(".eml"):
        name += ".eml"
    names[name] += 1
    if names[name] == 1:
        return name
    front, dot, end = name.rpartition(".")
    return f"{front}-{names[name]}.{end}" if dot and front else f"{name}-{names[name]}"
