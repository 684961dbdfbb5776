"""Values that are no mere numbers: dates, addresses, names, plates, documents, records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.accuracy import numbers
from bench.accuracy.arithmetic import readable
from bench.accuracy.lists import (
    BUILDINGS,
    CARRIERS,
    DEPARTMENTS,
    DISEASES,
    DOMAINS,
    EMPLOYERS,
    GIVEN,
    KANA_GIVEN,
    KANA_SURNAMES,
    LOCALS,
    MUNICIPALITIES,
    PLATE_KANA,
    PLATES,
    RELATIONS,
    SURNAMES,
    TOWNS,
)
from bench.accuracy.notations import wide, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.accuracy.notations import Written

_ERAS = (
    ("令和", "R", "㋿", date(2019, 5, 1)),
    ("平成", "H", "㍻", date(1989, 1, 8)),
    ("昭和", "S", "㍼", date(1926, 12, 25)),
)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def _letters(chance: Random, count: int) -> str:
    return "".join(chance.choices(_LETTERS, k=count))


def day(chance: Random) -> date:
    """Draw a day on which somebody alive was born."""
    return date(1940, 1, 1) + timedelta(days=chance.randrange(31000))


def _kanji(number: int) -> str:
    """Write a number below a hundred in words of kanji."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else "一二三四五六七八九"[tens - 1] + "十"
    return ten + ("" if not ones else "一二三四五六七八九"[ones - 1])


def _era(chance: Random) -> tuple[tuple[str, str, str], int, date]:
    born = day(chance)
    name, letter, glyph, start = next(era for era in _ERAS if born >= era[3])
    return (name, letter, glyph), born.year - start.year + 1, born


def _era_long(chance: Random) -> Written:
    (name, _, _), year, born = _era(chance)
    return written("era, kanji", f"{name}{'元' if year == 1 else year}年{born.month}月{born.day}日")


def _era_letter(chance: Random) -> Written:
    (_, letter, _), year, born = _era(chance)
    sign = chance.choice("./-")
    return written("era, letter", f"{letter}{year}{sign}{born.month}{sign}{born.day}")


def _era_short(chance: Random) -> Written:
    (name, _, _), year, born = _era(chance)
    return written("era, one kanji", f"{name[0]}{year}.{born.month}.{born.day}")


def _era_glyph(chance: Random) -> Written:
    (_, _, glyph), year, born = _era(chance)
    return written("era, glyph", f"{glyph}{year}年{born.month}月{born.day}日")


def _era_words(chance: Random) -> Written:
    (name, _, _), year, born = _era(chance)
    return written("era, kanji numerals", f"{name}{_kanji(year)}年{_kanji(born.month)}月{_kanji(born.day)}日")


def _era_spaced(chance: Random) -> Written:
    (name, _, _), year, born = _era(chance)
    return written("era, spaced", f"{name} {year} 年 {born.month} 月 {born.day} 日")


def _born(chance: Random) -> Written:
    (name, _, _), year, born = _era(chance)
    core = f"{name}{year}年{born.month}月{born.day}日"
    return written("with 生", core + chance.choice(("生", "生まれ")), core, bare=True)


def _date(notation: str, form: str) -> Callable[[Random], Written]:
    def make(chance: Random) -> Written:
        born = day(chance)
        text = form.format(y=born.year, m=born.month, d=born.day)
        return written(notation, wide(text) if notation.startswith("full width") else text)

    return make


BIRTH_DATES = {
    "hyphen": _date("hyphen", "{y}-{m:02}-{d:02}"),
    "slash": _date("slash", "{y}/{m}/{d}"),
    "dot": _date("dot", "{y}.{m:02}.{d:02}"),
    "kanji": _date("kanji", "{y}年{m}月{d}日"),
    "plain": _date("plain", "{y}{m:02}{d:02}"),
    "full width": _date("full width", "{y}年{m}月{d}日"),
    "full width, hyphen": _date("full width, hyphen", "{y}-{m:02}-{d:02}"),
    "era, kanji": _era_long,
    "era, letter": _era_letter,
    "era, one kanji": _era_short,
    "era, glyph": _era_glyph,
    "era, kanji numerals": _era_words,
    "era, spaced": _era_spaced,
    "with 生": _born,
}


def address_of_mail(chance: Random) -> str:
    """Give a mail address that belongs to nobody."""
    return f"{chance.choice(LOCALS)}{chance.randrange(100, 9999)}@{chance.choice(DOMAINS)}"


def carrier(chance: Random) -> Written:
    """Give an address as old telephones had them."""
    local = f"zz..{_letters(chance, 5).lower()}{chance.randrange(99)}."
    return written("carrier, dots", f"{local}@{chance.choice(CARRIERS)}", bare=True, column=True)


def mrz(chance: Random) -> Written:
    """Give both lines of a passport's machine-readable zone."""
    number = readable(f"T{chance.choice('KRSTZ')}{numbers.digits(chance, 7)}")
    born = readable(f"{day(chance):%y%m%d}")
    until = readable(f"3{chance.randrange(10)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}")
    optional = readable("<" * 14)
    last = readable(number + born + until + optional)[-1]
    second = f"{number}JPN{born}{chance.choice('MF')}{until}{'<' * 14}0{last}"
    first = "P<JPNZZKITANO<<HANAKO".ljust(44, "<")
    return written("two lines", f"{first}\n{second}", second, bare=True, column=True)


def passport(chance: Random) -> str:
    """Give letters and digits of a passport."""
    return f"{chance.choice('TM')}{chance.choice('KRSTZU')}{numbers.digits(chance, 7)}"


def residence(chance: Random) -> str:
    """Give the number of a residence card."""
    return f"{_letters(chance, 2)}{numbers.digits(chance, 8)}{_letters(chance, 2)}"


def plate(chance: Random) -> tuple[str, str, str, str]:
    """Give the parts of a licence plate."""
    number = chance.randrange(1, 9999)
    shown = f"{number // 100}-{number % 100:02}" if number > 999 else f"{number:・>4}"  # noqa: PLR2004
    return chance.choice(PLATES), f"{chance.choice('35')}{chance.randrange(10, 99)}", chance.choice(PLATE_KANA), shown


def name(chance: Random, gap: str) -> str:
    """Give a name in kanji."""
    return chance.choice(SURNAMES) + gap + chance.choice(GIVEN)


def kana_name(chance: Random, gap: str = " ") -> str:
    """Give a name in katakana."""
    return chance.choice(KANA_SURNAMES) + gap + chance.choice(KANA_GIVEN)


def home(chance: Random, form: str = "{0}-{1}-{2}", end: str = "") -> str:
    """Give an address: a municipality, a town, a block."""
    block = form.format(*(chance.randrange(1, high) for high in (7, 25, 20)))
    return f"{chance.choice(MUNICIPALITIES)}{chance.choice(TOWNS)}{block}{end and end.format(chance.choice(BUILDINGS))}"


def employer(chance: Random) -> Written:
    """Give a company and a part of it."""
    name = chance.choice(EMPLOYERS)
    return written("with department", f"{name} {chance.choice(DEPARTMENTS)}部", name)


def disease(chance: Random) -> str:
    """Give an illness."""
    return chance.choice(DISEASES)


def relation(chance: Random) -> str:
    """Give who somebody is to the head of the household."""
    return chance.choice(RELATIONS)
