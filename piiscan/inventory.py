"""What the catalog knows as of a run: the files that hold something, those not read, and how many people they are.

A result holds from the run that scanned the file until one that found it otherwise, so each run can be told again.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from piiscan.answers import Answers
from piiscan.concerned import Kinds, Part, PatternFacts, concerned, in_rosters, kinds_of
from piiscan.errors import ConfigError
from piiscan.holdings import Exposure, Holding, RunFigures, UnreadFile, Words
from piiscan.messages import _
from piiscan.model import Outcome, is_unread
from piiscan.pages import Pages
from piiscan.people import People
from piiscan.population import Population
from piiscan.recall import identities_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: The results that hold in a run, as a table of this connection only.
_HELD = """
CREATE TEMP TABLE moment (run INTEGER);
CREATE TEMP VIEW held AS SELECT result.* FROM result, moment
  WHERE result.run <= moment.run AND (result.until IS NULL OR result.until > moment.run);
"""


class Inventory:
    """An open catalog, read as of one run: that of the number, else the last one."""

    def __init__(self, connection: sqlite3.Connection, run: int | None = None) -> None:
        """Turn to a run; raises ConfigError where there is none of that number."""
        self._database = connection
        rows = connection.execute(
            "SELECT id FROM run WHERE id = ? OR ? IS NULL ORDER BY id DESC", (run, run)
        ).fetchone()
        if rows is None:
            raise ConfigError(_("the catalog knows no such run") if run else _("the catalog knows no run yet"))
        self.number: int = rows[0]
        connection.executescript(_HELD)
        connection.execute("INSERT INTO moment VALUES (?)", (self.number,))
        roots = connection.execute("SELECT value FROM about WHERE key = 'scope'").fetchone()
        self.roots: tuple[str, ...] = tuple(json.loads(roots[0])) if roots else ()
        self._kinds: dict[tuple[str, ...], Kinds] = {}
        self._patterns = {
            name: PatternFacts(category, sensitivity, tuple(json.loads(classes)))
            for name, category, sensitivity, classes in connection.execute(
                "SELECT id, category, sensitivity, legal_class FROM pattern"
            )
        }

    @property
    def run(self) -> RunFigures:
        """The run itself."""
        return self._figures(self.number)

    @property
    def before(self) -> RunFigures | None:
        """The last run before it that came to its end."""
        earlier = "SELECT max(id) FROM run WHERE id < ? AND ended IS NOT NULL"
        (number,) = self._database.execute(earlier, (self.number,)).fetchone()
        return self._figures(number) if number else None

    @property
    def titles(self) -> dict[str, Words]:
        """The names of the patterns."""
        rows = self._database.execute("SELECT id, title_en, title_ja FROM pattern")
        return {name: Words(en, ja) for name, en, ja in rows}

    def _figures(self, number: int) -> RunFigures:
        row = self._database.execute(
            "SELECT began, ended, account, host, scope, versions, data, outcomes, enumerated, is_complete, interrupted"
            " FROM run WHERE id = ?",
            (number,),
        ).fetchone()
        began, ended, account, host, scope, versions, data, outcomes, enumerated, is_complete, interrupted = row
        return RunFigures(
            id=number,
            began=datetime.fromisoformat(began),
            ended=datetime.fromisoformat(ended) if ended else None,
            account=account,
            host=host,
            roots=self.roots,
            versions=json.loads(versions),
            data=json.loads(data),
            scope=json.loads(scope),
            outcomes=json.loads(outcomes or "{}"),
            enumerated=enumerated or 0,
            is_complete=bool(is_complete),
            interrupted=interrupted,
        )

    def outcomes(self) -> Counter[tuple[Outcome, str]]:
        """Count the files by how their last scan ended, and why."""
        rows = self._ask("SELECT outcome, reason, count(*) FROM held GROUP BY outcome, reason")
        return Counter({(Outcome(outcome), reason): number for outcome, reason, number in rows})

    def read(self) -> Iterator[tuple[str, str]]:
        """Yield root and path of each file that was read wholly."""
        for source, path in self._ask(
            "SELECT source, path FROM held JOIN file ON file.id = held.file WHERE outcome = 'complete'"
        ):
            yield self._root(source), path

    def unread(self) -> Iterator[UnreadFile]:
        """Yield the files that were not read, or not wholly, in the order of their paths."""
        rows = self._ask(
            "SELECT source, path, size, outcome, reason, owner, ifnull(read, 0), ifnull(unread, 0)"
            " FROM held JOIN file ON file.id = held.file LEFT JOIN page ON page.result = held.id"
            " WHERE outcome <> 'complete' ORDER BY path"
        )
        for source, path, size, outcome, reason, owner, *pages in rows:
            if is_unread(Outcome(outcome), reason):
                ended = Outcome(outcome), reason
                yield UnreadFile(self._root(source), path, size, *ended, owner, pages=Pages(*pages))

    def paths(self) -> Iterator[tuple[str, str, int, Outcome, str, bool, bool, Pages]]:
        """Yield of all root, path, size, outcome, reason, whether places are left out, if there are any, and pages."""
        rows = self._ask(
            "SELECT source, path, size, outcome, reason,"
            " EXISTS (SELECT 1 FROM count WHERE result = held.id AND is_truncated),"
            " EXISTS (SELECT 1 FROM count WHERE result = held.id AND total), ifnull(read, 0), ifnull(unread, 0)"
            " FROM held JOIN file ON file.id = held.file LEFT JOIN page ON page.result = held.id"
        )
        for source, path, size, outcome, reason, is_truncated, has_findings, *pages in rows:
            ended = Outcome(outcome), reason
            yield self._root(source), path, size, *ended, bool(is_truncated), bool(has_findings), Pages(*pages)

    def found(self) -> Iterator[tuple[str, str, Kinds]]:
        """Yield root, path and kinds of data of the files that hold something."""
        for source, path, names in self._ask(
            "SELECT source, path, group_concat(pattern) FROM held JOIN file ON file.id = held.file JOIN count"
            " ON count.result = held.id WHERE total > business GROUP BY held.id"
        ):
            yield self._root(source), path, self._kinds_of(tuple(names.split(",")))

    def _kinds_of(self, names: tuple[str, ...]) -> Kinds:
        """Tell what findings of some patterns are; most files hold one of a few sets of them."""
        if names not in self._kinds:
            self._kinds[names] = kinds_of({name: self._patterns[name] for name in names if name in self._patterns})
        return self._kinds[names]

    def holdings(self) -> list[Holding]:
        """Give the files that hold something, in the order of their paths."""
        counts: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
        for result, pattern, total, distinct in self._ask(
            "SELECT result, pattern, total - business, distinct_ FROM count JOIN held ON held.id = count.result"
            " WHERE total > business"
        ):
            counts[result][pattern] = total, min(distinct, total)
        parts, answers = self._parts(), Answers(self._database)
        rows = self._ask(
            "SELECT held.id, file.id, source, path, size, mtime_ns, owner, exposure, outcome, people, people_low,"
            " people_high, content FROM held JOIN file ON file.id = held.file"
            " WHERE EXISTS (SELECT 1 FROM count WHERE count.result = held.id AND total > business) ORDER BY path"
        ).fetchall()
        copies = Counter(row[-1] for row in rows)
        return [self._holding(row, counts[row[0]], parts.get(row[0], ()), copies[row[-1]], answers) for row in rows]

    def _holding(
        self,
        row: tuple[int, int, bytes, str, int, int, str, str, str, int, int, int, str],
        counts: Mapping[str, tuple[int, int]],
        parts: Iterable[Part],
        copies: int,
        answers: Answers,
    ) -> Holding:
        _result, file, source, path, size, mtime, owner, exposure, outcome, estimate, low, high, content = row
        kinds = self._kinds_of(tuple(counts))
        totals = {name: total for name, (total, _distinct) in counts.items()}
        return Holding(
            file=file,
            root=self._root(source),
            path=path,
            size=size,
            mtime_ns=mtime,
            owner=owner,
            exposure=Exposure(exposure),
            outcome=Outcome(outcome),
            people=People(estimate, low, high),
            roster=in_rosters(parts),
            totals=totals,
            distinct={name: distinct for name, (_total, distinct) in counts.items()},
            categories=kinds.categories,
            classes={
                name: concerned(categories, [counts[each][1] for each in patterns], parts)
                for name, (categories, patterns) in kinds.classes.items()
            },
            sensitivity=kinds.sensitivity,
            content=content,
            copies=copies if content else 1,
            decisions=answers.standing(file, content, totals, estimate),
        )

    def _parts(self) -> dict[int, list[Part]]:
        rows = self._ask(
            "SELECT result, subject.people, subject.people_low, subject.people_high, is_roster, combinations"
            " FROM subject JOIN held ON held.id = subject.result"
        )
        parts: defaultdict[int, list[Part]] = defaultdict(list)
        for result, estimate, low, high, is_roster, known in rows:
            combinations = tuple((frozenset(names), people) for names, people in json.loads(known))
            parts[result].append(Part(People(estimate, low, high), bool(is_roster), combinations))
        return parts

    def people(self, is_meant: Callable[[str, str], bool] = lambda _root, _path: True) -> People:
        """Count the people of all files that are meant by root and path, each once."""
        population = Population()
        samples: defaultdict[int, list[tuple[int, int, int, int, str, int, bytes]]] = defaultdict(list)
        for row in self._ask("SELECT sample.* FROM sample JOIN held ON held.id = sample.result"):
            samples[row[0]].append(row)
        for result, source, path, *people in self._ask(
            "SELECT held.id, source, path, people, people_low, people_high FROM held JOIN file ON file.id = held.file"
            " WHERE people_high > 0"
        ):
            if is_meant(self._root(source), path):
                population.enter(People(*people), identities_of(samples[result]))
        return population.people()

    def _ask(self, query: str) -> sqlite3.Cursor:
        return self._database.execute(query)

    def _root(self, source: bytes) -> str:
        """Tell below which root a file lies: the longest that is its beginning."""
        if len(self.roots) == 1:
            return self.roots[0]
        path = os.fsdecode(source)
        return max(
            (root for root in self.roots if path == root or path.startswith(f"{root.rstrip('/')}/")),
            key=len,
            default="",
        )
