"""Repositories and settings of others."""

from __future__ import annotations

from tests.faults.table.fault import Fault

FAULTS: dict[int, Fault] = {
    59: Fault(
        "git repository that would run programs",
        "nothing runs",
        ("tests/test_hook.py::test_nothing_that_a_repository_names_is_executed",),
    ),
    60: Fault(
        "renames, submodules, LFS, merges, odd names in git",
        "the right blobs",
        (
            "tests/test_hook.py::test_a_renamed_file_is_judged_by_what_was_added",
            "tests/test_hook.py::test_links_and_submodules_are_no_files",
            "tests/test_hook.py::test_a_pointer_of_lfs_is_not_read",
            "tests/test_hook.py::test_the_first_commit_is_judged",
            "tests/test_hook.py::test_in_a_merge_all_that_is_staged_counts_whatever_is_named",
        ),
    ),
    61: Fault(
        "bad configuration and patterns",
        "exit 2, with the place",
        (
            "tests/test_settings.py::test_a_mistake_in_the_file_is_one_line_with_its_place",
            "tests/test_patterns.py::test_broken_pattern_file_is_one_clear_line",
            "tests/test_patterns.py::test_selftest_catches_a_weak_pattern",
        ),
    ),
}
