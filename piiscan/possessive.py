"""Regexes with possessive or atomic groups, compiled by a library that matches them right.

Before Python 3.11.5, and so in Debian 12, `re` does not go back to where the last repetition of such a group began when
that fails half-way (https://github.com/python/cpython/issues/100061): it reads on at a wrong place. Single characters
(`[0-9]++`) are not concerned. `regex` has no such fault; where `re` has none either, all stays with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_IS_SOUND = re.match("(?:ab+)?+a", "ac") is not None


def compiled(source: AnyStr) -> re.Pattern[AnyStr]:
    """Compile a regex, whose flags stand in it: `(?s)`. Raises re.error or regex.error."""
    return _compiler()(source)


def _compiler() -> Callable[[AnyStr], re.Pattern[AnyStr]]:
    if _IS_SOUND:
        return re.compile
    import regex  # noqa: PLC0415 - most of the command line does without

    return cast("Callable[[AnyStr], re.Pattern[AnyStr]]", regex.compile)
