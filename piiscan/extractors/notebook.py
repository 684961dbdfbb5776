"""Jupyter notebooks: cells as running text with their outputs; tables, pictures and other files in these are members.

A text is a list of its lines in the file, and would be a column there. What is no such notebook is read as JSON.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from piiscan.encoding import iter_text
from piiscan.jsonpieces import iter_pieces
from piiscan.model import Outcome
from piiscan.piece import Member, Problem, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

_DAMAGED = Problem(Outcome.PARTIAL, "base64")
_SUFFIXES = {"text/html": ".html", "image/svg+xml": ".svg", "text/csv": ".csv", "application/xml": ".xml"}
#: What is read of a cell, an output and an attachment; all else of them is text beside it.
_TOLD = frozenset({"source", "text", "data", "outputs", "attachments", "traceback", "cell_type", "output_type", "id"})


def extract_notebook(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the cells of the notebook in `stream` with their outputs, and what is noted beside them."""
    data = stream.read()
    try:
        book = json.loads(data)
        cells = book["cells"]
        is_book = isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells)
    except (ValueError, KeyError, TypeError, RecursionError):
        is_book = False
    if not is_book:
        yield from iter_pieces(iter_text(io.BytesIO(data)))
        return
    for number, cell in enumerate(cells, 1):
        yield from _cell(f"cell {number}", cell)
    yield from _rest("metadata", book, frozenset({"cells", "nbformat", "nbformat_minor"}))


def _cell(part: str, cell: dict[str, Any]) -> Iterator[Piece]:
    yield from _text(part, cell.get("source"))
    for files in _dicts(list((cell.get("attachments") or {}).values())):
        yield from _data(part, files)
    for output in _dicts(cell.get("outputs")):
        yield from _text(f"{part} output", output.get("text"))
        yield from _text(f"{part} output", output.get("traceback"), "\n")
        for data in _dicts([output.get("data")]):
            yield from _data(f"{part} output", data)
        yield from _rest(f"{part} output", output, _TOLD)
    yield from _rest(part, cell, _TOLD)


def _data(part: str, data: dict[str, Any]) -> Iterator[Piece]:
    """Yield what an output shows, in each of its forms."""
    for kind, value in data.items():
        text = _joined(value)
        if kind in _SUFFIXES:
            yield Member(part + _SUFFIXES[kind], partial(io.BytesIO, text.encode("utf-8", "surrogatepass")))
        elif kind.startswith(("text/", "application/javascript")) and text:
            yield Segment(text, part=part)
        elif isinstance(value, (str, list)) and not kind.endswith("json"):
            try:
                content = base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                yield _DAMAGED
                continue
            yield Member(part, partial(io.BytesIO, content))
        else:
            content = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
            yield Member(f"{part}.json", partial(io.BytesIO, content))


def _text(part: str, value: object, between: str = "") -> Iterator[Segment]:
    if text := _joined(value, between):
        yield Segment(text, part=part)


def _rest(part: str, value: dict[str, Any], told: frozenset[str]) -> Iterator[Segment]:
    """Yield what is noted beside all that is read in its own way."""
    rest = {key: each for key, each in value.items() if key not in told and each not in (None, {}, [])}
    if rest:
        yield Segment(json.dumps(rest, ensure_ascii=False, indent=1), part=part, first_line=None)


def _joined(value: object, between: str = "") -> str:
    return between.join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else ""


def _dicts(values: object) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
