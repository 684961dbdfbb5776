"""Unread files of which the user has said that they may stay unread: why, and until when.

It stands in the user's own configuration, never in a scanned tree. It hides nothing: such a file is told and counted as
acknowledged, its findings count as ever, and when its day is over it is unread like any other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from piiscan.errors import ConfigError
from piiscan.gaps import Acknowledged
from piiscan.globs import check_globs, find_matching
from piiscan.messages import _
from piiscan.model import Outcome, is_unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piiscan.model import FileReport

_UNREAD = tuple(each.value for each in Outcome if each not in {Outcome.COMPLETE, Outcome.UNCHANGED})


class Acknowledgement(NamedTuple):
    """What may stay unread: a glob over paths, why, the last day on which that holds, and of which outcome and cause.

    An empty `outcome` or `cause` stands for all.
    """

    path: str
    reason: str
    until: date
    outcome: str = ""
    cause: str = ""

    def fits(self, outcome: Outcome, reason: str) -> bool:
        """Tell whether it speaks of files that ended like this."""
        return self.outcome in {"", outcome.value} and self.cause in {"", reason}


def read_acknowledgements(value: object, place: str) -> tuple[Acknowledgement, ...]:
    """Read the tables `[[acknowledge]]`; raises ConfigError that begins with `place` for what cannot be used."""
    tables = value if isinstance(value, list) else [value]
    return tuple(_read(table, f"{place}: acknowledge {number}") for number, table in enumerate(tables, 1))


def _read(table: object, place: str) -> Acknowledgement:
    if not isinstance(table, dict):
        raise ConfigError(_("{place}: must be a table: [[acknowledge]]").format(place=place))
    for key in table:
        if key not in Acknowledgement._fields:
            choices = ", ".join(Acknowledgement._fields)
            raise ConfigError(_('{place}: unknown key "{name}", not one of {choices}').format(
                place=place, name=key, choices=choices))  # fmt: skip
    until = table.get("until")
    if not isinstance(until, date) or isinstance(until, datetime):
        raise ConfigError(_('{place}: "until" must be a day such as 2027-03-31').format(place=place))
    texts = {name: table.get(name, "") for name in ("path", "reason", "outcome", "cause")}
    for name, text in texts.items():
        if not isinstance(text, str) or (not text.strip() and name in {"path", "reason"}):
            raise ConfigError(_('{place}: "{name}" must be a text').format(place=place, name=name))
    if texts["outcome"] not in {"", *_UNREAD}:
        raise ConfigError(_('{place}: "outcome" must be one of {choices}').format(
            place=place, choices=", ".join(_UNREAD)))  # fmt: skip
    try:
        check_globs([texts["path"]])
    except ValueError as error:
        raise ConfigError(f"{place}: {error}") from None
    return Acknowledgement(texts["path"], texts["reason"], until, texts["outcome"], texts["cause"])


class Accounts:
    """All that is acknowledged, as it holds on one day."""

    def __init__(self, acknowledgements: Iterable[Acknowledgement], today: date) -> None:
        """Take those that end last first: of several that fit a file, the one that holds longest counts."""
        self._all = tuple(sorted(acknowledgements, key=lambda each: each.until, reverse=True))
        self._groups = tuple((each.path,) for each in self._all)
        self._today = today

    def find(self, root: str, path: str, outcome: Outcome, reason: str) -> Acknowledged | None:
        """Give what is said of an unread file; `path` is as people see it, below `root`."""
        if not self._all or not is_unread(outcome, reason):
            return None
        for number in find_matching(path, self._groups, root):
            each = self._all[number]
            if each.fits(outcome, reason):
                return Acknowledged(each.reason, f"{each.until}", each.until >= self._today)
        return None

    def judge(self, report: FileReport) -> FileReport:
        """Give a report together with what is said of its file, if that is unread."""
        ref = report.ref
        root = ref.source.removesuffix(ref.path).rstrip("/") if ref.source.endswith(ref.path) else ""
        told = self.find(root, ref.path, report.outcome, report.reason)
        return replace(report, acknowledged=told) if told else report
