"""Folders passed over whole: whatever happens on a share, the catalog ends as if all had been read anew."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from piiscan.catalog import CatalogError, opened
from piiscan.known import KnownFiles
from piiscan.model import Confidence
from piiscan.recording import Recording
from piiscan.run import run
from piiscan.seals import digest_of
from tests.test_catalog import config_of, keep, known, rows, summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.known import Known


@pytest.fixture
def share(tmp_path: Path) -> Path:
    root = tmp_path / "share"
    for number in range(12):
        folder = root / f"部{number // 4}" / f"課{number % 4}"
        folder.mkdir(parents=True)
        for each in range(4):
            text = rows(number * 10 + each, 3) if each == 0 else f"本日は晴天なり {each}\n"
            (folder / f"{each}.csv").write_text(text, encoding="utf-8")
    (root / "部0" / "link").symlink_to("課0")
    (root / "部1" / "unread.bin").write_bytes(b"\x00\x01\x02" * 50)
    (root / "部1" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    return root


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the files that are looked up alone."""
    asked: list[str] = []
    find = KnownFiles.find

    def spy(self: KnownFiles, source: bytes) -> Known | None:
        asked.append(os.fsdecode(source))
        return find(self, source)

    monkeypatch.setattr(KnownFiles, "find", spy)
    return asked


def as_if_new(share: Path, catalog: Path) -> None:
    """Compare a catalog with one that was made just now; how files came into it is another matter."""
    fresh = catalog.with_name("fresh.sqlite3")
    fresh.unlink(missing_ok=True)
    fresh.with_name(f"{fresh.name}-journal").unlink(missing_ok=True)
    keep(share, fresh)
    *ours, (last,) = known(catalog)
    *theirs, (other,) = known(fresh)
    assert ours == theirs
    assert last[0] == other[0]
    assert last[2:] == other[2:]


def test_nothing_is_looked_up_in_a_share_that_is_as_it_was(share: Path, tmp_path: Path, looked_up: list[str]) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    looked_up.clear()
    told = keep(share, catalog)
    # but for the few of which every run has to tell
    assert {os.path.relpath(each, share) for each in looked_up} == {"部0/link", "部1/unread.bin"}
    assert set(told) == {"部0/link", "部1/unread.bin"}
    as_if_new(share, catalog)


def test_the_sums_of_folders_passed_over_count(share: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    first, again = summary_of(share, catalog), summary_of(share, catalog)
    assert again.outcomes == {"unchanged": 48, "skipped": 2, "unsupported": 1}
    assert again.enumerated == 51
    assert again.people == first.people
    assert again.totals == first.totals
    assert again.totals


def test_one_change_costs_its_folder_and_no_more(share: Path, tmp_path: Path, looked_up: list[str]) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    looked_up.clear()
    (share / "部2" / "課1" / "3.csv").write_text(rows(400, 2), encoding="utf-8")
    told = keep(share, catalog)
    assert set(told) == {"部0/link", "部1/unread.bin", "部2/課1/3.csv"}
    assert {os.path.relpath(each, share) for each in looked_up} == {
        *told,
        *(f"部2/課1/{each}.csv" for each in range(4)),
    }
    as_if_new(share, catalog)
    looked_up.clear()
    assert "部2/課1/3.csv" not in keep(share, catalog)
    assert len(set(looked_up)) == 2


def mutate(share: Path, chance: random.Random) -> None:
    """Do one thing that people do to a share."""
    folders = sorted(each for each in share.rglob("*") if each.is_dir() and not each.is_symlink())
    files = sorted(each for each in share.rglob("*.csv") if each.is_file())
    folder, file, other = chance.choice(folders), chance.choice(files), chance.choice(files)
    new = folder / f"新{chance.randrange(1000)}.csv"
    match chance.randrange(9):
        case 0:
            file.write_text(rows(chance.randrange(900), 2), encoding="utf-8")
        case 1:
            new.write_text(rows(chance.randrange(900), 2), encoding="utf-8")
        case 2:
            file.unlink()
        case 3 if folder.parent != share:
            shutil.rmtree(folder)
        case 4:
            file.rename(new)
        case 5:
            shutil.copy2(file, new)
        case 6:
            new.hardlink_to(file)
        case 7 if file != other:
            os.replace(file, other)  # noqa: PTH105 - over one that is there
        case _:
            # other bytes of the same length under an old clock: only the change of the inode tells
            before = file.stat()
            file.write_bytes(file.read_bytes()[::-1])
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_to_a_share_ends_as_if_all_had_been_read(seed: int, share: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice of changes
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    for _ in range(4):
        for _ in range(chance.randrange(1, 4)):
            mutate(share, chance)
        keep(share, catalog)
        as_if_new(share, catalog)


def test_a_seal_of_other_conditions_is_worth_nothing(share: Path, tmp_path: Path, looked_up: list[str]) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    keep(share, catalog, max_file_size=10)  # under which the walk decides itself
    looked_up.clear()
    told = keep(share, catalog)
    assert len(set(looked_up)) == 51  # each of those that are there
    assert {"部0/課0/0.csv", "部1/picture.png"} <= set(told)
    as_if_new(share, catalog)


def test_what_was_left_out_for_a_while_is_looked_at_again(share: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    keep(share, catalog, exclude=("0.csv", "課2/"))  # under which no folder is asked for
    assert "部0/課0/0.csv" in keep(share, catalog)
    as_if_new(share, catalog)


@pytest.mark.parametrize("reports", [5, 30])
def test_a_run_that_was_killed_leaves_no_wrong_seal(
    reports: int, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    monkeypatch.setattr("piiscan.recording._PACE", -1)  # each report is committed at once
    config = config_of(share, min_confidence=Confidence.HIGH)
    with opened(catalog, writes=True) as connection:
        records = run(config, store=Recording(connection, catalog, config))
        for _ in islice(records, reports):
            pass
        connection.close()  # nothing that is done from here on is kept
        with pytest.raises((sqlite3.Error, CatalogError)):
            deque(records, maxlen=0)
    keep(share, catalog)
    as_if_new(share, catalog)


def test_a_catalog_of_the_first_version_gets_its_seals(share: Path, tmp_path: Path, looked_up: list[str]) -> None:
    catalog = tmp_path / "catalog.sqlite3"
    keep(share, catalog)
    with opened(catalog, writes=True) as connection:
        (schema,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'seal'").fetchone()
        connection.executescript("DROP TABLE seal; DROP TABLE page; PRAGMA user_version = 1")
    assert set(keep(share, catalog)) == {"部0/link", "部1/unread.bin"}
    looked_up.clear()
    keep(share, catalog)
    assert len(set(looked_up)) == 2
    with opened(catalog) as connection:
        assert connection.execute("SELECT sql FROM sqlite_master WHERE name = 'seal'").fetchone() == (schema,)
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)


def test_the_digest_of_a_folder_depends_on_all_that_tells_of_a_change_and_on_no_order() -> None:
    rows = [("b", 1, 2, 3, 4), ("a", 5, 6, 7, 1 << 63)]
    digest = digest_of(list(rows))
    assert digest_of(rows[::-1]) == digest
    name, *numbers = rows[0]
    for changed in (("c", *numbers), *((name, *numbers[:at], numbers[at] + 1, *numbers[at + 1 :]) for at in range(4))):
        assert digest_of([changed, rows[1]]) != digest  # type: ignore[list-item]
