"""Hashes of canonical values, by which different ones are counted and people are told apart.

Python's own are the fastest; their key is made anew with every process tree, so nothing can be kept of them, and nobody
can learn anything from them. A catalog needs hashes that it can compare with those of later runs: these are keyed with
the user's key, which lies elsewhere. Of numbers for which the law forbids a lasting conversion there are none.
"""

from __future__ import annotations

from array import array
from hashlib import blake2b
from typing import TYPE_CHECKING

from piiscan.population import OF_PROCESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from piiscan.hashes import Hashes
    from piiscan.pattern import Pattern

_BYTES = 8
#: So many values at once are a mass, for which numpy is loaded in any case.
_MANY = 256


class Hashing:
    """How the values of some patterns are hashed; `key` makes it lasting.

    `name` tells which key that is: hashes of different names cannot be compared.
    """

    def __init__(self, patterns: Iterable[Pattern], key: bytes | None = None) -> None:
        self.name = OF_PROCESS
        self._key = key
        self._begun: dict[str, Callable[[bytes], int]] = {}
        self._fleeting: frozenset[str] = frozenset()
        if key is not None:
            self.name = blake2b(b"piiscan", key=key, digest_size=_BYTES).hexdigest()
            self._fleeting = frozenset(kind_of(each) for each in patterns if each.fingerprint == "run")

    def hashes(self, pattern: Pattern, keys: Sequence[bytes]) -> array[int]:
        """Hash canonical values in UTF-8: 64 bits each, signed."""
        sign: Callable[[bytes], int] = hash
        if self._key is not None and pattern.fingerprint != "run":
            if pattern.category not in self._begun:
                self._begun[pattern.category] = _numbering(self._key, pattern.category)
            sign = self._begun[pattern.category]
        if len(keys) < _MANY:
            return array("q", map(sign, keys))
        import numpy as np  # noqa: PLC0415 - it was loaded for the mass

        hashes = array("q")
        hashes.frombytes(np.fromiter(map(sign, keys), np.int64, len(keys)).view(np.uint8).data)
        return hashes

    def kept(self, values: Mapping[str, Hashes]) -> Mapping[str, Hashes]:
        """Give the hashes by kind without those that may not be kept where others are."""
        return {kind: hashes for kind, hashes in values.items() if kind not in self._fleeting}


def kind_of(pattern: Pattern) -> str:
    """Name what the values of a pattern are."""
    return f"{pattern.category}:{pattern.id}"


def _numbering(key: bytes, category: str) -> Callable[[bytes], int]:
    """Give what hashes canonical values of one category: no number of the catalog is a fingerprint of a report."""
    begun = blake2b(f"{category}\0".encode(), key=key, digest_size=_BYTES, person=b"people")

    def number(value: bytes) -> int:
        whole = begun.copy()
        whole.update(value)
        return int.from_bytes(whole.digest(), "little", signed=True)

    return number
