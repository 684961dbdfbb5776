"""The eight shares: who writes each, how large, and how near an estimate of the people must come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.scenarios import customers, offices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from bench.scenarios.truth import Truth

#: How far an estimate of people may be off: for tables, and for mail and forms.
TABLES, MAIL = 0.05, 0.20


@dataclass(frozen=True, slots=True)
class Scenario:
    """A share that leaks: its titles, its writer, its rows at full size and in the gate of every change."""

    en: str
    ja: str
    write: Callable[[Path, int, Random], Truth]
    size: int
    small: int
    tolerance: float = TABLES


SCENARIOS = {
    "brokerage": Scenario("a broker's customers", "証券会社の顧客と勤務先", customers.brokerage, 49_159, 150),
    "guardians": Scenario("guardians and children", "保護者と児童", offices.guardians, 20_000, 120),
    "portal": Scenario("a portal's list of IDs", "ポータルのID一覧", customers.portal, 200_000, 200),
    "courier": Scenario("a courier's members with cards", "宅配会社の会員とカード", customers.courier, 30_000, 150),
    "shop": Scenario("shop accounts with masked cards", "伏せ字カードの通販アカウント", customers.shop, 40_000, 150),
    "pensions": Scenario("pensioners in workbooks", "年金番号の表計算ファイル", offices.pensions, 12_500, 120),
    "lender": Scenario("SSNs and cards in English", "英語のSSNとカード", customers.lender, 40_000, 100),
    "mail": Scenario("a mail with 985 addresses in Cc", "Cc 985件のメール", offices.mail, 985, 985, MAIL),
}  # fmt: skip
