"""米国社会保障番号 (US Social Security Number): area, group, serial; no check digit, but some are never given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.check_digit import digits_of
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHAPE = re.compile(r"[0-9]{9}|[0-9]{3}([- ])[0-9]{2}\1[0-9]{4}")
_AREA_MAX, _NO_AREA = 899, 666
#: Printed in advertisements, and void for ever.
_VOID = frozenset({"078051120", "219099999"})
#: What stands in the middle of a taxpayer's number (ITIN), whose first digit is 9.
_ITIN = frozenset({*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100)})
#: What everybody writes into examples.
_SAMPLES = frozenset({"123456789", "111223333"})


def us_ssn_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _SHAPE.fullmatch(shape):
        return codes
    numbers = number_of(digits)
    area, group, serial = numbers // 10**6, numbers // 10**4 % 100, numbers % 10**4
    given = (area > 0) & (area <= _AREA_MAX) & (area != _NO_AREA) & (group > 0) & (serial > 0)
    given &= ~np.isin(numbers, [int(number) for number in _VOID])
    codes[given] = Verdict.VALID.code
    codes[(area > _AREA_MAX) & np.isin(group, sorted(_ITIN))] = Verdict.DOUBTFUL.code
    codes[given & (digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    codes[given & np.isin(numbers, [int(number) for number in _SAMPLES])] = Verdict.SAMPLE.code
    return codes


def us_ssn(value: str) -> Verdict:
    """Judge a Social Security Number: area not 000, 666 or above 899, group not 00, serial not 0000.

    A taxpayer's number (ITIN: 9xx, a group of its own) is doubtful: only a label makes it one.

    >>> us_ssn("314-15-9265").name, us_ssn("666-12-3456").name, us_ssn("912-70-1234").name
    ('VALID', 'INVALID', 'DOUBTFUL')
    """
    if not _SHAPE.fullmatch(value) or not (digits := digits_of(value)):
        return Verdict.INVALID
    area, group, serial = int(digits[:3]), int(digits[3:5]), int(digits[5:])
    if area > _AREA_MAX:
        return Verdict.DOUBTFUL if group in _ITIN else Verdict.INVALID
    if area in {0, _NO_AREA} or not group or not serial or digits in _VOID:
        return Verdict.INVALID
    return Verdict.SAMPLE if digits in _SAMPLES else Verdict.VALID
