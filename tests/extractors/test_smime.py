"""Signed mail is opened, encrypted mail is named, and nothing else passes for read."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from piiscan.config import ScanConfig
from piiscan.extractors import choose
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member, Problem
from piiscan.scan import merge, scan_content

if TYPE_CHECKING:
    from tests.extractors.conftest import Pieces, Read

ROW = "smime:extract_smime"
MESSAGE = "Content-Type: text/plain; charset=utf-8\r\n\r\n電話 090-8201-3344\r\n".encode()
SIGNED_DATA, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


@cache
def signer() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "piiscan demo")])
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(9))
    return builder.sign(key, hashes.SHA256()), key


@cache
def signed(*options: pkcs7.PKCS7Options, encoding: Encoding = Encoding.DER) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(MESSAGE).add_signer(*signer(), hashes.SHA256())
    return builder.sign(encoding, [pkcs7.PKCS7Options.Binary, *options])


@cache
def sealed() -> bytes:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(MESSAGE).add_recipient(signer()[0])
    return builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def streamed(levels: int = 1) -> bytes:
    """BER as programs write that do not know the length in advance, up to where the content ends."""
    parts = b"".join(b"\x04\x0a" + MESSAGE[at : at + 10] for at in range(0, len(MESSAGE) // 10 * 10, 10))
    rest = MESSAGE[len(MESSAGE) // 10 * 10 :]
    content = b"\x24\x80" * levels + parts + bytes((4, len(rest))) + rest + b"\0\0" * levels
    inner = b"\x30\x80" + DATA + b"\xa0\x80" + content + b"\0\0\0\0"
    return b"\x30\x80" + SIGNED_DATA + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + inner + b"\x31\x00" + b"\0\0" * 3


def members(pieces: Pieces) -> dict[str, bytes]:
    return {piece.name: piece.open().read() for piece in pieces if isinstance(piece, Member)}


@pytest.mark.parametrize(
    "data", [signed(), signed(encoding=Encoding.PEM), streamed(), streamed(9)], ids=["der", "pem", "ber", "nested"]
)
def test_what_was_signed_is_a_member(read: Read, data: bytes) -> None:
    pieces = read(ROW, data)
    assert members(pieces) == {"message.eml": MESSAGE}
    assert pieces.reasons == []
    assert choose("smime.p7m", data) == choose("x.bin", data) == ROW


def test_a_signature_of_something_else_holds_no_document(read: Read) -> None:
    assert read(ROW, signed(pkcs7.PKCS7Options.DetachedSignature)) == []


def test_what_is_encrypted_or_of_another_kind_is_named(read: Read) -> None:
    assert read(ROW, sealed()) == [Problem(Outcome.ENCRYPTED, "password")]
    assert read(ROW, b"\x30\x0d" + DATA + b"\xa0\x00") == [Problem(Outcome.UNSUPPORTED, "smime")]


@pytest.mark.parametrize("declared", ["smime-type=signed-data; ", ""])
def test_signed_mail_is_read_whatever_it_declares(declared: str) -> None:
    header = f'Content-Type: application/pkcs7-mime; {declared}name="smime.p7m"\nContent-Transfer-Encoding: base64\n\n'
    told = list(
        scan_content(
            FileRef("a.eml", "a.eml"),
            header.encode() + base64.encodebytes(signed()),
            ScanConfig(key=bytes(32), run_key=bytes(32)),
        )
    )
    report = told[-1]
    assert isinstance(report, FileReport)
    report = merge([part for part in told[:-1] if not isinstance(part, FileReport)], report)
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 2})
    (finding,) = report.findings
    assert (finding.location.member, finding.location.part) == (("smime.p7m", "message.eml"), "body")


@pytest.mark.parametrize("tenth", range(1, 11))
def test_what_was_cut_is_never_complete(read: Read, tenth: int) -> None:
    for data in (signed(), streamed()):
        pieces = read(ROW, data[: len(data) * tenth // 11])
        assert pieces.reasons == ["damaged"]
        assert all(MESSAGE.startswith(content) for content in members(pieces).values())


@pytest.mark.parametrize(
    "data", [b"\x30\x80" * 100_000, streamed(200), b"\x30\x89" + b"\xff" * 99, b"\x30", b"\x24\x80" * 9]
)
def test_what_is_nested_or_lies_is_bounded(read: Read, data: bytes) -> None:
    assert read(ROW, data).reasons == ["damaged"]
