"""Overviews made up for tests and measurements: seeded, so that the same seed gives the same one, and of any size."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone

from piiscan.holdings import (
    Action,
    Advice,
    ClassFigures,
    Decision,
    DepartmentFigures,
    Exposure,
    FolderFigures,
    Holding,
    Overview,
    RunFigures,
    Trigger,
    UnreadFile,
    Words,
)
from piiscan.model import Outcome, Sensitivity
from piiscan.people import NOBODY, People

JAPAN = timezone(timedelta(hours=9))
DEPARTMENTS = ("人事課", "総務課", "通販課", "健康推進課", "情報システム課", "営業一課", "経理課", "広報室", "")
FOLDERS = {
    "人事": ("年末調整", "採用/応募者", "評価", "退職者"),
    "総務": ("健康診断", "災害名簿", "株主"),
    "通販": ("注文", "会員", "返金"),
    "健康推進": ("検診", "相談記録"),
    "システム": ("バックアップ", "ログ", "移行2019"),
    "営業": ("顧客", "名刺", "見積"),
    "経理": ("振込", "源泉徴収"),
    "共有": ("一時", "会議資料"),
}
NAMES = (
    "扶養控除",
    "健診結果",
    "カード番号",
    "顧客名簿",
    "応募者一覧",
    "振込先",
    "会員データ",
    "相談記録",
    "給与",
    "アンケート",
)
SUFFIXES = ("xlsx", "csv", "docx", "pdf", "zip")
#: Names that attack whoever shows them.
HOSTILE = (
    "改行\n付き.txt",
    "赤\x1b[31m.txt",
    "<script>alert(1)</script>.csv",
    "</script><script>alert(2)</script>.csv",
    "--><img src=x onerror=alert(3)>.csv",
    "<!--<script>.csv",
    '"><svg onload=alert(4)>.xlsx',
    "' onmouseover='alert(5).xlsx",
    "=cmd|'/c calc'!A1.csv",
    "+1+1.csv",
    "-2+3.csv",
    "@SUM(A1).csv",
    "＝1+1.csv",
    "\t=1.csv",
    "\r=1.csv",
    "右\u202etxt.exe",
    "零\u200b幅.txt",
    "壊れ\udce3\udc81.txt",
    "行\u2028段\u2029.txt",
    "c1\x9b.txt",
    "&lt;b&gt;&amp;.txt",
    "{{7*7}}${7*7}.txt",
    "javascript:alert(6)",
    "שלום.csv",
)
TITLES = {
    "my_number": Words("My Number", "個人番号"),
    "person_name": Words("Name of a person", "氏名"),
    "address": Words("Address", "住所"),
    "phone_mobile": Words("Mobile telephone number", "携帯電話番号"),
    "payment_card": Words("Payment card number", "クレジットカード番号"),
    "special_care": Words("Special-care-required information", "要配慮個人情報"),
    "email": Words("E-mail address", "メールアドレス"),
}
_KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...], Sensitivity], ...] = (
    (("my_number", "person_name", "address"), ("特定個人情報", "個人情報"), Sensitivity.CRITICAL),
    (("special_care", "person_name"), ("要配慮個人情報", "個人情報"), Sensitivity.HIGH),
    (("payment_card", "person_name", "address", "email"), ("個人情報",), Sensitivity.HIGH),
    (("person_name", "address", "phone_mobile", "email"), ("個人情報",), Sensitivity.MODERATE),
    (("email",), ("個人関連情報",), Sensitivity.LOW),
)
_WEIGHTS = {
    "人事": (6, 2, 0, 5, 1),
    "総務": (0, 3, 0, 5, 1),
    "通販": (0, 0, 4, 6, 2),
    "健康推進": (0, 6, 0, 2, 0),
    "経理": (4, 0, 1, 5, 1),
    "システム": (0, 0, 0, 1, 4),
}
_BASES = {
    Action.DELETE: Words("Retention has run out", "保存期間満了"),
    Action.MOVE: Words("Special care-required, readable by all staff", "要配慮・全社員が閲覧可"),
    Action.CHECK: Words("A leak of one person has to be reported", "漏えい時1人でも報告対象"),
    Action.KEEP: Words("Within its retention", "保存期間内"),
}
_ACTIONS = (Action.DELETE, Action.DELETE, Action.MOVE, Action.CHECK, Action.CHECK, Action.KEEP)
_CAUSES = (
    (Outcome.ENCRYPTED, "password", 9),
    (Outcome.PARTIAL, "no text layer", 6),
    (Outcome.UNSUPPORTED, "ichitaro", 3),
    (Outcome.UNREADABLE, "permission", 2),
    (Outcome.SKIPPED, "size", 1),
    (Outcome.PARTIAL, "encoding", 1),
)


def make_overview(files: int = 60, unread: int = 20, seed: int = 7, names: tuple[str, ...] = ()) -> Overview:
    """Make an overview of so many files; `names` are given to the first of them."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    advice = sorted((_advice(chance, number) for number in range(files)), key=lambda each: -each.risk)
    advice = [_renamed(each, names[rank]) if rank < len(names) else each for rank, each in enumerate(advice)]
    people = sum(each.holding.people.estimate for each in advice) * 2 // 3
    return Overview(
        run=_run(12, datetime(2026, 11, 23, 2, 10, tzinfo=JAPAN), files * 15 + unread + 40, unread),
        operator="private",
        today=date(2026, 11, 23),
        read=files * 15,
        with_findings=files,
        people=_about(people),
        unread=tuple(_unread(chance, number, names) for number in range(unread)),
        acknowledged=unread * 9 // 10,
        classes=tuple(_class(name, advice) for name in ("特定個人情報", "要配慮個人情報", "個人情報", "個人関連情報")),
        advice=tuple(advice),
        departments=tuple(_departments(advice)),
        folders=tuple(_folders(advice)),
        triggers=_triggers(people),
        before=_run(11, datetime(2026, 8, 20, 2, 0, tzinfo=JAPAN), files * 14 + unread + 40, unread),
        titles=TITLES,
    )


