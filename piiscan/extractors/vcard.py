"""vCard (.vcf, 2.1 to 4.0): a row for each person, its properties under what forms call them; pictures as members."""

from __future__ import annotations

import io
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from piiscan.contentlines import Property, iter_components, unescape
from piiscan.foldedlines import PropertyRows
from piiscan.piece import Member
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from piiscan.piece import Piece, Table

_HEADERS = {
    "FN": "氏名", "NICKNAME": "愛称", "SORT-STRING": "フリガナ", "EMAIL": "メール", "TEL": "電話番号", "LABEL": "住所",
    "BDAY": "生年月日", "GENDER": "性別", "ORG": "会社名", "TITLE": "役職", "NOTE": "備考", "X-GENDER": "性別",
    "X-PHONETIC-LAST-NAME": "フリガナ", "X-PHONETIC-FIRST-NAME": "フリガナ", "SOUND": "フリガナ",
}  # fmt: skip
#: Parameters that are texts, as those of private names are.
_PARAMETERS = {"LABEL": "住所", "SORT-AS": "フリガナ"}
#: What programs write for each other.
_LEFT_OUT = frozenset({"VERSION", "PRODID", "REV", "UID", "PROFILE", "MAILER", "CLASS"})
_SURNAME, _GIVEN = "姓", "名"
#: Parts of an address: box, extension, street, town, prefecture, postal code, country.
_ADDRESS = 7


def extract_vcard(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of people, and their pictures."""
    rows = PropertyRows()
    names: Counter[str] = Counter()

    def take(line: Property) -> Iterator[Piece]:
        if line.data is not None:
            names[line.name] += 1
            yield Member(f"{line.name.lower()}-{names[line.name]}", partial(io.BytesIO, line.data))
        elif line.name not in _LEFT_OUT:
            yield from _add(rows, line)

    return iter_components(stream, take, rows)


def _add(rows: PropertyRows, line: Property) -> Iterator[Table]:
    yield from _add_value(rows, line)
    for key, value in line.parameters.items():
        if header := _PARAMETERS.get(key, key if key.startswith("X-") else ""):
            yield from rows.add(header, unescape(value), Spot(line.number, 1, straight=False))


def _add_value(rows: PropertyRows, line: Property) -> Sequence[Table]:
    plain = Spot(line.number, line.column, line.is_plain)
    within = plain._replace(straight=False)
    if line.name == "N":
        surname, given, *others = [*line.parts(), "", ""]
        full = [*rows.add(_SURNAME, surname, plain), *rows.add(_GIVEN, given, within)]
        return [*full, *rows.add("N", " ".join(filter(None, others)), within)]
    if line.name == "ADR":
        parts = [*line.parts(), *[""] * _ADDRESS]
        box, extension, street, town, prefecture, code, country, *more = parts
        # As Japan writes it; in vCards of Japan the parts are often all in one of them.
        address = f"{prefecture}{town}{street} {extension} {box} {country} {' '.join(more)}".strip()
        return [*rows.add("郵便番号", code, within), *rows.add("住所", address, within)]
    header = _HEADERS.get(line.name, line.name)
    if line.name == "TEL":
        header = "携帯電話" if line.has_type("CELL") else "FAX" if line.has_type("FAX") else header
    text = line.text
    if line.name in {"TEL", "EMAIL", "IMPP"}:
        text = text.removeprefix("tel:").removeprefix("mailto:")
    return rows.add(header, text, plain if text == line.value else within)
