"""Overviews of a few files, and workbooks written of them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import openpyxl

from piiscan.holdings import (
    Action,
    Advice,
    ClassFigures,
    Decision,
    DepartmentFigures,
    Exposure,
    Holding,
    Overview,
    RunFigures,
    Trigger,
    UnreadFile,
    Words,
)
from piiscan.model import Outcome, Sensitivity
from piiscan.people import People
from piiscan.workbooks import write_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

JAPAN = timezone(timedelta(hours=9))
TODAY = date(2026, 11, 23)
KEPT = Decision(Action.KEEP, "山田", date(2026, 9, 1), "監査中", until=date(2027, 3, 31))


def make_advice(number: int, path: str, *, people: int = 10, **changes: object) -> Advice:
    """Make what is said of one file; `changes` go to the holding."""
    about = People(people, people - 1, people + 2)
    holding = Holding(
        file=number,
        root="/srv/share",
        path=path,
        size=1000,
        mtime_ns=int(datetime(2026, 1, 31, 23, 30, tzinfo=JAPAN).timestamp()) * 1_000_000_000,
        owner="hanako",
        exposure=Exposure.GROUP,
        outcome=Outcome.COMPLETE,
        people=about,
        roster=about,
        totals={"my_number": 2 * people, "person_name": people},
        distinct={"my_number": people, "person_name": people},
        categories=frozenset({"my_number", "person_name"}),
        classes={"特定個人情報": about},
        sensitivity=Sensitivity.CRITICAL,
    )
    holding = replace(holding, **changes)  # type: ignore[arg-type]
    words = Words("Retention has run out", "保存期間満了")
    return Advice(holding, Action.DELETE, words, 10.0, due=date(2026, 1, 10), department="人事課")


def make_overview(*advice: Advice) -> Overview:
    """Make the overview of a run in which these were found."""
    began = datetime(2026, 11, 23, 2, 10, tzinfo=JAPAN)
    run = RunFigures(
        id=12,
        began=began,
        ended=began + timedelta(hours=4, minutes=31),
        account="scan-svc",
        host="fs-audit01",
        roots=("/srv/share",),
        versions={"piiscan": "0.1.0"},
        data={"postal_codes": "2026-10-01"},
        scope={"exclude": ["~$*"], "max_file_size": 500},
        outcomes={"complete": 99_990, "encrypted": 2, "skipped": 8, "timeout": 0},
        enumerated=100_000,
        is_complete=False,
    )
    about = People(61_400, 58_900, 64_100)
    law = Words("My Number Act article 29-4", "番号法29条の4")
    intent = Words("Bad intent", "不正の目的")
    title = Words("More than 100 My Numbers", "特定個人情報 100人超")
    return Overview(
        run=run,
        operator="private",
        today=TODAY,
        read=99_990,
        with_findings=len(advice),
        people=about,
        unread=(
            UnreadFile("/srv/share", "秘.zip", 900, Outcome.ENCRYPTED, "password", "taro"),
            UnreadFile("/srv/share", "=1+1.pdf", 901, Outcome.PARTIAL, "no text layer"),
        ),
        acknowledged=1,
        classes=(ClassFigures("特定個人情報", 212, People(1840, 1800, 1900), 200),),
        advice=advice,
        departments=(DepartmentFigures("人事課", 3, about, 2, 4), DepartmentFigures("", 1, about, 1)),
        triggers=(
            Trigger("my_number", title, law, People(90, 88, 101), 100, is_met=True, in_tables=People(30, 20, 40)),
            Trigger("intent", intent, law, People(), 0, is_met=False, question=Words("Was it stolen?", "盗まれたか")),
        ),
        titles={"my_number": Words("My Number", "個人番号"), "person_name": Words("Name of a person", "氏名")},
    )


def written(name: str, overview: Overview, language: str = "en") -> bytes:
    stream = io.BytesIO()
    write_workbook(name, overview, language, stream)
    return stream.getvalue()


def read_back(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))
