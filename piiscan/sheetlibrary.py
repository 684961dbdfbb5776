"""calamine, which reads the values of sheets faster than anything else: whole sheets or, of large ones, slices.

It lets other threads run meanwhile, so sheets and slices are read ahead in one. What it refuses, whoever asks reads
from the XML.
"""

from __future__ import annotations

import io
import os
from collections import deque
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from piiscan.sheetslices import Slice, workbook_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from typing import BinaryIO

    from piiscan.sheetslices import Common

T = TypeVar("T")
Read: TypeAlias = "Callable[[], CalamineSheet | None]"

#: Where the library finds a file that is in memory only, and has no name.
_OPEN_FILES = Path("/proc/self/fd")
_HAS_NAMELESS = hasattr(os, "memfd_create") and _OPEN_FILES.is_dir()


class SheetLibrary:
    """The library, which reads sheets and slices ahead in a thread where there is one."""

    def __init__(self, thread: Executor | None) -> None:
        self._thread = thread
        self._source: Callable[[], BinaryIO] | None = None
        self._book: CalamineWorkbook | None = None
        self._ahead: Read | None = None

    def allow(self, source: Callable[[], BinaryIO]) -> None:
        """Let it see the workbook, which it opens for the first sheet that is asked for; until then it has none."""
        self._source = source

    def read(self, name: str) -> CalamineSheet | None:
        """Give a sheet, the one read ahead if there is one; None where the library refuses it."""
        ahead, self._ahead = self._ahead, None
        return ahead() if ahead else self._read(name)

    def read_ahead(self, name: str) -> None:
        """Begin to read the sheet that `read` will be asked for next, where there is a thread for it."""
        self._ahead = self._thread.submit(self._read, name).result if self._thread else None

    def slices(self, parts: Iterator[bytes], common: Common, ahead: int) -> Slices:
        """Give what reads the slices of a sheet, so many of them ahead."""
        return Slices(((each, self._begin(_Small(workbook_of(each, common)).read)) for each in parts), ahead)

    def _begin(self, read: Read) -> Read:
        return self._thread.submit(read).result if self._thread else read

    def _read(self, name: str) -> CalamineSheet | None:
        if self._source:
            source, self._source = self._source, None
            self._book = _as_book(_ask(CalamineWorkbook.from_filelike, source()))
        return _as_sheet(_ask(lambda book: book.get_sheet_by_name(name), self._book)) if self._book else None


class Slices:
    """The slices of one sheet, each with what gives its sheet, some of them read ahead."""

    def __init__(self, begun: Iterator[tuple[bytes, Read]], ahead: int) -> None:
        self._begun, self._ahead = begun, ahead
        self._coming = deque[tuple[bytes, Read]]()

    def read_ahead(self, count: int) -> bool:
        """Begin with so many more; tell whether there was one."""
        before = len(self._coming)
        self._coming.extend(islice(self._begun, count))
        return len(self._coming) > before

    def iter_values(self, follow: Callable[[], Slices | None]) -> Iterator[Slice | bytes]:
        """Yield the values of each or, where the library refuses it, the slice.

        For each there is one more read ahead: when all of these have begun, one of those that `follow` gives.
        """
        self.read_ahead(self._ahead - len(self._coming))
        while self._coming:
            each, result = self._coming.popleft()
            sheet = result()
            if not self.read_ahead(1) and (following := follow()):
                following.read_ahead(1)
            yield each if sheet is None else _values_of(sheet)


class _Small:
    """A workbook of one sheet where the library can read it without a word of Python, so that no thread has to wait."""

    def __init__(self, data: bytes) -> None:
        self._data, self._file = data, -1
        if _HAS_NAMELESS:
            with suppress(OSError):  # there may be too many open files
                self._file = os.memfd_create("sheet")
                if os.write(self._file, data) == len(data):
                    self._data = b""

    def read(self) -> CalamineSheet | None:
        """Give its sheet, None where the library refuses it; it is gone then."""
        if self._data:
            book = _as_book(_ask(CalamineWorkbook.from_filelike, io.BytesIO(self._data)))
        else:
            book = _as_book(_ask(CalamineWorkbook.from_path, str(_OPEN_FILES / str(self._file))))
        sheet = _as_sheet(_ask(lambda book: book.get_sheet_by_index(0), book)) if book else None
        self._close()
        return sheet

    def _close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
        self._data, self._file = b"", -1

    __del__ = _close  # of what is not read any more


def _values_of(sheet: CalamineSheet) -> Slice:
    row, column = sheet.start or (0, 0)
    return Slice(row + 1, column + 1, sheet.width, sheet.to_python())


def _as_book(found: object) -> CalamineWorkbook | None:
    return found if isinstance(found, CalamineWorkbook) else None


def _as_sheet(found: object) -> CalamineSheet | None:
    return found if isinstance(found, CalamineSheet) else None


def _ask(question: Callable[[T], object], subject: T) -> object:
    """Ask the library something; it may panic at bad content, which is no Exception."""
    try:
        return question(subject)
    except (CalamineError, OSError, ValueError):
        return None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return None
