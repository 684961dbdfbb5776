from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from piiscan.candidate import Candidate
from piiscan.collector import Collector
from piiscan.config import ScanConfig
from piiscan.detect import Detector
from piiscan.dropped import iter_dropped
from piiscan.leftlabels import iter_parts
from piiscan.model import Confidence, Count, Finding, Sensitivity
from piiscan.pattern import load_patterns
from piiscan.piece import Place, Segment, Table
from piiscan.verdict import Verdict

CONFIG = ScanConfig(key=b"k" * 32, run_key=b"r" * 32)


def found(text: str, config: ScanConfig = CONFIG, **place: object) -> tuple[Finding, ...]:
    return tuple(Collector(Detector(config)).collect(Segment(text, **place)))  # type: ignore[arg-type]


def names(text: str, config: ScanConfig = CONFIG) -> list[str]:
    return [finding.pattern for finding in found(text, config)]


def table(*columns: tuple[str, ...], headers: tuple[str, ...] = ()) -> Table:
    return Table(columns, lambda column, row, offset: Place(row + 2, offset + 1, f"{'ABC'[column]}{row + 2}"), headers)


def test_a_finding_is_redacted_and_placed() -> None:
    (finding,) = found("顧客名簿\n  電話番号：０９０ー１２３４ー５６７８（自宅）")
    assert finding.pattern == "phone_mobile"
    assert finding.category == "phone"
    assert finding.mask == "***-****-5678"
    assert (finding.location.line, finding.location.column) == (2, 8)
    assert finding.confidence is Confidence.HIGH
    assert finding.sensitivity is Sensitivity.MODERATE
    assert finding.evidence == ("keyword:電話番号",)
    assert "1234" not in repr(finding)


def test_spellings_share_a_fingerprint() -> None:
    prints = {
        finding.fingerprint
        for text in ("電話 090-1234-5678", "TEL:+81-90-1234-5678", "携帯０９０（１２３４）５６７８", "tel=09012345678")
        for finding in found(text)
    }
    assert len(prints) == 1


def test_my_number_is_fingerprinted_with_the_key_of_the_run() -> None:
    text = "個人番号 9876-5432-1093 電話 090-1234-5678"
    first, second = found(text), found(text, replace(CONFIG, run_key=b"s" * 32))
    assert first[0].fingerprint != second[0].fingerprint
    assert first[1].fingerprint == second[1].fingerprint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a label outranks the order of patterns; the nearest label wins
        ("基礎年金番号 0312-345678", ["basic_pension_number"]),
        ("電話 0312345678", ["phone_landline"]),
        ("基礎年金番号・電話番号：5161-000123、0312345678", ["basic_pension_number", "phone_landline"]),
        ("基礎年金番号 5161-000123 電話 0312345678", ["basic_pension_number", "phone_landline"]),
        ("個人番号 987654321093 伝票番号 314159265352", ["my_number"]),
        # a label behind the value, unless a value of its own follows
        ("0312345678（電話）", ["phone_landline"]),
        ("0312345678 電話 0398765432", ["phone_landline"]),
        # alone on the line above
        ("個人番号\n987654321093", ["my_number"]),
        ("個人番号：\r\n987654321093", ["my_number"]),
        ("免許証番号\n第309012345620号", ["drivers_licence"]),
        ("免許証番号\n新309012345620号", []),
        ("個人番号は次のとおり 3 件\n987654321093", []),
        # a line that has its value says nothing of the next one
        ("性別\nM", ["sex"]),
        ("性別（必須）：\nM", ["sex"]),
        ("性別 ※\nM", ["sex"]),
        ("氏名・性別\nM", ["sex"]),
        ("性別 女\nM", ["sex"]),
        ("性別：女\nM", ["sex"]),
        ("性別 = 女\nM", ["sex"]),
        ("氏名：佐藤花子\n鈴木一郎", ["person_name"]),
        ("氏名 佐藤花子\n鈴木一郎", ["person_name"]),
        ("氏名を記入\n鈴木一郎", ["person_name"]),
        # a bare number whose check digit may be chance
        ("987654321093", []),
        ("9876-5432-1093", ["my_number"]),
        # amounts and counts
        ("電話代 0312345678円", []),
        # a label with a wrong check digit is low, not nothing
        ("個人番号 987654321094", []),
        ("hotel 0312345678", []),
        ("Tel 0312345678", ["phone_landline"]),
        ("customer_tel=0312345678", ["phone_landline"]),
    ],
)
def test_labels(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("label", ["個 人 番 号", "個人番号", "個　人　番　号", "個   人 番号"])
def test_a_label_may_be_spread_over_its_box(label: str) -> None:
    assert names(f"{label}：314159265352") == ["my_number"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("基　礎　年　金　番　号：5161000123", ["basic_pension_number"]),
        ("基 礎 年 金 番 号\n5161000123", ["basic_pension_number"]),
        ("本 人 の 住 民 票 コ ー ド： 24727059608", ["resident_record_code"]),
        ("Ｍ　Ａ　Ｃ　ア　ド　レ　ス：00:1A:2B:3C:4D:5E", ["mac_address"]),
        ("従   業 員  番 号：E12345", ["staff_number"]),
        # a label that stands for something else takes the value away
        ("個 人 番 号 社 会 保 障 番 号：314159265", ["us_ssn"]),
        # a word is no label with a gap missing or one too wide, nor where it is a part of another one
        ("従業 員 番 号：E12345", []),
        ("従 業 員     番 号：E12345", []),
        ("従 業 員 番 号 制 度：E12345", []),
        ("t o k e n：E12345", []),
    ],
)
@pytest.mark.parametrize("engine", ["auto", "reference"])
def test_a_long_label_may_be_spread_over_its_box(text: str, expected: list[str], engine: str) -> None:
    assert [each.pattern for each in found(text, replace(CONFIG, engine=engine))] == expected


