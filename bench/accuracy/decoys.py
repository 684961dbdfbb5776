"""What looks like personal information and is none: with the label that says so, without any, and in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.accuracy import arithmetic
from bench.accuracy.lists import SURNAMES
from bench.accuracy.notations import written
from bench.accuracy.numbers import cut, digits, landline, service
from bench.accuracy.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.accuracy.notations import Written

    Draw = Callable[[Random], Written]


def _unlucky_parcel(chance: Random) -> str:
    """Draw a parcel's number whose last digit is that of a My Number as well."""
    while True:
        number = arithmetic.parcel(chance.choice("345") + digits(chance, 10))
        if arithmetic.resident(number[:-1]) == number:
            return number


def _grouped(number: str) -> str:
    return "-".join(cut(number, 4, 4, 4))


def _hexadecimal(chance: Random, count: int) -> str:
    return "".join(chance.choices("0123456789abcdef", k=count))


def _uuid(chance: Random) -> str:
    text = _hexadecimal(chance, 32)
    return "-".join(cut(text, 8, 4, 4, 4, 12))


def _stamp(chance: Random) -> str:
    return (
        f"20{chance.randrange(10, 27)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        f"{chance.randrange(24):02}{chance.randrange(60):02}"
    )


def _footer(chance: Random) -> str:
    return f"株式会社{chance.choice(('青葉', '北斗', '東陽'))}製作所 TEL {'-'.join(landline(chance))}（代）"


def _place(chance: Random) -> str:
    return chance.choice(("宮城", "千葉", "福島", "山口", "石川", "宮崎")) + chance.choice(
        ("大学", "県庁", "支社", "営業所", "空港")
    )


def _no_name(chance: Random) -> str:
    return chance.choice(
        "未定 不明 同上 該当なし 別紙参照 総務部 事務局 責任者 関係者 本日休業 各自記入 代表取締役 経理担当".split()
    )


def _no_bearer(chance: Random) -> str:
    return chance.choice(
        "皆様 お客様 神様 王様 同様 仕様 多様 奥様 皆さん お客さん お父さん 利用者様 保護者様 関係者様".split()
    )


def _paper(chance: Random) -> str:
    return f"20{chance.randrange(18, 27)}-{digits(chance, 6)}"


def _code_of_part(chance: Random) -> str:
    return f"{chance.choice(('AB', 'KX', 'ZR'))}-{digits(chance, 4)}-{digits(chance, 3)}"


def _amount(chance: Random) -> str:
    return f"{chance.randrange(1000000, 99999999)}円"


def _amount_commas(chance: Random) -> str:
    return f"{chance.randrange(1000000, 999999999):,}円"


def _decimal(chance: Random) -> str:
    return f"0.{chance.choice(('0312345678', '0901234'))}{digits(chance, 3)}"


def _coordinates(chance: Random) -> str:
    return f"35.{digits(chance, 6)}, 139.{digits(chance, 6)}"


def _role(chance: Random) -> str:
    return f"{chance.choice(('info', 'support', 'noreply', 'soumu', 'recruit'))}@zz-kitano-kogyo.co.jp"


def _example(chance: Random) -> str:
    return f"user{digits(chance, 3)}@example.{chance.choice(('com', 'co.jp', 'org'))}"


def _date(chance: Random) -> str:
    return f"20{chance.randrange(10, 27)}/{chance.randrange(1, 13)}/{chance.randrange(1, 29)}"


def _branch_of(chance: Random) -> str:
    return f"{chance.choice(SURNAMES)}製作所"


