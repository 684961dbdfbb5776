"""What is left out unread holds nothing: the reference engine, which reads all pieces, finds the same."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice, product
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from piiscan.engine import Engine
from piiscan.piece import Place, Problem, Raw, Segment, Table
from piiscan.quiet import _FEW as FEW
from piiscan.quiet import _STRAIGHT as STRAIGHT
from piiscan.shares import _PASSED as PASSED
from piiscan.shares import COLUMN_SIZE
from piiscan.validators import validator
from tests.test_reference import EXAMPLES, FAST, FILLERS, JOINTS, LABELS, PATTERNS, REFERENCE, SPREAD, VALUES, _found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.detect import Detector
    from piiscan.model import Finding
    from piiscan.quiet import Item


def _passing() -> Iterator[Sequence[str]]:
    """Yield numbers of each kind that pass its check: a column of them proves itself, whatever its header is."""
    chance = random.Random(20261129)  # noqa: S311 - not for keys
    for pattern, length in product(PATTERNS.values(), range(5, 17)):
        judge = validator(pattern.validator) if pattern.validator else None
        drawn = (str(chance.randrange(10 ** (length - 1), 10**length)) for _ in range(2000))
        found = list(islice((each for each in drawn if judge and judge(each) in PASSED), 9))
        if len(found) >= COLUMN_SIZE and pattern.category not in {"name", "address"}:
            yield found


class EndError(Exception):
    """The file cannot be read any further."""


QUIET = "本日は晴天なり"
HEADERS = ["", "a.href", "td.data-tel", "email", "my number", "氏名", "生年月日", "path", "order_no", "〒"]
NAMES = ["佐藤花子", "鈴木一郎", "高橋健太", "田中美咲", "伊藤さくら", "渡辺大輔", "東京駅"]
CELLS = st.one_of(
    st.sampled_from(VALUES),
    st.sampled_from(EXAMPLES),
    st.sampled_from(JOINTS),
    st.sampled_from(NAMES),
    st.sampled_from(["明・大・○昭・平 55年3月4日", "1.23E+11", "312345678", "nav-item", "/index.html"]),
    st.sampled_from("0123456789"),
)
#: Labels and values that stand in neighbouring pieces, and pieces in which there is nothing at all.
TEXTS = st.one_of(
    st.just(QUIET),
    st.sampled_from(FILLERS),
    st.sampled_from(LABELS),
    st.sampled_from(SPREAD),
    st.lists(CELLS, min_size=1, max_size=3).map("".join),
)


def _table(header: str, cells: Sequence[str]) -> Table:
    return Table((tuple(cells),), lambda _column, row, offset: Place(row + 1, offset + 1), (header,) if header else ())


PROVEN = [*_passing()]
PIECES = st.one_of(
    st.builds(
        lambda header, numbers, odd, cells: _table(header, [*numbers, *[f"n{numbers[-1]}"] * odd, *cells]),
        st.sampled_from(["", "href", "order_no", "my number"]),
        st.sampled_from(PROVEN),
        st.integers(0, 2),
        st.lists(st.sampled_from(["", " ", "/index.html", "佐藤", "2026-11-29"]), max_size=2),
    ),
    st.builds(Segment, TEXTS, hint=st.sampled_from(["", *HEADERS, *LABELS[::20]])),
    st.builds(_table, st.sampled_from([*HEADERS, *LABELS[::20]]), st.lists(CELLS, min_size=1, max_size=12)),
)


def _places(detector: Detector, pieces: Iterable[Raw | Segment | Table]) -> Counter[Finding]:
    """Give what is found; of a column's names, all have the honorific of the first as evidence."""
    findings = _found(detector, pieces)[0]
    return Counter(each._replace(evidence=()) for each in findings.elements())


def _numbered(pieces: Sequence[Segment | Table]) -> list[Item]:
    """Give the pieces of a file, behind those that are read in any case."""
    return [(number, (), piece) for number, piece in enumerate([*[Segment(QUIET)] * STRAIGHT, *pieces])]


def _kept(detector: Detector, pieces: Sequence[Segment | Table]) -> list[Segment | Raw | Table]:
    kept = [piece for _, _, piece in detector.leave_out_quiet(_numbered(pieces)) if not isinstance(piece, Problem)]
    assert kept[:STRAIGHT] == [Segment(QUIET)] * STRAIGHT
    return kept[STRAIGHT:]


@given(st.lists(PIECES, min_size=8, max_size=24))
@settings(max_examples=120, deadline=None)
def test_nothing_is_lost(pieces: list[Segment | Table]) -> None:
    assert _places(FAST, _kept(FAST, pieces)) == _places(REFERENCE, pieces)


