"""The parts of a workbook, measured: sheets by a thread that stays ahead of whoever reads them.

The library that reads a sheet lets other threads run meanwhile, so where a second processor is free the next sheets
are unpacked and measured in no time of their own. A measured part is a few numbers and the end of a sheet.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from piiscan.gauge import Gauge
from piiscan.workbook import STRINGS, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor, Future
    from re import Pattern

    from piiscan.gauge import Probe
    from piiscan.package import Package
    from piiscan.piece import Problem

SHEETS = "xl/worksheets/"
#: So long a string cannot fill a sheet without being counted how often.
_LONG = 200


@contextmanager
def open_thread(*, is_wanted: bool) -> Iterator[Executor | None]:
    """Give a thread that does one thing after the other, and ends when nobody wants more of it; or none."""
    if not is_wanted:
        yield None
        return
    thread = ThreadPoolExecutor(1)
    try:
        yield thread
    finally:
        thread.shutdown(cancel_futures=True)


class Probes:
    """What measuring the parts has shown; it is there at once, or waited for."""

    def __init__(self, package: Package) -> None:
        """Measure the text that sheets refer to: what they repeat, and what tells how they are shown."""
        self._package = package
        names = sorted({entry.filename for entry in package.list_entries()}, key=_by_weight)
        first = [name for name in names if not any(_by_weight(name)[:2])]
        self._later = names[len(first) :]
        self._done = {
            name: measure(package, name, Gauge(has_strings=name.lower() == STRINGS.lower())) for name in first
        }
        self.first = tuple(self._done.values())
        self._coming: dict[str, Future[Probe]] = {}
        self.names = frozenset(names)
        self.longest = max((probe.longest for probe in self._done.values()), default=0)

    def measure_rest(self, digits: Pattern[bytes] | None) -> None:
        """Measure the other parts; `digits` finds a cell that is shown as digits."""
        for name in self._later:
            self._done[name] = measure(self._package, name, self._gauge(name, digits))

    def measure_ahead(self, digits: Pattern[bytes] | None, thread: Executor) -> None:
        """Begin to measure the other parts in a thread."""
        for name in self._later:
            self._coming[name] = thread.submit(measure, self._package, name, self._gauge(name, digits))

    def _gauge(self, name: str, digits: Pattern[bytes] | None) -> Gauge:
        counts = name.startswith(SHEETS) and self.longest > _LONG
        return Gauge(counts=counts, digits=digits)

    def get(self, name: str) -> Probe | None:
        """Give what is known of a part, None where there is no such part."""
        return self._done.get(name) or (self._coming[name].result() if name in self._coming else None)

    def is_ready(self, name: str) -> bool:
        """Tell whether nobody has to wait for a part."""
        return name in self._done or (name in self._coming and self._coming[name].done())

    def list_problems(self) -> Sequence[Problem]:
        """Wait for all parts; give what keeps any of them from being read, once each."""
        found = map(self.get, sorted(self.names))
        return tuple({probe.problem: None for probe in found if probe and probe.problem})


def _by_weight(name: str) -> tuple[bool, bool, str]:
    """Put sheets behind the strings that they repeat, pictures and other matter last: it is text that must fit."""
    return not name.lower().endswith((".xml", ".rels")), name.startswith(SHEETS), name
