"""Pieces in which nothing can be found, told many at once: to search each by itself costs more than to read it.

A page is thousands of short blocks and columns of attributes, nearly all of them without anything personal. So they are
gathered, and the prefilter searches them as one text. What it finds nothing in is left out, unless something else may
speak for a finding there: a hint, a header, digits in boxes, a list of names.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from piiscan.piece import Segment, Table
from piiscan.text import BOXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.context import Labels
    from piiscan.engine import Engine
    from piiscan.labelled import Labelled
    from piiscan.piece import Problem, Raw

    Item = tuple[int, tuple[str, ...], Segment | Raw | Table | Problem]

#: Pieces are gathered up to so many characters, or so many pieces; a longer one is read by itself.
_TOGETHER, _MOST, _LONG = 1 << 16, 4096, 1 << 14
#: The first pieces of a file are read as they come: what is gathered when a process dies is lost with it.
_STRAIGHT = 16
#: Fewer pieces are not worth a search of their own.
_FEW = 8
#: So many cells of one digit in a row may be a number that stands in boxes (`boxes`).
_DOWN = re.compile(rf"(?<![^\n])\d(?:\n\d){{{BOXES - 1}}}(?![^\n])")


class Quiet:
    """Tells which pieces need not be read."""

    def __init__(self, engine: Engine, labels: Labels, labelled: Labelled) -> None:
        self._engine, self._labels, self._labelled = engine, labels, labelled

    def leave_out(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the numbered pieces of a file in order, without those that are quiet.

        What came before an exception of `items` is yielded before it is raised.
        """
        gathered: list[Item] = []
        size = 0
        rest = iter(items)
        yield from islice(rest, _STRAIGHT)
        try:
            for item in rest:
                gathered.append(item)
                size += _size_of(item[-1])
                if size >= _TOGETHER or len(gathered) >= _MOST:
                    yield from self._loud(gathered)
                    gathered, size = [], 0
        except Exception:
            yield from self._loud(gathered)
            raise
        yield from self._loud(gathered)

    def names(self, names: Sequence[str], hint: str) -> list[str]:
        """Give those of some names, such as paths, in which nothing can be found under a hint."""
        told = [name for name in names if not self._labelled.by_hint_in(hint, name)]
        if len(told) < _FEW:
            return []
        return [name for name, is_loud in zip(told, self._engine.loud(told), strict=True) if not is_loud]

    def _loud(self, items: Sequence[Item]) -> Iterable[Item]:
        if len(items) < _FEW:
            return items
        texts = {at: text for at, item in enumerate(items) if (text := self._text_of(item[-1])) is not None}
        if len(texts) < _FEW:
            return items
        loud = self._engine.loud([*texts.values()])
        quiet = {at for at, is_loud in zip(texts, loud, strict=True) if not is_loud}
        return [item for at, item in enumerate(items) if at not in quiet]

    def _text_of(self, piece: Segment | Raw | Table | Problem) -> str | None:
        """Give the text in which a finding would have to be seen, None for what has to be read in any case."""
        if isinstance(piece, Segment):
            is_asked = len(piece.text) >= _LONG or self._labelled.by_hint_in(piece.hint, piece.text)
            return None if is_asked else piece.text
        return self._text_of_column(piece) if isinstance(piece, Table) and len(piece.columns) == 1 else None

    def _text_of_column(self, table: Table) -> str | None:
        from piiscan.boxes import NUMBERS  # noqa: PLC0415 - many files hold no table
        from piiscan.erachoices import has_choice  # noqa: PLC0415
        from piiscan.lostzeros import lost_in  # noqa: PLC0415
        from piiscan.namecolumns import share_of_names  # noqa: PLC0415

        cells = table.columns[0]
        header = table.headers[0] if table.headers else ""
        text = "\n".join(cells)
        if len(text) >= _LONG or lost_in(header) or self._labels.owners_in(header) & (NUMBERS | self._labelled.ids):
            return None
        return None if has_choice(text) or _DOWN.search(text) or share_of_names(header, cells) else text


def _size_of(piece: Segment | Raw | Table | Problem) -> int:
    """Give the characters of what is gathered; as many as are gathered at all for what is not."""
    if isinstance(piece, Segment):
        return len(piece.text)
    return sum(map(len, piece.columns[0])) if isinstance(piece, Table) and len(piece.columns) == 1 else _TOGETHER
