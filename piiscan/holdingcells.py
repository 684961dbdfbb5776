"""What sheets say of a holding in their cells, and how a path is kept so that it comes back as it was."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from piiscan.printable import printable
from piiscan.sheets import Column

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from piiscan.holdings import Holding, Overview
    from piiscan.overviewwords import Phrases
    from piiscan.people import People

#: What a program that reads a workbook would change: escapes of its format, blanks at the ends, characters that XML has
#: no place for; and what looks like the other form of a path.
_CHANGED = re.compile('_x[0-9A-Fa-f]{4}_|^\\s|\\s$|[\ufdd0-\ufdef\ufffe\uffff]|^"')
_SECOND = 1_000_000_000


def keep_path(path: str) -> str:
    r"""Write a path as a text that a cell gives back unchanged: as it is where that is safe, else as JSON.

    >>> keep_path("人事/名簿.csv"), keep_path("a\udcff_x0041_")
    ('人事/名簿.csv', '"a\\udcff\\u005fx0041\\u005f"')
    """
    if printable(path) == path and not _CHANGED.search(path):
        return path
    return json.dumps(path).replace("_", "\\u005f")


def kept_path(text: str) -> str:
    r"""Give the path that `keep_path` wrote; raises ValueError where it did not.

    >>> kept_path('"a\\udcff"') == "a\udcff", kept_path("a.csv")
    (True, 'a.csv')
    """
    if not text.startswith('"'):
        return text
    path = json.loads(text)
    if not isinstance(path, str):
        raise ValueError  # noqa: TRY004 - a broken text, like any other
    return path


def full_path(holding: Holding) -> str:
    """Give root and path as people know them."""
    return f"{holding.root.rstrip('/')}/{holding.path}" if holding.root else holding.path


def folder_of(holding: Holding) -> str:
    """Give the folder of a file below its root, "" for the root itself."""
    return holding.path.rpartition("/")[0]


def changed_on(holding: Holding, zone: tzinfo | None) -> date | None:
    """Give the day of the last change by the file's clock; nothing where that clock tells none."""
    try:
        return datetime.fromtimestamp(holding.mtime_ns // _SECOND, zone or UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def class_names(holding: Holding, told: Phrases) -> str:
    """Name the legal classes of a file."""
    return ", ".join(map(told.legal_class, holding.classes))


def kind_names(holding: Holding, overview: Overview, told: Phrases) -> str:
    """Name what was found, the most frequent first, with the number of different values."""
    order = sorted(holding.distinct, key=lambda name: (-holding.distinct[name], name))
    return ", ".join(f"{kind_name(name, overview, told)} {holding.distinct[name]:,}" for name in order)


def kind_name(pattern: str, overview: Overview, told: Phrases) -> str:
    """Name a pattern; one that is not known keeps its id."""
    title = overview.titles.get(pattern)
    return told.of(title) if title else pattern


def three(people: People) -> tuple[int, int, int]:
    """Give an estimate and its bounds, a cell each."""
    return people.estimate, people.low, people.high


def estimates(told: Phrases) -> str:
    """Say what the numbers are, and what they are not."""
    return told.words.gettext(
        "All numbers are estimates of what was read, with bounds, and no legal advice. "
        "Nothing here is a value out of a document."
    )


def people_columns(told: Phrases) -> tuple[Column, Column, Column]:
    """Give the columns of `three`."""
    _ = told.words.gettext
    return Column(_("people (estimate)"), 11), Column(_("at least"), 11), Column(_("at most"), 11)
