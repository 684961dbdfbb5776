"""LDIF (RFC 2849): a row for each entry of a directory, or change; what is no text, such as photos, as members."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.foldedlines import DAMAGED, PropertyRows, iter_folded
from piiscan.piece import Member, Problem, Segment
from piiscan.tables import Spot
from piiscan.transfer import decode_base64, decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.foldedlines import Folded
    from piiscan.piece import Piece

_LINE = re.compile(r"([A-Za-z0-9.-]{1,128})((?:;[A-Za-z0-9-]{1,64}){0,9}):([:<]?) *")
_COMMON_NAME = re.compile(r"(?:^|,)\s{0,9}cn=((?:[^,\\]|\\.){1,200})", re.IGNORECASE)
#: Attributes by what forms call them (RFC 4519, 4524, 2798, and Active Directory's).
_HEADERS = {
    "cn": "氏名", "displayname": "氏名", "name": "氏名", "gecos": "氏名", "sn": "姓", "surname": "姓",
    "givenname": "名",
    "mail": "メール", "rfc822mailbox": "メール", "userprincipalname": "メール", "mailalternateaddress": "メール",
    "telephonenumber": "電話番号", "homephone": "自宅電話", "mobile": "携帯電話", "mobiletelephonenumber": "携帯電話",
    "cellphone": "携帯電話", "othermobile": "携帯電話", "othertelephone": "電話番号", "pager": "電話",
    "facsimiletelephonenumber": "FAX", "fax": "FAX", "postaladdress": "住所", "homepostaladdress": "自宅住所",
    "registeredaddress": "住所", "streetaddress": "番地", "street": "番地", "l": "市区町村", "st": "都道府県",
    "postalcode": "郵便番号", "birthdate": "生年月日", "dateofbirth": "生年月日", "o": "会社名", "company": "会社名",
    "ou": "部署", "department": "部署", "title": "役職", "employeenumber": "社員番号", "employeeid": "社員番号",
    "userpassword": "パスワード", "description": "備考", "gender": "性別",
}  # fmt: skip
#: Words of the format, and what a server knows of an entry.
_LEFT_OUT = frozenset({
    "version", "changetype", "add", "replace", "delete", "deleteoldrdn", "control", "objectclass",
    "structuralobjectclass", "entryuuid", "entrycsn", "createtimestamp", "modifytimestamp", "objectguid", "objectsid",
    "whencreated", "whenchanged", "usncreated", "usnchanged", "instancetype",
})  # fmt: skip
_ADDRESSES = frozenset({"postaladdress", "homepostaladdress", "registeredaddress"})


def extract_ldif(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of entries, and files in them."""
    reader = _Reader()
    has_end = True
    for line in iter_folded(stream):
        if isinstance(line, Problem):
            yield line
            continue
        yield from reader.take(line)
        has_end = line.has_end
    yield from reader.close()
    if reader.is_damaged or not has_end:
        yield DAMAGED


class _Reader:
    """The open entry."""

    def __init__(self) -> None:
        self.rows = PropertyRows()
        self.is_damaged = False
        self._files: Counter[str] = Counter()
        self._named: tuple[str, Spot] | None = None

    def close(self) -> Iterator[Piece]:
        """Yield what is left."""
        yield from self._end_entry()
        yield from self.rows.close()

    def take(self, line: Folded) -> Iterator[Piece]:
        """Yield what is full, and what is no line of the open entry."""
        match = _LINE.match(line.text)
        if not line.text.strip():
            yield from self._end_entry()
        elif line.text.startswith("#") or not match:
            if line.text.strip() != "-":
                yield Segment(line.text, first_line=line.number if line.is_one else None)
        elif match[1].lower() not in _LEFT_OUT:
            yield from self._attribute(line, match)

    def _attribute(self, line: Folded, match: re.Match[str]) -> Iterator[Piece]:
        key, options = match[1].lower(), match[2].lower()
        text = line.text[match.end() :]
        spot = Spot(line.number, match.end() + 1, line.is_one and match[3] != ":")
        if match[3] == ":":
            data, _, problem = decode_base64(text.encode("utf-8", "replace"))
            self.is_damaged |= problem is not None
            decoded = _text(data)
            if decoded is None:
                self._files[key] += 1
                yield Member(f"{match[1]}-{self._files[key]}", partial(io.BytesIO, data))
                return
            text = decoded
        if key in _ADDRESSES:
            text = text.replace("$", " ")
        if key == "dn" and (found := _COMMON_NAME.search(text)):
            self._named = found[1], spot._replace(straight=False)
        header = "フリガナ" if options.endswith(";phonetic") else _HEADERS.get(key, match[1])
        yield from self.rows.add(header, text, spot)

    def _end_entry(self) -> Iterator[Piece]:
        """End the entry; its name may stand in the name of the entry only."""
        if self._named and not self.rows.has("氏名"):
            yield from self.rows.add("氏名", *self._named)
        self._named = None
        yield from self.rows.end_row()


def _text(data: bytes) -> str | None:
    """Decode a value, which is UTF-8 as a rule; None for what is no text."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return decode_text(data) if charset.is_text(data) else None
    return text if text.isprintable() or charset.is_text(data) else None
