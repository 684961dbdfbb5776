"""The hours in which a run may be on: `20:00-06:00`, by the clock on the wall."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import NamedTuple

_HOURS = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")

#: What a run is interrupted by when its hours are over, in the place of a signal.
CLOSED = "window"


class Hours(NamedTuple):
    """From when until when, each day; over midnight where the end is before the beginning."""

    begin: time
    end: time

    def is_open(self, moment: datetime | None = None) -> bool:
        """Tell whether a moment (now) lies within."""
        now = (moment or datetime.now().astimezone()).time()
        if self.begin < self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end


def read_hours(text: str) -> Hours:
    """Read such hours; raises ValueError for what is none.

    >>> read_hours("20:00-06:00").is_open(datetime(2026, 11, 29, 3, 0))
    True
    """
    match = _HOURS.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    first, second, third, fourth = map(int, match.groups())
    hours = Hours(time(first, second), time(third, fourth))
    if hours.begin == hours.end:
        raise ValueError(text)
    return hours
