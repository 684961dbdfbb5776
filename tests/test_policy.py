"""What to do first: one action for each file, decisions, risk, owners, figures, and files of rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from piiscan.documentdates import document_date
from piiscan.errors import ConfigError
from piiscan.holdingfigures import class_figures, departments, folder_figures, group_of
from piiscan.holdings import Action, Decision, Exposure
from piiscan.model import Sensitivity
from piiscan.owners import Owners
from piiscan.pattern import load_shipped
from piiscan.people import NOBODY, People
from piiscan.policy import judge, load_owners, load_policy, rank
from piiscan.policyrules import Hold
from tests.holdingcases import TODAY, exactly, holding, nanoseconds, with_cards, with_health, with_my_numbers

POLICY = load_policy()
NOBODYS = Owners()
FOLDER = Path(__file__).parent.parent / "policy"


def _action(*arguments: object, **others: object) -> Action:
    return judge(holding(*arguments, **others), POLICY, NOBODYS, TODAY).action  # type: ignore[arg-type]


def _decision(action: Action, until: date | None = None, day: date = TODAY, **others: str) -> Decision:
    return Decision(action, "佐藤", day, "理由", until, **others)


def test_sensitive_data_that_everyone_can_read_are_moved() -> None:
    for each in (with_my_numbers("a.csv", 1), with_health("健診結果R7.xlsx", 380), with_cards("a.csv", 1)):
        open_to_all = judge(replace(each, exposure=Exposure.EVERYONE), POLICY, NOBODYS, TODAY)
        assert open_to_all.action is Action.MOVE
        assert "全員が閲覧可" in open_to_all.basis.ja
        for exposure in (Exposure.GROUP, Exposure.OWNER, Exposure.UNKNOWN):
            assert judge(replace(each, exposure=exposure), POLICY, NOBODYS, TODAY).action is not Action.MOVE
    assert _action("a.csv", exposure=Exposure.EVERYONE) is Action.KEEP


def test_cards_credentials_and_my_numbers_are_checked() -> None:
    cards = judge(with_cards("カード番号.csv", 1950), POLICY, NOBODYS, TODAY)
    assert (cards.action, cards.basis.ja) == (Action.CHECK, "カード番号・認証情報：漏えい時1人でも報告対象")
    assert _action("a.env", totals={"password": 1}) is Action.CHECK
    assert judge(with_my_numbers("一覧.csv", 1), POLICY, NOBODYS, TODAY).action is Action.CHECK
    assert judge(with_my_numbers("R6年分扶養控除.csv", 1), POLICY, NOBODYS, TODAY).action is Action.KEEP


def test_an_unknown_exposure_is_never_taken_for_narrow() -> None:
    unknown = with_health("a.csv", 1, exposure=Exposure.UNKNOWN)
    assert judge(unknown, POLICY, NOBODYS, TODAY).action is Action.CHECK
    assert judge(replace(unknown, exposure=Exposure.OWNER), POLICY, NOBODYS, TODAY).action is Action.KEEP
    risks = [
        judge(replace(unknown, exposure=each), POLICY, NOBODYS, TODAY).risk
        for each in (Exposure.GROUP, Exposure.UNKNOWN)
    ]
    assert risks[0] < risks[1]


def test_a_file_with_too_many_people_is_checked_by_the_upper_bound() -> None:
    assert _action("a.csv", exactly(1000)) is Action.KEEP
    assert _action("a.csv", People(990, 900, 1001)) is Action.CHECK
    public = msgspec.structs.replace(POLICY, operator="public")
    advice = judge(holding("a.csv", exactly(101)), public, NOBODYS, TODAY)
    assert (advice.action, advice.basis.ja) == (Action.CHECK, "この1件で100人を超えるおそれ：漏えい時報告対象")


def test_a_decision_in_force_is_respected_and_an_ended_one_is_none() -> None:
    form = with_my_numbers("H28年分_扶養控除.xlsx", 1)
    keep = replace(form, decisions=(_decision(Action.KEEP, TODAY),))
    advice = judge(keep, POLICY, NOBODYS, TODAY)
    assert (advice.action, advice.decision) == (Action.KEEP, keep.decisions[0])
    assert advice.basis.ja == "2026-11-23 佐藤 の判断：理由"
    ended = judge(keep, POLICY, NOBODYS, date(2026, 11, 24))
    assert (ended.action, ended.decision) == (Action.DELETE, None)
    assert departments([advice, ended])[0].undecided == 1


def test_the_latest_decision_about_the_whole_file_counts() -> None:
    first, second = _decision(Action.MOVE, day=date(2026, 1, 1)), _decision(Action.KEEP, day=date(2026, 2, 1))
    part = _decision(Action.FALSE_ALARM, pattern="my_number")
    for decisions in ((part, first, second), (second, first, part)):
        assert judge(holding("a.csv", decisions=decisions), POLICY, NOBODYS, TODAY).action is Action.KEEP
    assert judge(holding("a.csv", decisions=(part,)), POLICY, NOBODYS, TODAY).decision is None


def test_a_reason_is_never_looked_into() -> None:
    decision = Decision(Action.KEEP, "{reason}", TODAY, "{day} {person} {0}")
    advice = judge(holding("a.csv", decisions=(decision,)), POLICY, NOBODYS, TODAY)
    assert advice.basis.ja == "2026-11-23 {reason} の判断：{day} {person} {0}"


def test_risk_grows_with_all_that_it_is_made_of() -> None:
    def risk(*arguments: object, **others: object) -> float:
        return judge(holding(*arguments, **others), POLICY, NOBODYS, TODAY).risk  # type: ignore[arg-type]

    plain = risk("a.csv")
    assert risk("a.csv", exactly(2)) == 2 * plain
    assert risk("a.csv", sensitivity=Sensitivity.HIGH) > plain > risk("a.csv", sensitivity=Sensitivity.LOW)
    assert risk("a.csv", exposure=Exposure.EVERYONE) > plain > risk("a.csv", exposure=Exposure.OWNER)
    assert risk("a.csv", mtime_ns=nanoseconds(date(2010, 1, 1))) > plain
    assert risk("2010年/a.csv") > plain
    assert risk("a.csv", copies=3) == 2 * plain
    assert risk("a.csv", copies=10_000) == 5 * plain
    assert risk("a.csv", NOBODY) == plain  # a file with findings is somebody's
    assert risk("a.csv", decisions=(_decision(Action.KEEP),)) < plain
    assert risk("a.csv", decisions=(_decision(Action.FALSE_ALARM),)) == 0
    assert risk("a.csv", decisions=(_decision(Action.DELETE),)) == plain


def test_files_are_ranked_by_risk_then_path() -> None:
    files = [holding("b.csv"), holding("c.csv", exactly(9)), holding("a.csv"), holding("a.csv", file=0)]
    ranked = rank(files, POLICY, NOBODYS, TODAY)
    assert [(each.holding.path, each.holding.file) for each in ranked] == [
        ("c.csv", 1),
        ("a.csv", 0),
        ("a.csv", 1),
        ("b.csv", 1),
    ]
    assert rank(reversed(files), POLICY, NOBODYS, TODAY) == ranked


def test_nothing_orders_to_delete() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml"))
    assert "削除する" not in texts
    assert "削除して" not in texts


def test_rules_name_patterns_classes_and_categories_that_exist() -> None:
    patterns = load_shipped().values()
    named = {each for rules in (POLICY.trigger, POLICY.action) for rule in rules for each in rule.patterns}
    assert named <= {each.id for each in patterns}
    groups = (POLICY.trigger, POLICY.action, POLICY.retention)
    classes = {each for rules in groups for rule in rules for each in rule.classes}
    assert classes <= {each for pattern in patterns for each in pattern.legal_class}
    assert {each for rule in POLICY.retention for each in rule.categories} <= {each.category for each in patterns}


def _file(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_users_own_file_adds_changes_and_holds(tmp_path: Path) -> None:
    own = _file(tmp_path, """
        operator = "public"
        [[retention]]
        id = "health_checks"
        years = 10
        [[retention]]
        id = "applicants"
        kind = {en = "applications", ja = "応募書類"}
        globs = ["**/採用/**"]
        years = 1
        law = {en = "own rules", ja = "社内規程"}
        [[action]]
        id = "applicants"
        action = "move"
        classes = ["個人情報"]
        basis = {en = "ours", ja = "社内規程"}
        [[hold]]
        glob = "訴訟/"
        reason = "係争中"
        [risk.exposure]
        owner = 0.5
    """)  # fmt: skip
    more = _file(tmp_path, '[[hold]]\nglob = "**/事故/**"\nreason = "証拠"\n', "more.toml")
    policy = load_policy([own, more])
    assert policy.operator == "public"
    rules = {rule.id: rule for rule in policy.retention}
    assert (rules["health_checks"].years, rules["health_checks"].kind.ja) == (10, "健康診断個人票")
    assert len(rules) == len(POLICY.retention) + 1
    assert policy.action[0].id == "applicants"
    assert policy.hold == (Hold("訴訟/", "係争中"), Hold("**/事故/**", "証拠"))
    assert (policy.risk.exposure[Exposure.OWNER], policy.risk.exposure[Exposure.GROUP]) == (0.5, 2.0)
    assert judge(holding("採用/2020年度/a.csv"), policy, NOBODYS, TODAY).action is Action.DELETE
    assert judge(holding("x/事故/採用/2020年度/a.csv"), policy, NOBODYS, TODAY).is_held
    assert judge(holding("a.csv"), policy, NOBODYS, TODAY).action is Action.MOVE
    assert load_policy() == POLICY


def test_the_samples_in_the_documentation_can_be_used(tmp_path: Path) -> None:
    page = (FOLDER.parent / "docs/policy.md").read_text(encoding="utf-8")
    rules, owners = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    policy = load_policy([_file(tmp_path, rules)])
    assert policy.operator == "public"
    assert load_owners(_file(tmp_path, owners)).department(holding("総務部/人事/給与/a.csv")) == "人事課"
    for part, last in re.findall(r"^\| (`.*`) \| ([0-9]+ [A-Z][a-z]+ [0-9]{4})", page, re.MULTILINE):
        day = datetime.strptime(last, "%d %B %Y").replace(tzinfo=UTC).date()
        assert {found.day for each in part.split(", ") if (found := document_date(each.strip("`")))} == {day}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('operator = "privat"', 1, "operator"),
        ('operater = "private"', 1, "operater"),
        ('[[hold]]\nglob = "a"', None, "reason"),
        ('[[hold]]\nglob = "!a"\nreason = ""', None, "no glob"),
        ('[[hold]]\nglob = ""\nreason = ""', None, "no glob"),
        ('[[hold]]\nglob = "a["\nreason = ""', None, "no glob"),
        ('[[hold]]\nglob = "[z-a]"\nreason = ""', None, "no glob"),
        ("[[hold]]\nglob = 'a\\'\nreason = ''", None, "no glob"),
        ('[[retention]]\nid = "health_checks"\nyeers = 3', 3, "yeers"),
        ('[[retention]]\nid = "health_checks"\nyears = -3', 3, ">= 0"),
        ('[[retention]]\nid = "health_checks"\nfollowing = "13-01"', 3, "following"),
        ('[[retention]]\nid = "payroll"\nyears = 1\n[[retention]]\nid = "payroll"', None, "two entries"),
        ("[[retention]]\nyears = 3", None, "missing required field"),
        ('[[action]]\nid = "many"\nmore_than = "peple"', None, "peple"),
        ('[[action]]\nid = "many"\naction = "delete"', 3, "delete"),
        ('[[trigger]]\nid = "property"\npatterns = []', None, "must name"),
        ('[[trigger]]\nid = "people"\nquestion = {en = "?", ja = "?"}', None, "question"),
        ('[[duty]]\nid = "report_public"\ntriggers = ["x"]', None, '"x"'),
        ("[risk.exposure]\nnobody = 1.0", None, "nobody"),
        ("retention = 3", 1, "retention"),
        ("retention = [3]", 1, "retention"),
        ("risk = 3", 1, "risk"),
        ("hold = 3", 1, "hold"),
        ("a = [", 1, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_file(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_policy([path])
    told = str(caught.value)
    assert told.startswith(f"{path}:{line}: " if line else f"{path}:")
    assert message in told
    assert "\n" not in told


def test_files_that_are_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.toml: "):
        load_policy([tmp_path / "missing.toml"])
    (tmp_path / "sjis.toml").write_bytes("a = '健診'".encode("cp932"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_owners(tmp_path / "sjis.toml")


def test_the_longest_folder_that_fits_tells_the_department(tmp_path: Path) -> None:
    owners = load_owners(_file(tmp_path, """
        [folders]
        "総務部" = "総務課"
        "総務部/人事/**" = "人事課"
        "**/ｶｰﾄﾞ*" = "通販課"
        "Sales" = "営業課"
        "backup/old" = "情報課"
    """))  # fmt: skip
    expected = {
        "総務部/a.csv": "総務課", "総務部/人事/x/a.csv": "人事課", "x/カード番号/a.csv": "通販課",
        "SALES/a.csv": "営業課", "総務部": "", "a.csv": "", "総務部だより/a.csv": "", "x/カード番号.csv": "",
    }  # fmt: skip
    assert {path: owners.department(holding(path)) for path in expected} == expected
    assert owners.department(holding("a.csv", root="/backup/old")) == "情報課"
    assert judge(holding("総務部/a.csv"), POLICY, owners, TODAY).department == "総務課"
    with pytest.raises(ConfigError, match=r"own\.toml:1"):
        load_owners(_file(tmp_path, "folder = 1"))
    with pytest.raises(ConfigError, match=r"own\.toml.*no glob"):
        load_owners(_file(tmp_path, '[folders]\n"!x" = "y"'))


def test_each_file_is_counted_in_the_worst_class_it_holds() -> None:
    both = with_my_numbers("a.csv", 3, totals={"my_number": 3, "payment_card": 2}, distinct={})
    files = [
        both,
        with_health("b.csv", 4),
        with_cards("c.csv", 5),
        holding("d.csv", exactly(6)),
        holding("e.csv", exactly(7)),
    ]
    found = class_figures(files, POLICY)
    assert [(each.legal_class, each.files, each.people.estimate, each.before) for each in found] == [
        ("特定個人情報", 1, 3, None), ("要配慮個人情報", 1, 4, None), ("財産的被害のおそれ", 1, 5, None),
        ("その他", 2, 13, None),
    ]  # fmt: skip
    assert found[3].people == People(13, 7, 13)
    assert [
        each.before for each in class_figures(files, POLICY, Counter(group_of(each, POLICY)[0] for each in files[1:]))
    ] == [0, 1, 1, 2]


def test_departments_are_counted_with_those_of_the_run_before() -> None:
    owners = Owners((("人事", "人事課"),))
    files = [
        holding("人事/a.csv", exactly(5)),
        holding("人事/b.csv", decisions=(_decision(Action.KEEP),)),
        holding("c.csv"),
    ]
    advice = rank(files, POLICY, owners, TODAY)
    found = departments(advice, {"人事課": 1, "経理課": 4})
    assert [(each.name, each.files, each.people.estimate, each.undecided, each.before) for each in found] == [
        ("人事課", 2, 6, 1, 1), ("", 1, 1, 1, 0), ("経理課", 0, 0, 0, 4),
    ]  # fmt: skip
    assert departments(advice)[0].before is None


def test_folders_are_counted_with_all_below_them() -> None:
    files = [holding("a/b/1.csv", exactly(5)), with_health("a/2.csv", 2), holding("3.csv")]
    found = {each.path: each for each in folder_figures(files, exactly(7))}
    assert list(found) == ["", "a", "a/b"]
    assert [(each.files, each.people.estimate) for each in found.values()] == [(3, 7), (2, 7), (1, 5)]
    assert [each.sensitivity for each in found.values()] == [Sensitivity.HIGH, Sensitivity.HIGH, Sensitivity.MODERATE]
    twice = [holding("a/1.csv", content="c", copies=2), holding("a/2.csv", content="c", copies=2)]
    assert folder_figures(twice)[1].people == exactly(1)
    roots = [holding("a/1.csv", root="/x"), holding("a/1.csv", root="/y")]
    assert [each.path for each in folder_figures(roots)] == ["", "/x", "/x/a", "/y", "/y/a"]
    assert [each.files for each in folder_figures([])] == [0]
