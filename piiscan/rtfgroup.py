"""What holds within a group of an RTF document, and the code page that its bytes are in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from piiscan.rtfwords import CHARSETS

if TYPE_CHECKING:
    from piiscan.rtfflow import Flow

_LATIN = 1252


@dataclass(slots=True)
class Group:
    """What holds within a group; a group in it begins with the same."""

    flow: Flow
    #: What its text is: "text", "skip", "hex" (an object), "fonts", "name" (of the value that follows).
    kind: str = "text"
    encoding: str = ""
    unicode_skip: int = 1
    in_table: bool = False
    is_deleted: bool = False
    is_twin: bool = False
    #: Whether its flow, or object, ends with it.
    is_owner: bool = False

    def open(self) -> Group:
        """Give a group within this one."""
        own = (self.flow, self.kind, self.encoding, self.unicode_skip, self.in_table, self.is_deleted, self.is_twin)
        return Group(*own)


@dataclass(slots=True)
class Fonts:
    """The code pages of the fonts, and that of the document; "" where it does not say."""

    pages: dict[int, str] = field(default_factory=dict)
    current: int = 0
    codepage: str = ""

    def set_font(self, group: Group, number: int | None) -> None:
        """Take the number of the font that text is in, or that the table of fonts describes."""
        self.current = number or 0
        if group.kind != "fonts":
            group.encoding = self.pages.get(self.current) or self.codepage

    def set_charset(self, group: Group, number: int | None) -> None:
        """Take the character set of the font that is described."""
        if group.kind == "fonts":
            # Western fonts are named for Japanese text as well, by programs that write bytes of the document's page
            self.pages[self.current] = CHARSETS.get(
                number or 0, f"{self.codepage}/cp1252" if self.codepage and not number else ""
            )

    def set_codepage(self, group: Group, number: int | None) -> None:
        """Take the document's code page; Windows' Latin is also what programs write that know no better."""
        self.codepage = group.encoding = "" if number in {None, 0, 1, _LATIN} else f"cp{number}"
