"""How coordinates on a page become others, and the matrices that turn a page by right angles."""

from __future__ import annotations

from typing import NamedTuple

#: How far from level or upright a line of text may run that is still read as such.
_SLANT = 0.02
_ONCE, _TWICE, _THRICE = 1, 2, 3


class Matrix(NamedTuple):
    """How coordinates become others, in the order of PDF."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Give the point that another one becomes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: Matrix | None) -> Matrix:
        """Give one matrix for this and another one after it."""
        if other is None:
            return self
        a, b = other.a * self.a + other.c * self.b, other.b * self.a + other.d * self.b
        c, d = other.a * self.c + other.c * self.d, other.b * self.c + other.d * self.d
        return Matrix(a, b, c, d, *other.apply(self.e, self.f))

    def undo(self, x: float, y: float) -> tuple[float, float]:
        """Give the point that becomes this one."""
        x, y, size = x - self.e, y - self.f, self.a * self.d - self.b * self.c
        return (self.d * x - self.c * y) / size, (self.a * y - self.b * x) / size

    def quarter(self) -> int | None:
        """Tell how often what is level has been turned left by a right angle; None where it has become slanted."""
        for turns, (along, across) in enumerate(((self.a, self.b), (self.b, self.a))):
            if abs(across) <= _SLANT * abs(along) and along:
                return turns if along > 0 else turns + 2
        return None


def turning(quarter: int, box: tuple[float, float, float, float]) -> Matrix:
    """Give the matrix that turns a page right by so many right angles; what was its box begins at 0, 0."""
    left, bottom, right, top = box
    return {
        _ONCE: Matrix(0, -1, 1, 0, -bottom, right),
        _TWICE: Matrix(-1, 0, 0, -1, right, top),
        _THRICE: Matrix(0, 1, -1, 0, top, -left),
    }.get(quarter, Matrix(1, 0, 0, 1, -left, -bottom))
