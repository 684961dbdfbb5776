"""Credentials: パスワード (password), 暗証番号 (PIN), and the keys of services, which are known by how they begin."""

from __future__ import annotations

import math
import re
from collections import Counter

from piiscan.verdict import Verdict

_PLACEHOLDERS = frozenset(
    """
    changeme default dummy e-mail empty false hidden incorrect invalid masked none null optional pass passwd password
    placeholder redacted required secret string test todo true undefined unknown xxxx yourpassword
    """.split()
)
_HASH = re.compile(
    r"\$(?:2[abxy]|argon2[a-z]{0,2}|[156]|pbkdf2[a-z0-9-]{0,9})\$.+|(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})"
)
_CLASSES = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]")))
_SAMPLE = re.compile("example|sample|dummy|x{6}|:pass(?:word)?$", re.IGNORECASE)
#: Bits a character: words that repeat themselves say less.
_LEAST_ENTROPY = 2.5
#: Of what is long enough to be a password anywhere, such a share of the most that its length allows will do.
_LEAST_SHARE, _USUAL = 0.75, 8
_DOUBTFUL_PINS = frozenset({"0000", "1234", "9999"})


def _entropy(value: str) -> float:
    return -sum(count / len(value) * math.log2(count / len(value)) for count in Counter(value).values())


def _least(length: int) -> float:
    """Give the bits a character below which a word repeats itself: eight characters have three at most."""
    return min(_LEAST_ENTROPY, _LEAST_SHARE * math.log2(length)) if length >= _USUAL else _LEAST_ENTROPY


def password(value: str) -> Verdict:
    """Judge a password: what documents write in its place is none, words of one kind of letter are seldom one.

    >>> password("kx7Hq29!w").name, password("password").name, password("reset").name
    ('VALID', 'INVALID', 'FAILED')
    >>> password("kx088548").name, password("xx008080").name, password("E-mail").name
    ('VALID', 'FAILED', 'INVALID')
    """
    if value.lower().strip("*_-.") in _PLACEHOLDERS or len(set(value)) == 1:
        return Verdict.INVALID
    kinds = sum(kind.search(value) is not None for kind in _CLASSES)
    if _HASH.fullmatch(value) or kinds < 2 or _entropy(value) < _least(len(value)):  # noqa: PLR2004 - two kinds of characters
        return Verdict.FAILED
    return Verdict.VALID


def pin_code(value: str) -> Verdict:
    """Judge a PIN of 4 to 8 digits; the numbers of every example are samples.

    >>> pin_code("4071").name, pin_code("1234").name
    ('VALID', 'SAMPLE')
    """
    return Verdict.SAMPLE if value in _DOUBTFUL_PINS else Verdict.VALID


def api_key(value: str) -> Verdict:
    """Judge a key by what makers say of their examples: those are called so.

    >>> api_key("AKIAIOSFODNN7EXAMPLE").name, api_key("AKIAZZZZVECTOR7AAAAA").name
    ('SAMPLE', 'LISTED')
    """
    return Verdict.SAMPLE if _SAMPLE.search(value) else Verdict.LISTED
