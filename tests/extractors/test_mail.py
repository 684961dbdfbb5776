"""Mail: every field, body and attachment is found, in every charset and transfer encoding, whatever is broken."""

from __future__ import annotations

import base64
import binascii
import quopri
import time
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.extractors import choose
from piiscan.model import Outcome
from piiscan.piece import Member, Problem, Segment, Table
from piiscan.transfer import decode_base64

if TYPE_CHECKING:
    from tests.extractors.conftest import Pieces, Read

ROW = "mail:extract_mail"
PHONE = "090-1234-0001"
JAPANESE = f"氏名：髙橋㈱①　電話：{PHONE}\n"


def bodies(pieces: Pieces) -> list[str]:
    return [segment.text for segment in pieces.segments if segment.part == "body"]


def fields(pieces: Pieces) -> dict[str, str]:
    return {segment.hint: segment.text for segment in pieces.segments if segment.part == "header"}


def members(pieces: Pieces) -> dict[str, bytes]:
    return {piece.name: piece.open().read() for piece in pieces if isinstance(piece, Member)}


def mail(body: bytes, kind: str = "text/plain", transfer: str = "8bit") -> bytes:
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {transfer}\n\n".encode() + body


def nested(levels: int) -> bytes:
    start = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(levels))
    end = b"".join(b"--b%d--\n" % n for n in reversed(range(levels)))
    return start + b"Content-Type: text/plain\n\n" + JAPANESE.encode() + end


def to_jis(text: str) -> bytes:
    """ISO-2022-JP as mail programs write it, NEC's row 13 and all."""
    cells = {"㈱": b"-j", "①": b"-!", "髙": b"|b"}
    return b"".join(
        char.encode() if char.isascii() else b"\x1b$B" + (cells.get(char) or _jis_cell(char)) + b"\x1b(B"
        for char in text
    )


def _jis_cell(char: str) -> bytes:
    return bytes(byte & 0x7F for byte in char.encode("euc-jp"))


def test_fields_are_text_with_their_name_as_hint(read: Read) -> None:
    source = "From: =?UTF-8?B?5bGx55Sw?= <taro@piiscan-demo.jp>\r\nSubject: =?utf-8?q?tel_=E9=9B=BB=E8=A9=B1?=\r\n\r\n"
    assert fields(read(ROW, source)) == {"From": "山田 <taro@piiscan-demo.jp>", "Subject": "tel 電話"}


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"])
def test_a_character_split_over_two_words_is_joined(read: Read, charset: str) -> None:
    data = "電話番号".encode(charset)
    words = " ".join(
        f"=?{charset}?B?{base64.b64encode(part).decode()}?="
        for part in (data[:4], data[4:])
        if charset != "iso-2022-jp"
    )
    words = words or "\r\n ".join(f"=?ISO-2022-JP?B?{base64.b64encode(to_jis(char)).decode()}?=" for char in "電話番号")
    assert fields(read(ROW, f"Subject: {words}\r\n\r\n")) == {"Subject": "電話番号"}


@pytest.mark.parametrize("data", [JAPANESE.encode(), to_jis(JAPANESE), JAPANESE.encode("cp932")])
def test_raw_fields_are_decoded_by_their_bytes(read: Read, data: bytes) -> None:
    assert fields(read(ROW, b"Subject: " + data.strip() + b"\n\n")) == {"Subject": JAPANESE.strip()}


def test_thirty_cc_addresses_are_thirty_rows(read: Read) -> None:
    people = [f'"山田 {n}, 営業" <cc{n:02}@piiscan-demo.jp>' for n in range(30)]
    source = "To: a@piiscan-demo.jp\nCc: " + ",\n ".join(people) + "\n\nx\n"
    pieces = read(ROW, source)
    to, cc = pieces.tables
    assert (to.part, to.headers, to.columns) == ("To", ("メール",), (("a@piiscan-demo.jp",),))
    assert (cc.part, cc.columns) == ("Cc", (tuple(f"cc{n:02}@piiscan-demo.jp" for n in range(30)),))
    assert cc.locate(0, 7, 0).line == 2
    assert [segment.text.split("\n")[29] for segment in pieces.segments if segment.part == "Cc"] == ["山田 29, 営業"]


