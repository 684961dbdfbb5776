"""Redaction: masks, canonical values and keyed fingerprints. What leaves here may be read by anyone."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from piiscan.era import read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_KEPT_DIGITS = 4
_FINGERPRINT_BYTES = 16
_STARS = str.maketrans("0123456789", "*" * 10)
_NO_DIGITS = dict.fromkeys(code for code in range(0x80) if not chr(code).isdigit())
_MUNICIPALITY = re.compile(r"(?:[^0-9]{2,3}?[都道府県])?[^0-9]{1,10}?[市区町村](?:[^0-9市区町村]{1,4}区)?")
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十壱弐参拾元")
_YEAR = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}/(?P<last>[0-9]{4})$"
    r"|(?P<first>[0-9]{3,4}(?=[0-9]{4}$)|[^0-9]{0,3}(?:[0-9]{2}(?=[0-9]{4}$)|[^-./年]{1,5}(?=[-./年])))"
)
_HONORIFIC = re.compile("(?m)(?<=..)[ ]?(?:様|殿|さん|さま|氏|先生|くん|ちゃん)$")
_COUNTRY = re.compile(r"(?:\+|00|010[- ]?|)81[-. ]?(?:\(0\))?[-. ]?")


def _last_four(value: str) -> str:
    """Hide every digit but the last four; separators stay, so that a person recognises the kind of number."""
    head, tail = value[:-_KEPT_DIGITS], value[-_KEPT_DIGITS:]
    if head.isascii() and tail.isdigit() and (starred := head.translate(_STARS)) != head:  # nearly all of them
        return starred + tail
    at = len(value)
    kept = _KEPT_DIGITS
    while kept and at:
        at -= 1
        kept -= value[at].isdigit()
    head, tail = _starred(value[:at]), value[at:]
    return head + (tail if head != value[:at] else _starred(tail))


def _starred(part: str) -> str:
    if part.isascii():
        return part.translate(_STARS)
    return "".join("*" if char.isdigit() else char for char in part)


def _tail(value: str) -> str:
    """Hide letters and digits but the last four, where a number is made of both."""
    shown = [at for at, char in enumerate(value) if char.isalnum()][-_KEPT_DIGITS:]
    return "".join("*" if char.isalnum() and at not in shown else char for at, char in enumerate(value))


def _municipality(value: str) -> str:
    """Show prefecture and municipality, hide the rest."""
    match = _MUNICIPALITY.match(value)
    return f"{match[0] if match else ''}***"


def _first_and_domain(value: str) -> str:
    local, _, domain = value.rpartition("@")
    return f"{local[:1] if len(local) > 1 else ''}***@{domain}"


def _first(value: str) -> str:
    """Show the first character, if there are others, and hide those; spaces stay."""
    return (value[:1] if len(value) > 1 else "*") + re.sub("[^ ]", "*", value[1:])


def _name(value: str) -> str:
    """Give a name without what is said to its bearer."""
    return _HONORIFIC.sub("", value).replace(" ", "").replace(",", "").replace("・", "").replace("<", "").upper()


def _year(value: str) -> str:
    """Show the year of a date, hide month and day."""
    match = _YEAR.match(value)
    start, end = match.span(match.lastgroup or 0) if match else (0, 0)
    return "".join(char if start <= at < end or char not in _NUMERALS else "*" for at, char in enumerate(value))


#: What a pattern's `mask` names: folded value -> text that may be shown.
MASKS: dict[str, Callable[[str], str]] = {
    "last4": _last_four,
    "tail4": _tail,
    "municipality": _municipality,
    "email": _first_and_domain,
    "year": _year,
    "first": _first,
    "network": lambda value: re.sub(r"(?<=[.:])[0-9A-Fa-f]{1,4}(?=[.:])|[0-9A-Fa-f]{1,4}$", "*", value),
    "all": lambda value: "*" * len(value),
}


def _digits(value: str) -> str:
    return value.translate(_NO_DIGITS) if value.isascii() else "".join(filter(str.isdigit, value))


def _telephone(value: str) -> str:
    """Give the national digits: +81-3-…, 0081 3 … and 03-… are one number."""
    country = _COUNTRY.match(value)
    return "0" + _digits(value[country.end() :]) if country else _digits(value)


def _alnum(value: str) -> str:
    """Give letters and digits in upper case."""
    return "".join(filter(str.isalnum, value)).upper()


def _without_spaces(value: str) -> str:
    return value.replace(" ", "").replace("ヶ", "ケ")


def _date(value: str) -> str:
    """Give the day in western form, the first of several that a text can mean."""
    readings = read_date(value)
    return readings[0].day.isoformat() if readings else _without_spaces(value)


#: What a pattern's `canonical` names: folded value -> the one form that fingerprints and distinct counts are made of.
CANONICAL: dict[str, Callable[[str], str]] = {
    "digits": _digits,
    "alnum": _alnum,
    "telephone": _telephone,
    "address": _without_spaces,
    "lower": str.lower,
    "same": str,
    "date": _date,
    "name": _name,
    "joined": lambda value: re.sub("[ ・･.-]", "", value).upper(),
    "hexadecimal": lambda value: re.sub("[-:.]", "", value).lower(),
}


#: Those that look at no other line, and so can be had of many values at once, a line feed between.
_ONE_BY_ONE = frozenset({"address", "hexadecimal", "joined", "lower", "name", "same"})


def canonical_keys(name: str, values: Sequence[str]) -> list[bytes]:
    """Give the canonical forms of folded values in UTF-8, which distinct counts are made of."""
    canonical = CANONICAL[name]
    if name in _ONE_BY_ONE and values:
        return canonical("\n".join(values)).encode("utf-8", "surrogatepass").split(b"\n")
    return [canonical(value).encode("utf-8", "surrogatepass") for value in values]


def mask(name: str, value: str) -> str:
    """Mask a folded value as the table says; what has four characters or fewer is hidden whole.

    >>> mask("last4", "090-1234-5678"), mask("email", "taro@kaisha.co.jp"), mask("last4", "1234")
    ('***-****-5678', 't***@kaisha.co.jp', '****')
    >>> mask("municipality", "神奈川県川崎市川崎区宮本町1番地")
    '神奈川県川崎市川崎区***'
    >>> mask("year", "昭和55年3月4日"), mask("year", "19800304"), mask("year", "昭和五十五年三月四日")
    ('昭和55年*月*日', '1980****', '昭和五十五年*月*日')
    """
    return masks(name, [value])[0]


def masks(name: str, values: Iterable[str]) -> list[str]:
    """Mask folded values."""
    hide = MASKS[name]
    return [hide(value) if len(value) > _KEPT_DIGITS else "*" * len(value) for value in values]


def fingerprint(key: bytes, category: str, canonical: str) -> str:
    """Give the keyed BLAKE2b of a canonical value within its category, as 32 hexadecimal digits."""
    return fingerprinting(key, category)(canonical.encode("utf-8", "surrogatepass"))


def fingerprinting(key: bytes, category: str) -> Callable[[bytes], str]:
    """Give what makes the fingerprints of canonical values (in UTF-8) of one category: the key is worked in once."""
    begun = blake2b(f"{category}\0".encode("utf-8", "surrogatepass"), key=key, digest_size=_FINGERPRINT_BYTES)

    def sign(canonical: bytes) -> str:
        whole = begun.copy()
        whole.update(canonical)
        return whole.hexdigest()

    return sign
