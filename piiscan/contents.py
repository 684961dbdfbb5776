"""What is inside a file: its pieces, and those of the files inside it, within one budget for all levels.

Members recurse here and nowhere else. They are read from memory as they are decompressed; nothing is written. A
member that cannot be read is a row of its own in the file's report and never keeps its neighbours from being read.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from functools import cache
from io import BufferedReader, RawIOBase
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from piiscan import extractors
from piiscan.eye import Eye
from piiscan.faults import NONE, content_problem, worse
from piiscan.model import MemberReport, Outcome, is_unread
from piiscan.pages import NO_PAGES, Pages
from piiscan.passwords import giving
from piiscan.piece import Leaf, Member, Picture, Problem, path_segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

    from piiscan.config import ScanConfig

    Content = tuple[tuple[str, ...], Leaf]

#: As much as is read at once, and as an extractor is chosen by (bytes).
BUFFER = 65_536
#: So many unread members of one file are named; all are counted.
_NAMED = 100
_DAMAGED, _MEMORY = Problem(Outcome.PARTIAL, "damaged"), Problem(Outcome.PARTIAL, "memory")


@cache
def _damaged() -> tuple[type[Exception], ...]:
    """Give what decompression raises; asked when something was raised, so that plain text loads none of this."""
    import lzma  # noqa: PLC0415
    import tarfile  # noqa: PLC0415
    import zipfile  # noqa: PLC0415
    import zlib  # noqa: PLC0415

    return (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)


class Inside:
    """The books of a file's members: how many ended how, which were not read; and of all pages so far."""

    def __init__(self) -> None:
        self.pages = NO_PAGES
        #: Whether nothing but our own code reads the file, which ends no process.
        self.is_ours = False
        self._documents = 0
        self._outcomes: Counter[str] = Counter()
        self._unread: list[MemberReport] = []
        self._problems: Counter[tuple[Outcome, str]] = Counter()
        self._waited = 0.0

    @property
    def outcomes(self) -> dict[str, int]:
        """Members by outcome."""
        return dict(self._outcomes)

    @property
    def unread(self) -> tuple[MemberReport, ...]:
        """The first members that were not read, or not wholly."""
        return tuple(self._unread)

    @property
    def problem(self) -> Problem:
        """What the members mean for their file: all alike unread gives their outcome, some of them `partial`."""
        if not self._problems:
            return NONE
        ((outcome, reason), count), *others = self._problems.most_common()
        alike = not others and count == self._outcomes.total()
        return Problem(outcome, reason) if alike else Problem(Outcome.PARTIAL, "members")

    def turn(self, pages: Pages) -> None:
        """Count pages. What lies in a document is on the pages of that."""
        if not self._documents:
            self.pages = Pages.sum(self.pages, pages)

    @contextmanager
    def opened(self, row: str) -> Iterator[None]:
        """Take what comes meanwhile for what lies in a file that the extractor of `row` reads."""
        is_document = row not in extractors.CARRIERS
        self._documents += is_document
        try:
            yield
        finally:
            self._documents -= is_document

    def wait(self, seconds: float) -> None:
        """Note the time that another program took."""
        self._waited += seconds

    def take_waited(self) -> float:
        """Give the seconds noted since somebody asked before."""
        waited, self._waited = self._waited, 0.0
        return waited

    def enter(self, member: tuple[str, ...], problem: Problem) -> None:
        """Note how a member ended."""
        self._outcomes[problem.outcome.value] += 1
        if is_unread(problem.outcome, problem.reason):
            self._problems[problem.outcome, problem.reason] += 1
            if len(self._unread) < _NAMED:
                self._unread.append(MemberReport(member, problem.outcome, problem.reason))


class _SpentError(Exception):
    """The budget is spent; the reason is the message."""


class _Budget:
    """What is left of the limits of one file."""

    def __init__(self, config: ScanConfig, size: int) -> None:
        limits = config.limits
        self.eye = Eye(config.ocr, limits.pictures)
        grown = max(limits.floor, limits.ratio * size)
        self._bytes, self._reason = (limits.bytes, "bytes") if limits.bytes <= grown else (grown, "ratio")
        self._members, self._depth = limits.members, limits.depth

    def take_bytes(self, count: int) -> None:
        self._bytes -= count
        if self._bytes < 0:
            raise _SpentError(self._reason)

    def take_member(self) -> None:
        self._members -= 1
        if self._members < 0:
            raise _SpentError("entries")

    def is_too_deep(self, member: tuple[str, ...]) -> bool:
        return len(member) > self._depth