def test_wrong_check_digit_behind_a_label_is_low() -> None:
    (finding,) = found("個人番号 987654321094", replace(CONFIG, min_confidence=Confidence.LOW))
    assert finding.confidence is Confidence.LOW
    assert finding.evidence == ("keyword:個人番号", "check_failed")


def test_wrong_split_is_low() -> None:
    (finding,) = found("会場は 0451-23-4567", replace(CONFIG, min_confidence=Confidence.LOW))
    assert finding.confidence is Confidence.LOW
    assert finding.evidence == ("wrong_split",)


def test_postal_code_and_address_support_each_other() -> None:
    postal, address = found("100-8111 東京都千代田区千代田１−１")
    assert postal.evidence == ("listed", "beside:address")
    assert postal.confidence is Confidence.HIGH
    assert address.evidence == ("listed", "beside:postal_code", "agrees:postal_code")
    assert address.mask == "東京都千代田区***"


@pytest.mark.parametrize(
    "text",
    ["カード番号 4111-1111-1111-1111", "taro@example.com", "個人番号 123456789018", "記入例：電話 090-1234-5678"],
)
def test_samples_are_counted_and_hidden(text: str) -> None:
    collector = Collector(Detector(CONFIG))
    assert collector.collect(Segment(text)) == ()
    assert sum(collector.figures.tally.samples.values()) == 1
    assert not collector.figures.tally.shown
    (shown,) = found(text, replace(CONFIG, show_samples=True))
    assert "sample" in shown.flags


def test_a_sample_of_what_needs_a_label_is_none_without_it() -> None:
    for text, number in (("社会保障番号 123456789", 1), ("件名 123456789", 0), ("記入例：314159265", 0)):
        collector = Collector(Detector(CONFIG))
        assert collector.collect(Segment(text)) == ()
        assert sum(collector.figures.tally.samples.values()) == number


def test_business_numbers_are_flagged_and_counted_apart() -> None:
    collector = Collector(Detector(CONFIG))
    toll_free, representative = collector.collect(Segment("電話 0120-123-456\n電話 03-1234-5678（代）"))
    assert toll_free.flags == representative.flags == ("business",)
    assert collector.figures.tally.business == {"phone_service": 1, "phone_landline": 1}