def _about(people: int) -> People:
    return People(people, people * 96 // 100, people * 105 // 100)


def _advice(chance: random.Random, number: int) -> Advice:
    folder = chance.choice([*FOLDERS])
    patterns, classes, level = chance.choices(_KINDS, _WEIGHTS.get(folder, (0, 0, 0, 5, 2)))[0]
    people = _about(int(chance.paretovariate(0.9) * 12) % 20_000 + 1)
    kind = chance.choice(NAMES)
    name = f"R{chance.randint(1, 8)}_{kind}_{number:05}.{chance.choice(SUFFIXES)}"
    path = f"{folder}/{chance.choice(FOLDERS[folder])}/{name}"
    action = chance.choice(_ACTIONS)
    changed = datetime(2016, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(3900), hours=chance.randrange(24))
    decision = Decision(Action.KEEP, "山田", date(2026, 9, 1), "監査中", until=date(2027, 3, 31))
    counts = {pattern: max(1, people.estimate - place) for place, pattern in enumerate(patterns)}
    holding = Holding(
        file=number,
        root="\\\\fs01\\share",
        path=path,
        size=chance.randrange(1_000, 30_000_000),
        mtime_ns=int(changed.timestamp() * 1_000_000_000),
        owner=f"user{chance.randrange(40):02}",
        exposure=chance.choice([*Exposure]),
        outcome=Outcome.COMPLETE,
        people=people,
        roster=people,
        totals={pattern: 2 * count for pattern, count in counts.items()},
        distinct=counts,
        categories=frozenset(patterns),
        classes=dict.fromkeys(classes, people),
        sensitivity=level,
        content=f"{number:032x}",
        decisions=(decision,) if chance.random() < 0.2 else (),
    )
    due = date(2026, 1, 10) if action is Action.DELETE else None
    risk = people.estimate * int(level) * chance.uniform(0.5, 2)
    department = chance.choice(DEPARTMENTS)
    return Advice(holding, action, _BASES[action], risk, due, due is not None and chance.random() < 0.3, department,
                  is_held=chance.random() < 0.05)  # fmt: skip


def _renamed(advice: Advice, name: str) -> Advice:
    from dataclasses import replace  # noqa: PLC0415 - for hostile names only

    folder = advice.holding.path.rpartition("/")[0]
    return replace(advice, holding=replace(advice.holding, path=f"{folder}/{name}", owner=name), department=name)


def _unread(chance: random.Random, number: int, names: tuple[str, ...]) -> UnreadFile:
    outcome, reason, _ = chance.choices(_CAUSES, [weight for *_, weight in _CAUSES])[0]
    folder = chance.choice([*FOLDERS])
    name = names[number] if number < len(names) else f"{chance.choice(NAMES)}_{number:05}.zip"
    return UnreadFile("\\\\fs01\\share", f"{folder}/{name}", chance.randrange(9_000_000), outcome, reason, "user07")


def _class(name: str, advice: list[Advice]) -> ClassFigures:
    held = [each.holding.people.estimate for each in advice if name in each.holding.classes]
    return ClassFigures(name, len(held), _about(sum(held) * 3 // 4), max(0, len(held) - 2))


def _departments(advice: list[Advice]) -> list[DepartmentFigures]:
    figures = []
    for name in dict.fromkeys(each.department for each in advice):
        own = [each for each in advice if each.department == name]
        open_ = sum(each.decision is None for each in own)
        people = _about(sum(each.holding.people.estimate for each in own))
        figures.append(DepartmentFigures(name, len(own), people, open_, len(own) + len(own) % 3 - 1))
    return sorted(figures, key=lambda each: -each.people.estimate)


def _folders(advice: list[Advice]) -> list[FolderFigures]:
    below: dict[str, list[Advice]] = {}
    for each in advice:
        path = each.holding.path
        while path:
            path = path.rpartition("/")[0]
            below.setdefault(path, []).append(each)
    return [
        FolderFigures(
            path,
            len(held),
            _about(sum(each.holding.people.estimate for each in held)),
            max(each.holding.sensitivity for each in held),
        )
        for path, held in sorted(below.items())
    ]


def _triggers(people: int) -> tuple[Trigger, ...]:
    law = Words("APPI article 26, rules article 7", "個人情報保護法26条・施行規則7条")
    number = Words("My Number Act article 29-4", "番号法29条の4")
    return (
        Trigger(
            "special_care",
            Words("Special care-required information", "要配慮個人情報"),
            law,
            _about(930),
            0,
            is_met=True,
        ),
        Trigger("property", Words("Property damage feared", "財産的被害のおそれ"), law, _about(2310), 0, is_met=True),
        Trigger(
            "bad_intent",
            Words("Bad intent (from one person on)", "不正の目的（1人から）"),
            law,
            NOBODY,
            0,
            is_met=False,
            question=Words("May somebody have had bad intent?", "不正の目的によるおそれがありますか"),
        ),
        Trigger("many", Words("More than 1,000 people", "1,000人超"), law, _about(people), 1000, people > 1000),
        Trigger(
            "my_number",
            Words("More than 100 My Numbers", "特定個人情報 100人超"),
            number,
            _about(90),
            100,
            is_met=False,
        ),
    )


def _run(number: int, began: datetime, enumerated: int, unread: int) -> RunFigures:
    return RunFigures(
        id=number,
        began=began,
        ended=began + timedelta(hours=4, minutes=31),
        account="scan-svc",
        host="fs-audit01",
        roots=("\\\\fs01\\share",),
        versions={"piiscan": "0.1.0", "python": "3.11.2"},
        data={"postal_codes": "2026-10-01", "municipalities": "2026-10-01"},
        scope={"exclude": ["~$*", "*.tmp"], "max_file_size": 500_000_000},
        outcomes={"complete": enumerated - unread - 40, "encrypted": unread, "skipped": 40},
        enumerated=enumerated,
        is_complete=not unread,
    )
