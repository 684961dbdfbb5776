"""How many people a file holds: an estimate by what repeats in it, with bounds that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.people import Combination
from piiscan.piece import Place, Segment, Table
from piiscan.subjects import Census, in_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from piiscan.people import Subjects

CONFIG = ScanConfig(key=b"k" * 32, run_key=b"r" * 32)


def census_of(*pieces: Segment | Table) -> Census:
    collector = Collector(Detector(CONFIG))
    for piece in pieces:
        collector.collect(piece)
    return collector.census


def people_of(*pieces: Segment | Table) -> tuple[Subjects, ...]:
    return census_of(*pieces).told()


def table(headers: Sequence[str], *rows: Sequence[str]) -> Table:
    return Table(tuple(zip(*rows, strict=True)), lambda _c, row, offset: Place(row + 1, offset + 1), tuple(headers))


def phone(number: int) -> str:
    return f"090-{1234 + number // 10_000:04}-{number % 10_000:04}"


def mail(number: int) -> str:
    return f"zz.vec{number}@piiscan-vec.co.jp"


def test_rows_of_a_roster_are_people() -> None:
    rows = [(phone(n), mail(n) if n % 2 else "", "2020-01-01") for n in range(40)]
    (told,) = people_of(table(("携帯電話", "メール", "登録日"), *rows))
    assert (told.method, told.estimate, told.low, told.high, told.is_roster) == ("rows", 40, 40, 40, True)
    assert told.combinations == (Combination(("phone",), 20), Combination(("email", "phone"), 20))


def test_a_cell_of_several_lines_is_one_row() -> None:
    # hypothesis met it: a column that is read in bulk counts lines
    rows = [("折り返し\n電話します\n待つ", "zz.vec@piiscan-vec.co.jp"), *((phone(n), mail(n)) for n in range(300))]
    detector = Detector(CONFIG)
    detector._engine._patience = 0
    collector = Collector(detector)
    collector.collect(table(("携帯電話", "メール"), *rows))
    (told,) = collector.census.told()
    assert told.combinations == (Combination(("email", "phone"), 300), Combination(("email",), 1))


def test_a_number_of_ones_own_tells_that_rows_repeat() -> None:
    rows = [(f"A{n % 25:06}", phone(n % 25), "品物") for n in range(100)]
    (told,) = people_of(table(("会員番号", "携帯電話", "注文"), *rows))
    assert (told.method, told.estimate, told.low, told.high) == ("distinct member_id", 25, 25, 100)


def test_a_number_that_half_of_the_rows_lack_bounds_the_estimate_only() -> None:
    rows = [(f"A{n:06}" if n % 2 else "", phone(n % 30)) for n in range(60)]
    (told,) = people_of(table(("会員番号", "携帯電話"), *rows))
    assert (told.method, told.estimate, told.low, told.high) == ("rows", 60, 30, 60)


def test_blocks_of_one_table_are_one_part() -> None:
    blocks = [table(("携帯電話",), *((phone(n),) for n in range(start, start + 50))) for start in (0, 50, 80)]
    (told,) = people_of(*blocks)
    assert (told.estimate, told.low, told.high) == (150, 130, 150)


def test_attributes_alone_are_nobody() -> None:
    assert people_of(table(("郵便番号", "性別"), ("100-0001", "男"), ("100-0002", "女"))) == ()


def test_a_form_is_one_person() -> None:
    rows = (("生年月日", "1980-03-04"), ("携帯電話", phone(1)), ("メール", mail(1)), ("性別", "女"))
    (told,) = people_of(table((), *rows))
    assert (told.estimate, told.low, told.is_roster) == (1, 1, False)
    assert told.combinations == (Combination(("attribute", "birth_date", "email", "phone"), 1),)


def test_text_holds_as_many_people_as_its_most_frequent_data_has_values() -> None:
    text = "\n".join(f"担当 携帯 {phone(n)}" for n in range(7)) + f"\n返信先 {mail(1)} {mail(1)}\n"
    (told,) = people_of(Segment(text))
    assert (told.method, told.estimate, told.low, told.high) == ("distinct phone", 7, 7, 8)


def test_a_person_may_have_one_of_each_kind() -> None:
    text = f"自宅 03-3581-4321 携帯 {phone(1)} メール {mail(1)}"
    assert in_all(people_of(Segment(text))) == (1, 1, 3)
    rows = [(f"03-3581-{n % 20 + 1000:04}", phone(n % 20)) for n in range(60)]
    assert in_all(people_of(table(("自宅電話", "携帯電話"), *rows))) == (60, 20, 60)


@pytest.mark.parametrize("text", ["見本 090-1234-5678", "info@piiscan-vec.co.jp", "法人番号 8700110005901"])
def test_samples_organisations_and_registers_are_nobody(text: str) -> None:
    assert people_of(Segment(text)) == ()


def test_the_name_of_a_file_counts_where_its_content_tells_of_nobody() -> None:
    path = Segment(f"名簿_{phone(3)}.txt", part="path")
    assert in_all(people_of(path)) == (1, 1, 1)
    assert [each.part for each in people_of(path, Segment(phone(3)))] == [""]


def test_shares_of_a_file_make_the_census_of_the_whole() -> None:
    blocks = [
        table(("会員番号", "携帯電話"), *((f"A{n:06}", phone(n)) for n in range(at, at + 40))) for at in (0, 20, 90)
    ]
    pieces: list[Segment | Table] = [
        *blocks,
        Segment(f"問合せ {mail(5)}", part="x"),
        Segment(f"問合せ {mail(6)} {mail(5)}", part="x"),
    ]
    whole, joined = census_of(*pieces), Census()
    for part in (pieces[:2], pieces[2:4], pieces[4:]):
        joined.join(census_of(*part).shares())
    assert joined.told() == whole.told()
    assert in_all(whole.told()) == (100 + 2, 100, 120 + 2)