def test_corporate_numbers_are_public_counted_and_hidden() -> None:
    collector = Collector(Detector(CONFIG))
    assert collector.collect(Segment("法人番号 8700110005901 登録番号 T1180301018771")) == ()
    assert collector.figures.tally.public == {"corporate_number": 2}
    assert not collector.figures.tally.shown
    assert [each.flags for each in found("法人番号 8700110005901", replace(CONFIG, show_samples=True))] == [("public",)]


def test_an_invoice_number_with_a_wrong_check_digit_may_be_a_persons() -> None:
    (finding,) = found("登録番号 T8700110005902", replace(CONFIG, min_confidence=Confidence.LOW))
    assert (finding.confidence, finding.flags) == (Confidence.LOW, ())


def test_a_header_is_a_label() -> None:
    cells = ("0312345678", "", "0661234567")
    (first, second) = Collector(Detector(CONFIG)).collect(table(cells, headers=("kokyaku_tel",)))
    assert [first.pattern, second.pattern] == ["phone_landline"] * 2
    assert first.evidence == ("header:tel", "listed")
    assert first.location.cell == "A2"
    assert second.location.cell == "A4"


def test_a_column_of_documents_is_no_column_of_pension_or_employment_numbers() -> None:
    for tail in ("", "-7"):  # they look doubtful one by one, and no check digit ever passed
        cells = tuple(f"2024-{number}{tail}" for number in range(100_000, 100_040))
        assert Collector(Detector(CONFIG)).collect(table(cells)) == ()


def test_a_key_is_a_label() -> None:
    (finding,) = found("0312345678", hint="customerTel")
    assert finding.evidence[0] == "header:tel"


