"""The words of labels, in the one form in which they are compared with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: What calls a value an example.
SAMPLES = ("見本", "サンプル", "記入例", "入力例", "ダミー", "dummy", "sample", "example")


def iter_words(
    keywords: Mapping[str, Iterable[str]], samples: Iterable[str] = SAMPLES
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each label in folded lower case with the patterns it speaks for, and what makes a sample of any value."""
    owners: dict[str, tuple[str, ...]] = {}
    for owner, _, folded in iter_folded(keywords.items()):
        owners[folded] = (*owners.get(folded, ()), owner)
    for word in samples:
        owners[word] = (*owners.get(word, ()), "")
    yield from owners.items()


def iter_folded(owned: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str, str]]:
    """Yield whose each word is, the word in lower case, and folded.

    They are folded as the cells of a column: to begin a thousand times takes longer than to fold.
    """
    pairs = [(owner, word.lower()) for owner, words in owned for word in words]
    folded = fold("\n".join(word for _, word in pairs), has_cells=True).text.split("\n")
    if len(folded) != len(pairs):  # somebody's own words hold line feeds
        folded = [fold(word).text for _, word in pairs]
    yield from ((owner, word, other) for (owner, word), other in zip(pairs, folded, strict=True))