def test_985_addresses_are_985_findings(read: Read) -> None:
    people = [f'"m{n}@piiscan-demo.jp" <m{n}@piiscan-demo.jp>' for n in range(985)]
    collector = Collector(Detector(ScanConfig(key=bytes(32), run_key=bytes(32))))
    for piece in read(ROW, "Cc: " + ",\r\n\t".join(people) + "\r\n\r\n"):
        if isinstance(piece, Segment | Table):
            collector.collect(piece)
    count = collector.figures.tally.shown["email"]
    assert (count.total, count.distinct) == (985, 985)


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("営業部: a@piiscan-demo.jp;", "a@piiscan-demo.jp", "営業部"),
        ("undisclosed-recipients:;", None, "undisclosed-recipients"),
        (
            "=?utf-8?b?44CMYUBwaWlzY2FuLWRlbW8uanDjgI0=?= <b@piiscan-demo.jp>",
            "b@piiscan-demo.jp",
            "「a@piiscan-demo.jp」",
        ),
        ('"open <c@piiscan-demo.jp>', "c@piiscan-demo.jp", "open"),
    ],
)
def test_what_is_no_address_of_a_list_is_text(read: Read, text: str, address: str | None, rest: str) -> None:
    pieces = read(ROW, f"Bcc: {text}\n\n")
    assert [table.columns for table in pieces.tables] == ([((address,),)] if address else [])
    assert [segment.text for segment in pieces.segments] == [rest]


def test_identifiers_and_signatures_are_left_out(read: Read) -> None:
    source = (
        "Message-ID: <1@piiscan-demo.jp>\nIn-Reply-To: <2@piiscan-demo.jp>\nReferences: <3@piiscan-demo.jp>\n"
        "DKIM-Signature: v=1; i=@piiscan-demo.jp\nARC-Seal: i=1\nContent-ID: <4@piiscan-demo.jp>\n"
        "Received: from a by b id 5@piiscan-demo.jp\n for <real@piiscan-demo.jp>; Mon\n\n"
    )
    assert read(ROW, source).texts == ["real@piiscan-demo.jp"]


@pytest.mark.parametrize("transfer", ["8bit", "base64", "quoted-printable", "x-uuencode"])
@pytest.mark.parametrize(
    ("label", "data"),
    [
        ("utf-8", JAPANESE.encode()),
        ("shift_jis", JAPANESE.encode("cp932")),
        ("iso-2022-jp", to_jis(JAPANESE)),
        ("us-ascii", to_jis(JAPANESE)),
        ("utf-8", JAPANESE.encode("cp932")),
        ("no-such", JAPANESE.encode()),
    ],
)
def test_bodies_are_read_in_every_charset(read: Read, transfer: str, label: str, data: bytes) -> None:
    pieces = read(ROW, mail(_encode(data, transfer), f'text/plain; charset="{label}"', transfer))
    assert bodies(pieces) == [JAPANESE]
    assert pieces.reasons == []


def _encode(data: bytes, transfer: str) -> bytes:
    if transfer == "base64":
        return base64.encodebytes(data)
    if transfer == "quoted-printable":
        return quopri.encodestring(data)
    if transfer == "x-uuencode":
        lines = [binascii.b2a_uu(data[n : n + 45]) for n in range(0, len(data), 45)]
        return b"begin 644 x\n" + b"".join(lines) + b"`\nend\n"
    return data


@pytest.mark.parametrize("label", ["utf-16", "utf-16le", "utf-7", "gb2312", "euc-kr", "big5", "iso-8859-1"])
def test_the_declared_charset_helps_where_bytes_do_not(read: Read, label: str) -> None:
    text = {"euc-kr": "전화번호 ", "big5": "電話號碼 ", "iso-8859-1": "un numéro de téléphone "}.get(
        label, "电话号码 "
    ) + PHONE
    data = base64.encodebytes(text.encode(label))
    assert PHONE in bodies(read(ROW, mail(data, f"text/plain; charset={label}", "base64")))[0]


