"""Folding of a column's cells: where few differ by more than digits, or in bulk."""

from __future__ import annotations

from piiscan.text import ESCAPE_MARKS, Folded, fold

#: Of a column that long so many characters are looked at first: with more different cells in them, all is folded.
_MASS, _FIRST, _FEW = 1 << 11, 1 << 9, 16
#: From so many characters on it is worth to load numpy, if nobody did.
_LARGE = 1 << 15
_ONE_DIGIT = bytes.maketrans(b"123456789", b"0" * 9)


def fold_cells(cells: str) -> Folded:
    """Fold the cells of a column, a line feed between them: where few differ by more than digits, those tell of all."""
    if len(cells) > _MASS and not cells.isascii() and _are_few(cells[:_FIRST]):
        seen = b"\n".join(_alike(cells)).decode("utf-8", "surrogatepass")
        if not any(mark in seen for mark in ESCAPE_MARKS) and fold(seen, has_cells=True).text == seen:
            return Folded(cells)
    if len(cells) > _LARGE and not cells.isascii():
        from piiscan.foldmass import fold_mass  # noqa: PLC0415 - it loads numpy

        if (folded := fold_mass(cells)) is not None:
            return Folded(folded)
    return fold(cells, has_cells=True)


def _are_few(cells: str) -> bool:
    """Tell whether few of some cells differ by more than digits; a few long ones tell nothing."""
    return len(_alike(cells)) <= min(_FEW, cells.count("\n") // 2)


def _alike(cells: str) -> set[bytes]:
    """Give the cells with all digits taken for one; folding makes no difference between digits but in escapes."""
    return set(cells.encode("utf-8", "surrogatepass").translate(_ONE_DIGIT).split(b"\n"))
