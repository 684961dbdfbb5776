"""Parquet: the rows of its columns under their names, row group by row group; files in binary columns as members.

What is nested (lists, structures, maps) is text in its cell. What the library says of damage is never told.
"""

from __future__ import annotations

import io
import logging
import os
from functools import partial
from typing import TYPE_CHECKING

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own one lays a gigabyte by, if it can

import pyarrow as pa
from pyarrow import parquet

from piiscan import charset
from piiscan.model import Outcome
from piiscan.piece import Member, Place, Problem, Segment, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_DAMAGED = Problem(Outcome.PARTIAL, "parquet")
_SPENT = Problem(Outcome.PARTIAL, "ratio")
_ENCRYPTED = Problem(Outcome.ENCRYPTED, "password")
_ERRORS = (pa.ArrowException, OSError, ValueError, OverflowError, RecursionError)
#: Rows that are decoded together; a column of equal values is small in the file and large in memory.
_ROWS = 2_000
#: So many characters come of a file at most: the larger of this, and a multiple of its size.
_RATIO, _FLOOR = 100, 100 << 20
#: A binary value of so many bytes is a hash or the like, and no document.
_SHORT = 256
_SEALED = b"PARE"
#: The types that the library writes as people do.
_PLAIN = (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_date, pa.types.is_boolean)

logging.getLogger("pyarrow").setLevel(logging.CRITICAL + 1)


def extract_parquet(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the rows of the file in `stream`, what is said of it in its footer, and files in its cells."""
    data = stream.read()
    if not data:
        return
    if data[-4:] == _SEALED:
        yield _ENCRYPTED
        return
    try:
        # the footer is at the end, and pages have no sums of their own: a cut file has no footer at all
        file = parquet.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        yield from _notes(file)
        yield from _rows(file, max(_FLOOR, _RATIO * len(data)))
    except MemoryError:  # which the library's is, among its other errors
        raise
    except _ERRORS:
        yield _DAMAGED


def _notes(file: parquet.ParquetFile) -> Iterator[Segment]:
    """Yield what its writer has noted beside the data, but not the schemas of programs."""
    for key, value in (file.metadata.metadata or {}).items():
        if key not in {b"ARROW:schema", b"pandas"} and charset.is_text(value):
            hint = key.decode("utf-8", "replace")
            yield Segment(value.decode("utf-8", "replace"), part="metadata", hint=hint, first_line=None)


def _rows(file: parquet.ParquetFile, left: int) -> Iterator[Piece]:
    headers = tuple(file.schema_arrow.names)
    before = 0
    for batch in file.iter_batches(batch_size=_ROWS, use_threads=False):
        columns = tuple(map(tuple, map(_texts, batch.columns)))
        if columns:
            yield Table(columns, partial(_place, before + 1), headers)
        for at, column in enumerate(batch.columns, 1):
            yield from _members(before, at, column)
        before += batch.num_rows
        left -= sum(len(cell) for column in columns for cell in column)
        if left < 0:
            yield _SPENT
            return


def _texts(column: pa.Array) -> list[str]:
    """Give the cells of a column; what has a text in the library needs no loop of ours."""
    if any(kind(column.type) for kind in _PLAIN):
        return column.cast(pa.large_string()).fill_null("").to_pylist()  # type: ignore[no-any-return]
    return list(map(_text, column.to_pylist()))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") if len(value) <= _SHORT and charset.is_text(value) else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return "\n".join(map(_text, value))
    return "" if value is None else str(value)


def _members(before: int, at: int, column: pa.Array) -> Iterator[Member]:
    """Yield the binary values of a column that may be files."""
    if not (pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)):
        return
    for number, value in enumerate(column.to_pylist(), before + 1):
        if value is not None and len(value) > _SHORT:
            yield Member(f"R{number}C{at}", partial(io.BytesIO, value))


def _place(first: int, column: int, row: int, _offset: int) -> Place:
    return Place(cell=f"R{first + row}C{column + 1}")
