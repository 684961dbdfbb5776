"""What a validator says of a value: one word, which the table of weights in context.py turns into evidence."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    """Each member's value is the evidence word it leaves on a finding ("" leaves none)."""

    INVALID = "invalid"  # not such a value at all: no candidate
    VALID = ""  # the shape holds, and nothing proves or disproves the rest
    CHECKED = "check_digit"  # the check digit is right
    PUBLIC = "public"  # the check digit is right, and anybody may look the number up: an organisation's registration
    FAILED = "check_failed"  # the check digit is wrong: a typing error, or another kind of number
    CONFIRMED = "check_confirmed"  # a check that few rely on is right: it speaks for the value, and never for a column
    NOT_CONFIRMED = "check_not_confirmed"  # such a check is wrong: it says nothing against the value
    LISTED = "listed"  # in the official list (area codes, municipalities, postal codes, domains)
    UNLISTED = "unlisted"  # the list does not hold it; lists age
    UNCONFIRMED = "unconfirmed"  # fails a check whose rule is not official, or is in an older form: weaker, not refuted
    NOT_IN_USE = "not_in_use"  # no such bank or branch today: another kind of number, or a branch that was closed
    WRONG_SPLIT = "wrong_split"  # grouped as such numbers never are
    DOUBTFUL = "doubtful"  # looks like a date, a document number and the like: only a label makes it one
    BUSINESS = "business"  # a number or address of an organisation, no personal data
    ROLE = "role"  # info@, soumu@: an office, not a person
    SAMPLE = "sample"  # published test numbers, example domains

    def __init__(self, _word: str) -> None:
        #: The number that stands for it in arrays; VERDICTS turns it back.
        self.code = len(type(self).__members__)

    @property
    def accepted(self) -> bool:
        """Tell whether the value is a well-formed one of its kind."""
        return self not in _REFUSED

    @property
    def failed(self) -> bool:
        """Tell whether the value has the form, but what would prove it fails: any other number may be right instead."""
        return self in {Verdict.FAILED, Verdict.NOT_IN_USE}


VERDICTS = tuple(Verdict)
_REFUSED = frozenset(
    {
        Verdict.INVALID,
        Verdict.FAILED,
        Verdict.UNCONFIRMED,
        Verdict.NOT_CONFIRMED,
        Verdict.UNLISTED,
        Verdict.NOT_IN_USE,
        Verdict.WRONG_SPLIT,
    }
)
