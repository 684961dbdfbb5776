"""Rows taken at once tell what rows taken one by one tell."""

from __future__ import annotations

import sys
from array import array

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from piiscan import peoplerows, rowmass
from piiscan.subjects import Census

LEAST, MOST = -(2**63), 2**63 - 1
NUMBERS = st.one_of(
    st.sampled_from([LEAST, -(2**61) + 1, -2, -1, 0, 1, 2**61 - 1, 2**61, MOST]), st.integers(LEAST, MOST)
)
KINDS = (
    "person_name:person_name",
    "birth_date:birth_date",
    "phone:phone_mobile",
    "email:email",
    "address:address_full",
)
ROWS = st.lists(st.lists(st.one_of(st.none(), NUMBERS), min_size=5, max_size=5), min_size=1, max_size=12)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=20))
def test_pairs_have_the_hashes_of_tuples(pairs: list[tuple[int, int]]) -> None:
    has, masks = bytearray([1] * len(pairs)), np.ones(len(pairs), np.int64)
    first, second = (array("q", [pair[at] for pair in pairs]) for at in (0, 1))
    assert rowmass.pairs((has, first), (has, second), masks).tolist() == list(map(hash, pairs))


def _told(rows: list[list[int | None]]) -> list[object]:
    census = Census()
    block = census.rows(((), "sheet"), len(rows))
    for role in ("", "guardian"):
        block.role = role
        for at, kind in enumerate(KINDS):
            filled = [(row, value) for row, values in enumerate(rows) if (value := values[at]) is not None]
            if filled and (role == "" or at % 2):
                block.add(kind, [row for row, _ in filled], array("q", [value for _, value in filled]))
    block.end()
    return [census.shares(), sorted((each.place, each.kind, each.hashes) for each in census.hashed())]


@given(ROWS)
def test_rows_at_once_tell_what_rows_one_by_one_tell(rows: list[list[int | None]]) -> None:
    assert "numpy" in sys.modules
    alone, many = _told(rows), peoplerows._MANY
    try:
        peoplerows._MANY = 1
        assert _told(rows) == alone
    finally:
        peoplerows._MANY = many
