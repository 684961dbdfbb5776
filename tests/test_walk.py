from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan.model import FileRef, FileReport, Outcome
from piiscan.walk import iter_files
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from piiscan.config import RunConfig


def walked(config: RunConfig) -> dict[str, str]:
    """Give what the walk says of each path: "scan", or outcome and reason."""
    items = list(iter_files(config))
    said = {
        item.path if isinstance(item, FileRef) else item.ref.path: "scan"
        if isinstance(item, FileRef)
        else f"{item.outcome} {item.reason}"
        for item in items
    }
    assert len(said) == len(items)
    return said


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "tree"
    (tree / "営業" / "2024").mkdir(parents=True)
    (tree / "a.txt").write_text("a", encoding="utf-8")
    (tree / "営業" / "顧客.csv").write_text("b" * 100, encoding="utf-8")
    (tree / "営業" / "2024" / "c.log").write_text("c", encoding="utf-8")
    return tree


def test_below_a_single_folder_paths_are_relative_to_it(tree: Path) -> None:
    assert walked(config_for(tree)) == dict.fromkeys(["a.txt", "営業/顧客.csv", "営業/2024/c.log"], "scan")


def test_below_several_roots_paths_are_as_typed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    assert walked(config_for("tree/営業/2024", "./tree/a.txt")) == dict.fromkeys(
        ["tree/営業/2024/c.log", "./tree/a.txt"], "scan"
    )


def test_a_reference_holds_what_the_worker_will_check(tree: Path) -> None:
    (ref,) = iter_files(config_for(tree / "a.txt"))
    now = (tree / "a.txt").stat()
    assert ref == FileRef(
        str(tree / "a.txt"), str(tree / "a.txt"), 1, now.st_dev, now.st_ino, now.st_mtime_ns, now.st_ctime_ns
    )


@pytest.mark.parametrize("roots", [("", "a.txt"), ("a.txt", ""), ("", ""), ("", "営業"), ("営業", "", "営業/2024")])
def test_overlapping_roots_give_each_file_once(roots: tuple[str, ...], tree: Path) -> None:
    items = list(iter_files(config_for(*(tree / root for root in roots))))
    assert sorted(item.source for item in items if isinstance(item, FileRef)) == sorted(
        str(path) for path in tree.rglob("*") if path.is_file()
    )
    assert len(items) == 3


def test_roots_whose_names_begin_alike_do_not_overlap(tree: Path) -> None:
    (tree.parent / "tree 2").mkdir()
    (tree.parent / "tree 2" / "d").touch()
    assert len(walked(config_for(tree, tree.parent / "tree 2"))) == 4


def test_a_root_may_be_a_link_but_nothing_below_it(tree: Path) -> None:
    (tree.parent / "link").symlink_to(tree)
    (tree / "out").symlink_to("/etc")
    (tree / "loop").symlink_to(tree)
    (tree / "file").symlink_to(tree / "a.txt")
    said = walked(config_for(tree.parent / "link"))
    assert len(said) == 6
    assert {said["out"], said["loop"], said["file"]} == {"skipped symlink"}


def test_a_link_in_a_list_of_files_is_not_followed(tree: Path) -> None:
    (tree / "file").symlink_to(tree / "a.txt")
    listed = (str(tree / "file"), str(tree / "a.txt"), str(tree / "none"))
    assert list(walked(config_for(files=listed)).values()) == ["skipped symlink", "scan", "error vanished"]


def test_special_files_are_named(tree: Path) -> None:
    os.mkfifo(tree / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tree / "socket"))
    said = walked(config_for(tree))
    assert {said["fifo"], said["socket"], *walked(config_for("/dev/null")).values()} == {"skipped special"}


def test_hard_links_are_scanned_once_and_all_named(tree: Path) -> None:
    for number in range(20):
        os.link(tree / "a.txt", tree / f"again {number}")
    said = [what for name, what in walked(config_for(tree)).items() if name == "a.txt" or name.startswith("again")]
    assert sorted(said) == ["scan", *["skipped hardlink"] * 20]


