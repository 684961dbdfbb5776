"""銀行口座 (bank account): bank 4, branch 3, account 7 digits; bank and branch are looked up in the Zengin list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.data import load_bits
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bank, branch, type (普通 1, 当座 2, 貯蓄 4, ...) and account; or the account alone, or with its branch.
_SHAPE = re.compile(r"(?:([0-9]{4})([- ]))?(?:([0-9]{3})([- ]))?(?:[0-9][- ])?[0-9]{7}|[0-9]{6}")
_ACCOUNT, _BRANCH = 7, 7


def _is_listed(bank_and_branch: int) -> bool:
    return bool(load_bits("bank_branches.bin")[bank_and_branch >> 3] >> (bank_and_branch & 7) & 1)


def bank_account_in_bulk(digits: NDArray[np.uint8], shape: str) -> NDArray[np.uint8]:
    """Give the codes of the verdicts on rows of digits that are written in one shape."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    from piiscan.bulk import number_of  # noqa: PLC0415

    match = _SHAPE.fullmatch(shape)
    if not match or (match[1] and not match[3]):
        return np.full(len(digits), Verdict.INVALID.code, np.uint8)
    codes = np.full(len(digits), Verdict.VALID.code, np.uint8)
    if match[1]:
        numbers = number_of(digits[:, :_BRANCH])
        listed = np.frombuffer(load_bits("bank_branches.bin"), np.uint8)[numbers >> 3] >> (numbers & 7) & 1
        codes[:] = np.where(listed, Verdict.LISTED.code, Verdict.NOT_IN_USE.code)
    account = digits[:, -_ACCOUNT:]
    codes[(account == account[:, :1]).all(axis=1)] = Verdict.INVALID.code
    return codes


def bank_account(value: str) -> Verdict:
    """Judge a bank account: listed if its bank has, or not in use if it has not, such a branch today.

    The account's own digits prove nothing, except that seven of one kind are nobody's.

    >>> bank_account("0001-001-1234567").name, bank_account("0001-000-1234567").name
    ('LISTED', 'NOT_IN_USE')
    >>> bank_account("1234567").name, bank_account("1111111").name
    ('VALID', 'INVALID')
    """
    match = _SHAPE.fullmatch(value)
    account = value.replace("-", "").replace(" ", "")[-_ACCOUNT:]
    if not match or (match[1] and not match[3]) or len(set(account)) == 1:
        return Verdict.INVALID
    if not match[1]:
        return Verdict.VALID
    return Verdict.LISTED if _is_listed(int(match[1] + match[3])) else Verdict.NOT_IN_USE
