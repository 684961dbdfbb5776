"""What was claimed against what is there: each value is found once or missed, each other claim is false."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bench.accuracy.identifiers import IDENTIFIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.accuracy.compose import Entry
    from bench.accuracy.corpus import Written
    from bench.accuracy.runner import Claim

_SHORT = 3
#: Values without a label that pass the checks of both: the specification wants the stricter class reported (section 5).
_EITHER = frozenset({("drivers_licence", "my_number")})


@dataclass(slots=True)
class Judged:
    """A value of the corpus, and whether it was found (for a decoy: taken for something) and at its very place."""

    file: Written
    entry: Entry
    is_found: bool = False
    is_placed: bool | None = None
    claimed_as: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A claim that is false: by which pattern, and in what (None: in nothing that was planted)."""

    file: Written
    claim: Claim
    entry: Entry | None


@lru_cache(maxsize=1 << 17)
def key(text: str) -> str:
    """Give what two spellings that stand for the same characters have in common: letters and digits.

    >>> key("０９０ー１２３４-5678")
    '09012345678'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum() and sign != "ー").upper()


def judge(
    files: Iterable[Written], claims: Iterable[Claim], accepts: Callable[[str, str], bool]
) -> tuple[list[Judged], list[Mistake]]:
    """Judge all claims. `accepts` tells by an identifier and a pattern whether the one may claim the other."""
    by_path: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_path[claim.path].append(claim)
    judged: list[Judged] = []
    mistakes: list[Mistake] = []
    for file in files:
        rows = [Judged(file, entry) for entry in file.entries]
        settled = ((claim, _settle(claim, rows, accepts)) for claim in by_path[file.path])
        mistakes += [Mistake(file, claim, row.entry if row is not _NOTHING else None) for claim, row in settled if row]
        judged += rows
    return judged, mistakes


def _settle(claim: Claim, rows: list[Judged], accepts: Callable[[str, str], bool]) -> Judged | None:
    """Mark what a claim finds; give what it wrongly claims, `_NOTHING` where it is nothing planted."""
    value = key(claim.value)
    fitting = [row for row in rows if row.entry.role != "decoy" and _fits(value, row.entry)]
    right = [row for row in fitting if accepts(row.entry.name, claim.pattern)]
    if right:
        row = min(right, key=lambda row: (row.is_found, not _is_place(claim, row), row.entry.role != "truth"))
        if not row.is_found:
            row.is_found, row.is_placed, row.claimed_as = True, _is_place(claim, row), claim.pattern
        return None
    if claim.is_public:
        return None
    touched = [row for row in rows if _touches(value, row.entry)]
    if not touched:
        return _NOTHING
    row = min(touched, key=lambda row: (not _is_place(claim, row), row.entry.role != "decoy"))
    if row.entry.role != "decoy" and _is_tolerable(row.entry, claim.pattern):
        return None
    if row.entry.role == "decoy":
        row.is_found = True
    row.claimed_as = row.claimed_as or claim.pattern
    return row


def _fits(value: str, entry: Entry) -> bool:
    core, whole = key(entry.core), key(entry.whole)
    return value in {core, whole} or (core in value and value in whole)


def _is_tolerable(entry: Entry, pattern: str) -> bool:
    """Tell whether a claim by another pattern is no false alarm."""
    is_either = entry.setting.startswith("bare") and (entry.name, pattern) in _EITHER
    return is_either or IDENTIFIERS[entry.name].tolerates(pattern)


def _touches(value: str, entry: Entry) -> bool:
    whole = key(entry.whole)
    return len(value) >= _SHORT and (value in whole or (len(whole) >= _SHORT and whole in value))


def _is_place(claim: Claim, row: Judged) -> bool | None:
    """Tell whether a claim names the very place, where places are exact; None where they are not."""
    entry = row.entry
    if row.file.container == "txt" and claim.line is not None and claim.column is not None:
        head = entry.whole[: max(0, entry.whole.find(entry.core))]
        line, at = claim.line - 1 - entry.row, claim.column - 1
        if line == 0:
            return entry.start <= at <= entry.start + len(head.partition("\n")[0])
        return 0 < line <= head.count("\n") and at <= len(head.rpartition("\n")[2])
    if row.file.container == "xlsx" and claim.cell is not None:
        return claim.cell == f"{chr(65 + entry.column)}{entry.row + 1 + row.file.header}"
    return None


_NOTHING = Judged.__new__(Judged)