def my_numbers(count: int) -> tuple[str, ...]:
    """Make numbers with the right check digit by the rule of the law, from bodies that count up."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    numbers = []
    for body in (f"{31415926535 + 7 * step:011}" for step in range(count)):
        rest = sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11
        numbers.append(body + str(0 if rest <= 1 else 11 - rest))
    return tuple(numbers)


def test_a_column_that_passes_its_check_digit_needs_no_header() -> None:
    findings = Collector(Detector(CONFIG)).collect(table((*my_numbers(9), "n/a")))
    assert [finding.confidence for finding in findings] == [Confidence.HIGH] * 9
    assert findings[0].evidence == ("check_digit", "column:valid 90%")


def test_one_number_repeated_is_no_column_of_numbers() -> None:
    assert Collector(Detector(CONFIG)).collect(table(my_numbers(1) * 9)) == ()


def test_a_column_that_passes_by_chance_is_not_that_identifier() -> None:
    numbers = tuple(f"{int(number) + (1 if at else 0):012}" for at, number in enumerate(my_numbers(12)))
    grouped = tuple(f"{number[:4]}-{number[4:8]}-{number[8:]}" for number in numbers)
    low = replace(CONFIG, min_confidence=Confidence.LOW)
    assert Collector(Detector(low)).collect(table(grouped)) == ()


def test_the_cap_on_locations_leaves_the_counts_exact() -> None:
    collector = Collector(Detector(replace(CONFIG, max_locations=3)))
    lines = "\n".join(f"電話 090-1234-{number:04}" for number in [*range(10), 0, 1])
    assert len(collector.collect(Segment(lines))) == 3
    assert collector.figures.tally.shown["phone_mobile"] == Count(12, 10)
    assert collector.figures.truncated == ("phone_mobile",)


def test_only_the_core_of_a_block_is_reported() -> None:
    text = "090-1234-0001 090-1234-0002 090-1234-0003"
    (finding,) = found(text, lead=14, tail=13)
    assert finding.mask.endswith("0002")


def test_reveal_shows_the_value_as_it_stands() -> None:
    (finding,) = found("電話 ０９０−１２３４−５６７８", replace(CONFIG, reveal=True))
    assert finding.mask == "０９０−１２３４−５６７８"


def test_paths_are_masked() -> None:
    assert Detector(CONFIG).mask_text("名簿/090-1234-5678_山田.csv") == "名簿/***-****-5678_山田.csv"


def test_patterns_that_are_off_are_used_where_they_are_asked_for() -> None:
    text = "パスワード：kx7Hq29!w 電話 090-1234-5678"
    assert names(text) == ["phone_mobile"]
    assert names(text, replace(CONFIG, patterns=("password",))) == ["password"]
    assert names(text, replace(CONFIG, patterns=("default", "password"))) == ["password", "phone_mobile"]
    assert names(text, replace(CONFIG, patterns=("all",))) == ["password", "phone_mobile"]


def test_a_label_speaks_for_one_value_where_only_labels_count() -> None:
    assert names("生年月日 1980-03-04 2003-04-01") == ["birth_date"]
    assert names("生年月日 1980-03-04 入社日 2003-04-01") == ["birth_date"]
    assert names("会員番号 12345、67890") == ["member_number"]


def test_a_piece_of_a_word_is_no_label() -> None:
    assert names(f"message{'　' * 12}46") == []
    assert names(f"age{'　' * 12}46") == ["age"]


@pytest.mark.parametrize(
    "text",
    [
        "生年月日\n1980/03/04",
        "1980/03/04 生まれ",
        "甲野花子 昭和55年3月4日生",
        "date_of_birth: 1980-03-04T00:00:00",
    ],
)
def test_where_a_label_may_stand(text: str) -> None:
    assert names(text) == ["birth_date"]


def test_a_key_speaks_for_a_date_and_nothing_else_does() -> None:
    assert [each.pattern for each in found("1980/03/04", hint="customerBirthDate")] == ["birth_date"]
    assert names("1980/03/04") == []


def test_selected_patterns_only() -> None:
    assert names("電話 090-1234-5678 メール zz@piiscan-vec.jp", replace(CONFIG, patterns=("email",))) == ["email"]


def dropped(text: str) -> dict[tuple[str, int], str]:
    """Give the reason for each dropped candidate of a text, by pattern and column."""
    collector = Collector(Detector(replace(CONFIG, explain_dropped=True)))
    collector.collect(Segment(text))
    return {(each.pattern, each.location.column or 0): each.reason for each in collector.dropped}


@pytest.mark.parametrize(
    ("text", "pattern", "column", "reason"),
    [
        ("個人番号 987654321094", "my_number", 6, "score:45"),
        ("987654321093", "my_number", 1, "score:35"),
        ("0312345678", "phone_landline", 1, "no label"),
        ("電話 0212345678", "phone_landline", 4, "refused"),
        ("見本 090-1234-5678", "phone_mobile", 4, "sample"),
        ("4111-1111-1111-1111", "payment_card", 1, "sample"),
        ("法人番号 8700110005901", "corporate_number", 6, "public"),
    ],
)
def test_what_is_dropped_is_explained(text: str, pattern: str, column: int, reason: str) -> None:
    assert dropped(text)[pattern, column] == reason


def test_a_stronger_claim_is_named_and_no_value_is() -> None:
    text = "電話 090-1234-5678 個人番号 314159265352"
    collector = Collector(Detector(replace(CONFIG, explain_dropped=True)))
    findings = collector.collect(table(("090-1234-5678",), (text,)))
    assert {each.pattern for each in findings} == {"phone_mobile", "my_number"}
    assert all(word not in repr(collector.dropped) for word in ("1234", "314159", "電話 "))


def test_a_claim_that_begins_far_before_is_named_too() -> None:
    patterns = load_patterns(CONFIG)
    phone, card = patterns["phone_mobile"], patterns["payment_card"]
    wide = Candidate(structs.replace(card, also=("phone_mobile",)), 0, 20, "", "any", Verdict.VALID, score=90)
    shared = Candidate(phone, 15, 16, "", "any", Verdict.VALID, score=90)
    other = Candidate(patterns["us_ssn"], 17, 19, "", "any", Verdict.VALID, score=60)
    reasons = list(iter_dropped([wide, shared, other], [wide, shared], 50, shows_samples=False))
    assert reasons == [(other, "claimed:payment_card")]


def test_explaining_changes_no_finding() -> None:
    text = "電話 090-1234-5678 個人番号 314159265352 0312345678 見本 03-1234-5678\n" * 3
    explained = found(text, replace(CONFIG, explain_dropped=True))
    assert explained == found(text)


def licences(count: int) -> tuple[str, ...]:
    """Make licence numbers with the right check digit from serial numbers that count up."""
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    numbers = []
    for body in (f"3015{314159 + 7 * step:06}" for step in range(count)):
        rest = sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11
        numbers.append(f"{body}{1 if rest == 0 else 0 if rest == 1 else 11 - rest}0")
    return tuple(numbers)


@pytest.mark.parametrize("count", [5, 30, 300])
def test_a_column_that_passes_the_check_needs_no_header_and_outranks_my_number(count: int) -> None:
    findings = Collector(Detector(CONFIG)).collect(table(licences(count)))
    assert {(each.pattern, each.confidence) for each in findings} == {("drivers_licence", Confidence.HIGH)}
    assert len(findings) == min(count, 100)


def test_a_licence_with_a_wrong_check_digit_is_less_sure_but_shown() -> None:
    (finding,) = found("免許証番号 309012345610")
    assert (finding.confidence, finding.evidence) == (Confidence.MEDIUM, ("keyword:免許証番号", "unconfirmed"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a parcel whose number passes the check of My Number, too: a word of parcels near, in whatever order
        ("ヤマト運輸にて 3000-0000-0020 を発送", []),
        ("3000-0000-0020（佐川急便）", []),
        ("出荷分 3000-0000-0020", ["my_number"]),
        ("個人番号 3000-0000-0020 を佐川急便で発送", ["my_number"]),
        # parts of codes and addresses
        ("PO-9876-5432-1093", []),
        ("https://example.jp/a/9876-5432-1093", []),
        ("https://example.jp/?mynumber=9876-5432-1093", ["my_number"]),
        ("550e8400-e29b-41d4-9876-543210939876", []),
    ],
)
def test_parcels_and_codes_are_no_my_numbers(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_the_left_neighbour_is_a_label() -> None:
    form = table(
        ("氏名", "基礎年金番号(本人)", "携帯 TEL：", "備考", "備考"),
        ("", "", "", "", ""),
        ("山田", "0312345678", "09012345678", "携帯", "03-1234-5678"),
    )
    findings = Collector(Detector(CONFIG)).collect(form)
    assert {(each.pattern, each.location.cell) for each in findings if each.evidence[0].startswith("header:")} == {
        ("person_name", "C2"),
        ("basic_pension_number", "C3"),
        ("phone_mobile", "C4"),
    }
    assert {each.location.cell for each in findings} == {"C2", "C3", "C4", "C6"}


def test_the_left_neighbour_gives_way_to_the_header_and_to_text() -> None:
    labels, numbers = ("基礎年金番号", "受付の電話番号は後日", "電話センター"), ("0312345678",) * 3
    collector = Collector(Detector(CONFIG))
    assert {each.pattern for each in collector.collect(table(labels, numbers, headers=("", "電話")))} == {
        "phone_landline"
    }
    assert [each.location.cell for each in collector.collect(table(labels, numbers, headers=("項目", "値")))] == ["B2"]


def test_many_different_neighbours_are_no_labels() -> None:
    names = tuple(f"{chr(0x4E00 + at)}様" for at in range(100))
    numbers = ("0312345678",) * 101
    collector = Collector(Detector(CONFIG))
    assert [each.pattern for each in collector.collect(table(("基礎年金番号", *names), numbers))] == []


@pytest.mark.parametrize(
    ("row", "hints"),
    [
        ("番号 電話番号 cost_center 年齢 列3 備考", {}),
        ("氏名 電話番号 年齢", {}),
        ("電話番号 なし 性別 男 備考 無", {1: "電話番号", 3: "性別"}),
        ("性別 男", {1: "性別"}),
        ("性別 年齢", {}),
        ("電話番号 cost_center 03-1234-5678", {1: "電話番号"}),
    ],
)
def test_a_row_of_names_labels_nothing(row: str, hints: dict[int, str]) -> None:
    one = Table(tuple((cell,) for cell in row.split()), lambda column, _, __: Place(1, column))
    parts = [next(iter_parts(one, column, Detector(CONFIG).labels)) for column in range(len(one.columns))]
    assert {column: part.hint for column, part in enumerate(parts) if part.hint} == hints
