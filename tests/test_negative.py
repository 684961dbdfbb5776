"""Numbers that are nothing of the kind: how many of a fixed seed are taken for an identifier."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from piiscan import selftest
from piiscan.negative import NEGATIVE, is_parcel
from piiscan.text import fold
from tests.test_patterns import VECTORS

if TYPE_CHECKING:
    from collections.abc import Callable

DETECTOR = selftest.quiet_detector()
CHANCE = random.Random("decoys")  # noqa: S311 - the same decoys every time
MEDIUM = 50
#: Rows of a column that is searched in bulk.
MANY = 60


def _digits(count: int) -> str:
    return "".join(CHANCE.choices("0123456789", k=count))


def _found(text: str) -> list[str]:
    """Name what is found at medium or above and shown."""
    candidates = DETECTOR.find(fold(text).text)
    return [each.pattern.id for each in candidates if each.score >= MEDIUM and not {"sample", "public"} & {*each.flags}]


def _grouped(number: str) -> str:
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))


def _parcel() -> str:
    body = _digits(11)
    return body + str(int(body) % 7)


def _stamp(length: int) -> str:
    moment = (
        f"{CHANCE.randint(1995, 2035)}{CHANCE.randint(1, 12):02}{CHANCE.randint(1, 28):02}"
        f"{CHANCE.randint(0, 23):02}{CHANCE.randint(0, 59):02}{CHANCE.randint(0, 59):02}"
    )
    return moment[:length]


def _ean(prefix: str) -> str:
    body = prefix + _digits(12 - len(prefix))
    total = sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(body))
    return body + str(-total % 10)


DECOYS: dict[str, Callable[[], str]] = {
    "parcel behind its word": lambda: f"送り状番号 {_grouped(_parcel())}",
    "parcel beside its word": lambda: f"ヤマト運輸の宅急便で出荷済 {_grouped(_parcel())}",
    "parcel before its word": lambda: f"{_grouped(_parcel())} (佐川急便)",
    "minute": lambda: f"記録 {_stamp(12)}",
    "second": lambda: f"記録 {_stamp(14)}",
    "milliseconds": lambda: f"記録 1{CHANCE.randint(5, 9)}{_digits(11)}",
    "seconds": lambda: f"記録 1{CHANCE.randint(5, 9)}{_digits(8)}",
    "JAN": lambda: f"商品 {_ean(CHANCE.choice(['45', '49']))}",
    "ISBN": lambda: f"書籍 {_ean(CHANCE.choice(['978', '979']))}",
    "local government": lambda: f"自治体 {_digits(6)}",
    "corporate": lambda: f"取引先 T{_digits(13)}",
    "order": lambda: f"ORD-{_digits(4)}-{_digits(4)}-{_digits(4)}",
    "order number": lambda: f"注文番号 {_grouped(_digits(12))}",
    "document": lambda: f"文書 {CHANCE.randint(2015, 2026)}-{_digits(6)}-{_digits(4)}",
    "lot": lambda: f"ロット番号 {CHANCE.choice('TMABC')}{CHANCE.choice('KRXYZ')}{_digits(7)}",
    "product": lambda: f"品番 {CHANCE.choice('TMABC')}{CHANCE.choice('KRXYZ')}{_digits(8)}AB",
    "part": lambda: f"部品 {CHANCE.choice('TM')}{CHANCE.choice('KRXYZ')}{_digits(7)}",
    "version": lambda: f"version {_digits(2)}.{_digits(4)}.{_digits(6)}",
    "UUID": lambda: f"{_digits(8)}-{_digits(4)}-{_digits(4)}-{_digits(4)}-{_digits(12)}",
    "hash": lambda: "".join(CHANCE.choices("0123456789abcdef", k=64)),
    "decimal": lambda: f"0.{_digits(12)}",
    "amount": lambda: f"{_digits(12)}円",
}


@pytest.mark.parametrize("kind", DECOYS)
def test_a_decoy_in_a_hundred_at_most_is_taken_for_an_identifier(kind: str) -> None:
    found = Counter(name for _ in range(400) for name in _found(DECOYS[kind]()))
    assert found.total() <= 4, found


def test_random_numbers_are_next_to_never_found() -> None:
    found = Counter(name for _ in range(4000) for name in _found(f"参考 {_digits(12)} 以上"))
    assert found.total() <= 4000 * 0.005, found


@pytest.mark.parametrize(
    ("length", "rows", "is_grouped"),
    [(length, rows, is_grouped) for length in range(9, 17) for rows in (3, 9) for is_grouped in (True, False)]
    + [(length, MANY, length % 2 == 0) for length in range(9, 17)],  # which take longest
)
def test_a_column_of_random_numbers_holds_nothing(length: int, rows: int, *, is_grouped: bool) -> None:
    found: Counter[str] = Counter()
    columns = 200 if rows < MANY else 40
    for _ in range(columns):
        cells = [_digits(length) for _ in range(rows)]
        if is_grouped:
            cells = [_grouped(cell) for cell in cells]
        candidates = DETECTOR.find("\n".join(cells), cells=cells)
        found.update(each.pattern.id for each in candidates if each.score >= MEDIUM and "public" not in each.flags)
    for name in ("payment_card", "phone_mobile", "phone_ip", "phone_service"):  # a shape that says enough, or a prefix
        del found[name]
    assert found.total() <= columns * rows * 0.005, found


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_parcel_vectors(kind: str) -> None:
    assert {is_parcel(number) for number in VECTORS["parcel_tracking_7DR"][kind]} == {kind == "valid"}


def test_no_word_is_in_two_negative_sets() -> None:
    words = Counter(word.lower() for each in NEGATIVE.values() for word in each)
    assert [word for word, count in words.items() if count > 1] == []
