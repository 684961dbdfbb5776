"""Specimens of mail, contacts and calendars: values in the subject, the sender, the attached file and its name."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from tests.extractors import test_tnef
from tests.extractors.msg_file import BODY, STRING, SUBJECT, Properties, attachment, message_file, recipient
from tests.extractors.pst_file import BINARY, LONG, Mail, pst_file
from tests.extractors.test_mbox import ENVELOPES
from tests.extractors.test_smime import signer
from tests.specimens.specimen import csv, lines

if TYPE_CHECKING:
    from tests.specimens.specimen import Fields, Specimens


def _first(fields: Fields) -> str:
    return next(iter(fields.values()))


def mail(fields: Fields) -> bytes:
    """Give a message."""
    message = EmailMessage()
    message["Subject"] = f"連絡先 {_first(fields)}"
    message["From"] = f'"{_first(fields)}" <hisho@piiscan-demo.jp>'
    message.set_content(lines(fields), charset="utf-8")
    message.add_attachment(csv(fields), maintype="text", subtype="csv", filename=f"{_first(fields)}.csv")
    return message.as_bytes()


def _mailbox(fields: Fields) -> bytes:
    return b"".join(ENVELOPES[0].encode() + b"\n" + mail(fields) + b"\n" for _ in range(2))


def _emlx(fields: Fields) -> bytes:
    content = mail(fields)
    return b"%d\n" % len(content) + content + b'<?xml version="1.0"?><plist version="1.0"><dict/></plist>\n'


def _outlook(fields: Fields) -> bytes:
    own: Properties = {
        (0x001A, STRING): "IPM.Note",
        (SUBJECT, STRING): f"連絡先 {_first(fields)}",
        (BODY, STRING): lines(fields),
    }
    people = [recipient(1, _first(fields), "hisho@piiscan-demo.jp")]
    return message_file(own, people, [attachment(f"{_first(fields)}.csv", csv(fields))])


def _store(fields: Fields) -> bytes:
    item = Mail(
        {(SUBJECT, STRING): f"連絡先 {_first(fields)}", (BODY, STRING): lines(fields)},
        [],
        [{(0x3705, LONG): 1, (0x3707, STRING): f"{_first(fields)}.csv", (0x3701, BINARY): csv(fields)}],
    )
    return pst_file({f"受信 {_first(fields)}": [item]})


def _winmail(fields: Fields) -> bytes:
    return test_tnef.tnef(
        test_tnef.attribute(0x18004, f"連絡先 {_first(fields)}".encode("cp932") + b"\0"),
        test_tnef.attribute(0x2800C, lines(fields).encode("cp932") + b"\0"),
        test_tnef.file("A.CSV", csv(fields), test_tnef.prop(0x3707, STRING, f"{_first(fields)}.csv")),
    )


def _signed(fields: Fields) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(mail(fields)).add_signer(*signer(), hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def _card(fields: Fields) -> bytes:
    note = lines(fields).replace("\n", "\\n")
    return f"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:{_first(fields)}\r\nNOTE:{note}\r\nEND:VCARD\r\n".encode()


def _calendar(fields: Fields) -> bytes:
    note = lines(fields).replace("\n", "\\n")
    event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:面談 {_first(fields)}\r\nDESCRIPTION:{note}\r\nEND:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n".encode()


def _directory(fields: Fields) -> bytes:
    told = "".join(f"description: {line}\n" for line in lines(fields).splitlines())
    return f"version: 1\n\ndn: cn=a,dc=piiscan-demo\nobjectClass: person\n{told}".encode()


SPECIMENS: dict[str, Specimens] = {
    "mail:extract_mail": {"letter.eml": mail},
    "mbox:extract_mbox": {"box.mbox": _mailbox},
    "mbox:extract_emlx": {"1.emlx": _emlx},
    "msg:extract_msg": {"letter.msg": _outlook},
    "pst:extract_pst": {"store.pst": _store},
    "tnef:extract_tnef": {"winmail.dat": _winmail},
    "smime:extract_smime": {"smime.p7m": _signed},
    "vcard:extract_vcard": {"people.vcf": _card},
    "calendar:extract_calendar": {"dates.ics": _calendar},
    "ldif:extract_ldif": {"people.ldif": _directory},
}
