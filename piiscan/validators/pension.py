"""基礎年金番号 (basic pension number): 4 digits of the office, 6 of a running number; no check digit is public."""

from __future__ import annotations

import re

from piiscan.verdict import Verdict

_SHAPE = re.compile(r"[0-9]{4}[- ]?[0-9]{6}")


def basic_pension_number(value: str) -> Verdict:
    """Judge a basic pension number: `NNNN-NNNNNN`, with a hyphen, a space or nothing between (国民年金法14条).

    A first half that reads as a year (19xx, 20xx) is doubtful: `2024-123456` is almost always a document's number.

    >>> basic_pension_number("5161-000123").name, basic_pension_number("516-1000123").name
    ('VALID', 'INVALID')
    """
    if not _SHAPE.fullmatch(value) or len(set(value) - {"-", " "}) == 1:
        return Verdict.INVALID
    return Verdict.DOUBTFUL if value[:2] in {"19", "20"} else Verdict.VALID
