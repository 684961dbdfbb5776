"""What columns, keys and the fields of forms are called: in words, and as a whole.

`name` says what a column holds, and everywhere else it says nothing: such a word counts where it is all that is there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BEHIND = re.compile(r"(?:[ :*※]|[(\[【〔][^()]{0,20}[)\]】〕])+\Z")


class Headers:
    """Words that are labels as a whole header only, and whose."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """Take each pattern's words by its id."""
        self._owners: dict[str, frozenset[str]] = {}
        self._words: dict[str, str] = {}
        for owner, its in words.items():
            for word in its:
                key = _whole(word)
                self._words.setdefault(key, word)
                self._owners[key] = self._owners.get(key, frozenset()) | {owner}
        # a column's header is asked for with each of its values
        self._key = lru_cache(maxsize=4096)(_whole)

    def owners(self, hint: str) -> frozenset[str]:
        """Name all for whom a header speaks as a whole."""
        return self._owners.get(self._key(hint), frozenset())

    def speaks(self, words: str) -> bool:
        """Tell whether a header written as words (`as_words`) speaks for anybody as a whole."""
        return _squeezed_whole(words) in self._owners

    def word(self, hint: str, owners: set[str]) -> str:
        """Give the word, as our dictionary has it, by which a header speaks for one of `owners`."""
        return self._words[self._key(hint)] if self.owners(hint) & owners else ""


def as_words(hint: str, *, has_lines: bool = False) -> str:
    """Write a header or a key with spaces between its words, or many of them, each in a line."""
    return _CAMEL.sub("_", fold(hint, has_cells=has_lines).text).replace("_", " ")


def squeezed(word: str) -> str:
    """Give the form in which `card_no`, `card-no` and `card no` are one label."""
    return word.replace(" ", "").replace("_", "").replace("-", "")


def without_marks(text: str) -> str:
    """Take away brackets and marks behind a label: `電話番号(自宅) ※`."""
    return _BEHIND.sub("", text)


def _whole(hint: str) -> str:
    """Give a header as it is compared; of a path (`members.name`), what it ends with."""
    return _squeezed_whole(as_words(hint))


def _squeezed_whole(words: str) -> str:
    return squeezed(without_marks(words)).lower().rpartition(".")[2]
