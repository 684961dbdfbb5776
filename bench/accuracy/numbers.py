"""Values that are numbers: drawn, given a right check digit, and cut into the groups that people write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.accuracy import arithmetic
from bench.accuracy.lists import AREA_CODES, BANKS, INSURERS, LICENCE_OFFICES, POSTAL_CODES

if TYPE_CHECKING:
    from random import Random


def digits(chance: Random, count: int) -> str:
    """Draw digits that are no counter and no repetition."""
    while True:
        text = "".join(chance.choices("0123456789", k=count))
        if count < 4 or len(set(text)) > min(3, count // 2):  # noqa: PLR2004
            return text


def cut(text: str, *sizes: int) -> tuple[str, ...]:
    """Cut a number into groups.

    >>> cut("123456789018", 4, 4, 4)
    ('1234', '5678', '9018')
    """
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return tuple(groups)


def my_number(chance: Random) -> tuple[str, ...]:
    """Twelve digits; no time of day may begin it, as those are told apart by their own rule."""
    return cut(arithmetic.resident(chance.choice("3456789") + digits(chance, 10)), 4, 4, 4)


def pension(chance: Random) -> tuple[str, ...]:
    """Office and running number; the office is not a year."""
    return str(chance.randrange(3100, 9700)), digits(chance, 6)


def certificate(chance: Random) -> tuple[str, ...]:
    """Draw a basic pension number and the code of the pension."""
    return (*pension(chance), chance.choice(("1150", "1350", "1450", "5350")))


def resident_record_code(chance: Random) -> tuple[str, ...]:
    """Eleven digits."""
    return cut(arithmetic.resident(chance.choice("123456789") + digits(chance, 9)), 4, 4, 3)


def licence(chance: Random) -> tuple[str, ...]:
    """Twelve digits: office, year, serial number, check digit, how often it was issued anew."""
    year = chance.choice(("78", "85", "91", "98", "04", "11", "17", "22"))
    body = chance.choice(LICENCE_OFFICES) + year + digits(chance, 6)
    return cut(arithmetic.licence(body) + chance.choice("0001"), 4, 4, 4)


def corporate(chance: Random) -> tuple[str, ...]:
    """Thirteen digits, the check digit first."""
    return cut(arithmetic.corporate(chance.choice("0123") + digits(chance, 11)), 1, 4, 4, 4)


def ssn(chance: Random) -> tuple[str, ...]:
    """Area, group and serial number that could be given out."""
    return f"{chance.randrange(100, 650)}", f"{chance.randrange(10, 99)}", f"{chance.randrange(1000, 9999)}"


def late_elderly(chance: Random) -> tuple[str, ...]:
    """Eight digits."""
    return (arithmetic.luhn(digits(chance, 7)),)


def care(chance: Random) -> tuple[str, ...]:
    """Ten digits."""
    return (chance.choice(("0", "1", "7")) + digits(chance, 9),)


def recipient(chance: Random) -> tuple[str, ...]:
    """Six digits and a check digit."""
    return (arithmetic.luhn(digits(chance, 6)),)


def employment(chance: Random) -> tuple[str, ...]:
    """Office, number and a check digit whose rule nobody knows."""
    return f"{chance.randrange(1, 48):02}{digits(chance, 2)}", digits(chance, 6), digits(chance, 1)


def insurer(chance: Random) -> tuple[str, ...]:
    """Law, prefecture, number, check digit."""
    return (arithmetic.luhn(f"{chance.choice(INSURERS)}{chance.randrange(1, 48):02}{digits(chance, 3)}"),)


def account(chance: Random) -> tuple[str, ...]:
    """Bank, branch and number."""
    bank, branch, _, _ = chance.choice(BANKS)
    return bank, branch, digits(chance, 7)


def savings(chance: Random) -> tuple[str, ...]:
    """記号 and 番号 of the post office."""
    number = f"{chance.randrange(100000, 9999999)}1"
    return arithmetic.savings(f"{chance.randrange(1, 99):02}", number), number


def card(chance: Random) -> tuple[str, ...]:
    """Draw a card of one of the brands, as its plastic groups it."""
    start = chance.choice(("4539", "4716", "5312", "5474", "3540", "3571", "37", "6011", "2345"))
    if start == "37":
        return cut(arithmetic.luhn(start + digits(chance, 12)), 4, 6, 5)
    return cut(arithmetic.luhn(start + digits(chance, 11)), 4, 4, 4, 4)


def mobile(chance: Random) -> tuple[str, ...]:
    """Draw a mobile number."""
    return f"0{chance.choice('789')}0", f"{chance.randrange(1000, 9999)}", digits(chance, 4)


def ip_phone(chance: Random) -> tuple[str, ...]:
    """Draw a number of an internet telephone."""
    return "050", f"{chance.randrange(1000, 9999)}", digits(chance, 4)


def landline(chance: Random) -> tuple[str, ...]:
    """Area code and exchange have six digits together."""
    area = chance.choice(AREA_CODES)
    size = 6 - len(area)
    return area, f"{chance.randrange(2 * 10 ** (size - 1), 10**size)}", digits(chance, 4)


def service(chance: Random) -> tuple[str, ...]:
    """Draw a number that the called company pays for."""
    if chance.random() < 0.3:  # noqa: PLR2004
        return "0800", f"{chance.randrange(100, 999)}", digits(chance, 4)
    return chance.choice(("0120", "0570")), digits(chance, 3), digits(chance, 3)


def postal(chance: Random) -> tuple[str, ...]:
    """Draw a code that exists."""
    return cut(chance.choice(POSTAL_CODES), 3, 4)
