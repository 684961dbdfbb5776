"""Many hashes are counted as few are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan import hashes
from piiscan.hashes import Hashes

NUMBERS = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5), max_size=8)


@pytest.mark.parametrize("many", [0, 6, 1000])
@pytest.mark.parametrize("most", [3, 1000])
@given(batches=st.lists(NUMBERS, max_size=5))
def test_each_counts_once(batches: list[list[int]], many: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashes, "_MANY", many)
        patch.setattr(hashes, "_MOST", most)
        counted, expected = Hashes(), set[int]()
        for batch in batches:
            counted.update(batch)
            expected.update(batch)
            assert all(number in counted for number in batch)
        assert len(counted) == len(expected)
        assert [*counted] == sorted(expected)
