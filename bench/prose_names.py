"""Measure names of people in running text (`person_name_prose`): precision and recall on sentences made for it.

    python -m bench.prose_names [--seed N] [--size N]

Names are put together from the corpus's own lists of common ones, in every way of writing, glued to their neighbours or
not. Decoys are surnames and whole names as parts of what places, companies and prizes are called, and other words that
look alike. The sentences are short and clean, so the figures say how well names are told from such words, and not more.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from bench.accuracy.lists import FILLER, GIVEN, SURNAMES
from piiscan.config import ScanConfig
from piiscan.data import load_words
from piiscan.detect import Detector
from piiscan.errors import PiiscanError
from piiscan.model import Confidence
from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Draw = Callable[[Random], str]

SEED, SIZE = 20261128, 2_000
_PATTERN = "person_name_prose"
#: In these a name stands with no title, label or number beside it; decoys as well.
_FRAMES = (
    "昨日の会議には{}が来ていた。",
    "この件は{}に任せることになった。",
    "資料をまとめたのは{}である。",
    "{}は来月から休むという。",
    "先週、{}と話した内容を書いておく。",
    "去年は{}の話が多かった。",
    "午後に{}を訪ねた",
    "今日は{}、明日は雨の予報だ。",
    "「{}」という名を聞いた。",
    "詳しくは{}（資料3）を見ること。",
)
_NAMES: dict[str, Draw] = {
    "glued": lambda chance: _name(chance, ""),
    "space": lambda chance: _name(chance, " "),
    "full-width space": lambda chance: _name(chance, "　"),
    "middle dot": lambda chance: _name(chance, "・"),
    "given name in kana": lambda chance: (
        chance.choice(SURNAMES) + chance.choice("さくら あかね ひろし かおり まさる みどり".split())
    ),
    "behind a title": lambda chance: chance.choice(("部長", "総務課", "講師の", "担任の")) + _name(chance, ""),
    "list of two": lambda chance: f"{_name(chance, '')}、{_name(chance, '')}",
}
#: Drawn evenly from all spellings that the scanner's own lists have, most of which nobody meets: told, and not counted.
_RARE = "any spelling of the lists"
_TITLES = frozenset(("部長", "総務課", "講師の", "担任の"))
_PARTS = {
    "surname alone": ("",),
    "company": ("製作所", "電機", "建設", "商店", "製薬", "運輸", "不動産", "食品", "工業"),
    "station": ("駅", "中央駅", "本町", "台駅", "橋駅", "一丁目"),
    "place": ("市", "町", "川", "山", "島", "海岸", "新田", "平野", "峠", "温泉", "公園"),
    "temple": ("寺", "神社", "大社", "観音", "城", "山荘"),
    "school": ("大学", "高校", "学園", "第一小学校", "美術館"),
    "product": ("酒造", "牛", "ラーメン", "織", "焼", "茶", "メロン"),
}
_BEHIND_NAME = ("記念館", "美術館", "賞", "文庫", "商店", "杯", "記念講堂", "全集")
_LIKE_NAMES = (
    "平和通 和田峠 三田線 石川台 中村橋 高田馬場 清水寺 浅草寺 東大寺 平等院 令和 平成元年 昭和 大正"
    " 元禄 松下電器 本田技研 豊田通商 三井住友銀行 武田薬品 江崎グリコ 森永乳業 伊藤園 伊藤忠 日清食品"
    " 大林組 竹中工務店 鹿島建設 山田錦 森伊蔵 久保田万寿 宮崎和牛 松阪牛 成田山 高尾山 大井川 木曽川"
    " 中野坂上 西荻窪 武蔵小杉 上野広小路 三越前 新井薬師 渡辺通 大久保公園 前橋育英 青山学院 安達太良山"
    " 原生林 森林浴 中山道 甲州街道 日光東照宮 関東大震災 桜井線 さくら銀行 あおい書店 林檎 高等学校"
    " 大野城市 小野田市 大和郡山 安芸高田 小松菜 菊池渓谷 関東 東西 平易 本日休業 一条 三宅島 真田丸"
    " 茶道 和田英和辞典 光明 森羅万象 清水港 藤原京 平安 武蔵野線 上原高地 小林構文 千代田線"
).split()


def _ending_in(endings: Sequence[str]) -> Draw:
    return lambda chance: chance.choice(SURNAMES) + chance.choice(endings)


_DECOYS: dict[str, Draw] = {
    **{name: _ending_in(endings) for name, endings in _PARTS.items()},
    "called after somebody": lambda chance: _name(chance, "") + chance.choice(_BEHIND_NAME),
    "word like a name": lambda chance: chance.choice(_LIKE_NAMES),
    "no name at all": lambda chance: chance.choice(FILLER),
}


def _name(chance: Random, joint: str) -> str:
    return chance.choice(SURNAMES) + joint + chance.choice(GIVEN)


def _wanted(text: str) -> list[str]:
    """Give the names in what was drawn: without the title before, one by one."""
    title = next(filter(text.startswith, _TITLES), "")
    return text[len(title) :].split("、")


def _rare(chance: Random) -> str:
    return chance.choice(_listed("surnames")) + chance.choice(_listed("given"))


@cache
def _listed(kind: str) -> list[str]:
    return sorted(each for each in load_words("names.words")[kind] if len(each) > 1)


class _Reader:
    """Scans one sentence as a person who asked for such names does."""

    def __init__(self) -> None:
        key = bytes(32)
        self._detector = Detector(ScanConfig(key, key, ("default", _PATTERN)))

    def claims(self, sentence: str) -> Counter[str]:
        """Give what is claimed to be somebody's name in running text."""
        folded = fold(sentence)
        found = (each for each in self._detector.find(folded.text) if each.pattern.id == _PATTERN)
        spans = (folded.original(each.start, each.end) for each in found if each.score >= Confidence.MEDIUM)
        return Counter(sentence[start:end] for start, end in spans)


