"""Many hashes are counted as few are, wherever they lie."""

from __future__ import annotations

import errno
import random
from array import array
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan import hashes, spool
from piiscan.hashes import Hashes, Store

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5), max_size=8)


@pytest.mark.parametrize("many", [0, 6, 1000])
@pytest.mark.parametrize("room", [3, 9, 1000])
@given(batches=st.lists(st.tuples(st.booleans(), NUMBERS), max_size=9))
def test_each_counts_once(batches: list[tuple[bool, list[int]]], many: int, room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in (
            *((hashes, "_MANY", many), (hashes, "_SMALL", 2), (hashes, "_STEP", 1), (hashes, "_FEW", many)),
            *((hashes, "_SENT", 3), (spool, "_PIECE", 4), (spool, "_LEAST", 2)),
        ):
            patch.setattr(module, name, value)
        store = Store(room)
        both, expected = (Hashes(store), Hashes(store)), (set[int](), set[int]())
        for which, batch in batches:
            both[which].update(batch)
            expected[which].update(batch)
            for counted, known in zip(both, expected, strict=True):
                assert counted.least <= len(known)
        for counted, known in zip(both, expected, strict=True):
            assert len(counted) == counted.least == len(known)
            assert [*counted] == sorted(known)
            assert counted.smallest(3) == sorted(known)[:3]
            assert [each for packed in counted.packed() for each in array("q", packed)] == sorted(known)


def _filled(store: Store, count: int) -> Hashes:
    numbers = random.Random(count)  # noqa: S311 - no secret
    counted = Hashes(store)
    for _ in range(0, count, 1000):
        counted.update([numbers.getrandbits(64) - (1 << 63) for _ in range(1000)])
    return counted


def test_what_has_no_room_lies_in_a_file_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store = Store(20_000)
    counted = _filled(store, 90_000)
    assert store.held <= 20_000
    assert not [*tmp_path.iterdir()]
    assert len(counted) == len({*counted}) == 90_000


def _refuse(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "no room")


def test_where_no_file_has_room_memory_does(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = _filled(store := Store(20_000), 50_000)
    monkeypatch.setattr("os.pwrite", _refuse)
    counted.update(range(70_000))
    assert store.held >= 70_000
    assert len(counted) == 50_000 + 70_000
    nowhere = _filled(Store(20_000), 50_000)
    assert len(nowhere) == 50_000


def test_hashes_without_a_secret_key_are_written_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setattr("os.pwrite", _refuse)
    assert len(_filled(store := Store(20_000), 50_000)) == store.held == 50_000


def test_a_disk_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = _filled(Store(20_000), 50_000)
    monkeypatch.setattr("os.preadv", _refuse)
    assert 0 < counted.least <= 50_000
    with pytest.raises(OSError, match="no room"):
        len(counted)
