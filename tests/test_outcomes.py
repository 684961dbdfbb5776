"""Every path of a hostile tree has exactly one outcome, and nothing is said to be clean that was not read."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.mock_extractor import PHONE

#: Path, outcome, reason and number of findings of each file; then the figures of the summary.
Records = tuple[list[tuple[str, str, str, int]], dict[str, Any]]

NOT_UTF_8 = os.fsdecode(b"\x8c\xda\x8bq.txt")

#: What each path must end as, and, where it is ours to say, for what reason.
EXPECTED = {
    "locked": ("unreadable", "permission"),
    "locked.txt": ("unreadable", "permission"),
    "fifo": ("skipped", "special"),
    "socket": ("skipped", "special"),
    "loop": ("skipped", "symlink"),
    "out": ("skipped", "symlink"),
    "dangling": ("skipped", "symlink"),
    "empty.txt": ("complete", ""),
    "ff.txt": ("partial", "encoding"),
    "sparse.bin": ("unsupported", "binary"),
    "line\nbreak.txt": ("complete", ""),
    NOT_UTF_8: ("complete", ""),
    "killer.mock": ("crash", "signal 11"),
}

PROGRAM = """
import json, sys
from piiscan.model import FileReport, Summary
from piiscan.run import run
from tests.mock_extractor import config_for

if __name__ == "__main__":
    rows, end = [], {}
    for record in run(config_for(sys.argv[1], jobs=2, timeout=20)):
        if isinstance(record, FileReport):
            rows.append([record.ref.path, record.outcome, record.reason, len(record.findings)])
        if isinstance(record, Summary):
            end = {"sum": sum(record.outcomes.values()), "enumerated": record.enumerated, "unread": record.unread,
                   "complete": record.complete, "totals": record.totals}
    print(json.dumps([rows, end]))
"""


def as_somebody() -> list[str]:
    """Give the command that takes from root what would let it read everything; nothing for anybody else."""
    powers = "-dac_override,-dac_read_search"
    return [] if os.geteuid() else ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    tree = tmp_path_factory.mktemp("hostile")
    for folder in ("locked", "folder"):
        (tree / folder).mkdir()
    (tree / "locked" / "inside.txt").write_text(PHONE, encoding="utf-8")
    for name in ("locked.txt", "line\nbreak.txt", NOT_UTF_8, "folder/plain.txt"):
        (tree / name).write_text(PHONE, encoding="utf-8")
    (tree / "empty.txt").touch()
    (tree / "ff.txt").write_bytes(b"\xff" * 1000)
    (tree / "killer.mock").write_text("segfault", encoding="utf-8")
    with (tree / "sparse.bin").open("wb") as file:
        file.truncate(2 << 30)
    for number in range(5):
        os.link(tree / "folder" / "plain.txt", tree / "folder" / f"name {number}.txt")
    os.mkfifo(tree / "fifo")
    (tree / "loop").symlink_to(tree)
    (tree / "out").symlink_to("/etc/passwd")
    (tree / "dangling").symlink_to("nowhere")
    (tree / "locked.txt").chmod(0)
    (tree / "locked").chmod(0)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tree / "socket"))
        command = [*as_somebody(), sys.executable, "-c", PROGRAM, str(tree)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path.cwd(), check=True)
    (tree / "locked").chmod(0o700)
    rows, end = json.loads(done.stdout)
    return rows, end


@pytest.mark.parametrize("path", EXPECTED)
def test_a_hostile_path_has_its_outcome(path: str, records: Records) -> None:
    assert [(outcome, reason) for name, outcome, reason, _ in records[0] if name == path] == [EXPECTED[path]]


def test_hard_links_are_scanned_once_and_all_listed(records: Records) -> None:
    said = sorted((outcome, reason) for path, outcome, reason, _ in records[0] if path.startswith("folder/"))
    assert said == [("complete", ""), *[("skipped", "hardlink")] * 5]


def test_the_sum_of_outcomes_is_what_was_enumerated(records: Records) -> None:
    rows, end = records
    assert end["sum"] == end["enumerated"] == len(rows) == len({row[0] for row in rows}) == len(EXPECTED) + 6


def test_what_was_not_read_is_counted(records: Records) -> None:
    _, end = records
    assert (end["complete"], end["unread"]) == (False, 5)


def test_every_readable_value_is_found(records: Records) -> None:
    rows, end = records
    assert sum(row[3] for row in rows) == end["totals"]["phone_mobile"] == 3