class _Counted(RawIOBase):
    """A member's bytes as they come out of the decompression, counted against the budget; it cannot seek.

    Where the data is damaged, or cannot be unpacked in the memory that there is, the stream ends, so that the good part
    before it is read, and `problem` says why.
    """

    def __init__(self, stream: BinaryIO, budget: _Budget) -> None:
        # as much as there is, not as much as asked for: what comes before a damaged place must come out
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._budget = budget
        self.problem = NONE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._read(len(view))
        except _damaged():
            self.problem, data = worse(self.problem, _DAMAGED), b""
        except MemoryError:  # a few bytes may ask for a dictionary of 4 GB
            self.problem, data = worse(self.problem, _MEMORY), b""
        self._budget.take_bytes(len(data))
        view[: len(data)] = data
        return len(data)


def iter_contents(
    stream: BufferedReader[Any], name: str, config: ScanConfig, size: int, inside: Inside
) -> Iterator[Content]:
    """Yield the pieces of a file of `size` bytes, each with the names of the members it lies in, outermost first.

    What becomes of the members is entered in `inside`. Raises only what the file's own extractor raises.
    """
    budget = _Budget(config, size)
    try:
        yield from _iter(stream, name, config, budget, inside, ())
    except _SpentError as spent:
        yield (), Problem(Outcome.PARTIAL, str(spent))


def _iter(
    stream: BufferedReader[Any], name: str, config: ScanConfig, budget: _Budget, inside: Inside, path: tuple[str, ...]
) -> Iterator[Content]:
    table = {**extractors.EXTRACTORS, **config.extractors}
    row = extractors.choose(name, stream.peek(BUFFER)[:BUFFER], table)
    if isinstance(row, Problem):
        yield path, row
        return
    inside.is_ours = row in extractors.LINED and not path
    try:
        extract = extractors.open_extractor(row)
    except ImportError as error:
        yield path, Problem(Outcome.UNSUPPORTED, f"needs {error.name}")
        return
    with giving(config.passwords):
        pieces = extract(stream, name)
    for piece in pieces:
        if isinstance(piece, Member):
            with inside.opened(row):
                yield from _member(piece, config, budget, inside, (*path, piece.name))
        elif isinstance(piece, Pages):
            inside.turn(piece)
        elif isinstance(piece, Picture):
            is_missed = False
            for leaf in budget.eye.look(piece):
                is_missed |= isinstance(leaf, Problem)
                yield path, leaf
            if not (piece.is_minor and piece.problem):  # an icon, or a line
                inside.turn(Pages(not is_missed, is_missed))
            inside.wait(budget.eye.take_time())
            yield path, NONE  # a moment at which the time taken can be told
        else:
            yield path, piece


def _member(
    member: Member, config: ScanConfig, budget: _Budget, inside: Inside, path: tuple[str, ...]
) -> Iterator[Content]:
    budget.take_member()
    yield path, path_segment(member.name)
    problem = member.problem or NONE
    if budget.is_too_deep(path):
        problem = Problem(Outcome.PARTIAL, "depth")
    try:
        if problem is NONE:
            with member.open() as opened, BufferedReader(counted := _Counted(opened, budget), BUFFER) as stream:
                for inner, piece in _iter(stream, PurePath(member.name).name, config, budget, inside, path):
                    if isinstance(piece, Problem) and inner == path and piece is not NONE:
                        problem = worse(problem, piece)
                    else:
                        yield inner, piece
                problem = worse(problem, counted.problem)
    except _SpentError as spent:
        inside.enter(path, Problem(Outcome.PARTIAL, str(spent)))
        raise
    except _damaged():
        problem = worse(problem, _DAMAGED)
    except Exception as error:  # noqa: BLE001 - one bad member is a row; the message may quote it, the name does not
        problem = worse(problem, content_problem(error))
    inside.enter(path, problem)
