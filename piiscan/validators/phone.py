"""電話番号 (telephone numbers) by the Ministry's numbering plan: fixed, mobile, IP, services."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from piiscan.data import load_lines
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SEPARATORS = str.maketrans("", "", "-. ()・/")
_GROUPS = re.compile(r"[0-9]+")
_SUBSCRIBER = 4
_LANDLINE = 10
_MOBILE = re.compile(r"0[6789]0[1-9][0-9]{7}")
_IP = re.compile(r"050[1-9][0-9]{7}")
_SERVICE = re.compile(r"(?:0120|0570|0990|0180|0170)[0-9]{6}|0800[0-9]{7}|020[1-9][0-9]{7}|0200[0-9]{10}")
_COUNTRY = re.compile(r"(?:\+|00|010[- ]?|)81[-. ]?(?:\(0\))?[-. ]?")


def _digits(value: str) -> str:
    digits = value.translate(_SEPARATORS)
    return digits if digits.isascii() and digits.isdigit() else ""


@lru_cache(maxsize=1)
def _area_codes() -> frozenset[str]:
    return frozenset(load_lines("area_codes.txt"))


def _begins_line(code: str, digits: str) -> bool:
    """Tell whether `code` is an area code in use and what follows it can be an exchange, which never begins with 0."""
    return code in _area_codes() and digits[len(code)] != "0"


def _full_match(kind: re.Pattern[str], value: str) -> Verdict:
    return Verdict.VALID if kind.fullmatch(_digits(value)) else Verdict.INVALID


def _full_match_in_bulk(
    kind: re.Pattern[str], digits: NDArray[np.uint8], shape: str, verdict: Verdict
) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import match_all  # noqa: PLC0415

    matched = match_all(kind.pattern, digits) if _digits(shape) else np.zeros(len(digits), np.bool_)
    return np.where(matched, verdict.code, Verdict.INVALID.code).astype(np.uint8)


def phone_mobile_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _full_match_in_bulk(_MOBILE, digits, shape, Verdict.VALID)


def phone_ip_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _full_match_in_bulk(_IP, digits, shape, Verdict.VALID)


def phone_service_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    return _full_match_in_bulk(_SERVICE, digits, shape, Verdict.BUSINESS)


@cache
def _codes_of(size: int) -> NDArray[np.bool_]:
    """Tell of each number whether it is an area code of so many digits."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    known = np.zeros(10**size, np.bool_)
    known[[int(code) for code in _area_codes() if len(code) == size]] = True
    return known


def phone_landline_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    codes = np.full(len(digits), Verdict.INVALID.code, np.uint8)
    if digits.shape[1] != _LANDLINE or not _digits(shape):
        return codes
    groups = [len(group) for group in _GROUPS.findall(shape)]
    for size in range(2, 6):
        begins = _codes_of(size)[number_of(digits[:, :size])] & (digits[:, 0] == 0) & (digits[:, size] != 0)
        right = len(groups) == 1 or (groups[0] == size and groups[-1] == _SUBSCRIBER)
        codes[begins & (codes != Verdict.LISTED.code)] = (Verdict.LISTED if right else Verdict.WRONG_SPLIT).code
    return codes


def phone_mobile(value: str) -> Verdict:
    """Judge a mobile number: 060, 070, 080 or 090, then eight digits that do not begin with 0.

    >>> phone_mobile("090-1234-5678").name, phone_mobile("090-0234-5678").name
    ('VALID', 'INVALID')
    """
    return _full_match(_MOBILE, value)


def phone_ip(value: str) -> Verdict:
    """Judge an IP telephone number: 050, then eight digits that do not begin with 0.

    >>> phone_ip("050-1234-5678").name, phone_ip("050-0123-4567").name
    ('VALID', 'INVALID')
    """
    return _full_match(_IP, value)


def phone_service(value: str) -> Verdict:
    """Judge a number of a service or device: toll-free 0120 and 0800, navi 0570, paid services, M2M 020.

    >>> phone_service("0120-123-456").name, phone_service("0110-123-456").name
    ('BUSINESS', 'INVALID')
    """
    return Verdict.BUSINESS if _SERVICE.fullmatch(_digits(value)) else Verdict.INVALID


def phone_landline(value: str) -> Verdict:
    """Judge a fixed number of ten digits: area code (with its 0) and exchange together have six, the line has four.

    The area code must be one of the 387 in use; where the number is written in groups, they must split it there.

    >>> phone_landline("0466-22-1111").name, phone_landline("046-622-1111").name, phone_landline("0110-12-3456").name
    ('LISTED', 'LISTED', 'INVALID')
    >>> phone_landline("03-123-45678").name
    'WRONG_SPLIT'
    """
    digits = _digits(value)
    if len(digits) != _LANDLINE:
        return Verdict.INVALID
    codes = [code for code in (digits[:size] for size in (2, 3, 4, 5)) if _begins_line(code, digits)]
    if not codes:
        return Verdict.INVALID
    groups = _GROUPS.findall(value)
    right = len(groups) == 1 or (groups[0] in codes and len(groups[-1]) == _SUBSCRIBER)
    return Verdict.LISTED if right else Verdict.WRONG_SPLIT


def phone_international(value: str) -> Verdict:
    """Judge a number with Japan's country code (+81, 0081, 010-81); a national number without its 0 must follow.

    >>> phone_international("+81-3-1234-5678").name, phone_international("+81(0)90-1234-5678").name
    ('LISTED', 'LISTED')
    >>> phone_international("+81-03-1234-567").name
    'INVALID'
    """
    code = _COUNTRY.match(value)
    if not code:
        return Verdict.INVALID
    national = "0" + _digits(value[code.end() :])
    if _SERVICE.fullmatch(national):
        return Verdict.BUSINESS
    known = _MOBILE.fullmatch(national) or _IP.fullmatch(national) or phone_landline(national) is Verdict.LISTED
    return Verdict.LISTED if known else Verdict.INVALID
