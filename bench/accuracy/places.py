"""Places that are no addresses: facilities, laws, news, stations, lists without a number, matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_WARDS = (
    "横浜市",
    "千代田区",
    "大阪市北区",
    "さいたま市",
    "川崎市",
    "名古屋市中区",
    "福岡市",
    "軽井沢町",
    "小川町",
    "新宿区",
)
_FACILITIES = (
    "立大学",
    "立図書館",
    "立第三小学校",
    "役所",
    "議会",
    "消防署",
    "営バス",
    "営地下鉄",
    "交通局",
    "商工会議所",
)


def _facility(chance: Random) -> str:
    number = chance.choice(
        ("", "3番線", f"{chance.randrange(2, 9)}階", "2号館", f" {chance.randrange(1, 12)}-{chance.randrange(1, 9)}")
    )
    return chance.choice(_WARDS) + chance.choice(_FACILITIES) + number


def _law(chance: Random) -> str:
    word = chance.choice(("条例", "個人情報保護条例", "規則", "告示", "財務規則", "火災予防条例"))
    number = chance.randrange(1, 60)
    return (
        chance.choice(_WARDS)
        + word
        + chance.choice((f"第{number}条", f"第{number}条第2項", f"第{number}号", f"{number}条の2"))
    )


def _news(chance: Random) -> str:
    """Give a sentence of a newspaper: a place, and a number that is none of it."""
    place = chance.choice(
        ("東京都千代田区", "大阪府大阪市北区", "神奈川県横浜市", "埼玉県川越市", "福岡県福岡市博多区", "長野県軽井沢町")
    )
    number = chance.randrange(2, 40)
    return place + chance.choice(
        (
            f"で火災があり{number}棟が焼けた",
            f"の人口は前年より{number}人増えた",
            f"で{number}日に開かれた大会",
            f"では{number}-{number + 2}人が参加した",
            f"の{number}店舗で販売する",
            f"内の{number}か所に設置",
            f"は{number}月から受け付ける",
            f"に本社を置く{number}社",
            f"と協定を結んで{number}年になる",
            f"産のトマト{number}個",
            f"の市長選で{number}票差",
            f"駅前に{number}階建てのビル",
        )
    )


def _station(chance: Random) -> str:
    return chance.choice(
        ("大阪市北区 梅田駅", "横浜市西区 横浜駅", "千代田区 東京駅", "福岡市博多区 博多駅", "名古屋市中村区 名古屋駅")
    ) + chance.choice(
        (f"{chance.randrange(1, 20)}番線", f"{chance.randrange(1, 12)}番出口", f" 徒歩{chance.randrange(2, 15)}分", "")
    )


def _list_of_places(chance: Random) -> str:
    return "、".join(
        chance.sample(
            (
                "東京都新宿区西新宿",
                "大阪市北区中之島",
                "横浜市中区山下町",
                "京都市下京区四条",
                "札幌市中央区北一条西",
                "那覇市久茂地",
            ),
            3,
        )
    )


def _score(chance: Random) -> str:
    first, second = chance.sample(("鹿島市", "浦和区", "川崎市", "広島市", "磐田市"), 2)
    return f"{first}代表 {chance.randrange(6)}-{chance.randrange(6)} {second}代表"


def _footer(chance: Random) -> str:
    company = chance.choice(
        (
            "株式会社青葉製作所",
            "北斗商事株式会社",
            "有限会社東陽堂",
            "一般社団法人白山会",
            "（株）若松建設",
            "学校法人花園学園",
        )
    )
    code, end = (
        f"〒{chance.randrange(100, 999)}-{chance.randrange(1000, 9999)}",
        f"{chance.randrange(1, 7)}-{chance.randrange(1, 25)}-3",
    )
    place = chance.choice(("東京都千代田区霞が関", "大阪市北区中之島", "神奈川県川崎市川崎区宮本町"))
    return f"{company} {chance.choice((code + ' ', ''))}{place}{end}"


#: As decoys.DECOYS.
PLACES: dict[str, tuple[tuple[str, ...], Callable[[Random], str]]] = {
    "public facility": ((), _facility),
    "footer with an address": ((), _footer),
    "municipal law": ((), _law),
    "place in the news": ((), _news),
    "station": ((), _station),
    "places without a number": ((), _list_of_places),
    "score of a match": ((), _score),
    "town and block of nobody": (
        ("開催地", "対象地区"),
        lambda chance: (
            chance.choice(("渋谷区", "港区", "那覇市", "仙台市青葉区"))
            + chance.choice(("全域", "ほか3市", "など12市町村"))
        ),
    ),
}
