"""Rows of the tables of files: as markup that stands in the page, and as compact data that its script shows.

Both hold the same words, made printable once. Words that many rows share are numbered in lists.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from piiscan.markup import compact, text
from piiscan.printable import printable
from piiscan.wording import acknowledged_in_words, bytes_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from piiscan.holdings import Advice, Holding, Overview, UnreadFile
    from piiscan.overviewwords import Phrases

#: Rows in one piece of output, and kinds of data that a row names.
CHUNK, KINDS = 1000, 3
_SECOND = 1_000_000_000


class FileRow(NamedTuple):
    """What is shown of a file with findings; `action`, `level`, `exposure` and `decision` are words of ours."""

    file: str
    folder: str
    action: str
    basis: str
    due: str
    people: int
    range: str
    level: str
    classes: str
    kinds: str
    exposure: str
    day: str
    department: str
    owner: str
    decision: str
    by: str


class UnreadRow(NamedTuple):
    """What is shown of a path that was not read; `bytes` is for sorting only."""

    file: str
    folder: str
    cause: str
    size: str
    bytes: int
    owner: str


#: Columns whose values many rows share.
SHARED = frozenset(
    "folder action basis due level classes exposure department owner decision by cause".split()
)  # fmt: skip
FILE_ROW = (
    '<tr><td class="rank n">{rank}</td>'
    '<th scope="row"><bdi class="file">{file}</bdi> <bdi class="folder">{folder}</bdi></th>'
    '<td><span class="action tag" data-v="{action_key}">{action}</span></td>'
    '<td><span class="basis">{basis}</span> <small class="due">{due}</small></td>'
    '<td class="n"><span class="people">{people:,}</span> <small class="range">{range}</small></td>'
    '<td><span class="level tag" data-v="{level_key}">{level}</span> <span class="classes">{classes}</span> '
    '<small class="kinds">{kinds}</small></td>'
    '<td><span class="exposure" data-v="{exposure_key}">{exposure}</span></td>'
    '<td class="day n">{day}</td>'
    '<td><bdi class="department">{department}</bdi> <small><bdi class="owner">{owner}</bdi></small></td>'
    '<td><span class="decision" data-v="{decision_key}">{decision}</span> <small class="by">{by}</small></td></tr>'
)
UNREAD_ROW = (
    '<tr><td class="rank n">{rank}</td>'
    '<th scope="row"><bdi class="file">{file}</bdi> <bdi class="folder">{folder}</bdi></th>'
    '<td><span class="cause">{cause}</span></td><td class="size n">{size}</td>'
    '<td><bdi class="owner">{owner}</bdi></td></tr>'
)


class FileRows:
    """Makes the rows of one overview in one language."""

    def __init__(self, told: Phrases, overview: Overview, titles: Mapping[str, str]) -> None:
        self._told = told
        self._several = len(overview.run.roots) > 1
        self._titles = {**titles, **{key: told.of(words) for key, words in overview.titles.items()}}
        self._comma = "、" if told.language == "ja" else ", "
        self._zone = overview.run.began.tzinfo or UTC
        no_answer = told.words.gettext("no answer")
        #: Words by column with the keys that style them, in the order in which they sort.
        self.keys: Mapping[str, Mapping[str, str]] = {
            "action": {word: action.value for action, word in told.actions.items()},
            "level": {word: level.name.lower() for level, word in told.levels.items()},
            "exposure": {word: exposure.value for exposure, word in told.exposures.items()},
            "decision": {no_answer: "", **{word: action.value for action, word in told.actions.items()}},
        }

    def advice(self, advice: Advice) -> FileRow:
        """Make the row of a file with findings."""
        told, holding = self._told, advice.holding
        folder, file = self._place(holding.root, holding.path)
        return FileRow(
            file,
            folder,
            told.actions[advice.action],
            told.of(advice.basis),
            told.basis(advice),
            holding.people.estimate,
            told.bounds(holding.people),
            told.levels[holding.sensitivity],
            self._comma.join(map(told.legal_class, holding.classes)),
            self._kinds(holding),
            told.exposures[holding.exposure],
            self._day(holding.mtime_ns),
            printable(advice.department),
            printable(holding.owner),
            told.decision(advice),
            told.decided(advice.decision),
        )

    def unread(self, unread: UnreadFile) -> UnreadRow:
        """Make the row of a path that was not read."""
        folder, file = self._place(unread.root, unread.path)
        kept = acknowledged_in_words(self._told.words.gettext, unread.acknowledged)
        cause = self._told.cause(unread.outcome, unread.reason) + kept
        return UnreadRow(file, folder, cause, bytes_in_words(unread.size), unread.size, printable(unread.owner))

    def markup(self, pattern: str, rank: int, row: FileRow | UnreadRow) -> str:
        """Write a row as markup."""
        shown = row._asdict()
        keys = {f"{column}_key": words[shown[column]] for column, words in self.keys.items() if column in shown}
        escaped = {column: text(value) if isinstance(value, str) else value for column, value in shown.items()}
        return pattern.format(rank=f"{rank:,}", **escaped, **keys)

    def _place(self, root: str, path: str) -> tuple[str, str]:
        folder, _, file = path.rpartition("/")
        if self._several:
            folder = f"{root.rstrip('/')}/{folder}" if folder else root
        return printable(folder), printable(file)

    def _day(self, nanoseconds: int) -> str:
        try:  # a file's clock may say anything
            return f"{datetime.fromtimestamp(nanoseconds // _SECOND, self._zone):%Y-%m-%d}"
        except (OverflowError, ValueError, OSError):
            return ""

    def _kinds(self, holding: Holding) -> str:
        kinds = sorted(holding.distinct.items(), key=lambda kind: (-kind[1], kind[0]))
        shown = [f"{self._titles.get(pattern) or pattern} {count:,}" for pattern, count in kinds[:KINDS]]
        return self._comma.join([*shown, "…"] if len(kinds) > KINDS else shown)


def iter_island(
    rows: Iterable[FileRow] | Iterable[UnreadRow], columns: Sequence[str], keys: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Yield rows as one JSON object, in pieces: each row a list in the order of `columns`, shared words by number."""
    numbers = {
        column: {word: number for number, word in enumerate(keys.get(column, ()))}
        for column in columns
        if column in SHARED
    }
    counted = [numbers.get(column) for column in columns]
    source = iter(rows)
    yield '{"rows":['
    comma = ""
    while chunk := [
        [
            value if words is None or isinstance(value, int) else words.setdefault(value, len(words))
            for value, words in zip(row, counted, strict=True)
        ]
        for row in islice(source, CHUNK)
    ]:
        yield comma + compact(chunk)[1:-1]
        comma = ","
    lists = {column: [*words] for column, words in numbers.items()}
    yield f'],"columns":{compact([*columns])},"lists":{compact(lists)},"keys":{compact(_listed(keys, columns))}}}'


def _listed(keys: Mapping[str, Mapping[str, str]], columns: Sequence[str]) -> dict[str, list[str]]:
    return {column: [*words.values()] for column, words in keys.items() if column in columns}
