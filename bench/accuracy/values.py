# ruff: noqa: E501 - a row of the table is a line, so that it can be read beside the specification
"""How each identifier is written: identifier -> notation -> what draws a value in that notation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.accuracy import numbers, words
from bench.accuracy.homes import ADDRESSES
from bench.accuracy.lists import BANKS, EMPLOYERS, EMPLOYERS_LATIN, EMPLOYERS_SHORT
from bench.accuracy.notations import UNGROUPED, shown, spell, wide, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from bench.accuracy.notations import Written

    Draw = Callable[[Random], Written]
    Groups = Callable[[Random], Sequence[str]]

_USUAL = ("plain", "hyphen", "full width", "full width, hyphen", "dash")
_SPACED = (*_USUAL, "space", "full width, space")
_SPLIT = ("kanji digits", "one digit a box", "broken over lines")


def _spelled(
    make: Groups, names: Sequence[str], *, plain: bool = False, grouped: bool = False, column: bool = False
) -> dict[str, Draw]:
    """Give the notations of a number. `plain` and `grouped` tell which spellings are to be shown without a label."""

    def draw(chance: Random, name: str) -> Written:
        is_bare = plain if name in UNGROUPED else grouped
        return shown(spell(name, make(chance), chance), bare=is_bare, column=column or is_bare)

    return {name: partial(draw, name=name) for name in names}


def _text(
    notation: str, make: Callable[[Random], str], *, bare: bool = False, column: bool | None = None
) -> dict[str, Draw]:
    return {
        notation: lambda chance: written(notation, make(chance), bare=bare, column=bare if column is None else column)
    }


def _formed(notation: str, make: Groups, form: str, core: str = "", *, bare: bool = False) -> dict[str, Draw]:
    """Put the groups of a number into a form of words; `core` is the part of it that has to be found."""

    def draw(chance: Random) -> Written:
        groups = make(chance)
        return written(notation, form.format(*groups), core.format(*groups), bare=bare, column=bare)

    return {notation: draw}


def _bank_named(chance: Random) -> Written:
    _, _, bank, branch = chance.choice(BANKS)
    number = numbers.digits(chance, 7)
    return written("bank, branch and kind named", f"{bank} {branch} 普通 {number}", number, bare=True)


def _symbol(chance: Random) -> tuple[str, str, str]:
    return numbers.digits(chance, 8), f"{chance.randrange(10, 9999)}", chance.choice(("00", "01", "02"))


def _tail(prefix: str, make: Groups, separator: str) -> Callable[[Random], str]:
    """Give a telephone number as abroad: without its first 0."""

    def draw(chance: Random) -> str:
        first, *rest = make(chance)
        return prefix + separator.join((first[1:], *rest))

    return draw


def _either(chance: Random) -> Sequence[str]:
    return chance.choice((numbers.mobile, numbers.landline))(chance)


def _code(letters: str, count: int) -> Callable[[Random], str]:
    return lambda chance: letters + numbers.digits(chance, count)


def _address6(chance: Random) -> str:
    return f"2400:{chance.randrange(0x1000, 0xFFFF):x}:{chance.randrange(1, 0xFFFF):x}:{chance.randrange(1, 9)}::{chance.randrange(1, 0xFFFF):x}"


def _address4(chance: Random) -> str:
    return f"{chance.choice((133, 150, 163, 202, 210))}.{chance.randrange(1, 255)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"


def _octets(chance: Random) -> list[str]:
    return [f"{chance.randrange(256):02X}" for _ in range(6)]


def _secret(chance: Random) -> str:
    return (
        "".join(chance.choices("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%", k=chance.randrange(9, 16)))
        + "7x"
    )


def _random(alphabet: str, count: int, chance: Random) -> str:
    return "".join(chance.choices(alphabet, k=count))


_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SMALL = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP"

VALUES: dict[str, dict[str, Draw]] = {
    "my_number": _spelled(numbers.my_number, (*_SPACED, *_SPLIT), grouped=True, column=True),
    "basic_pension_number": _spelled(numbers.pension, (*_SPACED, *_SPLIT)),
    "pension_certificate_number": _spelled(numbers.certificate, _USUAL),
    "resident_record_code": _spelled(
        numbers.resident_record_code, ("plain", "full width", "hyphen", "kanji digits", "one digit a box"), column=True
    ),
    "drivers_licence": _spelled(
        numbers.licence, ("plain", "full width", "hyphen", "space", "dash", "one digit a box"), column=True
    )
    | _formed("第…号", numbers.licence, "第{0}{1}{2}号", "{0}{1}{2}"),
    "passport_number": _text("plain", words.passport)
    | _text("full width", lambda chance: wide(words.passport(chance)))
    | _text("lower case", lambda chance: words.passport(chance).lower())
    | _text("space", lambda chance: (text := words.passport(chance))[:2] + " " + text[2:]),
    "passport_mrz": {"two lines": words.mrz},
    "residence_card_number": _text("plain", words.residence, bare=True)
    | _text("full width", lambda chance: wide(words.residence(chance)), bare=True)
    | _text("lower case", lambda chance: words.residence(chance).lower()),
    "health_insurance": _formed("記号 番号 枝番", _symbol, "記号 {0} 番号 {1} 枝番 {2}", "{0} 番号 {1}")
    | _formed("記号 番号", _symbol, "記号{0} 番号{1}", "{0} 番号{1}")
    | _formed("hyphen", _symbol, "{0}-{1}-{2}", "{0}-{1}")
    | _formed("middle dot", _symbol, "{0}・{1}"),
    "late_elderly_insured_number": _spelled(numbers.late_elderly, ("plain", "full width")),
    "care_insurance_number": _spelled(numbers.care, ("plain", "full width")) | _text("letter H", _code("H", 9)),
    "public_expense_recipient": _spelled(numbers.recipient, ("plain", "full width")),
    "employment_insurance_number": _spelled(numbers.employment, (*_SPACED, "kanji digits", "one digit a box")),
    "bank_account": _formed("普通 before", numbers.account, "普通 {2}", "{2}", bare=True)
    | _formed("(普) before", numbers.account, "（普）{2}", "{2}", bare=True)
    | _formed("hyphen", numbers.account, "{0}-{1}-{2}", "{2}")
    | _formed("plain", numbers.account, "{2}")
    | {"bank, branch and kind named": _bank_named},
    "yucho_account": _formed("hyphen", numbers.savings, "{0}-{1}", bare=True)
    | _formed("記号 番号", numbers.savings, "記号{0} 番号{1}", "{0} 番号{1}", bare=True)
    | _formed("space", numbers.savings, "{0} {1}", bare=True),
    "payment_card": _spelled(numbers.card, (*_SPACED, *_SPLIT), plain=True, grouped=True),
    "card_security_code": _text("three digits", lambda chance: numbers.digits(chance, 3))
    | _text("track 2", lambda chance: f";{''.join(numbers.card(chance))}=2912{numbers.digits(chance, 12)}?", bare=True),
    "phone_mobile": _spelled(
        numbers.mobile, (*_SPACED, "dot", "kanji digits", "broken over lines"), plain=True, grouped=True
    )
    | _formed("brackets", numbers.mobile, "({0}){1}-{2}", bare=True)
    | _formed("brackets within", numbers.mobile, "{0}({1}){2}", bare=True),
    "phone_landline": _spelled(numbers.landline, (*_SPACED, "dot", "kanji digits"), grouped=True)
    | _formed("brackets", numbers.landline, "({0}){1}-{2}", bare=True)
    | _formed("brackets within", numbers.landline, "{0}({1}){2}", bare=True)
    | _formed(
        "full width, brackets", lambda chance: [*map(wide, numbers.landline(chance))], "{0}（{1}）{2}", bare=True
    ),
    "phone_ip": _spelled(numbers.ip_phone, _SPACED, plain=True, grouped=True),
    "phone_international": _text("+81 hyphen", _tail("+81-", _either, "-"), bare=True)
    | _text("+81 space", _tail("+81 ", _either, " "), bare=True)
    | _text("+81 plain", _tail("+81", _either, ""), bare=True)
    | _text("+81(0)", _tail("+81(0)", _either, "-"), bare=True)
    | _text("0081", _tail("0081-", _either, "-"), bare=True)
    | _text("full width", lambda chance: wide(_tail("+81-", _either, "-")(chance)), bare=True),
    "postal_code": _spelled(
        numbers.postal, ("plain", "hyphen", "full width", "full width, hyphen", "dash", "kanji digits")
    )
    | _formed("〒", numbers.postal, "〒{0}-{1}", "{0}-{1}", bare=True),
    "email": _text("plain", words.address_of_mail, bare=True)
    | _text("full width", lambda chance: wide(words.address_of_mail(chance)), bare=True)
    | _formed("in <>", lambda chance: [words.address_of_mail(chance)], "<{0}>", "{0}", bare=True)
    | {"carrier, dots": words.carrier},
    "birth_date": dict(words.BIRTH_DATES),
    "vehicle_plate": _formed("spaces", words.plate, "{0} {1} {2} {3}", bare=True)
    | _formed("glued", words.plate, "{0}{1}{2}{3}", bare=True)
    | _formed("full width", lambda chance: [*map(wide, words.plate(chance))], "{0}　{1}　{2}　{3}", bare=True)
    | _formed("no place", words.plate, "{1} {2} {3}"),
    "us_ssn": _spelled(numbers.ssn, ("hyphen", "plain", "full width, hyphen", "dash")),
    "ip_address": _text("IPv4", _address4)
    | _text("IPv6", _address6)
    | _text("full width", lambda chance: wide(_address4(chance))),
    "mac_address": _text("colon", lambda chance: ":".join(_octets(chance)))
    | _text("hyphen", lambda chance: "-".join(_octets(chance)))
    | _text("Cisco", lambda chance: "{}{}.{}{}.{}{}".format(*_octets(chance))),
    "staff_number": _text("digits", _code("", 6))
    | _text("letter", _code("E", 5))
    | _text("letters, hyphen", _code("EMP-", 4))
    | _text("full width", lambda chance: wide(_code("", 6)(chance))),
    "student_number": _text("digits", _code("", 8)) | _text("letter", _code("S", 7)),
    "member_number": _text("digits", _code("", 8))
    | _text("letter", _code("M", 7))
    | _text("letters, hyphen", _code("KM-", 6)),
    "patient_number": _text("digits", _code("", 7)) | _text("letter", _code("P", 6)),
    "card_serial": _text(
        "照合番号B", lambda chance: f"{words.day(chance):%y%m%d}203{chance.randrange(10)}{numbers.digits(chance, 4)}"
    ),
    "special_care": {"term": lambda chance: written("term", words.disease(chance))},
    "password": _text("mixed", _secret) | _text("four digits", lambda chance: "kx" + numbers.digits(chance, 6)),
    "api_key": _text("AWS", lambda chance: "AKIA" + _random(_CAPITALS, 16, chance), bare=True)
    | _text("GitHub", lambda chance: "ghp_" + _random(_SMALL, 36, chance), bare=True)
    | _text("Google", lambda chance: "AIza" + _random(_SMALL, 35, chance), bare=True),
    "age": _text("digits", lambda chance: f"{chance.randrange(20, 80)}")
    | _text("歳", lambda chance: f"{chance.randrange(20, 80)}歳"),
    "sex": _text("kanji", lambda chance: chance.choice("男女"))
    | _text("with 性", lambda chance: chance.choice(("男性", "女性"))),
    "relationship": _text("word", words.relation),
    "workplace": _text("company", lambda chance: chance.choice(EMPLOYERS))
    | _text("company, short", lambda chance: chance.choice(EMPLOYERS_SHORT))
    | _text("company, Latin", lambda chance: chance.choice(EMPLOYERS_LATIN))
    | {"with department": words.employer},
    "person_name": _text("space", partial(words.name, gap=" "))
    | _text("full-width space", partial(words.name, gap="　"))
    | _text("glued", partial(words.name, gap=""))
    | _text("kana", words.kana_name)
    | _text("様", lambda chance: words.name(chance, "") + "様", bare=True),
    "address": ADDRESSES,
    "corporate_number": _spelled(numbers.corporate, ("plain", "full width", "hyphen"), column=True)
    | _formed("T", numbers.corporate, "T{0}{1}{2}{3}"),
    "health_insurer_number": _spelled(numbers.insurer, ("plain", "full width")),
    "phone_service": _spelled(numbers.service, ("plain", "hyphen", "space", "full width, hyphen"), grouped=True),
}
