"""Invented people: each with values that nobody else has, where people do not share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy import numbers, words
from bench.accuracy.lists import DOMAINS, LOCALS, POSTAL_CODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from random import Random

#: What numbering plans keep for examples begins like this.
_SAMPLES = ("1234", "0000", "1111", "9999")


class Person(NamedTuple):
    """Somebody who does not exist."""

    key: str
    name: str
    kana: str
    sex: str
    born: date
    postal: str
    home: str
    mobile: str
    landline: str
    mail: str


class Town:
    """Draws people; whatever it draws by `once` is drawn once only."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._taken: set[str] = set()
        self._count = 0

    def once(self, draw: Callable[[Random], str]) -> str:
        """Draw until the value is new."""
        while (value := draw(self.chance)) in self._taken:
            pass
        self._taken.add(value)
        return value

    def person(self) -> Person:
        """Draw somebody."""
        chance = self.chance
        self._count += 1
        code = chance.choice(POSTAL_CODES)
        return Person(
            key=f"p{self._count}",
            name=words.name(chance, chance.choice((" ", "　"))),
            kana=words.kana_name(chance),
            sex=chance.choice("男女"),
            born=words.day(chance),
            postal=f"{code[:3]}-{code[3:]}",
            home=self.once(words.home),
            mobile=self.once(_mobile),
            landline=self.once(_landline),
            mail=self.once(_mail),
        )

    def people(self, count: int) -> list[Person]:
        """Draw so many."""
        return [self.person() for _ in range(count)]


def _mobile(chance: Random) -> str:
    first, second, third = numbers.mobile(chance)
    return _mobile(chance) if second in _SAMPLES or third in _SAMPLES else f"{first}-{second}-{third}"


def _landline(chance: Random) -> str:
    return "-".join(numbers.landline(chance))


def _mail(chance: Random) -> str:
    return f"{chance.choice(LOCALS)}{chance.randrange(100, 99999)}@{chance.choice(DOMAINS)}"


def latin_name(chance: Random) -> str:
    """Give a name as forms in English have it."""
    return f"{chance.choice(_LATIN_GIVEN)} {chance.choice(_LATIN_SURNAMES)}"


_LATIN_GIVEN = "Akemi Kazuya Kenichi Sanae Takuya Noriko Hideki Masato Yoko Chiaki Naoto Shunsuke".split()
_LATIN_SURNAMES = "Aizawa Akiyama Ishihara Uchida Kitamura Sakai Shibata Sugimoto Takagi Nakano Higuchi Fukui".split()
