"""What is judged in bulk is judged as one by one: validators on columns, templates on shapes."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan.alike import alike
from piiscan.bulk import digits_of, fits, matrix_of
from piiscan.cells import Column, Shapes
from piiscan.digitrun import run_of
from piiscan.pattern import load_patterns
from piiscan.template import change_digits, digit_classes, shape_of, templates
from piiscan.validators import IN_BULK, OF_MANY, VALIDATORS, validator, validator_in_bulk, validator_of_many
from piiscan.verdict import VERDICTS
from tests.mock_extractor import config_for

PATTERNS = load_patterns(config_for().scan)
NUMBERS = {name: pattern for name, pattern in PATTERNS.items() if not pattern.dictionary}
EXAMPLES = [text[start:end] for pattern in PATTERNS.values() for text, (start, end) in pattern.marked()]
SHAPES = sorted(
    {shape_of(text) for text in EXAMPLES if text.isascii()}
    | {"000000000000", "0000-0000-0000", "000000-000000", "0000000000000000", "000-0000", "0000000", "〒000-0000"}
    | {"0000 0000 0000 0000", "00000000000000", "0000000000000000000", "(000)000-0000", "000-0000-0000", "0000-000000"}
    | {
        "000-000-0000",
        "00000-0-0000",
        "0000000000",
        "00000000000",
        "x000-0000",
        "000.0000.0000",
        "0000-00-0000",
        " 000",
    }
)


#: None of the shapes, which are of digits, is one of theirs.
WORDS = {"address_postal", "email", "relationship", "special_care", "vehicle_plate", "vehicle_plate_short"}


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same cells every time


def _cells(shape: str, chance: random.Random, count: int = 100) -> list[str]:
    heads = ["0", "09", "03", "4", "51", "0120", "2024", "2026112410", "81", "111111111111", "123456789018", "0466"]
    cells = []
    for _ in range(count):
        digits = chance.choice(["", "", *heads]) + "".join(chance.choices("0123456789", k=shape.count("0")))
        at = iter(digits)
        cells.append("".join(next(at) if char == "0" else char for char in shape))
    return cells


@pytest.mark.parametrize("name", IN_BULK)
def test_a_validator_judges_a_column_as_its_cells(name: str) -> None:
    bulk = validator_in_bulk(name)
    assert bulk is not None
    for shape in SHAPES:
        cells = _cells(shape, _chance(shape))
        codes = bulk(digits_of(matrix_of(cells), shape), shape)
        assert [VERDICTS[code] for code in codes] == [validator(name)(cell) for cell in cells]


def test_bulk_forms_have_a_scalar_one() -> None:
    assert set(IN_BULK) <= set(VALIDATORS)
    assert validator_in_bulk("email") is None


@pytest.mark.parametrize("name", NUMBERS)
def test_templates_find_what_the_regex_finds(name: str) -> None:
    pattern, told = NUMBERS[name], 0
    for shape in SHAPES:
        ways = templates(pattern.source, shape)
        if ways is None:
            continue
        told += bool(ways)
        cells = _cells(shape, _chance(shape))
        matrix = matrix_of(cells)
        fitting = [fits(way, matrix) for way in ways]
        for row, cell in enumerate(cells):
            match = pattern.compiled().search(f"\n{cell}\n", 1)
            way = next((way for way, fit in zip(ways, fitting, strict=True) if fit[row]), None)
            assert (match is None) == (way is None), cell
            if match and way:
                assert match.span() == (way.start + 1, way.end + 1)
                assert {key for key, text in match.groupdict().items() if text is not None} == way.groups
    assert told or run_of(pattern) is None or pattern.kind == "record" or name in WORDS  # words stand there as well


@given(st.text("0123 -.()ab:", min_size=1, max_size=14), st.sampled_from(sorted(NUMBERS)))
@example("):00", "workplace")  # whose value begins behind its label
@settings(max_examples=200, deadline=None)
def test_templates_of_any_shape(cell: str, name: str) -> None:
    ways = templates(NUMBERS[name].source, shape_of(cell))
    if ways is None:
        return
    compiled = NUMBERS[name].compiled()
    match = compiled.search(f"\n{cell}\n", 1)
    value = "value" if "value" in compiled.groupindex else 0
    matrix = matrix_of([cell])
    way = next((way for way in ways if fits(way, matrix)[0]), None)
    assert (match.span(value) if match else None) == ((way.start + 1, way.end + 1) if way else None)


def test_digits_come_in_order() -> None:
    assert digits_of(matrix_of(["12-3", "45-6"]), "00-0").tolist() == [[1, 2, 3], [4, 5, 6]]
    assert digits_of(matrix_of(["12-3"]), "00-0").dtype == np.uint8


def test_cells_that_count_as_one_are_matched_alike() -> None:
    wide = alike(PATTERNS["address"].source)
    assert wide
    assert len({*wide.classes}) < len({*digit_classes(PATTERNS["address"].source)})
    chance, match, rare = _chance("address"), PATTERNS["address"].compiled().search, 0
    tails = [
        "0-0-0",
        "00-0",
        "0丁目00番0号",
        "0000年00月",
        "0000-0-0",
        "0000/00月",
        "00番地の00",
        "0-0 コーポ000",
        "0000",
    ]
    for tail in tails * 400:
        digits = iter(chance.choice(["", "19", "20", "2019"]) + "".join(chance.choices("0129", k=9)))
        cell = "東京都千代田区千代田" + "".join(next(digits) if char == "0" else char for char in tail)
        if re.search(wide.rare, cell):
            rare += 1
            continue
        one, other = match(cell), match(change_digits(cell, wide.classes))
        assert (one and (one.span(), one.lastgroup)) == (other and (other.span(), other.lastgroup))
    assert rare


def test_a_regex_without_rare_digits_has_no_wider_kinds() -> None:
    assert alike("[a-z]+(?!19|20)[0-9]+") is None
    assert alike("[a-z]+(?![12][0-9]{3})[1-9][0-9]*") is None
    assert alike("[a-z]+(?![23][0-9]{3})[1-9][0-9]*") is not None


_LOCALS = ("zz.vec", "Info", "ml-zz", "hoge", "a..b", "a.", "USER", "x" * 64, "x" * 65, "zz+vec", "")
_DOMAINS = (
    "piiscan-vec.co.jp",
    "Docomo.ne.jp",
    "example.com",
    "kaisha.zz",
    "2x.png",
    "jp",
    "a" * 63 + ".jp",
    "x.jp" * 70,
)


@given(st.lists(st.tuples(st.sampled_from(_LOCALS), st.sampled_from(_DOMAINS)), max_size=30))
def test_many_addresses_are_judged_as_one_is(parts: list[tuple[str, str]]) -> None:
    values = ["@".join(each) for each in parts]
    assert {"email"} == OF_MANY.keys() <= VALIDATORS.keys()
    for name in ("email", "phone_mobile"):
        assert [*validator_of_many(name)(values)] == [*map(validator(name), values)]


@given(st.text("ab1é9-\n", max_size=200))
def test_cells_are_put_into_shapes_the_commonest_first(text: str) -> None:
    shapes, told = Shapes(text), [shape_of(cell) for cell in text.split("\n")]
    assert [shapes.names[code] for code in shapes.codes] == told
    common = [name for name in shapes.names if told.count(name) >= max(8, 2 * len(name))]
    assert shapes.names[: len(common)] == sorted(common, key=told.count, reverse=True)
    assert shapes.common == len(common)
    assert [*Column(text, text.split("\n")).starts] == [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
