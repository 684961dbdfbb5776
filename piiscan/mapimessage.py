"""A message as MAPI knows it, whatever it was stored in (msg, TNEF, pst): its pieces, in the shapes that mail has.

Every text of the message is read: those that people know by what they are called, contacts as a row, and all others
as properties. A text that was read once, such as the subject as the topic, is not read again.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from piiscan.blocks import Blocks, iter_segments
from piiscan.compressedrtf import decompress_rtf
from piiscan.fields import Recipient, decode_words, split_recipients, unfold
from piiscan.mailheader import iter_field, iter_recipients
from piiscan.mapi import number_of, text_of
from piiscan.mime import Entity, iter_entities
from piiscan.model import Outcome
from piiscan.piece import Member, Place, Problem, Segment, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from typing import BinaryIO

    from piiscan.mapi import Values
    from piiscan.mime import Field
    from piiscan.piece import Piece

_SUBJECT, _HEADERS, _BODY, _RTF, _HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
_TO, _CC, _BCC = 0x0E04, 0x0E03, 0x0E02
_NAME, _ADDRESS, _SMTP, _KIND = 0x3001, 0x3003, 0x39FE, 0x0C15
_LONG_NAME, _SHORT_NAME, _SUFFIX = 0x3707, 0x3704, 0x3703
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
#: The name and the addresses of those who wrote, by what mail calls them.
_WRITERS = {"From": ((0x0042,), (0x5D02, 0x0065)), "Sender": ((0x0C1A,), (0x5D01, 0x0C1F))}
#: Properties of a contact, and what forms call them.
_CONTACT = {
    0x3001: "氏名", 0x3A11: "姓", 0x3A06: "名", 0x3A42: "生年月日", 0x3A16: "会社名", 0x3A18: "部署", 0x3A17: "役職",
    0x3A08: "電話番号", 0x3A1B: "電話番号2", 0x3A09: "自宅電話", 0x3A2F: "自宅電話2", 0x3A1C: "携帯電話",
    0x3A1A: "電話", 0x3A1F: "連絡先電話番号", 0x3A24: "FAX", 0x3A25: "自宅FAX", 0x3A23: "FAX番号",
    0x3A15: "住所", 0x3A2A: "郵便番号", 0x3A28: "都道府県", 0x3A27: "市区町村", 0x3A29: "番地",
    0x3A5B: "自宅郵便番号", 0x3A5C: "自宅都道府県", 0x3A59: "自宅市区町村", 0x3A5D: "自宅番地",
    0x3A48: "配偶者氏名", 0x3A58: "子の氏名",
}  # fmt: skip
#: Identifiers and words of the program: no text of anybody's.
_LEFT_OUT = frozenset({
    0x001A, 0x003D, 0x1035, 0x1039, 0x1042, 0x0064, 0x0075, 0x0077, 0x0C1E, 0x3002, 0x300B, 0x370B, 0x370E, 0x3712,
    0x3713, 0x10F3, 0x3FF8, 0x66C3, 0x6827,
})  # fmt: skip
_WRITTEN = frozenset({"from", "sender"})
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")
_DAMAGED = Problem(Outcome.PARTIAL, "damaged")


class Attachment(NamedTuple):
    """A file at a message: its properties, how it is opened, and what it is where its name does not say (`.msg`)."""

    values: Values
    open: Callable[[], BinaryIO]
    suffix: str = ""
    problem: Problem | None = None


@dataclass(slots=True)
class Message:
    """The properties of a message and of its recipients."""

    values: Values
    recipients: Sequence[Values] = ()
    _read: set[str] = field(default_factory=set)

    def pieces(self) -> Iterator[Piece]:
        """Yield all but the attachments."""
        addresses = yield from self._recipients()
        for name, (names, mails) in _WRITERS.items():
            who, mail = text_of(self.values, *names), text_of(self.values, *mails)
            if text := f"{who} <{mail}>" if mail and mail != who else who:
                yield from self._once(text, "header", name)
            self._read |= {who, mail}
            addresses.add(mail.lower())
        yield from self._once(text_of(self.values, _SUBJECT), "header", "Subject")
        yield from self._header_fields(addresses)
        yield from self._contact()
        yield from self._others()
        yield from self._bodies()

    def _once(self, text: str, part: str, hint: str) -> Iterator[Piece]:
        if text.strip() and text not in self._read:
            self._read.add(text)
            yield Segment(text, part=part, hint=hint, first_line=None)

    def _recipients(self) -> Generator[Piece, None, set[str]]:
        """Yield the recipients by their field; return their addresses in lower case."""
        fields: dict[str, list[Recipient]] = {}
        for values in self.recipients:
            address = text_of(values, _SMTP, _ADDRESS)
            name = text_of(values, _NAME)
            if "@" not in address:  # a name in a directory
                address, name = "", "\n".join(dict.fromkeys(filter(None, (name, address))))
            recipient = Recipient(address, name.replace(address, "").strip(" '\"()<>") if address else name)
            fields.setdefault(_KINDS.get(number_of(values, _KIND) & 0xF, "To"), []).append(recipient)
            self._read |= {name, address}
        for part, recipients in fields.items():
            yield from iter_recipients(recipients, part, part, None)
        if not fields:
            for part, number in (("To", _TO), ("Cc", _CC), ("Bcc", _BCC)):
                yield from self._once(text_of(self.values, number), part, part)
        return {recipient.address.lower() for recipients in fields.values() for recipient in recipients}

    def _header_fields(self, addresses: set[str]) -> Iterator[Piece]:
        """Yield the fields with which the message came, but for what its properties have told."""
        text = text_of(self.values, _HEADERS)
        self._read.add(text)
        for entity in iter_entities(io.BytesIO(text.encode("utf-8", "replace"))):
            for one in entity.fields if isinstance(entity, Entity) else ():
                if not self._is_told(one, addresses):
                    yield from iter_field(one, addresses, has_lines=False)

    def _is_told(self, one: Field, addresses: set[str]) -> bool:
        raw = unfold(one.value)
        if one.key in _WRITTEN:
            return all(writer.address.lower() in addresses for writer in split_recipients(raw))
        return one.key == "subject" and decode_words(raw) in self._read

    def _contact(self) -> Iterator[Piece]:
        """Yield the row of a contact, if the message is one."""
        row = {name: text for number, name in _CONTACT.items() if (text := text_of(self.values, number))}
        if len(row) > 1:
            self._read |= {*row.values()}
            columns = tuple((text,) for text in row.values())
            yield Table(columns, lambda column, _row, _offset: Place(cell=[*row][column]), (*row,), "contact")

    def _others(self) -> Iterator[Piece]:
        """Yield the texts that were not yet read, together."""
        known = _LEFT_OUT | {_TO, _CC, _BCC, _HEADERS, _BODY, _HTML}
        texts = {
            text: None
            for number, text in self.values.items()
            if isinstance(text, str) and text.strip() and number not in known and text not in self._read
        }
        if texts:
            yield from iter_segments(("\n".join(texts),), Blocks(part="properties", line=None))

    def _bodies(self) -> Iterator[Piece]:
        text, html, rtf = text_of(self.values, _BODY), self.values.get(_HTML), self.values.get(_RTF)
        if text:
            yield from iter_segments((text,), Blocks(part="body"))
        if isinstance(html, str):
            html = html.encode("utf-8", "replace")
        if isinstance(html, bytes) and html.strip(b"\0 \r\n"):
            yield Member("body.html", partial(io.BytesIO, html))
        elif isinstance(rtf, bytes) and rtf and not text:
            decompressed, is_whole = decompress_rtf(rtf)
            if decompressed:
                yield Member("body.rtf", partial(io.BytesIO, decompressed))
            if not is_whole:
                yield _DAMAGED


def iter_attachments(attachments: Iterator[Attachment | Problem]) -> Iterator[Member | Problem]:
    """Yield attachments as members named as their senders did; a second of the same name gets a number."""
    names: Counter[str] = Counter()
    for attachment in attachments:
        if isinstance(attachment, Problem):
            yield attachment
            continue
        name = text_of(attachment.values, _LONG_NAME, _SHORT_NAME, _NAME) or "attachment"
        name = _UNSAFE.sub("", name)
        suffix = attachment.suffix or ("" if "." in name else text_of(attachment.values, _SUFFIX))
        if not name.lower().endswith(suffix.lower()):
            name += suffix
        names[name] += 1
        if names[name] > 1:
            front, dot, end = name.rpartition(".")
            name = f"{front}-{names[name]}.{end}" if dot and front else f"{name}-{names[name]}"
        yield Member(name, attachment.open, attachment.problem)
