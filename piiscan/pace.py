"""How fast a worker may read from a file server that others work on: bytes and opened files a second."""

from __future__ import annotations

from functools import lru_cache
from time import monotonic, sleep
from typing import NamedTuple

#: Seconds of credit that idling earns, so that no burst is longer.
CREDIT = 0.1


class Pace(NamedTuple):
    """What one worker may take: bytes a second, opened files a second; 0 for no limit.

    The caps of a run are divided by the number of its workers, so that they hold however the work falls out.
    """

    bytes: float = 0.0
    opens: float = 0.0


ANY_PACE = Pace()


class Throttle:
    """Makes whoever takes too much wait: what is taken moves the time before which nothing more may be."""

    def __init__(self, rate: float) -> None:
        """Allow `rate` units a second; 0 allows all."""
        self._rate = rate
        self._free = 0.0

    def take(self, amount: float) -> None:
        """Take so many units, and wait until they are paid for."""
        if not self._rate:
            return
        now = monotonic()
        self._free = max(self._free, now - CREDIT) + amount / self._rate
        if self._free > now:
            sleep(self._free - now)


class Throttles(NamedTuple):
    """Those of one process."""

    bytes: Throttle
    opens: Throttle


@lru_cache(maxsize=4)
def throttles_of(pace: Pace) -> Throttles:
    """Give the throttles of this process: one worker, whatever files it reads."""
    return Throttles(Throttle(pace.bytes), Throttle(pace.opens))
