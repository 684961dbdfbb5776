"""Retention: what has to be kept until when, and the drill of forms with My Numbers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import msgspec
import pytest

from piiscan.holdings import Action, Decision
from piiscan.owners import Owners
from piiscan.policy import judge, load_policy, rank
from piiscan.policyrules import Hold, Policy
from piiscan.retention import add_months, retention_of
from tests.holdingcases import TODAY, holding, nanoseconds, with_health, with_my_numbers

POLICY = load_policy()
NAMES = (
    "H{era}_扶養控除.xlsx", "扶養控除等申告書_{year}.pdf", "{year}年分/給与所得者の扶養控除等（異動）申告書.xlsx",
    "人事/給与/平成{era}年分_扶養控除/一覧.csv", "年末調整/{year}/扶養控除等申告書_山田.xlsx",
)  # fmt: skip


def _with_holds(*globs: str) -> Policy:
    return msgspec.structs.replace(POLICY, hold=tuple(Hold(glob, "訴訟") for glob in globs))


def _due(path: str) -> str:
    found = retention_of(with_my_numbers(path, 1), POLICY)
    assert found
    return str(found.due)


def test_the_disposal_drill_finds_exactly_the_forms_whose_seven_years_are_over() -> None:
    numbers = count()
    forms = [
        with_my_numbers(f"{next(numbers)}/" + name.format(year=year, era=year - 1988), 1)
        for year in range(2016, 2024)
        for name in NAMES
        for _ in range(6)
    ]
    assert len(forms) == 240
    found = rank(forms, _with_holds("1/", "**/平成28年分_扶養控除/**"), Owners(), TODAY)
    deleted = {each.holding.path for each in found if each.action is Action.DELETE}
    over = {each.path for each in forms[:90]}  # of 2016 to 2018
    held = {each.holding.path for each in found if each.is_held}
    assert len(held) == 7
    assert held < over
    assert deleted == over - held
    assert all(each.due and each.due <= TODAY for each in found if each.action is Action.DELETE)


@pytest.mark.parametrize("year", range(2016, 2024))
def test_a_form_is_kept_for_seven_years_from_11_january(year: int) -> None:
    due = date(year + 8, 1, 11)
    for name in NAMES:
        form = with_my_numbers(name.format(year=year, era=year - 1988), 1)
        assert judge(form, POLICY, Owners(), due).action is Action.DELETE
        before = judge(form, POLICY, Owners(), due - timedelta(days=1))
        assert before.action is not Action.DELETE
        assert before.due == due


def test_the_reason_tells_the_last_day_and_the_law() -> None:
    advice = judge(with_my_numbers("H30_扶養控除.xlsx", 412), POLICY, Owners(), TODAY)
    assert advice.basis.ja.startswith("保存期間満了 2026-01-10（扶養控除等申告書等・所得税法施行規則76条の3")
    assert "2026-01-10" in advice.basis.en
    assert (advice.due, advice.is_estimated) == (date(2026, 1, 11), False)


@pytest.mark.parametrize(
    ("path", "due"),
    [
        ("R5年度/扶養控除.xlsx", "2032-01-11"),  # a fiscal year ends in the year after
        ("R5年分/扶養控除.xlsx", "2031-01-11"),
        ("ﾌｫﾙﾀﾞ/Ｒ５年分/扶養控除.xlsx", "2031-01-11"),
        ("H31年分/扶養控除.xlsx", "2027-01-11"),
        ("令和元年分/扶養控除.xlsx", "2027-01-11"),
        ("H30年度/雇用保険.xlsx", "2023-04-01"),
        ("2018/雇用保険.xlsx", "2023-04-01"),  # a mere year may be a fiscal one
        ("2018年分/雇用保険.xlsx", "2023-01-01"),
        ("FY2020/労災.xlsx", "2024-04-01"),
        ("FY2020/健保.xlsx", "2023-04-01"),
        ("FY2020/賃金台帳.xlsx", "2026-04-01"),
        ("FY2020/調剤録.csv", "2024-04-01"),
        ("2018-03/給与明細.xlsx", "2025-06-01"),  # two months later the tax return is due
        ("H30年度/健診/電離放射線.xlsx", "2049-04-01"),  # of several rules the one that ends last
        ("2018/給与/健診.xlsx", "2024-04-01"),  # a general rule only where no other fits
    ],
)
def test_periods_begin_behind_the_documents_own_date(path: str, due: str) -> None:
    assert _due(path) == due


def test_without_a_date_the_clock_gives_an_estimate() -> None:
    old = with_my_numbers("扶養控除.xlsx", 3, mtime_ns=nanoseconds(date(2018, 5, 1)))
    advice = judge(old, POLICY, Owners(), TODAY)
    assert (advice.action, advice.is_estimated) == (Action.DELETE, True)
    assert "推定" in advice.basis.ja


@pytest.mark.parametrize("mtime", [0, -1, 315532800 * 10**9, 1 << 200, 4_000_000_000 * 10**9])
def test_a_clock_that_tells_nothing_ends_no_period(mtime: int) -> None:
    advice = judge(with_health("健診.xlsx", 3, mtime_ns=mtime), POLICY, Owners(), TODAY)
    assert advice.action is Action.KEEP


def test_what_counts_from_an_event_is_a_candidate_only_where_the_path_tells_of_it() -> None:
    unknown = judge(with_health("H20年度/診療録.csv", 3), POLICY, Owners(), TODAY)
    assert (unknown.action, unknown.due) == (Action.CHECK, date(2014, 4, 1))
    assert "起算日を要確認" in unknown.basis.ja
    assert judge(with_health("H20年度完結/診療録.csv", 3), POLICY, Owners(), TODAY).action is Action.DELETE
    assert judge(holding("社員名簿_2010.xlsx"), POLICY, Owners(), TODAY).action is Action.CHECK
    assert judge(holding("退職者_2010年度.xlsx"), POLICY, Owners(), TODAY).action is Action.DELETE


def test_a_rule_may_want_a_legal_class() -> None:
    assert retention_of(with_my_numbers("支払調書_2018.csv", 1), POLICY)
    assert retention_of(holding("支払調書_2018.csv"), POLICY) is None


def test_what_is_held_is_never_a_candidate() -> None:
    form = with_my_numbers("人事/H28年分_扶養控除.xlsx", 1)
    for glob in ("人事/", "**/*扶養*", "/srv/share/人事", "srv/share/**"):
        advice = judge(form, _with_holds(glob), Owners(), TODAY)
        assert (advice.action, advice.is_held) == (Action.KEEP, True), glob
    decided = holding("人事/a.xlsx", decisions=(Decision(Action.DELETE, "佐藤", TODAY, "不要"),))
    advice = judge(decided, _with_holds("人事/"), Owners(), TODAY)
    assert (advice.action, advice.is_held) == (Action.KEEP, True)
    assert advice.basis.ja == "廃棄禁止（保全対象）：訴訟"


def test_years_end_where_the_calendar_has_such_a_day() -> None:
    assert add_months(date(2020, 2, 29), 48) == date(2024, 2, 29)
    assert add_months(date(2020, 2, 29), 60) == date(2025, 3, 1)
    assert add_months(date(2020, 12, 31), 2) == date(2021, 3, 1)
    assert add_months(date(9999, 12, 31), 12) == date(9999, 12, 31)
