"""Check digits are data: weights, modulus, what each remainder means. Validators hold the data, this evaluates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_RUN = 6


def digits_of(value: str) -> str:
    """Give the digits of a number, whatever they are grouped by; "" for one digit repeated, which is no number.

    >>> digits_of("12-34 56"), digits_of("1111")
    ('123456', '')
    """
    digits = value.replace("-", "").replace(" ", "")
    return digits if len(set(digits)) > 1 else ""


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """A weighted-sum check. The last digit of the number is the check digit; `weights` belong to the digits before it.

    `digits[remainder]` is the check digit expected for each remainder of the weighted sum modulo `modulus`.
    """

    weights: tuple[int, ...]
    modulus: int
    digits: tuple[int, ...]

    def holds(self, number: str) -> bool:
        """Tell whether `number` (ASCII digits, one more than there are weights) carries the right check digit."""
        body = number[:-1]
        total = sum(weight * int(digit) for weight, digit in zip(self.weights, body, strict=True))
        return self.digits[total % self.modulus] == int(number[-1])

    def hold(self, digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Tell the same for each row of a matrix of digits (0 to 9)."""
        import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

        totals = digits[:, :-1].astype(np.int64) @ np.array(self.weights)
        holds: NDArray[np.bool_] = np.array(self.digits)[totals % self.modulus] == digits[:, -1]
        return holds


def is_run(digits: str) -> bool:
    """Tell whether six digits or more count up from 0 or 1: what people type into examples where nothing checks.

    >>> is_run("1234567"), is_run("01234567"), is_run("2345678"), is_run("1234567890")
    (True, True, False, True)
    """
    counted = "01234567890123456789"
    return len(digits) >= _LEAST_RUN and digits[0] in "01" and counted.startswith(digits, int(digits[0]))


def are_runs(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell the same for each row of a matrix of digits."""
    import numpy as np  # noqa: PLC0415 - only masses of numbers pay for it

    count = digits.shape[1]
    counted = (digits[:, :1] + np.arange(count)) % 10
    runs: NDArray[np.bool_] = (digits[:, 0] <= 1) & (digits == counted).all(axis=1)
    return runs if count >= _LEAST_RUN else np.zeros(len(digits), np.bool_)


def luhn_holds(number: str) -> bool:
    """Tell whether `number` (ASCII digits of any length) passes Luhn's formula (ISO/IEC 7812-1, annex B).

    >>> luhn_holds("4111111111111111"), luhn_holds("4111111111111112")
    (True, False)
    """
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0


def luhn_hold(digits: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell the same for each row of a matrix of digits (0 to 9)."""
    doubled = digits[:, -2::-2] * 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1) + digits[:, -1::-2].sum(axis=1)  # noqa: PLR2004 - the cross sum
    holds: NDArray[np.bool_] = total % 10 == 0
    return holds
