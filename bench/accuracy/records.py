"""Whole formats: transfer files of the banks and claims of the clinics, as their programs write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.accuracy import numbers, words
from bench.accuracy.compose import Entry
from bench.accuracy.lists import BANKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_NARROW = str.maketrans(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンザジャュョッー",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｻｼｬｭｮｯｰ",
)
_PEOPLE = 8


def build(chance: Random, count: int) -> Iterator[tuple[str, bytes, tuple[Entry, ...]]]:
    """Give `count` files of either format: name, content, and what they hold."""
    for number in range(count):
        yield f"zengin{number:03}.dat", *_zengin(chance)
        yield f"RECEIPTC{number:03}.uke", *_claim(chance)


def _kana(chance: Random) -> str:
    return words.kana_name(chance).translate(_NARROW)


def _zengin(chance: Random) -> tuple[bytes, tuple[Entry, ...]]:
    client, bank_name, branch_name = "ｶ)ｱｵﾊﾞｾｲｻｸｼﾞﾖ".ljust(40), "ﾐｽﾞﾎ".ljust(15), "ﾎﾝﾃﾝ".ljust(15)
    lines = [f"12100001234567{client}11250001{bank_name}001{branch_name}"]
    entries = []
    for _ in range(_PEOPLE):
        bank, branch, _, _ = chance.choice(BANKS)
        account = numbers.digits(chance, 7)
        amount = chance.randrange(200000, 400000)
        line = f"2{bank}{'ｷﾞﾝｺｳ':<15}{branch}{'ｼﾃﾝ':<15}    1{account}{_kana(chance):<30}{amount:010}1"
        entries.append(Entry("truth", "zengin_record", "fixed length", "record", account, line, len(lines)))
        lines.append(line)
    lines += [f"8{_PEOPLE:06}{2400000:012}", "9"]
    text = "".join(f"{line:<120}"[:120] + "\r\n" for line in lines)
    return text.encode("cp932"), tuple(entries)


def _claim(chance: Random) -> tuple[bytes, tuple[Entry, ...]]:
    lines = [f"IR,1,13,1,{numbers.digits(chance, 7)},,アオバ診療所,50811,00,"]
    entries = []
    for number in range(1, _PEOPLE + 1):
        born = words.day(chance)
        name = words.name(chance, "　")
        line = f"RE,{number},1112,50811,{name},{chance.choice('12')},{born:%Y%m%d},,,,,,,{numbers.digits(chance, 6)},,"
        entries.append(Entry("truth", "medical_claim", "comma separated", "record", "", line, len(lines)))
        insurer, points = numbers.insurer(chance)[0], chance.randrange(300, 2000)
        insured = f"HO,{insurer},{numbers.digits(chance, 6)},{numbers.digits(chance, 4)},2,{points},,,,,,,,"
        entries.append(Entry("truth", "medical_claim", "comma separated", "record", "", insured, len(lines) + 1))
        lines += [line, insured]
        lines += [f"SY,{numbers.digits(chance, 7)},5080401,1,,,01,", f"SI,11,1,{numbers.digits(chance, 9)},,288,1,,,"]
    text = "\r\n".join([*lines, f"GO,{_PEOPLE},12345,99"]) + "\r\n"
    return text.encode("cp932"), tuple(entries)
