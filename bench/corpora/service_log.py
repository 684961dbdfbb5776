"""The log of a service: dates, times, durations and numbers of all kinds on every line, seldom a person."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from bench.corpora.people import People

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = 60_000_000
FILES = 4
#: One line in so many names a person.
EVERY = 400
_JAPAN = timezone(timedelta(hours=9))
_LEVELS = ("INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR")
#: Fields: a running number, a random one, random hexadecimal digits.
_MESSAGES = (
    "GET /api/v2/orders/{random} 200 {small}ms bytes={random}",
    "注文を受け付けました order_id={number} 明細={small}件 合計={random}円",
    "cache miss key=session:{hexadecimal} ttl=3600",
    "バッチ処理が終わりました 対象={random}件 所要時間={small}秒",
    "POST /login 302 {small}ms request_id={hexadecimal} from 10.20.{small}.{small}",
    "在庫を引き当てました sku=SKU-{number:08} 残り={small}",
    "connection pool: active={small} idle={small} waited={small}ms",
    "外部サービスの応答が遅れています timeout={small}000ms retry={small} trace={hexadecimal}",
)


def fill_log(folder: Path) -> None:
    """Write the days of the log, a file for each."""
    chance = random.Random(60)
    people = People(chance)
    mentions: tuple[Callable[[], str], ...] = (
        lambda: f"確認メールを送信しました to={people.email()}",
        lambda: f"SMSを送信しました tel={people.mobile()}",
        lambda: f"配送先を変更しました 住所={people.address()}",
    )
    number = 0
    for day in range(FILES):
        now = datetime(2026, 11, 20 + day, tzinfo=_JAPAN)
        size = 0
        with (folder / f"service-{now:%Y%m%d}.log").open("wb") as target:
            while size < SIZE // FILES:
                number += 1
                now += timedelta(milliseconds=chance.randrange(1, 400))
                said = chance.choice(mentions)() if number % EVERY == 0 else _message(chance, number)
                head = f"{now.isoformat(timespec='milliseconds')} {chance.choice(_LEVELS)} [worker-{number % 16}]"
                size += target.write(f"{head} app.service: {said}\n".encode())


def _message(chance: random.Random, number: int) -> str:
    return chance.choice(_MESSAGES).format(
        number=number,
        random=chance.randrange(10**6),
        small=chance.randrange(100),
        hexadecimal=f"{chance.getrandbits(64):016x}",
    )
