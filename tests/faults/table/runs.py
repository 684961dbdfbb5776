"""Runs that are killed, interrupted or without space, catalogs that are damaged, little of everything."""

from __future__ import annotations

from tests.faults.table.fault import Fault

_KILLS = "tests/faults/long/test_kills.py::test_"
_SHORT = "tests/faults/test_short.py::test_"

FAULTS: dict[int, Fault] = {
    45: Fault(
        "kill -9 of the run at any point",
        "the catalog of who was let be",
        (
            "tests/test_catalog.py::test_a_run_that_was_broken_off_ends_as_one_that_was_not",
            "tests/test_seals.py::test_a_run_that_was_killed_leaves_no_wrong_seal",
            "tests/real/test_resume.py",
        ),
    ),
    47: Fault(
        "full disk for catalog and report",
        "one line, exit 4, the old one whole",
        (
            "tests/test_catalog.py::test_no_space_is_told_and_what_was_kept_is_kept",
            "tests/test_sinks.py::test_a_full_disk_is_told_and_leaves_nothing",
            "tests/test_cli.py::test_a_full_disk_exits_4",
        ),
    ),
    48: Fault(
        "two runs on one catalog",
        "the second is refused",
        ("tests/test_catalog.py::test_a_second_run_is_refused_as_long_as_one_writes",),
    ),
    49: Fault(
        "catalog that is damaged, newer, read-only",
        "refused",
        ("tests/test_catalog.py::test_what_is_no_sound_catalog_is_refused_and_never_taken_for_an_empty_one",),
    ),
    50: Fault(
        "clocks that jump, an mtime put back",
        "scanned again",
        ("tests/test_catalog.py::test_a_changed_file_is_read_whatever_its_clock_says",),
    ),
    51: Fault(
        "SIGINT, SIGTERM, SIGHUP, a reader that goes away",
        "130 or 143 within two seconds, in order",
        (
            "tests/test_cli.py::test_a_signal_ends_the_run_within_2_seconds_with_a_summary",
            "tests/test_cli.py::test_a_reader_that_goes_away_is_no_fault",
            "tests/test_run.py::test_a_signal_ends_the_run_in_order",
        ),
    ),
    62: Fault(
        "64 descriptors, one worker",
        "runs",
        (
            f"{_SHORT}a_run_with_64_descriptors",
            "tests/faults/long/test_kills.py::test_ten_thousand_files_grow_neither_memory_nor_descriptors",
        ),
    ),
}
