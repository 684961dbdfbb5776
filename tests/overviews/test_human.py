from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from piiscan.holdings import Action, Advice, Decision, Overview, Words
from piiscan.overviews import render_overview
from piiscan.reports import View
from piiscan.wrap import columns
from tests.synthetic_overview import HOSTILE, make_overview


def _human(overview: Overview, **view: Any) -> str:  # noqa: ANN401 - any field of View
    return "\n".join(render_overview("human", overview, View(**view)))


JAPANESE = """
piiscan 点検結果|\\\\fs01\\share|2026-11-23 02:10〜06:41|法的助言ではありません|民間|辞書: 2026-10|前回: 2026-08-20
① 読めなかったもの|② 見つかったもの|③ まず対応|④ 部署別|⑤ この共有が漏えいした場合
"""
ENGLISH = """
piiscan findings report|\\\\fs01\\share|2026-11-23 02:10–06:41|no legal advice|private|2026-10|2026-08-20
① Not read|② Found|③ To do first|④ By department|⑤ If all this leaked
"""


@pytest.mark.parametrize(("language", "parts"), [("ja", JAPANESE), ("en", ENGLISH)])
def test_the_first_page_stands_in_its_order(language: str, parts: str) -> None:
    report = _human(make_overview(), language=language)
    places = [report.index(part) for line in parts.strip().splitlines() for part in line.split("|")]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [80, 100, 160])
def test_it_keeps_to_its_width(language: str, width: int) -> None:
    for line in _human(make_overview(names=HOSTILE), language=language, width=width).splitlines():
        assert columns(line) <= width + 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_name_steers_the_terminal(language: str) -> None:
    report = _human(make_overview(names=HOSTILE), language=language)
    report.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202e\udc80-\udcff]", report)
    assert r"赤\x1b[31m.txt" in report


def test_colour_only_where_it_is_wanted() -> None:
    coloured = _human(make_overview(), colour=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == _human(make_overview())


def test_causes_are_counted_and_what_nobody_accounted_for() -> None:
    report = _human(make_overview(60, 20))
    assert re.search(r"① Not read  20 files \(2\.\d %\), 2 of them not accounted for", report)
    assert "encrypted" in report


def test_nothing_unread_and_nothing_found() -> None:
    report = _human(replace(make_overview(0, 0), classes=(), departments=(), triggers=(), before=None))
    assert "① Not read  nothing: every file was read" in report
    assert "③ To do first  nothing" in report
    assert "Previous run: none" in report


def _decided(overview: Overview, action: Action, until: date | None = None) -> Overview:
    first = overview.advice[0]
    decision = Decision(action, "佐藤", date(2026, 11, 1), "確認済み", until)
    decided = replace(first, action=Action.DELETE, holding=replace(first.holding, decisions=(decision,)))
    return replace(overview, advice=(decided, *overview.advice[1:]))


def test_what_is_settled_is_nothing_to_do_first() -> None:
    overview = make_overview()
    name = overview.advice[0].holding.path.rpartition("/")[2][-12:]
    assert name in _human(_decided(overview, Action.MOVE), width=140)
    assert name not in _human(_decided(overview, Action.KEEP), width=140)
    assert name not in _human(_decided(overview, Action.FALSE_ALARM), width=140)
    assert name in _human(_decided(overview, Action.KEEP, date(2026, 11, 22)), width=140)


def test_an_interrupted_run_is_said_to_be_one() -> None:
    overview = make_overview()
    assert "NOT complete" in _human(replace(overview, run=replace(overview.run, ended=None, interrupted="SIGINT")))


def test_what_only_a_person_can_judge_is_neither_met_nor_not() -> None:
    assert re.search(r"\? to be judged +Bad intent [(]from one person on[)] +APPI", _human(make_overview(), width=140))


def test_a_reason_that_names_its_day_is_not_given_another() -> None:
    overview = make_overview()
    open_ = replace(overview.advice[0].holding, decisions=())
    basis = Words("Retention has ended", "保存期間満了")
    dated = replace(
        overview.advice[0], holding=open_, action=Action.DELETE, basis=basis, due=date(2026, 1, 11), is_estimated=True
    )
    assert "2026-01-11 (by the file's date only)" in " ".join(_human(_with(overview, dated), width=300).split())
    dated = replace(dated, basis=Words("Retention ended 2026-01-10", "保存期間満了 2026-01-10"))
    assert "2026-01-11" not in _human(_with(overview, dated), width=300)


def _with(overview: Overview, advice: Advice) -> Overview:
    return replace(overview, advice=(advice, *overview.advice[1:]))


def test_the_change_since_the_run_before() -> None:
    overview = make_overview()
    report = _human(replace(overview, classes=(replace(overview.classes[0], files=5, before=17),)), language="ja")
    assert "−12" in report
