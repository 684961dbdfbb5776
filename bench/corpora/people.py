"""Made-up people: every number is drawn by a seeded generator, and most of the check digits are right."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from piiscan.data import load_bits, load_lines

if TYPE_CHECKING:
    import random

#: The share of numbers whose check digit is right: people mistype.
RIGHT = 0.96
_SURNAMES = (
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田"
    " 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 福田 太田 西村"
).split()
_GIVEN = (
    "健太 美咲 翔 陽菜 大輔 さくら 誠 由美子 一郎 恵 直樹 千尋 隆 真由美 航 蓮 葵 樹 凛 湊 結衣 悠真 莉子 大和 芽依"
    " 陸 杏 颯太 結菜 悠斗 咲良 陽翔 紬 律 和子 洋子 幸子 節子 浩 博 修 茂 豊 清 勝 進"
).split()
_TOWNS = "本町 中央 栄町 東町 西町 南町 北町 旭町 緑町 桜台 泉町 若葉 富士見 大手町 川原 新町 松原 高台".split()
_MY_NUMBER_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LOCALS = ("taro", "hanako", "k", "sato", "m.suzuki", "y_tanaka-")
_DOMAINS = ("piiscan-corpus.co.jp", "mail.piiscan-corpus.jp", "piiscan-corpus.ne.jp")


@cache
def _postal_codes() -> tuple[int, ...]:
    bits = load_bits("postal_codes.bin")
    return tuple(code for code in range(len(bits) * 8) if bits[code >> 3] >> (code & 7) & 1)


@cache
def _places() -> tuple[str, ...]:
    return tuple(line.replace("\t", "") for line in load_lines("municipalities.txt"))


@cache
def _area_codes() -> tuple[str, ...]:
    return load_lines("area_codes.txt")


class People:
    """A source of values; the same one for the same seed."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def digits(self, count: int) -> str:
        """Give random digits."""
        return f"{self._chance.randrange(10**count):0{count}}"

    def name(self) -> str:
        """Put a common surname and a common given name together."""
        return f"{self._chance.choice(_SURNAMES)} {self._chance.choice(_GIVEN)}"

    def my_number(self) -> str:
        """Give twelve digits, the last one as the law wants it."""
        body = f"{self._chance.randrange(2, 10)}{self.digits(10)}"
        rest = sum(weight * int(digit) for weight, digit in zip(_MY_NUMBER_WEIGHTS, body, strict=True)) % 11
        return body + self._check(0 if rest <= 1 else 11 - rest)

    def card(self) -> str:
        """Give sixteen digits in groups of four, the last one after Luhn."""
        body = f"4{self.digits(14)}"
        doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
        number = body + self._check(-(doubled + sum(map(int, body[-2::-2]))) % 10)
        return "-".join(number[start : start + 4] for start in range(0, 16, 4))

    def _check(self, right: int) -> str:
        return str(right if self._chance.random() < RIGHT else (right + 1) % 10)

    def pension(self) -> str:
        """Give a basic pension number: an office, a running number."""
        return f"{self._chance.randrange(3100, 9700)}-{self.digits(6)}"

    def mobile(self) -> str:
        """Give a mobile number."""
        return f"0{self._chance.choice('789')}0-{self._chance.randrange(1000, 10000)}-{self.digits(4)}"

    def landline(self) -> str:
        """Give a fixed number under a real area code."""
        code = self._chance.choice(_area_codes())
        # Area code and exchange have six digits together.
        exchange = self._chance.randrange(10 ** (5 - len(code)), 10 ** (6 - len(code)))
        return f"{code}-{exchange}-{self.digits(4)}"

    def email(self) -> str:
        """Give an address under a domain that is ours."""
        return f"{self._chance.choice(_LOCALS)}{self.digits(5)}@{self._chance.choice(_DOMAINS)}"

    def postal_code(self) -> str:
        """Give a code that Japan Post has."""
        code = f"{self._chance.choice(_postal_codes()):07}"
        return f"{code[:3]}-{code[3:]}"

    def address(self) -> str:
        """Give a real municipality, a common town name and a block."""
        chance = self._chance
        block = f"{chance.randrange(1, 9)}-{chance.randrange(1, 30)}-{chance.randrange(1, 30)}"
        return f"{chance.choice(_places())}{chance.choice(_TOWNS)}{block}"
