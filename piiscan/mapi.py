"""Values of MAPI properties (MS-OXCDATA), as msg, TNEF and pst have them: typed bytes into texts, numbers and bytes."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.transfer import decode_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    #: What a property holds. Several values of one property are a text of lines.
    Value = str | bytes | int
    #: The properties of a message, recipient or attachment, by their number.
    Values = Mapping[int, Value]

INTEGER16, INTEGER32, BOOLEAN, OBJECT, INTEGER64 = 0x02, 0x03, 0x0B, 0x0D, 0x14
STRING8, STRING, TIME, BINARY, MANY = 0x1E, 0x1F, 0x40, 0x102, 0x1000
#: Where a message says in what code page its 8-bit texts are.
MESSAGE_CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
#: ISO-2022-JP and EUC-JP name how a message went over the net; the texts that Outlook keeps of it are CP932.
_JAPANESE = frozenset({932, 50220, 50221, 50222, 51932, 20932})
_CHARSETS = {936: "gbk", 950: "big5", 949: "euc-kr", 1252: "windows-1252", 1200: "utf-16le"}
_UTF8 = 65001
_INTEGERS = frozenset({INTEGER16, INTEGER32, BOOLEAN, INTEGER64})
_EPOCH, _JAPAN = datetime(1601, 1, 1, tzinfo=timezone.utc), timezone(timedelta(hours=9))  # noqa: UP017


def codepage_of(values: Values) -> int:
    """Give the code page of a message's 8-bit texts; 0 where it says none."""
    pages = (values.get(MESSAGE_CODEPAGE), values.get(INTERNET_CODEPAGE))
    return next((page for page in pages if isinstance(page, int) and page > 0), 0)


def decode_8bit(data: bytes, codepage: int) -> str:
    """Decode a text in the code page, or as its bytes say where it is in none."""
    data = data.rstrip(b"\0")
    first = "cp932" if codepage in _JAPANESE else "utf-8" if codepage == _UTF8 else ""
    text = charset.decode(data, first) if first else None
    return decode_text(data, _CHARSETS.get(codepage, "")) if text is None else text


def decode_value(kind: int, data: bytes, codepage: int) -> Value:
    """Turn the bytes of a property of type `kind` into its value; times are days in Japan, `1990-01-31`."""
    if kind == STRING:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    if kind == STRING8:
        return decode_8bit(data, codepage)
    if kind in _INTEGERS:
        return int.from_bytes(data, "little")
    return _day(data) if kind == TIME else data


def text_of(values: Values, *numbers: int) -> str:
    """Give the first of these properties that is a text with something in it."""
    found = (values.get(number) for number in numbers)
    return next((text for text in found if isinstance(text, str) and text.strip()), "")


def number_of(values: Values, number: int) -> int:
    """Give a property that is a number; 0 where it is none."""
    value = values.get(number)
    return value if isinstance(value, int) else 0


def _day(data: bytes) -> str:
    try:
        moment = _EPOCH + timedelta(microseconds=int.from_bytes(data[:8], "little") // 10)
        return moment.astimezone(_JAPAN).date().isoformat()
    except (OverflowError, ValueError):
        return ""
