"""A map of folders: the more people a folder holds the larger its tile, the more harmful they are the darker.

Tiles are squarified (Bruls, Huizing, van Wijk 2000): as near to squares as they come, so that areas can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.holdings import FolderFigures

WIDTH, HEIGHT = 1200.0, 520.0
#: Folders that are drawn on the first level, and in each of them: more would be too small to see.
TILES, INNER = 30, 16
#: The strip of a tile in which its name stands, and how large a tile must be to hold others.
STRIP, ROOM = 24.0, (90.0, 70.0)
MARGIN = 3.0


class Box(NamedTuple):
    """A rectangle of the map."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tile:
    """A folder in its place; one that has others in it shows its name in a strip above them."""

    folder: FolderFigures
    box: Box
    depth: int
    has_inner: bool = False


def iter_tiles(folders: Sequence[FolderFigures]) -> Iterator[Tile]:
    """Yield the tiles of the map, each before those that lie in it."""
    below = _below(folders)
    for folder, box in _placed(below.get("", ()), Box(0, 0, WIDTH, HEIGHT), TILES):
        inside = Box(box.x + MARGIN, box.y + STRIP, box.width - 2 * MARGIN, box.height - STRIP - MARGIN)
        inner = below.get(folder.path, ())
        has_inner = bool(inner) and box.width >= ROOM[0] and box.height >= ROOM[1]
        yield Tile(folder, box, 1, has_inner)
        if has_inner:
            share = min(1.0, sum(each.people.estimate for each in inner) / max(folder.people.estimate, 1))
            room = inside._replace(height=inside.height * share)
            yield from (Tile(each, place, 2) for each, place in _placed(inner, room, INNER))


def _below(folders: Iterable[FolderFigures]) -> dict[str, list[FolderFigures]]:
    """Give the folders by the one they lie in: the nearest above them that is known."""
    known = {folder.path: folder for folder in folders if folder.people.estimate > 0}
    below: dict[str, list[FolderFigures]] = {}
    for path, folder in known.items():
        if not path:
            continue
        above = path.rpartition("/")[0]
        while above and above not in known:
            above = above.rpartition("/")[0]
        below.setdefault(above, []).append(folder)
    return below


def _placed(folders: Iterable[FolderFigures], box: Box, limit: int) -> Iterator[tuple[FolderFigures, Box]]:
    """Lay the largest folders out in a box, row by row along its shorter side."""
    left = sorted(folders, key=lambda folder: (-folder.people.estimate, folder.path))[:limit]
    whole = sum(folder.people.estimate for folder in left)
    while left and box.width > 0 and box.height > 0:
        scale = box.width * box.height / whole
        row = _row(left, min(box.width, box.height), scale)
        depth = sum(folder.people.estimate for folder in row) * scale / min(box.width, box.height)
        yield from _along(row, box, depth, scale)
        left = left[len(row) :]
        whole -= sum(folder.people.estimate for folder in row)
        if box.width >= box.height:
            box = Box(box.x + depth, box.y, box.width - depth, box.height)
        else:
            box = Box(box.x, box.y + depth, box.width, box.height - depth)


def _row(folders: Sequence[FolderFigures], side: float, scale: float) -> Sequence[FolderFigures]:
    """Take as many folders as make the tiles of one row the squarest."""
    count, best = 1, _worst(folders[:1], side, scale)
    while count < len(folders) and (worse := _worst(folders[: count + 1], side, scale)) <= best:
        count, best = count + 1, worse
    return folders[:count]


def _worst(folders: Sequence[FolderFigures], side: float, scale: float) -> float:
    """Give the largest ratio of the sides of a tile, were these the row."""
    areas = [folder.people.estimate * scale for folder in folders]
    depth = sum(areas) / side
    return max(max(depth * depth / area, area / (depth * depth)) for area in areas)


def _along(row: Sequence[FolderFigures], box: Box, depth: float, scale: float) -> Iterator[tuple[FolderFigures, Box]]:
    place = box.y if box.width >= box.height else box.x
    for folder in row:
        length = folder.people.estimate * scale / depth
        if box.width >= box.height:
            yield folder, Box(box.x, place, depth, length)
        else:
            yield folder, Box(place, box.y, length, depth)
        place += length