def test_all_that_the_standard_library_writes_is_read(read: Read) -> None:
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["To"] = "お知らせ" * 20, "山田 <to@piiscan-demo.jp>"
    message.set_content(JAPANESE)
    message.add_alternative(f"<p>{PHONE}</p>", subtype="html")
    message.add_attachment("番号\n1\n".encode(), "text", "csv", filename="顧客一覧（最新）.csv")
    inner = EmailMessage()
    inner["Subject"] = "inside"
    inner.set_content(JAPANESE)
    message.add_attachment(inner)
    pieces = read(ROW, message.as_bytes())
    assert pieces.reasons == []
    assert fields(pieces)["Subject"] == "お知らせ" * 20
    assert [text.replace("\r\n", "\n") for text in bodies(pieces)] == [JAPANESE]
    found = members(pieces)
    assert list(found) == ["body.html", "顧客一覧（最新）.csv", "message.eml"]
    assert PHONE.encode() in found["body.html"]
    assert found["顧客一覧（最新）.csv"].decode() == "番号\n1\n"
    assert fields(read(ROW, found["message.eml"])) == {"Subject": "inside"}


@pytest.mark.parametrize(
    "parameter",
    [
        'filename="=?iso-2022-jp?B?GyRCTD5KbRsoQi5jc3Y=?="',
        "filename*=utf-8''%E5%90%8D%E7%B0%BF.csv",
        "filename*0*=utf-8''%E5%90%8D; filename*1*=%E7%B0%BF; filename*2=.csv",
        'filename="名簿.csv"',
    ],
)
def test_names_of_attachments_are_decoded(read: Read, parameter: str) -> None:
    source = f"Content-Type: text/csv\nContent-Disposition: attachment; {parameter}\n\nx,y\n"
    assert list(members(read(ROW, source))) == ["名簿.csv"]


def test_second_members_of_a_name_get_a_number(read: Read) -> None:
    part = "--b\nContent-Type: {}\n\nx\n"
    kinds = ("text/html", "text/html", "application/pdf", "application/x-y", "text/calendar", "application/ms-tnef")
    source = "Content-Type: multipart/mixed; boundary=b\n\n" + "".join(part.format(kind) for kind in kinds) + "--b--\n"
    assert list(members(read(ROW, source))) == [
        "body.html",
        "body-2.html",
        "part.pdf",
        "part",
        "part.ics",
        "part.tnef",
    ]


def test_what_stands_around_the_parts_is_text(read: Read) -> None:
    source = "Content-Type: multipart/mixed; boundary=b\n\nbefore\n--b\n\ninside\n--b--\nafter\n"
    assert [text.strip() for text in bodies(read(ROW, source))] == ["before", "inside", "after"]


@given(
    st.lists(st.sampled_from(["QUJD", "QU", "Q", "=", "==", "\n", "\r\n", "\r", " ", "-", "あ"]), max_size=12).map(
        "".join
    )
)
@settings(max_examples=200, deadline=None)
def test_base64_in_one_go_is_what_it_is_line_by_line(text: str) -> None:
    """A space behind the last line is allowed, and makes decoding go by lines."""
    by_line, at_once = decode_base64(text.encode() + b" "), decode_base64(text.encode())
    assert (by_line[0], by_line[1].rstrip(), by_line[2]) == (at_once[0], at_once[1].rstrip(), at_once[2])


def test_broken_base64_is_read_as_far_as_it_goes(read: Read) -> None:
    good = base64.encodebytes(JAPANESE.encode() * 3)
    pieces = read(ROW, mail(good + b"\n-- \nlist@piiscan-demo.jp\n" + b"QUJDR", transfer="base64"))
    assert pieces.reasons == ["base64"]
    assert bodies(pieces)[0].startswith(JAPANESE * 3)
    assert "list@piiscan-demo.jp" in bodies(pieces)[1]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (mail(b"090-1234-0001", transfer="x-own"), "transfer"),
        (mail(b"090-1234-0001", kind="multipart/mixed"), "boundary"),
        (mail(b"090-1234-0001\xff\xff\n"), "encoding"),
    ],
)
def test_what_is_not_understood_is_told_and_read(read: Read, source: bytes, reason: str) -> None:
    pieces = read(ROW, source)
    assert pieces.reasons == [reason]
    assert PHONE in bodies(pieces)[0]


