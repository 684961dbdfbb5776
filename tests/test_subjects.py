"""How many people a file holds: an estimate by what repeats in it, with bounds that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.people import Combination, People
from piiscan.piece import Place, Segment, Table
from piiscan.population import Population
from piiscan.roles import roles_of
from piiscan.subjects import Census

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
    assert census_of(Segment(text)).people() == People(1, 1, 3)
    rows = [(f"03-3581-{n % 20 + 1000:04}", phone(n % 20)) for n in range(60)]
    assert census_of(table(("自宅電話", "携帯電話"), *rows)).people() == People(60, 20, 60)


@pytest.mark.parametrize("text", ["見本 090-1234-5678", "info@piiscan-vec.co.jp", "法人番号 8700110005901"])
def test_samples_organisations_and_registers_are_nobody(text: str) -> None:
    assert people_of(Segment(text)) == ()


def test_the_name_of_a_file_counts_where_its_content_tells_of_nobody() -> None:
    path = Segment(f"名簿_{phone(3)}.txt", part="path")
    assert census_of(path).people() == People(1, 1, 1)
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
        census = census_of(*part)
        joined.join(census.shares(), census.hashed())
    assert joined.told() == whole.told()
    assert whole.people() == joined.people()
    assert whole.people() == People(100 + 2, 100, 120 + 2)


def test_a_row_may_hold_several_people() -> None:
    headers = ("保護者氏名", "保護者電話番号", "続柄", "児童氏名", "性別", "生年月日")
    rows = [("", phone(n), "父", "", "男", f"2015-{1 + n % 12:02}-{1 + n % 28:02}" if n % 4 else "") for n in range(40)]
    guardian, child = people_of(table(headers, *rows))
    assert (guardian.role, guardian.estimate, guardian.combinations) == (
        "guardian",
        40,
        (Combination(("attribute", "phone"), 40),),
    )
    assert (child.role, child.estimate, child.combinations) == (
        "child",
        30,
        (Combination(("attribute", "birth_date"), 30),),
    )


def test_somebody_in_two_roles_is_one_person() -> None:
    headers = ("申込者生年月日", "申込者電話番号", "世帯主生年月日", "世帯主メール")
    rows = [(f"1980-01-{n % 28 + 1:02}", phone(n), f"1980-01-{(n + n % 2) % 28 + 1:02}", mail(n)) for n in range(40)]
    assert [(each.role, each.estimate) for each in people_of(table(headers, *rows))] == [
        ("applicant", 40),
        ("householder", 20),
    ]


def _entered(count: int, different: int) -> tuple[Census, int]:
    census = Census()
    rows = census.rows(((), ""), count)
    rows.add("person_name:person_name", range(count), [hash(("name", n % different)) for n in range(count)])
    rows.add("phone:phone_mobile", range(count), [hash(("phone", n % different)) for n in range(count)])
    rows.end()
    return census, different


def test_a_name_with_a_contact_tells_that_rows_repeat() -> None:
    census, different = _entered(120, 50)
    (told,) = census.told()
    assert (told.method, told.estimate, told.high) == ("distinct person_name+contact", different, 120)
    assert told.combinations == (Combination(("person_name", "phone"), 50),)


def test_rows_that_repeat_an_address_of_mail_are_of_one_person() -> None:
    rows = [(mail(n % 25), "2026-11-25 10:00", f"/page/{n}") for n in range(100)]
    (told,) = people_of(table(("メール", "日時", "画面"), *rows))
    assert (told.method, told.estimate, told.low, told.high) == ("distinct email", 25, 25, 100)


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        ("氏名 電話 緊急連絡先電話", ""),
        ("保護者氏名 電話 住所", ""),
        ("氏名 被保険者番号 生年月日", ""),
        ("氏名 世帯主との続柄 住所", ""),
        ("会員番号 保護者名 児童名", "guardian guardian child"),
        ("氏名 住所 配偶者氏名 配偶者生年月日 電話", "- - spouse spouse -"),
        ("ご依頼主名 ご依頼主電話 お届け先名 お届け先電話", "sender sender recipient recipient"),
        ("契約者氏名 契約者番号 被保険者氏名 受取人氏名", "contractor contractor insured beneficiary"),
        ("parent_name parent_tel child_name user_agent", "guardian guardian child child"),
        ("", ""),
    ],
)
def test_headers_tell_of_whom_a_column_is(headers: str, roles: str) -> None:
    assert roles_of(tuple(headers.split())) == tuple(role.strip("-") for role in roles.split())


def test_combinations_are_of_people_and_not_of_rows() -> None:
    rows = [(f"A{n % 25:06}", phone(n % 25)) for n in range(100)]
    (told,) = people_of(table(("会員番号", "携帯電話"), *rows))
    assert told.combinations == (Combination(("member_id", "phone"), 25),)


def test_rows_of_nobody_are_in_no_combination() -> None:
    rows = [(phone(n) if n < 10 else "", "男") for n in range(40)]
    (told,) = people_of(table(("携帯電話", "性別"), *rows))
    assert told.combinations == (Combination(("attribute", "phone"), 10),)


def _together(*censuses: Census) -> People:
    population = Population()
    for census in censuses:
        population.enter(census.people(), census.identities())
    return population.people()


def test_copies_of_a_list_are_counted_once() -> None:
    lists = [
        table(("携帯電話", "メール"), *((phone(n), mail(n)) for n in range(at, at + 100))) for at in (0, 0, 50, 500)
    ]
    assert _together(*map(census_of, lists)) == People(250, 250, 400)


def test_lists_of_other_kinds_are_compared_by_the_kind_they_share() -> None:
    both = table(("携帯電話", "メール"), *((phone(n), mail(n)) for n in range(100)))
    phones, mails = (
        table((name,), *((make(n),) for n in range(50, 130))) for name, make in (("携帯電話", phone), ("メール", mail))
    )
    assert _together(*map(census_of, (phones, both))) == People(130, 130, 180)
    assert _together(*map(census_of, (mails, both))) == _together(*map(census_of, (both, mails)))


def test_sheets_of_a_file_are_counted_once() -> None:
    rows = [(phone(n), mail(n)) for n in range(30)]
    sheets = [Table(tuple(zip(*rows, strict=True)), lambda *_: Place(), ("携帯電話", "メール"), part) for part in "ab"]
    assert census_of(*sheets).people() == People(30, 30, 60)


def test_many_people_are_counted_from_a_sample() -> None:
    parts = []
    for at in (0, 60_000, 60_000):
        census = Census()
        census.add(((), ""), "email:email", [hash(("mail", n)) for n in range(at, at + 120_000)])
        parts.append(census)
    assert _together(parts[0]) == People(120_000, 120_000, 120_000)
    people = _together(*parts)
    assert abs(people.estimate - 180_000) < 9_000
    assert (people.low, people.high) == (120_000, 360_000)