def test_digits_down_a_column_are_read() -> None:
    boxes = _table("", ["個人番号", *"123456789018"])
    pieces: list[Segment | Table] = [*[Segment(QUIET)] * 9, boxes]
    assert _kept(FAST, pieces) == [boxes]
    assert _found(FAST, [boxes])[0]


def test_an_unlabelled_list_of_names_is_read() -> None:
    names = _table("", NAMES[:6])
    assert _kept(FAST, [names, *[Segment(QUIET)] * 9]) == [names]


def test_quiet_pieces_are_left_out_and_numbers_stay() -> None:
    telling = Segment("連絡先 090-1234-5678")
    pieces: list[Segment | Table] = [*[Segment(QUIET)] * 20, telling, *[_table("a.href", ["/index.html"])] * 20]
    assert _kept(FAST, pieces) == [telling]
    assert (STRAIGHT + 20, (), telling) in FAST.leave_out_quiet(_numbered(pieces))


def test_the_reference_reads_all() -> None:
    items = _numbered([Segment(QUIET)] * 20)
    assert list(REFERENCE.leave_out_quiet(items)) == items


def test_half_a_character_leaves_nothing_out() -> None:
    items = _numbered([*[Segment(QUIET)] * 20, Segment("\ud842")])
    assert list(FAST.leave_out_quiet(items)) == items


def test_what_came_before_an_error_is_read() -> None:
    telling = Segment("連絡先 090-1234-5678")

    def items() -> Iterator[Item]:
        yield from _numbered([*[Segment(QUIET)] * 20, telling])
        raise EndError

    found: list[Item | None] = []
    seen = FAST.leave_out_quiet(items())
    with pytest.raises(EndError):
        found += iter(seen.__next__, None)
    assert found[-1] == (STRAIGHT + 20, (), telling)


def test_pieces_are_gathered_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def loud(_: Engine, texts: Sequence[str], *, keeps_needy: bool = True) -> Sequence[bool]:
        assert not keeps_needy  # no hint gives a number the label that it needs
        sizes.append(sum(map(len, texts)))
        return [True] * len(texts)

    monkeypatch.setattr(Engine, "loud", loud)
    items = _numbered([Segment("漢字" * 500)] * 1000)
    assert list(FAST.leave_out_quiet(items)) == items
    assert len(sizes) > 9
    assert sum(sizes) == 1000 * 1000  # each once
    assert max(sizes) < 1 << 17


PATHS = st.lists(
    st.one_of(
        CELLS,
        st.sampled_from(LABELS),
        st.sampled_from(["src/", "_", "(", ").docx", "tests/test_anon.py", "20261129", "mail to taro@example.jp/"]),
        st.sampled_from(NAMES).map(quote),
        st.sampled_from(NAMES).map(lambda name: name.encode("ascii", "backslashreplace").decode()),
    ),
    min_size=1,
    max_size=4,
).map("".join)


@given(st.lists(PATHS, min_size=FEW, max_size=30))
@settings(deadline=None)
def test_nothing_is_found_in_quiet_paths(paths: list[str]) -> None:
    quiet = FAST.quiet_names(paths, "path")
    assert not _places(REFERENCE, [Segment(path, "path", "path", first_line=None) for path in quiet])


def test_paths_that_may_hold_names_or_numbers_are_read() -> None:
    plain = [f"src/module_{letter}.py" for letter in "abcdefghij"]
    told = [
        "佐藤花子_履歴書.docx",
        quote("佐藤花子_履歴書.docx"),
        "tel 090-2345-6789.txt",
        "taro.yamada@example.co.jp.eml",
    ]
    assert FAST.quiet_names([*plain, *told], "path") == plain
    assert FAST.quiet_names(plain[: FEW - 1], "path") == []
    assert REFERENCE.quiet_names(plain, "path") == []


@given(st.lists(st.one_of(st.sampled_from([*HEADERS, *LABELS, *SPREAD]), TEXTS), max_size=12))
@settings(max_examples=300, deadline=None)
def test_hints_that_speak_for_nobody_are_told_at_once(hints: list[str]) -> None:
    labels = FAST.labels
    silent = labels.silent(set(hints))
    assert not any(labels.owners_in(hint) for hint in silent)
    assert {hint for hint in hints if "\n" not in hint and not labels.owners_in(hint)} <= silent | {""}


def test_numbers_in_links_wait_for_a_label() -> None:
    links = _table("href", [f"/text/{number}.html" for number in ("03132000", "03020101", "01090220")] + ["/"] * 3)
    assert _kept(FAST, [links, *[Segment(QUIET)] * 9]) == []
    proven = _table("href", next(each for each in PROVEN if len(each[0]) == len("03132000")))
    assert _kept(FAST, [proven, *[Segment(QUIET)] * 9]) == [proven]
