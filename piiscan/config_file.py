"""The user's configuration file: TOML with the long names of the options as keys.

It is named by `--config` or lies in the user's own configuration folder. Nothing from a scanned tree is ever read:
whoever may write there could hide files from the scan. Only the hook asks the repository that it guards.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.errors import ConfigError
from piiscan.keys import config_folder
from piiscan.messages import _
from piiscan.settings import READERS, read_option

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def load_config_file(path: Path, table: tuple[str, ...] = ()) -> dict[str, object]:
    """Read the options in the file `path`; raises ConfigError `file:line: …` for whatever cannot be used.

    `table` names the table that holds them, where the file belongs to other programs as well.
    """
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(_("cannot read {path}: {why}").format(path=path, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise ConfigError(_("{path}: not UTF-8").format(path=path)) from None
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = at.group(1) if at and at.group(1) else str(len(text.splitlines()))
        raise ConfigError(f"{path}:{line}: {_AT.sub('', str(error))}") from None
    for key in table:
        inner = document.get(key, {})
        document = inner if isinstance(inner, dict) else {}
    return {name: _value(name, value, f"{path}:{_line(text, name)}") for name, value in document.items()}


def load_own_config(named: str | None) -> dict[str, object]:
    """Read the options in the user's own file, or in the one that is `named`; there need not be one of one's own."""
    if named is not None:
        return load_config_file(Path(named))
    own = config_folder(os.environ) / "config.toml"
    return load_config_file(own) if own.exists() else {}


def _value(name: str, value: object, place: str) -> object:
    if name == "acknowledge":
        from piiscan.acknowledge import read_acknowledgements  # noqa: PLC0415 - loads what compares paths and globs

        return read_acknowledgements(value, place)
    if name not in READERS:
        raise ConfigError(f"{place}: " + unknown(_('unknown key "{name}"').format(name=name), name, READERS))
    kinds = READERS[name][1]
    # bool is an int to Python, but `jobs = true` is a mistake
    fits = isinstance(value, kinds) and (not isinstance(value, bool) or bool in kinds)
    if not fits or (isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        wanted = _(" or ").join(_kind_names()[kind] for kind in kinds)
        raise ConfigError(_('{place}: "{name}" must be {wanted}').format(place=place, name=name, wanted=wanted))
    return read_option(name, value, f"{place}: {name}")


def _kind_names() -> dict[type, str]:
    return {
        str: _("a string"),
        int: _("a whole number"),
        float: _("a number"),
        bool: _("true or false"),
        list: _("a list of strings"),
    }


def unknown(message: str, name: str, known: Iterable[str]) -> str:
    """Add the nearest known name to the message about an unknown one."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake pays for it

    near = get_close_matches(name, list(known), n=1)
    return message + (_(' (did you mean "{near}"?)').format(near=near[0]) if near else "")


def _line(text: str, name: str) -> int:
    """Find the line (from 1) that sets a top-level key or opens its table; tomllib does not tell."""
    here = re.compile(rf"\s*(\[+\s*)?([\"']?){re.escape(name)}\2\s*[=.\]]")
    return next((number for number, line in enumerate(text.splitlines(), 1) if here.match(line)), 1)
