"""What every builder of specimens is given and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: Values to be found, under the labels that stand beside them.
Fields = Mapping[str, str]
#: Makes a file that holds each of the values at least once.
Build = Callable[[Fields], bytes]
#: The builders of an extractor's specimens, by the names of the files.
Specimens = Mapping[str, Build]


def lines(fields: Fields) -> str:
    """Give a text of a line for each value, under its label."""
    return "".join(f"{label}：{value}\n" for label, value in fields.items())


def rows(fields: Fields) -> list[list[str]]:
    """Give a table: the labels as headers, and the values three times below."""
    return [list(fields), *[list(fields.values())] * 3]


def csv(fields: Fields) -> bytes:
    """Give the table as comma-separated values."""
    return "".join(",".join(row) + "\n" for row in rows(fields)).encode()
