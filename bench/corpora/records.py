"""Tables and dumps full of people, as a customer database gives them out."""

from __future__ import annotations

import csv
import json
import random
from typing import TYPE_CHECKING

from bench.corpora.people import People

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 500_000
#: What the reference engine, which matches all patterns everywhere, reads in a minute or two.
FEW_ROWS = ROWS // 20
HEADERS = (
    "会員番号", "氏名", "個人番号", "基礎年金番号", "携帯電話", "自宅電話", "メールアドレス", "郵便番号", "住所",
    "カード番号", "登録日", "備考",
)  # fmt: skip
_NOTES = ("", "", "", "", "窓口で申込", "資料を送付済み", "家族会員", "登録内容の確認待ち")
JSON_SIZE = 10_000_000
#: One order in so many says whom to call.
EVERY = 5


def fill_dense(folder: Path, *, rows: int | None = None, encoding: str = "utf-8") -> None:
    """Write so many members, all of them if None.

    Two thirds of the optional items are filled in, which makes about five items a row.
    """
    chance = random.Random(20)
    people = People(chance)
    with (folder / "members.csv").open("w", encoding=encoding, newline="") as target:
        table = csv.writer(target)
        table.writerow(HEADERS)
        table.writerows(_member(chance, people, number) for number in range(ROWS if rows is None else rows))


def _member(chance: random.Random, people: People, number: int) -> tuple[str, ...]:
    has_my_number = chance.random() < 0.5  # noqa: PLR2004 - one or the other, nobody gives both
    return (
        f"M{number:07}",
        people.name(),
        people.my_number() if has_my_number else "",
        "" if has_my_number else people.pension(),
        people.mobile() if chance.random() < 2 / 3 else "",
        people.landline() if chance.random() < 1 / 3 else "",
        people.email() if chance.random() < 2 / 3 else "",
        people.postal_code(),
        people.address(),
        people.card() if chance.random() < 1 / 3 else "",
        f"{chance.randrange(2015, 2026)}/{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}",
        chance.choice(_NOTES),
    )


def fill_json(folder: Path) -> None:
    """Write orders in both ways that programs keep them: one array, and one object a line."""
    for name, before, between, after in (
        ("orders.json", b"[\n", b",\n", b"\n]\n"),
        ("orders.jsonl", b"", b"\n", b"\n"),
    ):
        chance = random.Random(name)
        people = People(chance)
        with (folder / name).open("wb") as target:
            size = target.write(before)
            number = 0
            while size < JSON_SIZE // 2:
                order = json.dumps(_order(chance, people, number), ensure_ascii=False).encode()
                size += target.write(between + order if number else order)
                number += 1
            target.write(after)


def _order(chance: random.Random, people: People, number: int) -> dict[str, object]:
    goods = [
        {
            "sku": f"SKU-{chance.randrange(10**6):06}",
            "name": f"見本の品 {chance.randrange(500)}",
            "qty": qty,
            "price": 980 * qty,
        }
        for qty in range(1, chance.randrange(2, 6))
    ]
    day = f"2025-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    order: dict[str, object] = {
        "id": f"{chance.getrandbits(64):016x}",
        "ordered_at": f"{day}T{chance.randrange(24):02}:15:30+09:00",
        "status": chance.choice(("shipped", "paid", "cancelled")),
        "items": goods,
        "memo": chance.choice(("", "包装なし", "午前中に配達を希望")),
    }
    if number % EVERY == 0:
        order["contact"] = {
            "氏名": people.name(),
            "tel": people.mobile(),
            "mail": people.email(),
            "zip": people.postal_code(),
            "住所": people.address(),
        }
    return order
