"""What the scan of one file told, as rows of the catalog, and the same read back.

What may not be kept is left out here: fingerprints of numbers for which the law forbids a lasting conversion, and of
secrets.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from piiscan.exposure import AccessReader
from piiscan.findings import Findings, Kind
from piiscan.model import Count
from piiscan.people import Sample
from piiscan.printable import encodable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from piiscan.model import FileReport


_RESULT = (
    "INSERT INTO result (file, run, conditions, size, mtime_ns, ctime_ns, inode, outcome, reason, engine, bytes_read,"
    " elapsed, owner, exposure, content, people, people_low, people_high, members, has_more)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KIND = (
    "INSERT OR IGNORE INTO kind (member, part, pattern, category, sensitivity, legal_class, flags, confidence, score,"
    " evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KIND_ID = (
    "SELECT id FROM kind WHERE (member, part, pattern, category, sensitivity, legal_class, flags, confidence, score,"
    " evidence) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Results:
    """The results in an open catalog.

    Of the patterns `fleeting` no fingerprints are kept. Files lie below `roots`, above which nothing is looked at.
    """

    def __init__(self, connection: sqlite3.Connection, fleeting: Collection[str], roots: Iterable[str]) -> None:
        self._database = connection
        self._fleeting = fleeting
        self._kinds: dict[Kind, int] = {}
        self._reader = AccessReader(roots)

    def file(self, source: bytes, path: str) -> int:
        """Give the number of a path, which is entered if it is new."""
        insert = self._database.execute("INSERT OR IGNORE INTO file (source, path) VALUES (?, ?)", (source, path))
        if insert.rowcount and insert.lastrowid:
            return insert.lastrowid
        number: int = self._database.execute("SELECT id FROM file WHERE source = ?", (source,)).fetchone()[0]
        return number

    def write(self, run: int, file: int, report: FileReport, key: tuple[int, ...], conditions: str) -> None:
        """Write the result of a scan."""
        access = self._reader.access(report.ref.source)
        values = (
            *(file, run, conditions, *key, report.outcome.value, report.reason, report.engine, report.bytes_read),
            *(
                report.elapsed,
                access.owner,
                access.exposure.value,
                report.content,
                *report.people,
                json_of(report.members),
            ),
        )
        tables = {
            "INSERT INTO count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)": list(_counts(report)),
            "INSERT INTO subject VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)": list(_subjects(report)),
            "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?, ?)": list(_samples(report)),
            "INSERT INTO unread_member VALUES (?, ?, ?, ?, ?)": list(_unread(report)),
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)": self._findings(report),
        }
        has_more = bool(report.members) or any(rows for rows in tables.values() if isinstance(rows, list))
        number = self._database.execute(_RESULT, (*values, has_more)).lastrowid
        if any(report.pages):  # `has_more` does not tell of these: there may be more such files than any others
            self._database.execute("INSERT INTO page VALUES (?, ?, ?)", (number, *report.pages))
        for insert, rows in tables.items() if has_more else ():
            self._database.executemany(insert, ((number, *row) for row in rows))

    def _findings(self, report: FileReport) -> Iterator[tuple[object, ...]]:
        number = 0
        for kinds, rows in Findings.of(report.findings).runs:
            numbers = [self._kind(kind) for kind in kinds]
            kept = [kind.pattern not in self._fleeting for kind in kinds]
            for kind, line, column, cell, page, mask, sign in rows:
                shown = text_of(cell) if cell else cell
                yield number, numbers[kind], line, column, shown, page, text_of(mask), sign if kept[kind] else None
                number += 1

    def _kind(self, kind: Kind) -> int:
        if kind not in self._kinds:
            values = (
                *(json_of(kind.member), text_of(kind.part), kind.pattern, kind.category, kind.sensitivity),
                *(json_of(kind.legal_class), json_of(kind.flags), kind.confidence, kind.score, json_of(kind.evidence)),
            )
            self._database.execute(_KIND, values)
            self._kinds[kind] = self._database.execute(_KIND_ID, values).fetchone()[0]
        return self._kinds[kind]


def _counts(report: FileReport) -> Iterator[tuple[object, ...]]:
    tally = report.tally
    none = Count(0, 0)
    for name in sorted({*tally.shown, *tally.samples, *tally.low, *tally.public}):
        shown = tally.shown.get(name, none)
        others = (each.get(name, 0) for each in (tally.business, tally.samples, tally.low, tally.public))
        yield name, shown.total, shown.distinct, *others, name in report.truncated


def _subjects(report: FileReport) -> Iterator[tuple[object, ...]]:
    for number, each in enumerate(report.subjects):
        known = [[list(one.categories), one.people] for one in each.combinations]
        yield (
            *(
                number,
                json_of(each.member),
                text_of(each.part),
                each.role,
                each.method,
                each.estimate,
                each.low,
                each.high,
            ),
            *(each.is_roster, json_of(known)),
        )


def _samples(report: FileReport) -> Iterator[tuple[object, ...]]:
    for part, (people, samples) in enumerate(report.identities):
        for number, sample in enumerate(samples or (Sample("", 0, b""),)):
            yield part, number, people, *sample


def _unread(report: FileReport) -> Iterator[tuple[object, ...]]:
    for number, each in enumerate(report.unread_members):
        yield number, json_of(each.member), each.outcome.value, each.reason


def json_of(value: object) -> str:
    """Write names and figures as JSON; what is not UTF-8 in a name comes back as it was."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=list, sort_keys=True)
    return text if text.isascii() or encodable(text) == text else json.dumps(value, default=list, sort_keys=True)


def text_of(text: str) -> str:
    """Give a text that can be stored: bytes of a name that are not UTF-8 are escaped."""
    return text if text.isascii() else encodable(text)
