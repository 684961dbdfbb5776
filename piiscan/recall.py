"""What the catalog keeps of the scans of files, read back as it was told."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from piiscan.books import Carried
from piiscan.findings import Findings, Kind, Run
from piiscan.model import Confidence, Count, MemberReport, Outcome, Sensitivity, Tally
from piiscan.pages import NO_PAGES, Pages
from piiscan.people import Combination, Identities, People, Sample, Subjects

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from piiscan.model import FileReport


class Recall:
    """The results in an open catalog, to be read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._database = connection

    def carried(self, results: Iterable[int]) -> Carried:
        """Give what many results say together."""
        database = self._database
        database.execute("CREATE TEMP TABLE carried (result INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO carried VALUES (?)", ((result,) for result in results))
        rows = database.execute(
            "SELECT pattern, sum(total), sum(total - business), sum(samples) FROM count JOIN carried USING (result)"
            " GROUP BY pattern"
        ).fetchall()
        (files,) = database.execute(
            "SELECT count(DISTINCT result) FROM count JOIN carried USING (result) WHERE total"
        ).fetchone()
        (truncated,) = database.execute(
            "SELECT count(DISTINCT result) FROM count JOIN carried USING (result) WHERE is_truncated"
        ).fetchone()
        return Carried(
            totals={row[0]: row[1] for row in rows if row[1]},
            personal={row[0]: row[2] for row in rows if row[2]},
            samples=sum(row[3] for row in rows),
            files_with_findings=files,
            people=self._people(),
            truncated=truncated,
        )

    def _people(self) -> Iterator[tuple[People, tuple[Identities, ...]]]:
        """Yield the people of each of these results, with what tells them from others."""
        samples = self._database.execute("SELECT sample.* FROM sample JOIN carried USING (result) ORDER BY 1, 2, 3")
        groups = groupby(samples, key=itemgetter(0))
        told, rows = next(groups, (0, iter(())))
        for result, *people in self._database.execute(
            "SELECT id, people, people_low, people_high FROM carried JOIN result ON id = result WHERE people_high"
            " ORDER BY 1"
        ):
            identities: tuple[Identities, ...] = ()
            if told == result:
                identities = identities_of(rows)
                told, rows = next(groups, (0, iter(())))
            yield People(*people), identities

    def pages(self, result: int) -> Pages:
        """Give the pages that a result tells of."""
        row = self._database.execute("SELECT read, unread FROM page WHERE result = ?", (result,)).fetchone()
        return Pages(*row) if row else NO_PAGES

    def read(self, result: int, report: FileReport) -> FileReport:
        """Give a report together with what a result says of its file."""
        ask = self._database.execute
        people, low, high, members, content = ask(
            "SELECT people, people_low, people_high, members, content FROM result WHERE id = ?", (result,)
        ).fetchone()
        rows = ask("SELECT * FROM count WHERE result = ?", (result,)).fetchall()
        business, samples, below, public = ({row[1]: row[at] for row in rows if row[at]} for at in (4, 5, 6, 7))
        subjects = ask("SELECT * FROM subject WHERE result = ? ORDER BY number", (result,))
        unread = ask("SELECT member, outcome, reason FROM unread_member WHERE result = ? ORDER BY number", (result,))
        return replace(
            report,
            tally=Tally({row[1]: Count(row[2], row[3]) for row in rows if row[2]}, business, samples, below, public),
            truncated=tuple(row[1] for row in rows if row[8]),
            findings=self._read_findings(result),
            people=People(people, low, high),
            subjects=tuple(map(_subjects_of, subjects)),
            identities=identities_of(ask("SELECT * FROM sample WHERE result = ? ORDER BY part, number", (result,))),
            members=json.loads(members),
            content=content,
            unread_members=tuple(MemberReport(tuple(json.loads(each)), Outcome(how), why) for each, how, why in unread),
        )

    def _read_findings(self, result: int) -> Findings:
        rows = self._database.execute(
            "SELECT kind.*, line, column_, cell, page, mask, fingerprint FROM finding JOIN kind ON kind.id = kind"
            " WHERE result = ? ORDER BY number",
            (result,),
        ).fetchall()
        kinds: dict[int, int] = {}
        told: list[Kind] = []
        for row in rows:
            if kinds.setdefault(row[0], len(told)) == len(told):
                told.append(_kind_of(row[1:11]))
        return Findings([Run(told, [(kinds[row[0]], *row[11:16], row[16] or "") for row in rows])])


def _subjects_of(row: tuple[str, ...]) -> Subjects:
    _result, _number, member, part, role, method, estimate, low, high, is_roster, known = row
    combinations = tuple(Combination(tuple(categories), people) for categories, people in json.loads(known))
    return Subjects(
        *(
            tuple(json.loads(member)),
            part,
            method,
            int(estimate),
            int(low),
            int(high),
            combinations,
            bool(is_roster),
            role,
        )
    )


def identities_of(rows: Iterable[tuple[int, int, int, int, str, int, bytes]]) -> tuple[Identities, ...]:
    """Give what samples tell of the parts of a file, in their order."""
    parts: dict[int, tuple[int, list[Sample]]] = {}
    for _result, part, _number, people, kind, distinct, hashes in rows:
        parts.setdefault(part, (people, []))[1].extend([Sample(kind, distinct, hashes)] if kind else [])
    return tuple(Identities(people, tuple(samples)) for people, samples in parts.values())


def _kind_of(row: tuple[str, ...]) -> Kind:
    member, part, pattern, category, sensitivity, classes, flags, confidence, score, evidence = row
    return Kind(
        *(
            tuple(json.loads(member)),
            part,
            pattern,
            category,
            Sensitivity(int(sensitivity)),
            tuple(json.loads(classes)),
        ),
        *(tuple(json.loads(flags)), Confidence(int(confidence)), int(score), tuple(json.loads(evidence))),
    )
