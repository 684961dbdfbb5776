from __future__ import annotations

import pytest

from piiscan.foldermap import HEIGHT, WIDTH, iter_tiles
from piiscan.holdings import FolderFigures
from piiscan.model import Sensitivity
from piiscan.people import People
from tests.synthetic_overview import make_overview


def _folder(path: str, people: int) -> FolderFigures:
    return FolderFigures(path, 1, People(people, people, people), Sensitivity.LOW)


def test_tiles_fill_the_map_by_people() -> None:
    tiles = [*iter_tiles([_folder("", 100), _folder("a", 60), _folder("b", 30), _folder("c", 10)])]
    areas = {tile.folder.path: tile.box.width * tile.box.height / (WIDTH * HEIGHT) for tile in tiles}
    assert areas == pytest.approx({"a": 0.6, "b": 0.3, "c": 0.1})


def test_tiles_of_a_level_never_overlap_and_inner_ones_lie_in_their_folder() -> None:
    tiles = [*iter_tiles(make_overview(300).folders)]
    assert {tile.depth for tile in tiles} == {1, 2}
    outer = None
    for number, tile in enumerate(tiles):
        box = tile.box
        if tile.depth == 1:
            outer = tile
        else:
            assert outer
            assert tile.folder.path.startswith(f"{outer.folder.path}/")
            around = outer.box
            assert around.x <= box.x
            assert around.y <= box.y
            assert box.x + box.width <= around.x + around.width + 1e-6
            assert box.y + box.height <= around.y + around.height + 1e-6
        for other in tiles[:number]:
            if other.depth == tile.depth:
                apart = (
                    other.box.x + other.box.width <= box.x + 1e-6
                    or box.x + box.width <= other.box.x + 1e-6
                    or other.box.y + other.box.height <= box.y + 1e-6
                    or box.y + box.height <= other.box.y + 1e-6
                )
                assert apart


def test_folders_without_people_and_gaps_in_the_tree_do_no_harm() -> None:
    tiles = [*iter_tiles([_folder("a/b/c", 5), _folder("d", 0), _folder("", 5)])]
    assert [tile.folder.path for tile in tiles] == ["a/b/c"]
    assert [*iter_tiles([])] == []
