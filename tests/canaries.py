"""Values that are planted to be looked for afterwards: each of its own in every file, place and notation."""

from __future__ import annotations

from functools import cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from piiscan.check_digit import luhn_holds
from piiscan.validators.my_number import my_number
from piiscan.verdict import Verdict
from tests.specimens import SPECIMENS
from tests.specimens.specimen import lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Canary(NamedTuple):
    """A value as it is planted under its label, and what of it no mask shows."""

    label: str
    value: str
    hidden: str


_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
_KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")
#: How one number is written, by a name.
NOTATIONS: dict[str, Callable[[str], str]] = {
    "bare": lambda value: value.replace("-", ""),
    "spaces": lambda value: value.replace("-", " "),
    "wide": lambda value: value.translate(_WIDE),
    "wide bare": lambda value: value.replace("-", "").translate(_WIDE),
    "kanji": lambda value: value.translate(_KANJI),
    "long vowel": lambda value: value.replace("-", "ー"),
    "international": lambda value: "+81-" + value[1:] if value.startswith("0") else value,
    "brackets": lambda value: f"({value[:3]}){value[4:]}" if value.startswith("0") else value,
    "joined": lambda value: value[:5] + "\u200d" + value[5:],
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc-jp", "iso2022_jp")


@cache
def _my_number(start: int) -> str:
    digits = next(f"{start:011}{check}" for check in range(10) if my_number(f"{start:011}{check}") is Verdict.CHECKED)
    return "-".join((digits[:4], digits[4:8], digits[8:]))


@cache
def _card(start: int) -> str:
    digits = next(f"{start}{check}" for check in range(10) if luhn_holds(f"{start}{check}"))
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def canaries(number: int) -> list[Canary]:
    """Give the values of one file; no two numbers give a value in common."""
    phone, mine = f"090-{7001 + number}-{4825 + number}", _my_number(27_491_836_504 + 7_919 * number)
    card, local = _card(453_914_880_343_000 + 104_729 * number), f"kanariya{number}.tarou"
    return [
        Canary("携帯電話", phone, phone[:-4]),
        Canary("個人番号", mine, mine[:-4]),
        Canary("カード番号", card, card[:-4]),
        Canary("メール", f"{local}@kanariya-shouji.co.jp", local[1:]),
        Canary("住所", f"東京都新宿区西新宿九丁目{number}番65号", f"西新宿九丁目{number}番"),
        Canary(
            "氏名", f"佐藤 鳥{'一二三四五六七八九十'[number % 10]}郎", f"藤 鳥{'一二三四五六七八九十'[number % 10]}郎"
        ),
        Canary("パスワード", f"Kn4r1y4{number:04}xQ", f"n4r1y4{number:04}"),
        Canary("所感", f"カナリヤ語録その{number}番", f"カナリヤ語録その{number}"),
    ]


def fields_of(planted: list[Canary], first: tuple[str, str] | None) -> dict[str, str]:
    """Give what a specimen is made of: its first value, or the pair that is given, also names members and sheets."""
    fields = {each.label: each.value for each in planted}
    return fields if first is None else {first[0]: first[1], **fields}


def plant(root: Path, *, is_named: bool) -> list[Canary]:
    """Fill a folder with a specimen of every format, and texts in every notation and encoding; give what was planted.

    `is_named`: names of files, folders, members, sheets and subjects hold values, too.
    """
    planted: list[Canary] = []
    numbers = count()

    def take(*kinds: int) -> list[Canary]:
        every = canaries(next(numbers))
        mine = [every[kind] for kind in kinds] or every
        planted.extend(mine)
        return mine

    def path(name: str) -> Path:
        if not is_named:
            return root / name
        (phone,), (address,) = take(0), take(3)
        folder = root / f"顧客 {phone.value}"
        folder.mkdir(parents=True)
        return folder / f"{address.value} {name}"

    root.mkdir(parents=True)
    for files in SPECIMENS.values():
        for name, build in files.items():
            path(name).write_bytes(build(fields_of(take(), None if is_named else ("備考", "一覧"))))
    for name, write in NOTATIONS.items():
        text = lines({each.label: write(each.value) for each in take()})
        path(f"{name}.txt").write_text(text, encoding="utf-8")
    for encoding in ENCODINGS:
        path(f"{encoding}.txt").write_bytes(lines(fields_of(take(), None)).encode(encoding))
    path("broken.txt").write_bytes(lines(fields_of(take(), None)).encode() + b"\xff\xfe\xff")
    return planted
