from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

import pytest

from piiscan import ahead
from piiscan.ahead import Ahead
from piiscan.model import FileRef

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 50


def refs(limit: int) -> list[FileRef]:
    return [FileRef(str(number), str(number), size=10) for number in range(limit)]


def test_everything_comes_in_order_and_is_counted() -> None:
    walk = Ahead(refs(LIMIT))
    assert [item for item in walk if item] == refs(LIMIT)
    assert (walk.files, walk.size, walk.taken, walk.is_finished) == (LIMIT, 10 * LIMIT, LIMIT, True)
    assert list(walk.rest()) == []


def test_a_walk_that_hangs_gives_none_and_lets_go() -> None:
    release = threading.Event()

    def hanging() -> Iterator[FileRef]:
        yield from refs(1)
        release.wait()

    walk = Ahead(hanging())
    items = iter(walk)
    assert next(item for item in items if item) == refs(1)[0]
    assert next(items) is None
    assert list(walk.rest()) == []
    release.set()


def test_an_endless_walk_goes_ahead_by_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "DISTANCE", LIMIT)
    walk = Ahead(FileRef(str(number), "") for number in count())
    taken = next(item for item in walk if item)
    rest = list(walk.rest())
    assert [item.path for item in [taken, *rest] if isinstance(item, FileRef)] == [
        str(number) for number in range(len(rest) + 1)
    ]
    assert LIMIT <= walk.taken == len(rest) + 1 <= walk.files <= LIMIT + 2
    assert not walk.is_finished


def test_a_bug_in_the_walk_is_raised_where_its_items_are_taken() -> None:
    def broken() -> Iterator[FileRef]:
        yield from refs(1)
        raise KeyError

    with pytest.raises(KeyError):
        list(Ahead(broken()))
