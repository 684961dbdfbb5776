"""Hand-made records of a run, as they come out of it: every kind of outcome, place and odd name."""

from __future__ import annotations

import pytest

from piiscan.explained import Dropped
from piiscan.model import (
    Confidence,
    Count,
    FileRef,
    FileReport,
    Finding,
    Location,
    Outcome,
    Record,
    RunInfo,
    Sensitivity,
    Summary,
    Tally,
)

ODD_NAMES = (
    "改行\n付き.txt",
    "赤\x1b[31m.txt",
    "右\u202etxt.exe",
    "零\u200b幅.txt",
    "壊れ\udce3\udc81.txt",
    "c1\x9b.txt",
)


def _finding(pattern: str, level: Sensitivity, sure: Confidence, where: Location, mask: str, *evidence: str) -> Finding:
    category = {"phone_mobile": "phone"}.get(pattern, pattern)
    legal = ("特定個人情報",) if pattern == "my_number" else ("個人情報",)
    return Finding(pattern, category, level, legal, (), sure, int(sure), where, mask, "f" * 32, evidence)


@pytest.fixture
def records() -> list[Record]:
    phones = tuple(
        _finding(
            "phone_mobile",
            Sensitivity.MODERATE,
            Confidence.HIGH,
            Location(line=12 + row, column=4),
            f"***-****-56{row:02}",
            "column:valid 98%",
            "keyword:電話番号",
        )
        for row in range(5)
    )
    number = _finding(
        "my_number",
        Sensitivity.CRITICAL,
        Confidence.HIGH,
        Location(member=("名簿.xlsx",), part="Sheet1", cell="B12"),
        "********9018",
        "check_digit",
        "keyword:個人番号",
    )
    mail = _finding(
        "email", Sensitivity.MODERATE, Confidence.MEDIUM, Location(page=3, line=1), "t***@example.co.jp", "listed"
    )
    phone_tally = Tally({"phone_mobile": Count(1240, 1238)}, {"phone_mobile": 3}, {"phone_mobile": 2}, {"email": 1})
    mixed_tally = Tally({"my_number": Count(1, 1), "email": Count(1, 1)})
    reports = [
        FileReport(
            FileRef("営業/顧客.csv", "/srv/営業/顧客.csv"),
            Outcome.COMPLETE,
            "",
            phone_tally,
            phones,
            ("phone_mobile",),
            "regex",
            52_000,
            0.12,
        ),
        FileReport(
            FileRef("人事/給与.zip", "/srv/人事/給与.zip"),
            Outcome.PARTIAL,
            "encoding",
            mixed_tally,
            (mail, number),
            (),
            "regex",
            900,
            0.01,
        ),
        FileReport(FileRef("人事/査定.xlsx", "/srv/人事/査定.xlsx"), Outcome.UNREADABLE, "permission"),
        FileReport(
            FileRef("控え.csv", "/srv/控え.csv"),
            Outcome.COMPLETE,
            dropped=tuple(
                Dropped("email", Location(line=line, column=1), reason, ("keyword:mail",))
                for line, reason in enumerate(("claimed:phone_mobile", "no label", "refused", "score:35", "sample"), 1)
            ),
        ),
        FileReport(FileRef("総務/ロゴ.png", "/srv/総務/ロゴ.png"), Outcome.SKIPPED, "media"),
        *(FileReport(FileRef(name, f"/srv/{name}"), Outcome.CRASH, "signal 11") for name in ODD_NAMES),
    ]
    outcomes = {"complete": 1, "partial": 1, "unreadable": 1, "skipped": 1, "crash": len(ODD_NAMES)}
    totals = {"phone_mobile": 1240, "my_number": 1, "email": 1}
    run = RunInfo(
        "5f2c",
        "2026-11-23T10:00:00+09:00",
        "host",
        {"piiscan": "0.1.0"},
        {"postal_codes": "2026-10"},
        {"roots": ("/srv\udcff",)},
    )
    summary = Summary(len(reports), outcomes, 2 + len(ODD_NAMES), totals, 1242, 2, 2, 52_900, 0.4, complete=False)
    return [run, *reports, summary]