def measure(seed: int, size: int) -> tuple[float, float, list[str]]:
    """Give precision and recall, and a line for each kind of name and of decoy; `size` sentences of each kind."""
    chance, reader, lines = Random(seed), _Reader(), list[str]()
    hits = wanted = wrong = 0
    for kind, draw in {**_NAMES, _RARE: _rare}.items():
        told = Counter[str]()
        for _ in range(size):
            value = draw(chance)
            names, claims = Counter(_wanted(value)), reader.claims(chance.choice(_FRAMES).format(value))
            told["found"] += (names & claims).total()
            told["names"] += names.total()
            told["wrong"] += (claims - names).total()
        if kind != _RARE:
            hits, wanted, wrong = hits + told["found"], wanted + told["names"], wrong + told["wrong"]
        lines.append(f"found {told['found']:5} of {told['names']:5}  {kind}")
    for kind, draw in _DECOYS.items():
        claimed = sum(bool(reader.claims(chance.choice(_FRAMES).format(draw(chance)))) for _ in range(size))
        wrong += claimed
        lines.append(f"taken {claimed:5} of {size:5}  {kind}")
    return hits / max(hits + wrong, 1), hits / wanted, lines


def main() -> int:
    """Measure and print; 2 where `piiscan[names]` is not installed."""
    parser = argparse.ArgumentParser(prog="python -m bench.prose_names", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED, help=f"draw the sentences by this seed (default: {SEED})")
    parser.add_argument("--size", type=int, default=SIZE, help=f"sentences of each kind (default: {SIZE})")
    options = parser.parse_args()
    try:
        precision, recall, lines = measure(options.seed, options.size)
    except PiiscanError as error:
        print(error, file=sys.stderr)
        return 2
    print(*lines, sep="\n")
    print(f"precision {100 * precision:.2f} %, recall {100 * recall:.2f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
