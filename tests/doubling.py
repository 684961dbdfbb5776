"""How cost grows with size: over three doublings, so that a single measure gone wrong decides nothing."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from piiscan.selftest import MAX_GROWTH

if TYPE_CHECKING:
    from collections.abc import Callable

DOUBLINGS = 3
#: A busy machine makes measures longer, never shorter: what grows too fast fails all of them.
TRIES = 6


def growth(prepare: Callable[[int], Callable[[], object]]) -> float:
    """Give by what each doubling multiplies the time, at most; `prepare(times)` makes work of so many sizes."""
    once, often = prepare(1), prepare(2**DOUBLINGS)
    gc.freeze()  # what other tests have left is not looked through, within one of the two times or before
    try:
        least, most = _seconds(once), _seconds(often)
        for _ in range(TRIES):
            if most <= least * MAX_GROWTH**DOUBLINGS:
                break
            least, most = min(least, _seconds(once)), min(most, _seconds(often))
    finally:
        gc.unfreeze()
    return float((most / least) ** (1 / DOUBLINGS))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start
