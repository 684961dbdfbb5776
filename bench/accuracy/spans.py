"""The cells of a header of one row or two: how wide and how deep each is, where names are over several columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Span(NamedTuple):
    """A cell over so many columns and rows; `wide` is 0 where another cell covers the place."""

    text: str
    wide: int = 1
    deep: int = 1


def spans(heads: Sequence[Sequence[str]]) -> list[list[Span]]:
    """Give the cells of each row.

    >>> [[cell[1:] for cell in row] for row in spans([["氏名", "連絡先", ""], ["", "電話", "メール"]])]
    [[(1, 2), (2, 1), (0, 1)], [(0, 1), (1, 1), (1, 1)]]
    """
    if len(heads) <= 1:
        return [[Span(text) for text in row] for row in heads]
    upper, lower = heads
    above: list[Span] = []
    for at, text in enumerate(upper):
        last = at + 1
        while text and last < len(upper) and not upper[last] and lower[last]:
            last += 1
        above.append(Span(text, last - at if text else 0, 1 if lower[at] else 2))
    return [above, [Span(text, int(bool(text))) for text in lower]]
