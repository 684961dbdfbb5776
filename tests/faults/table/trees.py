"""Trees of links, special files and folders, and files that change or cannot be read; access times."""

from __future__ import annotations

from tests.faults.table.fault import Fault

FAULTS: dict[int, Fault] = {
    33: Fault(
        "links in circles, out of the root, to /etc",
        "skipped: symlink",
        tuple(f"tests/test_outcomes.py::test_a_hostile_path_has_its_outcome[{name}]" for name in ("loop", "out")),
    ),
    34: Fault(
        "hard links to one inode",
        "scanned once, all listed",
        ("tests/test_outcomes.py::test_hard_links_are_scanned_once_and_all_listed",),
    ),
    35: Fault(
        "FIFO, socket, device",
        "skipped: special",
        tuple(f"tests/test_outcomes.py::test_a_hostile_path_has_its_outcome[{name}]" for name in ("fifo", "socket")),
    ),
    36: Fault(
        "another file system below",
        "entered only if asked",
        ("tests/test_walk.py::test_another_file_system_is_entered_only_when_asked",),
    ),
    37: Fault(
        "tree deeper than a path may be",
        "told",
        ("tests/test_walk.py::test_a_tree_deeper_than_a_path_may_be_is_told",),
    ),
    38: Fault(
        "file that flips with a link",
        "the target is never read",
        ("tests/test_scan.py::test_a_file_that_flips_with_a_link_never_gives_the_links_target",),
    ),
    39: Fault(
        "file that changes while it is read",
        "changed",
        (
            "tests/test_scan.py::test_a_file_that_changes_while_it_is_read_keeps_its_findings",
            "tests/test_scan.py::test_a_file_that_was_modified_is_read_all_the_same",
        ),
    ),
    40: Fault("file that is gone", "error: vanished", ("tests/test_scan.py::test_a_file_that_has_vanished",)),
    41: Fault(
        "file and folder without permission",
        "unreadable",
        tuple(
            f"tests/test_outcomes.py::test_a_hostile_path_has_its_outcome[{name}]" for name in ("locked", "locked.txt")
        ),
    ),
    42: Fault(
        "EIO and its kin from read()", "error: EIO", ("tests/test_scan.py::test_what_goes_wrong_is_the_outcome",)
    ),
    58: Fault("access times", "kept", ("tests/test_scan.py::test_reading_leaves_the_access_time",)),
}