@pytest.mark.parametrize("kind", ["application/pkcs7-mime; smime-type=enveloped-data", "application/octet-stream"])
def test_encrypted_parts_are_named(read: Read, kind: str) -> None:
    pieces = read(ROW, mail(b"-----BEGIN PGP MESSAGE-----\nabc\n", f'{kind}; name="x.bin"'))
    (member,) = [piece for piece in pieces if isinstance(piece, Member)]
    assert (member.name, member.problem) == ("x.bin", Problem(Outcome.ENCRYPTED, "password"))


def test_an_encrypted_body_and_a_signature(read: Read) -> None:
    assert list(read(ROW, mail(b"-----BEGIN PGP MESSAGE-----\nabc\n"))) == [Problem(Outcome.ENCRYPTED, "password")]
    assert list(read(ROW, mail(b"abc", "application/pgp-signature; name=signature.asc"))) == []


def test_fifty_levels_are_read_and_five_hundred_told(read: Read) -> None:
    assert read(ROW, nested(50)).reasons == []
    assert bodies(read(ROW, nested(50))) == [JAPANESE.rstrip("\n")]
    for levels in (500, 20_000):
        pieces = read(ROW, nested(levels))
        assert pieces.reasons == ["depth"]
        assert any(PHONE in text for text in bodies(pieces))


@pytest.mark.parametrize(
    "header",
    [
        b"Subject: " + b"x" * 4_000_000,
        b"X: y\n" * 600_000,
        b"Cc: " + b"a@piiscan-demo.jp,\n " * 75_000,
        b"Cc: " + b'"\\' * 100_000,
        b"Cc: " + b"a" * 500_000,
        b"Subject: " + b"=?" * 1_000_000,
        b"Subject: " + b"=?utf-8?Q?=E3?= " * 100_000,
        b"Content-Type: text/plain" + b';a="\\"' * 500_000,
        b"Received: " + b"for " * 500_000,
    ],
    ids=range(9),
)
def test_headers_of_megabytes_are_bounded(read: Read, header: bytes) -> None:
    started = time.process_time()
    pieces = read(ROW, header + b"\n\n" + PHONE.encode())
    assert any(PHONE in text for text in bodies(pieces)[-1:])
    assert time.process_time() - started < 7.5


def test_a_file_cut_short_is_read_to_its_end(read: Read) -> None:
    source = mail(b"--b\nContent-Type: text/plain\n\n" + PHONE.encode(), "multipart/mixed; boundary=b")
    assert bodies(read(ROW, source)) == [PHONE]
    assert read(ROW, source).reasons == ["boundary"]
    assert read(ROW, source + b"\n--b--").reasons == []
    assert read(ROW, mail(base64.b64encode(JAPANESE.encode())[:-2], transfer="base64")).reasons == ["base64"]
    assert read(ROW, b"Subject: x\nTo: a@pi").reasons == ["header"]
    assert read(ROW, b"") == []
    assert fields(read(ROW, b"\xef\xbb\xbfFrom: x")) == {"From": "x"}
    assert fields(read(ROW, b"From a Mon\nSubject: x\n")) == {"Subject": "x"}


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("a.eml", b"Subject: x\n\nabc", ROW),
        ("cur/1,S", b"Return-Path: <a>\r\nReceived: from a\r\n\tby b\r\nSubject: x\r\n\r\n", ROW),
        ("noname", b"Subject: x\nFrom: y\nCc: z,\n z\n\nabc", ROW),
        ("memo", b"From: x\n\nabc", "text:extract_text"),
    ],
)
def test_mail_is_chosen(name: str, head: bytes, row: str) -> None:
    assert choose(name, head) == row
