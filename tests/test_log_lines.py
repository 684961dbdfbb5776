"""Keys of a log line are labels: key=value, key="value", `key: value`, hashes and objects as languages print them."""

from __future__ import annotations

import pytest

from piiscan import selftest
from piiscan.text import fold

DETECTOR = selftest.quiet_detector()

LINES = {
    "2026-11-20T10:00:00Z INFO name=佐藤花子 tel=09012345678 member_id=K1000234": {
        "person_name": "佐藤花子",
        "phone_mobile": "09012345678",
        "member_number": "K1000234",
    },
    'level=info user_name="佐藤花子" birth=1980-01-02': {"person_name": "佐藤花子", "birth_date": "1980-01-02"},
    'user_name="Hanako Sato" phone="03-1234-5678"': {"person_name": "Hanako Sato", "phone_landline": "03-1234-5678"},
    "氏名=佐藤花子 電話=09012345678 性別=女": {"person_name": "佐藤花子", "phone_mobile": "09012345678", "sex": "女"},
    "氏名：佐藤花子　勤務先：青葉商事": {"person_name": "佐藤花子", "workplace": "青葉商事"},
    "customer_name=佐藤花子 customer_kana=サトウハナコ": {"person_name": "佐藤花子 サトウハナコ"},
    "sei=佐藤 mei=花子": {"person_name_part": "佐藤 花子"},
    'name="佐藤花子" sex=F age=42': {"person_name_field": "佐藤花子", "sex": "F", "age": "42"},
    "user=佐藤花子 result=ok": {"person_name_field": "佐藤花子"},
    "User{id=12, name='佐藤花子', birthday=1980-01-02}": {"person_name_field": "佐藤花子", "birth_date": "1980-01-02"},
    'params: {"name"=>"佐藤花子", "rank"=>"1"}': {"person_name_field": "佐藤花子"},
    'msg="ok" customer: "佐藤花子"': {"person_name_field": "佐藤花子"},
}


@pytest.mark.parametrize("line", LINES)
def test_keys_of_a_log_line_are_labels(line: str) -> None:
    folded = fold(line)
    found: dict[str, str] = {}
    for each in sorted(DETECTOR.find(folded.text), key=lambda each: each.start):
        value = line[slice(*folded.original(each.start, each.end))]
        found[each.pattern.id] = f"{found.get(each.pattern.id, '')} {value}".lstrip()
    assert found == LINES[line]


@pytest.mark.parametrize(
    "line",
    ['owner="総務部"', "user=admin name=default", "name = '佐藤花子'", "filename=佐藤花子.pdf", "件名=佐藤"],
)
def test_what_keys_of_a_log_line_do_not_say(line: str) -> None:
    assert [each.pattern.id for each in DETECTOR.find(fold(line).text)] == []
