"""What the `re` of the standard library compiles while our modules load, kept on disk: it is a fifth of a small scan.

`re` keeps compiled regexes by their source and flags, and looks there first: that is where they are put before anything
else is loaded. Its own compiler says what is kept, so that what is found there is what it would make now. How `re` does
that is its own affair: where it does it otherwise, nothing is put there, and all is compiled as ever.
"""

from __future__ import annotations

import marshal
import re
import sys
from contextlib import suppress
from typing import Any

from piiscan.possessive import parts_of
from piiscan.stored import stored

#: What is raised where `re` does this in another way.
_UNKNOWN = (AttributeError, EOFError, ImportError, KeyError, RuntimeError, TypeError, ValueError)


def put_in_place() -> None:
    """Let `re` know what an earlier process compiled. Raises nothing."""
    with suppress(*_UNKNOWN):
        import _sre  # type: ignore[import-not-found]  # noqa: PLC0415 - what there may not be

        told = stored("stdregexes", f"{sys.version}\0{_sre.MAGIC}".encode(), _made)
        for source, flags, *made in marshal.loads(told):  # noqa: S302 - only its owner can have written it: see `stored`
            _known().setdefault((type(source), source, flags), _sre.compile(source, *made))


def _known() -> dict[tuple[type, str | bytes, int], re.Pattern[Any]]:
    known: dict[tuple[type, str | bytes, int], re.Pattern[Any]] = re._cache  # type: ignore[attr-defined]  # noqa: SLF001
    return known


def _made() -> bytes:
    """Load what a scan of text and tables, or the hook, loads; write down what was compiled for it."""
    from piiscan import boxes, headrows, inline, tableparts, worker  # noqa: F401, PLC0415 - they are half of all there is
    from piiscan.cli import arguments, hook, scan  # noqa: F401, PLC0415
    from piiscan.dictionaries import dictionary  # noqa: PLC0415
    from piiscan.extractors import delimited, json_text, text  # noqa: F401, PLC0415
    from piiscan.pattern import load_shipped  # noqa: PLC0415
    from piiscan.reports import human  # noqa: F401, PLC0415
    from piiscan.validators import validator  # noqa: PLC0415

    for pattern in load_shipped().values():
        if pattern.validator:
            validator(pattern.validator)
        if pattern.dictionary and not pattern.extra:
            dictionary(pattern.dictionary)
    return marshal.dumps([(source, flags, *_compiled(source, flags)) for _, source, flags in _known()])


def _compiled(source: str | bytes, flags: int) -> tuple[Any, ...]:
    """Give what the constructor of a compiled regex takes behind its source."""
    from re import _parser  # type: ignore[attr-defined]  # noqa: PLC0415

    return parts_of(_parser.parse(source, flags), flags)