#: Decoy -> the labels people write before it (none: it stands bare), and what draws it.
DECOYS: dict[str, tuple[tuple[str, ...], Callable[[Random], str]]] = {
    "order number, 12 digits": (("注文番号", "受注番号"), lambda chance: digits(chance, 12)),
    "order number, 11 digits": (("注文番号", "伝票番号"), lambda chance: digits(chance, 11)),
    "invoice number": (("請求書番号", "見積番号"), _paper),
    "document number, bare": ((), _paper),
    "product code": (("品番", "型番"), _code_of_part),
    "product code, bare": ((), _code_of_part),
    "UUID": ((), _uuid),
    "UUID, labelled": (("リクエストID", "request_id"), _uuid),
    "hash": ((), lambda chance: _hexadecimal(chance, chance.choice((32, 40, 64)))),
    "version": (
        ("バージョン", "version"),
        lambda chance: ".".join(str(chance.randrange(30)) for _ in range(chance.choice((3, 4)))),
    ),
    "timestamp": ((), _stamp),
    "timestamp, labelled": (("更新日時", "処理時刻"), _stamp),
    "Unix time": (("timestamp", "記録時刻"), lambda chance: "17" + digits(chance, 8)),
    "parcel passing as My Number": (("送り状番号", "お問い合わせ番号", "伝票番号"), _unlucky_parcel),
    "parcel passing as My Number, grouped": (
        ("送り状番号", "追跡番号", "ヤマト運輸"),
        lambda chance: _grouped(_unlucky_parcel(chance)),
    ),
    "company footer": ((), _footer),
    "service number": (("お客様相談室", "フリーダイヤル"), lambda chance: "-".join(service(chance))),
    "place like a name": ((), _place),
    **PLACES,
    "company like a name": (("取引先", "納入先"), _branch_of),
    "no name behind its label": (("氏名", "お名前", "担当者", "申請者", "世帯主"), _no_name),
    "nobody before an honorific": ((), _no_bearer),
    "amount": (("金額", "売上高"), _amount),
    "amount with commas": (("合計", "予算"), _amount_commas),
    "JAN": (("JAN", "商品コード"), lambda chance: arithmetic.article("49" + digits(chance, 10))),
    "JAN, bare": ((), lambda chance: arithmetic.article("45" + digits(chance, 10))),
    "ISBN": (("ISBN",), lambda chance: arithmetic.article("9784" + digits(chance, 8))),
    "decimal": (("係数", "確率"), _decimal),
    "coordinates": (("緯度経度", "位置"), _coordinates),
    "role address": (("お問い合わせ先", "メール"), _role),
    "reserved domain": (("メール", "例"), _example),
    "date": (("作成日", "納品日", "契約日", "有効期限"), _date),
    "date, bare": ((), _date),
    "lot number": (("ロット番号", "シリアル番号"), lambda chance: digits(chance, chance.choice((7, 8, 10)))),
    "random 12 digits, bare": ((), lambda chance: digits(chance, 12)),
    "random 10 digits, bare": ((), lambda chance: digits(chance, 10)),
    "random 7 digits, bare": ((), lambda chance: digits(chance, 7)),
    "cost centre": (("部門コード", "勘定科目コード"), lambda chance: digits(chance, 6)),
}
#: Drawn oftener, as their bar is low.
MORE = ("random 12 digits, bare",) * 4
#: Headers under which decoys fill a column.
COLUMNS = {
    "order number, 12 digits": ("注文番号", "受注No", "order_id"),
    "random 12 digits, bare": ("値", "列3", ""),
    "lot number": ("ロット", "lot_no"),
    "timestamp": ("更新日時", "updated_at"),
    "UUID": ("id", "リクエストID"),
    "parcel passing as My Number": ("送り状番号", "伝票番号", "tracking_no"),
    "amount": ("金額", "amount"),
    "JAN": ("JAN", "商品コード"),
    "product code": ("品番", "型番"),
    "date": ("作成日", "納期"),
    "no name behind its label": ("氏名", "担当者", "申込者"),
    "place like a name": ("列2", "行き先"),
    "random 7 digits, bare": ("値", "列5"),
    "cost centre": ("部門コード", "cost_center"),
}


def draw(name: str, chance: Random) -> tuple[str, Written]:
    """Draw a decoy with its label ("" for none)."""
    labels, make = DECOYS[name]
    return (chance.choice(labels) if labels else ""), written("decoy", make(chance))
