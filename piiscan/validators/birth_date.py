"""生年月日 (date of birth): a day that exists, in an era that had begun and was not over, 0 to 120 years ago."""

from __future__ import annotations

from datetime import date

from piiscan.era import read_date
from piiscan.verdict import Verdict

_OLDEST = 120


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where the scan runs; a day more or less is nothing


def birth_date(value: str) -> Verdict:
    """Judge a date of birth: western or by era, in digits or kanji; the era codes of claims and of the pension service.

    A day after its era's end (昭和64年1月8日) and a year of two digits are failures: mistakes, but perhaps of a date.

    >>> birth_date("S55.3.4").name, birth_date("昭和64年1月8日").name, birth_date("1980-13-04").name
    ('VALID', 'FAILED', 'INVALID')
    """
    today = _today()
    readings = [each for each in read_date(value) if today.year - _OLDEST <= each.day.year and each.day <= today]
    if any(each.is_exact for each in readings):
        return Verdict.VALID
    return Verdict.FAILED if readings else Verdict.INVALID
