"""Where content comes from that lies in no folder: one row per source, a function that gives its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from piiscan.git import Change

#: Name to "module:function".
SOURCES: dict[str, str] = {
    "staged": "git_index:staged",
    "range": "git_index:between",
    "tracked": "git_index:tracked",
    "named": "git_index:named",
}


def open_source(name: str, environ: Mapping[str, str], paths: Collection[str] = ()) -> list[Change]:
    """Give what the source `name` holds; raises ConfigError where it cannot be asked.

    `paths`, relative to the root of the repository, are what somebody named: the source "named" asks for them.
    """
    entries: list[Change] = resolve(__name__, SOURCES[name])(environ, paths)
    return entries
