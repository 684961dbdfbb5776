"""How the parts of a workbook refer to each other: which sheets it has, and which part each is."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from piiscan.sheetxml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

#: What a path may be written with so that one reader takes it for another part than the next.
_UNPLAIN = ("//", "./", "%", "&", "\\")


class Sheet(NamedTuple):
    """A sheet's name and the part that holds it."""

    name: str
    part: str


def is_plain(sheets: etree._Element, relations: bytes) -> bool:
    """Tell whether every reader finds the same part for each sheet: what one measures, the other will read."""
    items = list(sheets.iter("{*}sheet"))
    names = [item.get("name") for item in items]
    has_one = all(sum(str(key).endswith("}id") for key in item.attrib) == 1 for item in items)
    root = parse(relations)
    found = list(root.iter("{*}Relationship")) if root is not None else []
    keys = [item.get("Id") for item in found]
    targets = [str(item.get("Target", "")) for item in found if item.get("TargetMode") != "External"]
    are_plain = not any(target.startswith("xl/") or mark in target for target in targets for mark in _UNPLAIN)
    return has_one and are_plain and len({*names}) == len(names) and len({*keys}) == len(keys)


def list_relations(content: bytes, part: str) -> dict[str, tuple[str, str]]:
    """Give the relations of `part` by their id: the type's last word, and the target's name or address."""
    root = parse(content)
    relations = {}
    for item in root.iter("{*}Relationship") if root is not None else ():
        target = item.get("Target", "")
        if item.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target)))[1:]
        relations[item.get("Id", "")] = (item.get("Type", "").rpartition("/")[2], target)
    return relations


def relations_name(part: str) -> str:
    """Give the name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def list_sheets(root: etree._Element, relations: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
    """Yield all sheets, whether they can be seen or not."""
    for item in root.iter("{*}sheet"):
        identity = next((value for key, value in item.attrib.items() if str(key).endswith("}id")), "")
        yield Sheet(str(item.get("name", "")), relations.get(str(identity), ("", ""))[1])
