# ruff: noqa: E501 - a row of a table is a line
"""Addresses as they are written: their parts from lists of the corpus's own, put together in every way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.accuracy.lists import BUILDINGS, MUNICIPALITIES, TOWNS
from bench.accuracy.notations import wide, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.accuracy.notations import Written

    Draw = Callable[[Random], Written]

#: Prefecture, municipality and a town that is really there.
_PLACES = tuple(
    tuple(row.split("/"))
    for row in (
        "北海道/函館市/元町 北海道/小樽市/花園 宮城県/仙台市青葉区/国分町 福島県/会津若松市/栄町 茨城県/水戸市/三の丸 栃木県/宇都宮市/馬場通り 埼玉県/川越市/幸町"
        " 千葉県/柏市/柏 東京都/港区/芝公園 東京都/府中市/宮町 東京都/町田市/原町田 東京都/立川市/曙町 神奈川県/鎌倉市/雪ノ下 神奈川県/横浜市西区/みなとみらい 新潟県/新潟市中央区/万代"
        " 石川県/金沢市/香林坊 長野県/長野市/南長野 静岡県/浜松市中央区/鍛冶町 愛知県/岡崎市/康生通西 三重県/伊勢市/宇治館町 滋賀県/大津市/浜大津 大阪府/吹田市/千里山東 大阪府/豊中市/岡町"
        " 兵庫県/神戸市中央区/北野町 奈良県/奈良市/登大路町 岡山県/岡山市北区/表町 広島県/広島市中区/袋町 広島県/府中市/府川町 山口県/萩市/江向 愛媛県/松山市/道後湯之町 福岡県/福岡市博多区/祇園町 長崎県/長崎市/南山手町"
        " 熊本県/熊本市中央区/水前寺 鹿児島県/鹿児島市/東千石町 沖縄県/那覇市/久茂地"
    ).split()
)
_DISTRICTS = (
    ("青森県", "上北郡", "おいらせ町", "上明堂"),
    ("埼玉県", "比企郡", "小川町", "大塚"),
    ("神奈川県", "足柄下郡", "箱根町", "湯本"),
    ("長野県", "北佐久郡", "軽井沢町", "長倉"),
    ("三重県", "多気郡", "明和町", "斎宮"),
    ("大阪府", "泉南郡", "熊取町", "野田"),
    ("福岡県", "糟屋郡", "志免町", "別府"),
    ("熊本県", "阿蘇郡", "南阿蘇村", "河陽"),
)
_KYOTO = (
    "中京区/寺町通御池上る/上本能寺前町",
    "下京区/四条通室町東入/函谷鉾町",
    "上京区/烏丸通今出川下る/観三橘町",
    "中京区/烏丸通御池下ル/虎屋町",
)
_IWATE = ("盛岡市/玉山永井", "八幡平市/大更", "花巻市/東和町安俵", "滝沢市/巣子", "岩手郡雫石町/長山")
_ISHIKAWA = ("七尾市/中島町浜田", "白山市/相川町", "小松市/長崎町", "羽咋市/寺家町")
#: As the lists have it, and as people write it.
_SPELLED = (
    ("千葉県", "鎌ヶ谷市", "初富"), ("千葉県", "鎌が谷市", "初富"), ("茨城県", "竜ヶ崎市", "佐貫町"), ("茨城県", "龍が崎市", "佐貫町"),
    ("東京都", "千代田区", "霞ヶ関"), ("東京都", "千代田区", "霞ケ関"), ("神奈川県", "茅ケ崎市", "東海岸北"), ("東京都", "渋谷区", "廣尾"),
    ("埼玉県", "所沢市", "緑ヶ丘"), ("東京都", "千代田区", "神田駿河臺"), ("神奈川県", "横濱市中区", "山下町"), ("東京都", "世田谷区", "駒澤"),
    ("大阪府", "大阪市北区", "中ノ島"), ("東京都", "千代田区", "丸ノ内"),
)  # fmt: skip
_ROOMS = ("{}203号室", "{} 101", "{}B棟502", "{}305号", "{} A-201")
_CARE = ("山田様方", "佐藤方")
_KANJI = "〇一二三四五六七八九"


def _numbers(chance: Random) -> tuple[int, int, int]:
    return chance.randrange(1, 7), chance.randrange(1, 25), chance.randrange(1, 20)


def _block(chance: Random) -> str:
    return "-".join(map(str, _numbers(chance)))


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _KANJI[tens] + "十") + (_KANJI[ones] if ones else "")


def _place(chance: Random, *, whole: bool) -> str:
    prefecture, city, town = chance.choice(_PLACES)
    is_clear = city != "府中市"
    return (prefecture if whole or not is_clear else "") + city + town


def _plain(chance: Random, form: str = "{0}-{1}-{2}", *, whole: bool = False) -> str:
    return _place(chance, whole=whole) + form.format(*_numbers(chance))


def _invented(chance: Random, form: str = "{0}-{1}-{2}") -> str:
    return chance.choice(MUNICIPALITIES) + chance.choice(TOWNS) + form.format(*_numbers(chance))


def _room(chance: Random) -> str:
    room = chance.choice(_ROOMS).format(chance.choice(BUILDINGS))
    return _invented(chance) + chance.choice((" ", "　")) + room


def _care(chance: Random) -> str:
    return f"{_place(chance, whole=True)}{chance.randrange(10, 900)}番地 {chance.choice(_CARE)}"


def _in_kanji(chance: Random) -> str:
    first, second, third = map(_kanji, _numbers(chance))
    return _place(chance, whole=chance.random() < 0.5) + f"{first}丁目{second}番{third}号"  # noqa: PLR2004


def _district(chance: Random, *, left_out: bool) -> str:
    prefecture, district, town, area = chance.choice(_DISTRICTS)
    block = chance.choice(("{1}-{2}", "大字{area}{0}{1}", "{0}{1}{2}番地")).format(*_numbers(chance), area=area)
    start = town if left_out else prefecture + district + town
    return start + (block if area in block else area + block)


def _kyoto(chance: Random) -> str:
    ward, street, town = chance.choice(_KYOTO).split("/")
    return f"京都市{ward}{street}{town}{chance.randrange(100, 900)}" + chance.choice(("", "番地", "-3"))


def _hokkaido(chance: Random) -> str:
    first, second, third = _numbers(chance)
    street = chance.choice(
        (f"北{second}条西{first}丁目", f"北{_kanji(second)}条東{first}丁目", f"南{second}条西{first}丁目")
    )
    return chance.choice(("北海道札幌市北区", "札幌市中央区", "札幌市東区")) + street + f"{second}-{third}"


def _iwate(chance: Random) -> str:
    first, second, third = _numbers(chance)
    city, town = chance.choice(_IWATE).split("/")
    return f"{chance.choice(('岩手県', ''))}{city}{town}" + chance.choice(
        (f"第{second}地割{third}番地", f"{second}地割{third}-{first}")
    )


def _ishikawa(chance: Random) -> str:
    city, town = chance.choice(_ISHIKAWA).split("/")
    sign, number = chance.choice("イロハニホ甲乙"), chance.randrange(10, 400)
    return f"{chance.choice(('石川県', ''))}{city}{town}{sign}{number}" + chance.choice(("", "番地", "-2"))


def _spelled(chance: Random) -> str:
    prefecture, city, town = chance.choice(_SPELLED)
    return chance.choice((prefecture, "")) + city + town + _block(chance)


def _lone(chance: Random) -> str:
    return _place(chance, whole=chance.random() < 0.5) + str(chance.randrange(30, 2900))  # noqa: PLR2004


def _spaced(chance: Random) -> str:
    gap, (prefecture, city, town) = chance.choice(" 　"), chance.choice(_PLACES)
    return gap.join((prefecture, city, town + _block(chance)))


def _draw(chance: Random, name: str) -> Written:
    return written(name, _KINDS[name](chance), bare=True, column=True)


_KINDS: dict[str, Callable[[Random], str]] = {
    "hyphens": _invented,
    "丁目番号": partial(_invented, form="{0}丁目{1}番{2}号"),
    "full width": lambda chance: wide(_invented(chance)),
    "building": lambda chance: f"{_invented(chance)} {chance.choice(BUILDINGS)}203号室",
    "番地": partial(_invented, form="{1}番地{0}"),
    "番地の": partial(_plain, form="{1}番地の{0}"),
    "no prefecture": _plain,
    "no prefecture, 番地": partial(_plain, form="{0}丁目{1}番地"),
    "no prefecture, full width": lambda chance: wide(_plain(chance)),
    "no prefecture, building": lambda chance: (
        f"{_plain(chance)} {chance.choice(_ROOMS).format(chance.choice(BUILDINGS))}"
    ),
    "a mere number": _lone,
    "district": partial(_district, left_out=False),
    "district left out": partial(_district, left_out=True),
    "spaces": _spaced,
    "kanji numerals": _in_kanji,
    "Kyoto": _kyoto,
    "Hokkaido": _hokkaido,
    "Iwate": _iwate,
    "Ishikawa": _ishikawa,
    "other characters": _spelled,
    "room": _room,
    "in care of": _care,
}
#: How addresses are written -> what draws one. All of them are to be found without a label, too.
ADDRESSES: dict[str, Draw] = {name: partial(_draw, name=name) for name in _KINDS}