def test_a_name_that_is_excluded_does_not_hide_its_other_name(tree: Path) -> None:
    for number in range(20):
        os.link(tree / "a.txt", tree / f"again {number}.bak")
    said = walked(config_for(tree, exclude=("*.bak",)))
    assert said["a.txt"] == "scan"
    assert list(said.values()).count("skipped excluded") == 20


@pytest.mark.parametrize(
    ("exclude", "expected"),
    [
        (("*.log",), {"営業/2024/c.log"}),
        (("営業/",), {"営業"}),
        (("/a.txt", "2024"), {"a.txt", "営業/2024"}),
        (("*.txt", "!a.txt"), set()),
        (("営業/**/c.*",), {"営業/2024/c.log"}),
    ],
)
def test_exclude_means_what_git_means(exclude: tuple[str, ...], expected: set[str], tree: Path) -> None:
    said = walked(config_for(tree, exclude=exclude))
    assert {name for name, what in said.items() if what == "skipped excluded"} == expected


def test_exclude_holds_for_files_named_by_themselves(tree: Path) -> None:
    config = config_for(tree / "a.txt", exclude=("*.txt", "*.csv"), files=(str(tree / "営業" / "顧客.csv"),))
    assert set(walked(config).values()) == {"skipped excluded"}


def test_a_file_above_the_size_limit_is_told(tree: Path) -> None:
    said = walked(config_for(tree, max_file_size=99))
    assert [name for name, what in said.items() if what == "skipped size"] == ["営業/顧客.csv"]


@pytest.mark.parametrize("one_file_system", [True, False])
def test_another_file_system_is_entered_only_when_asked(one_file_system: bool) -> None:
    said = walked(config_for("/dev", one_file_system=one_file_system))
    assert (said.get("pts") == "skipped filesystem") is one_file_system


def test_odd_names_survive(tree: Path) -> None:
    names = ["line\nbreak", "esc\x1b[31m", "-rf", os.fsdecode(b"\xff\xfe.txt"), "x" * 255]
    for name in names:
        (tree / name).touch()
    assert set(names) < set(walked(config_for(tree)))


def test_a_missing_root_is_a_row(tree: Path) -> None:
    assert walked(config_for(tree / "none")) == {str(tree / "none"): "error vanished"}


def test_what_vanishes_during_the_walk_is_a_row(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).touch()
    items = iter_files(config_for(tmp_path))
    first = next(items)
    assert isinstance(first, FileRef)
    other = tmp_path / ("two" if first.path == "one" else "one")
    other.unlink()
    (rest,) = items
    assert isinstance(rest, FileReport)
    assert (rest.ref.path, rest.outcome, rest.reason) == (other.name, Outcome.ERROR, "vanished")


@pytest.mark.parametrize("instead", ["link", "folder", "file"])
def test_a_folder_that_was_replaced_is_not_entered(instead: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "root" / name).mkdir(parents=True)
        (tmp_path / "root" / name / "a").touch()
    items = iter_files(config_for(tmp_path / "root"))
    first = next(items)
    assert isinstance(first, FileRef)
    other = tmp_path / "root" / ("two" if first.path == "one/a" else "one")
    other.rename(tmp_path / "moved")
    {"link": lambda: other.symlink_to(tmp_path / "moved"), "folder": other.mkdir, "file": other.touch}[instead]()
    (rest,) = items
    assert isinstance(rest, FileReport)
    assert (rest.ref.path, rest.outcome, rest.reason) == (other.name, Outcome.CHANGED, "replaced")


def test_a_tree_deeper_than_a_path_may_be_is_told(tmp_path: Path) -> None:
    before = Path.cwd()
    try:
        for _ in range(30):
            os.chdir(tmp_path if Path.cwd() == before else ".")
            os.mkdir("d" * 200)  # noqa: PTH102 - a Path would be too long
            os.chdir("d" * 200)
    finally:
        os.chdir(before)
    (name,) = walked(config_for(tmp_path)).values()
    assert name == "error ENAMETOOLONG"
