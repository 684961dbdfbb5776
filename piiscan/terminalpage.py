"""How lines are set for a person in a terminal: width, language and colour in one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from piiscan.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

    from piiscan.reports import View

#: Terminal codes (SGR) of the few styles; without colour nothing is lost, for no meaning rests on it alone.
STYLES = {"strong": "1", "quiet": "2", "alarm": "1;31", "warning": "1;33", "good": "1;32"}


@dataclass(frozen=True, slots=True)
class Page:
    """What every line needs to know: how wide, which language, whether in colour."""

    view: View
    words: NullTranslations

    def title(self, pattern: str) -> str:
        """Give the name of a pattern in the language of the page."""
        return self.view.titles.get(pattern, pattern)

    def paint(self, text: str, code: str) -> str:
        """Give a text in a style (SGR code), if the page is in colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.view.colour and text else text

    def paragraph(self, text: str, style: str, indent: int = 0) -> Iterator[str]:
        """Yield a text broken into lines."""
        for line in wrap(text, self.view.width - indent):
            yield " " * indent + self.paint(line, STYLES[style])
