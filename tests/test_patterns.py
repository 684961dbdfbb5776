"""Every shipped pattern proves itself, and every vector of the specification holds."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan import selftest
from piiscan.data import load_lines
from piiscan.errors import PatternError
from piiscan.negative import NEGATIVE, SIGNS
from piiscan.pattern import load_patterns, read_pattern, shipped_folder
from piiscan.text import fold
from piiscan.validators import VALIDATORS, birth_date, validator
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from piiscan.detect import Detector

DETECTOR = selftest.quiet_detector()
PATTERNS = load_patterns(DETECTOR.config)
VECTORS = json.loads((Path(__file__).parent / "data" / "vectors.json").read_text(encoding="utf-8"))

#: Which patterns a group of vectors speaks of, and the label that a person would write before such a value.
GROUPS = {
    "my_number": (["my_number"], "個人番号："),
    "basic_pension_number": (["basic_pension_number"], "基礎年金番号："),
    "phone_jp": ([name for name in PATTERNS if name.startswith("phone_")], "電話番号："),
    "payment_card": (["payment_card"], "カード番号："),
    "postal_code": (["postal_code"], "郵便番号："),
    "email": (["email", "email_unusual"], "メール："),
    "address": (["address"], "住所："),
    "corporate_number": (["corporate_number"], "法人番号："),
    "drivers_licence": (["drivers_licence"], "免許証番号："),
    "pension_certificate_number": (["pension_certificate_number"], "年金証書番号："),
    "us_ssn": (["us_ssn"], "SSN："),
    "passport_mrz_line2": (["passport_mrz"], "MRZ："),
    "passport_number": (["passport_number"], "旅券番号："),
    "resident_record_code": (["resident_record_code"], "住民票コード："),
    "residence_card_number": (["residence_card_number"], "在留カード番号："),
    "health_insurer_number": (["health_insurer_number"], "保険者番号："),
    "public_expense_payer_number": (["public_expense_payer_number"], "公費負担者番号："),
    "public_expense_recipient_number": (["public_expense_recipient_number"], "受給者番号："),
    "late_elderly_insured_number": (["late_elderly_insured_number"], "後期高齢者医療 被保険者番号："),
    "employment_insurance_number": (["employment_insurance_number"], "雇用保険被保険者番号："),
    "care_insurance_number": (["care_insurance_number", "care_insurance_welfare_number"], "介護保険被保険者番号："),
    "bank_account": (["bank_account"], "口座番号："),
    "yucho_symbol_number": (["yucho_symbol_number"], "ゆうちょ銀行 "),
    "birth_date": (["birth_date"], "生年月日："),
    "person_name": (["person_name", "person_name_addressed"], "氏名："),
    "ip_address": (["ip_address"], "IPアドレス："),
    "mac_address": (["mac_address"], "MACアドレス："),
    "vehicle_plate": (["vehicle_plate"], "車両番号："),
}
VALID = [(group, value) for group in GROUPS for value in VECTORS[group]["valid"]]
INVALID = [(group, value) for group in GROUPS for value in VECTORS[group]["invalid"]]


@pytest.fixture(autouse=True)
def _day_of_the_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(birth_date, "_today", lambda: date(2026, 12, 31))


@pytest.fixture(scope="module")
def detector() -> Detector:
    return DETECTOR


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_proves_itself(name: str, detector: Detector) -> None:
    assert selftest.faults_of(PATTERNS[name], detector) == []


@pytest.mark.parametrize(("group", "value"), VALID)
def test_valid_vector_is_found_behind_its_label(group: str, value: str, detector: Detector) -> None:
    names, label = GROUPS[group]
    text = f"届出内容\n{label}{value}\n以上"
    folded = fold(text)
    found = [
        text[slice(*folded.original(each.start, each.end))]
        for each in detector.find(folded.text)
        if each.pattern.id in names and (each.score >= 50 or "sample" in each.flags)
    ]
    bare = value.partition(" ")[2] if group == "address" and value.startswith("〒") else value.lstrip("〒")
    if value.startswith("第"):
        bare = value.strip("第号")
    assert found == [bare]


@pytest.mark.parametrize(("group", "value"), INVALID)
def test_invalid_vector_is_refused(group: str, value: str, detector: Detector) -> None:
    names, _ = GROUPS[group]
    folded = fold(value).text
    for name in names:
        if name in VALIDATORS:
            assert not validator(name)(folded).accepted
    claims = [each.value for each in detector.find(folded) if each.pattern.id in names and each.score >= 50]
    # "taro yamada@kaisha.jp" is refused as a whole, but holds an address
    assert folded not in claims if group == "email" else not claims


def test_published_card_numbers_are_samples() -> None:
    published = VECTORS["payment_card"]["published_test_numbers"]
    assert {validator("payment_card")(number) for number in published} == {Verdict.SAMPLE}


def test_places_on_plates_are_those_of_the_list() -> None:
    named = set(re.findall("[ぁ-んァ-ヶ一-鿿]+", PATTERNS["vehicle_plate"].regex.partition(")")[0]))
    assert named == {*load_lines("plate_places.txt")}


def test_negative_sets_named_by_patterns_exist() -> None:
    named = {name for pattern in PATTERNS.values() for name in pattern.context.negative}
    assert named <= {*NEGATIVE, *SIGNS}


BROKEN = {
    "unknown key": ("rank = 80", "rank = 80\ncolour = 1", "colour"),
    "bad regex": ("{left}", "( {left}", "regex: "),
    "bad value": ('sensitivity = "critical"', 'sensitivity = "awful"', ":6: "),
    "not TOML": ('kind = "regex"', "kind = = ", ":2: "),
    "unknown shape": ('contiguous = "weak"', 'contiguous = "mighty"', "unknown strength 'mighty'"),
    "label not required": ("rank = 80", 'rank = 80\ntrigger = "label"', "label to look for"),
    "unknown validator": ('validator = "my_number"', 'validator = "mine"', "unknown validator 'mine'"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_pattern_file_is_one_clear_line(case: str) -> None:
    good = (shipped_folder() / "my_number.toml").read_text(encoding="utf-8")
    old, new, expected = BROKEN[case]
    assert old in good
    with pytest.raises(PatternError) as error:
        read_pattern(good.replace(old, new), "mine.toml")
    message = str(error.value)
    assert message.startswith("mine.toml:")
    assert expected in message
    assert "\n" not in message


def test_the_line_of_an_unknown_key_is_named() -> None:
    lines = (shipped_folder() / "my_number.toml").read_text(encoding="utf-8").splitlines()
    place = lines.index("rank = 80") + 1
    with pytest.raises(PatternError, match=rf"^mine\.toml:{place}: .*colour"):
        read_pattern("\n".join([*lines[: place - 1], "colour = 1", *lines[place - 1 :]]), "mine.toml")


WEAK = {
    "greedy": ("{left}", "(?: [0-9]{1,90000} X )? {left}", "cost"),
    "no guards": ("{left}", "", "glued before"),
    "shorthand": ("[0-9]{8}", r"\d{8}", "breaks beside kanji"),
    "unbounded": ("[0-9]{8}", "[0-9]{8}[x]*", "without an end"),
    "wrong mark": ("⟦9876 5432 1093⟧", "9876 ⟦5432 1093⟧", "the marked value is at"),
}


@pytest.mark.parametrize("case", WEAK)
def test_selftest_catches_a_weak_pattern(case: str, detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    good = (shipped_folder() / "my_number.toml").read_text(encoding="utf-8")
    old, new, expected = WEAK[case]
    weak = read_pattern(good.replace(old, new, 1), "mine.toml")
    monkeypatch.setattr(detector, "_patterns", (weak,))
    assert any(expected in fault for fault in selftest.iter_faults(weak, detector))
