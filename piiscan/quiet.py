"""Pieces in which nothing can be found, told many at once: to search each by itself costs more than to read it.

A page is thousands of short blocks and columns of attributes, nearly all of them without anything personal. So they are
gathered, and the prefilter searches them as one text. What it finds nothing in is left out, unless something else may
speak for a finding there: a hint, a header, digits in boxes, a list of names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.piece import Segment, Table
from piiscan.shares import COLUMN_SHARE, COLUMN_SIZE, SHORTEST_CHECKED
from piiscan.text import BOXES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from piiscan.context import Labels
    from piiscan.engine import Engine
    from piiscan.labelled import Labelled
    from piiscan.piece import Leaf

    Item = tuple[int, tuple[str, ...], Leaf]

#: Pieces are gathered up to so many characters, or so many pieces; a longer one is read by itself.
_TOGETHER, _MOST, _LONG = 1 << 16, 4096, 1 << 14
#: The first pieces of a file that others' libraries read are read as they come: what is gathered when a process dies is
#: lost with it.
_STRAIGHT = 16
#: Fewer pieces are not worth a search of their own.
_FEW = 8
#: Lines with as many digits as the shortest number with a check digit: many of them prove what they are (`shares`).
_NUMBER = re.compile(rf"^(?:[^\n0-9]*[0-9]){{{SHORTEST_CHECKED}}}", re.MULTILINE)
#: So many cells of one digit in a row may be a number that stands in boxes (`boxes`).
_DOWN = re.compile(rf"(?<![^\n])\d(?:\n\d){{{BOXES - 1}}}(?![^\n])")


class Quiet:
    """Tells which pieces need not be read."""

    def __init__(self, engine: Engine, labels: Labels, labelled: Labelled) -> None:
        self._engine, self._labels, self._labelled = engine, labels, labelled

    def leave_out(self, items: Iterable[Item], is_ours: Callable[[], bool] = bool) -> Iterator[Item]:
        """Yield the numbered pieces of a file in order, without those that are quiet.

        `is_ours` tells whether the last of them was read by our own code. What came before an exception of `items` is
        yielded before it is raised.
        """
        gathered: list[Item] = []
        size = 0
        try:
            for number, item in enumerate(items):
                if number < _STRAIGHT and not is_ours():
                    yield item
                    continue
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
        pieces = [item[-1] for item in items]
        silent = self._labels.silent({piece.hint for piece in pieces if isinstance(piece, Segment)})
        texts = {at: text for at, piece in enumerate(pieces) if (text := self._text_of(piece, silent)) is not None}
        if len(texts) < _FEW:
            return items
        # a number can get the label that it needs from such a text only: from no hint, and no column of such
        bare = {at for at in texts if isinstance(piece := pieces[at], Segment) and piece.hint in silent}
        told = self._told({at: text for at, text in texts.items() if at not in bare})
        bare |= {at for at in told if self._is_bare(pieces[at], texts[at])}
        told = told - bare | self._told({at: texts[at] for at in sorted(bare)}, keeps_needy=False)
        return [item for at, item in enumerate(items) if at in told or at not in texts]

    def _told(self, texts: Mapping[int, str], *, keeps_needy: bool = True) -> set[int]:
        """Give which of some texts are loud, searched as one."""
        loud = self._engine.loud([*texts.values()], keeps_needy=keeps_needy) if texts else ()
        return {at for at, is_loud in zip(texts, loud, strict=True) if is_loud}

    def _is_bare(self, piece: Leaf, text: str) -> bool:
        """Tell whether nothing but its text speaks for the numbers of a column."""
        if not isinstance(piece, Table) or not text.isascii() or any(map(self._labels.owners_in, piece.headers)):
            return False
        numbers = len(_NUMBER.findall(text))
        return numbers < COLUMN_SIZE or numbers < COLUMN_SHARE * sum(map(bool, map(str.strip, piece.columns[0])))

    def _text_of(self, piece: Leaf, silent: Container[str]) -> str | None:
        """Give the text in which a finding would have to be seen, None for what has to be read in any case."""
        if isinstance(piece, Segment):
            is_heard = piece.hint not in silent and self._labelled.by_hint_in(piece.hint, piece.text)
            return None if len(piece.text) >= _LONG or is_heard else piece.text
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


def _size_of(piece: Leaf) -> int:
    """Give the characters of what is gathered; as many as are gathered at all for what is not."""
    if isinstance(piece, Segment):
        return len(piece.text)
    return sum(map(len, piece.columns[0])) if isinstance(piece, Table) and len(piece.columns) == 1 else _TOGETHER
