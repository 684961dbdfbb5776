"""Texts and tables without end, in every encoding and notation."""

from __future__ import annotations

from tests.faults.table.fault import Fault

_LONG = "tests/faults/long/test_long.py::test_"

FAULTS: dict[int, Fault] = {
    19: Fault(
        "JSON nested 100,000 deep, JSON in one line of 1 GB",
        "read in constant memory, no error",
        (
            "tests/extractors/test_json_text.py::test_very_deep_nesting_is_text",
            f"{_LONG}json_in_one_line_of_a_gigabyte",
        ),
    ),
    20: Fault(
        "CSV field of 500 MB, NULs",
        "streamed, found",
        (
            "tests/extractors/test_delimited.py::test_endless_records_become_text_and_reading_goes_on",
            "tests/extractors/test_delimited.py::test_nuls_and_old_line_ends",
            f"{_LONG}a_csv_field_of_half_a_gigabyte",
        ),
    ),
    21: Fault(
        "value across the border of two blocks",
        "found once",
        ("tests/test_blocks.py::test_a_value_at_every_offset_starts_in_one_core_and_is_whole_there",),
    ),
    22: Fault(
        "every encoding, mixed, without a mark, with invalid bytes",
        "found, or partial: encoding",
        (
            "tests/test_encoding.py::test_every_encoding_is_read_whole",
            "tests/test_encoding.py::test_utf16_without_mark",
            "tests/test_encoding.py::test_lines_of_several_encodings_are_read_and_told",
            "tests/test_encoding.py::test_any_bytes_are_read_without_error",
        ),
    ),
    23: Fault(
        "full width, kanji digits, characters that vanish",
        "found",
        ("tests/test_text.py::test_fold", "tests/test_text.py::test_span_in_text_with_vanishing_characters"),
    ),
    24: Fault(
        "strings that make expressions slow",
        "linear",
        ("tests/test_linear.py::test_one_long_line_costs_as_much_as_it_is_long",),
    ),
    25: Fault(
        "sparse file of 10 GB",
        "bounded in time",
        (
            "tests/test_outcomes.py::test_a_hostile_path_has_its_outcome[sparse.bin]",
            f"{_LONG}a_sparse_file_of_ten_gigabytes",
        ),
    ),
}
