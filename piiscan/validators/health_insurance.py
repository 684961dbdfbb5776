"""保険者番号・公費 (health insurers and public expense): scheme, prefecture, running number and Luhn's check digit.

The check (検証番号, 昭和49年保険発104号, 昭和51年保発45号) weighs 2, 1, 2, 1, ... from the last digit but one
and adds the digits of what comes out: that is Luhn's formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.check_digit import luhn_hold, luhn_holds
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: 法別番号 of insurers, and of public expense (結核, 生活保護, 難病, ...), which tells of an illness or of welfare.
_INSURERS = frozenset("01 02 03 04 06 07 31 32 33 34 39 63 67 72 73 74 75".split())
_PUBLIC_EXPENSE = frozenset("10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 28 29 30 38 51 52 53 54 62 66 79".split())
#: The insurers of National Health Insurance have no scheme in front.
_MUNICIPAL = frozenset({""})
_PREFECTURES = frozenset(f"{number:02}" for number in range(1, 48))
#: The prefecture stands in front of three digits and the check digit.
_PREFECTURE = slice(-6, -4)
_RECIPIENT = re.compile(r"[0-9]{7}")
_ELDERLY = re.compile(r"[0-9]{8}")
_INSURER = re.compile(r"[0-9]{6}(?:[0-9]{2})?")


def _issued(value: str, schemes: frozenset[str]) -> Verdict:
    if not _INSURER.fullmatch(value) or value[:-6] not in schemes or value[_PREFECTURE] not in _PREFECTURES:
        return Verdict.INVALID
    return Verdict.CHECKED if luhn_holds(value) else Verdict.FAILED


def _issued_in_bulk(digits: NDArray[np.uint8], shape: str, schemes: frozenset[str]) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if not _INSURER.fullmatch(shape):
        return codes
    known = np.isin(number_of(digits[:, _PREFECTURE]), [int(each) for each in _PREFECTURES])
    if len(shape) > 6:  # noqa: PLR2004 - a scheme stands in front
        known &= np.isin(number_of(digits[:, :2]), [int(each) for each in schemes if each])
    elif "" not in schemes:
        known[:] = False
    codes[known] = np.where(luhn_hold(digits[known]), Verdict.CHECKED.code, Verdict.FAILED.code)
    return codes


def _told(
    digits: NDArray[np.uint8], shape: str, form: re.Pattern[str], right: Verdict, wrong: Verdict
) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    if not form.fullmatch(shape):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    codes = np.where(luhn_hold(digits), right.code, wrong.code).astype(np.uint8)
    codes[(digits == digits[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def health_insurer_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _issued_in_bulk(digits, shape, _INSURERS | _MUNICIPAL)


def public_expense_payer_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _issued_in_bulk(digits, shape, _PUBLIC_EXPENSE)


def public_expense_recipient_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _told(digits, shape, _RECIPIENT, Verdict.CONFIRMED, Verdict.FAILED)


def late_elderly_insured_number_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _told(digits, shape, _ELDERLY, Verdict.CONFIRMED, Verdict.NOT_CONFIRMED)


def health_insurer_number(value: str) -> Verdict:
    """Judge the number of an insurer: scheme 2, prefecture 2, running number 3, check; 国民健康保険 has no scheme.

    >>> health_insurer_number("33120015").name, health_insurer_number("138058").name
    ('CHECKED', 'FAILED')
    >>> health_insurer_number("09130010").name
    'INVALID'
    """
    return _issued(value, _INSURERS | _MUNICIPAL)


def public_expense_payer_number(value: str) -> Verdict:
    """Judge a 公費負担者番号: scheme 2, prefecture 2, running number 3, check digit 1.

    >>> public_expense_payer_number("54270012").name, public_expense_payer_number("54270013").name
    ('CHECKED', 'FAILED')
    """
    return _issued(value, _PUBLIC_EXPENSE)


def public_expense_recipient_number(value: str) -> Verdict:
    """Judge a 公費受給者番号: 6 digits and a check digit. Codes of hospitals have the same form: only a label tells.

    >>> public_expense_recipient_number("1234566").name, public_expense_recipient_number("1234567").name
    ('CONFIRMED', 'FAILED')
    """
    if not _RECIPIENT.fullmatch(value) or len(set(value)) == 1:
        return Verdict.INVALID
    return Verdict.CONFIRMED if luhn_holds(value) else Verdict.FAILED


def late_elderly_insured_number(value: str) -> Verdict:
    """Judge an insured person's number of the 後期高齢者医療制度: 8 digits; that the last is a check is second-hand.

    >>> late_elderly_insured_number("12345674").name, late_elderly_insured_number("12345678").name
    ('CONFIRMED', 'NOT_CONFIRMED')
    """
    if not _ELDERLY.fullmatch(value) or len(set(value)) == 1:
        return Verdict.INVALID
    return Verdict.CONFIRMED if luhn_holds(value) else Verdict.NOT_CONFIRMED
