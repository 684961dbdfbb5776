"""The matrix of faults and hostile inputs: each with the tests that hold us to the outcome that is right.

The numbers are those of the project's list of faults. scripts/faults runs the tests of each by themselves and prints
what they took. 43, 44, 46 and 55 belong to sources, clusters and sinks on the network, which there are not yet.
"""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """What goes wrong, what has to come of it, and the tests that show it (as pytest names them)."""

    what: str
    outcome: str
    tests: tuple[str, ...]


_CONTENTS, _HOSTILE, _POOL = (
    "tests/test_contents.py::test_",
    "tests/test_hostile_documents.py::test_",
    "tests/test_pool.py",
)
_LONG, _SHORT = "tests/faults/long/test_long.py::test_", "tests/faults/test_short.py::test_"
_BOUNDED = "tests/test_hostile_documents.py::test_a_hostile_document_is_bounded_and_named"
_ENDS = f"{_POOL}::test_a_file_that_ends_its_worker_is_one_row"
_XLSX, _PDF = "tests/extractors/test_xlsx.py::test_", "tests/extractors/test_pdf.py::test_"

FAULTS: dict[int, Fault] = {
    1: Fault(
        "zip whose content is a thousand times its size",
        "partial: ratio",
        (f"{_BOUNDED}[bomb.zip]", f"{_BOUNDED}[bomb.txt.gz]", f"{_CONTENTS}a_ratio_bomb_is_stopped"),
    ),
    2: Fault(
        "zip entries that share bytes",
        "partial: overlap, before anything is inflated",
        (f"{_CONTENTS}overlapping_entries_are_refused_before_inflating",),
    ),
    3: Fault(
        "archives in archives, six deep",
        "partial: depth",
        (f"{_CONTENTS}nests_end_at_the_depth", f"{_BOUNDED}[42.zip]"),
    ),
    4: Fault("gzip that holds itself", "partial: depth", (f"{_BOUNDED}[r.gz]",)),
    5: Fault(
        "zip of a million entries, of 70,000 empty ones",
        "partial: entries, in bounded time",
        (f"{_SHORT}a_zip_of_seventy_thousand_empty_entries", f"{_LONG}a_zip_of_a_million_entries"),
    ),
    6: Fault(
        "names that would leave the folder",
        "nothing written, content scanned",
        (f"{_BOUNDED}[climbing.zip]", f"{_CONTENTS}names_that_would_leave_the_folder_are_only_names"),
    ),
    7: Fault(
        "headers that lie about sizes",
        "real bytes are counted",
        (f"{_BOUNDED}[lying.zip]", f"{_CONTENTS}a_header_that_lies_about_the_size_hides_nothing"),
    ),
    8: Fault(
        "zip, docx and pdf with a password",
        "encrypted",
        (
            f"{_CONTENTS}encrypted_members_are_named",
            f"{_PDF}a_user_password_is_encrypted",
            "tests/test_package.py::test_an_encrypted_part_is_named",
        ),
    ),
    9: Fault(
        "names in CP932 and decomposed UTF-8",
        "decoded, content found",
        (f"{_CONTENTS}names_in_cp932_and_decomposed_utf8",),
    ),
    10: Fault("tar with links and devices", "skipped: special", (f"{_SHORT}a_tar_of_links_and_devices",)),
    11: Fault(
        "gzip, bzip2 and xz cut short, wrong checksums",
        "findings of the good part, partial: damaged",
        (f"{_CONTENTS}the_good_part_of_a_damaged_file_is_read", f"{_CONTENTS}a_wrong_checksum_is_told"),
    ),
    12: Fault(
        "entities that grow or fetch",
        "never expanded, partial: entities",
        (
            f"{_BOUNDED}[entities.xlsx]",
            f"{_XLSX}an_entity_bomb_is_named_and_the_rest_is_read",
            "tests/extractors/test_docx.py::test_an_entity_bomb_is_refused_and_its_text_read_as_it_stands",
            "tests/extractors/test_xml_text.py::test_entities_are_refused_and_the_text_is_read",
        ),
    ),
    13: Fault(
        "sheet of 1,048,576 x 16,384 with one cell",
        "scanned without the grid",
        (f"{_XLSX}a_sparse_sheet_costs_neither_memory_nor_time",),
    ),
    14: Fault("bomb of shared strings", "partial: bytes", (f"{_XLSX}shared_strings_above_the_budget_are_partial",)),
    15: Fault(
        "PDF whose page tree or /Prev goes in a circle",
        "ends, others scanned",
        (f"{_SHORT}a_pdf_that_goes_in_a_circle", "tests/extractors/test_pdf_bombs.py::test_rubble_ends"),
    ),
    16: Fault(
        "PDF with a Flate bomb",
        "partial: bytes",
        (
            "tests/extractors/test_pdf_bombs.py::test_a_bomb_is_told_and_the_other_pages_are_read",
            "tests/extractors/test_pdf_bombs.py::test_many_streams_are_one_bomb",
        ),
    ),
    17: Fault(
        "PDF of 100,000 pages",
        "partial: pages",
        (f"{_PDF}pages_above_the_limit_are_told", f"{_LONG}a_pdf_of_a_hundred_thousand_pages"),
    ),
    18: Fault(
        "500 levels of multipart, headers of 10 MB",
        "partial: depth",
        (
            "tests/extractors/test_mail.py::test_fifty_levels_are_read_and_five_hundred_told",
            "tests/extractors/test_mail.py::test_headers_of_megabytes_are_bounded",
        ),
    ),
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
    26: Fault("extractor that sleeps", "timeout, others scanned", (f"{_ENDS}[hang]",)),
    27: Fault("extractor that holds the interpreter", "timeout", (f"{_ENDS}[busy]",)),
    28: Fault("extractor that takes all memory", "crash: memory", (f"{_ENDS}[allocate]",)),
    29: Fault(
        "extractor that dies by a signal, or leaves with 0",
        "crash, never complete",
        (f"{_ENDS}[segfault]", f"{_ENDS}[exit0]", f"{_ENDS}[sigkill]"),
    ),
    30: Fault(
        "findings, then death",
        "crash, findings kept",
        (f"{_POOL}::test_what_was_found_before_a_death_is_kept",),
    ),
    31: Fault(
        "grandchild that holds the pipe",
        "killed with its group",
        (f"{_ENDS}[grandchild]", f"{_POOL}::test_nothing_is_left_running"),
    ),
    32: Fault(
        "exception whose message quotes the document",
        "its type alone",
        (f"{_POOL}::test_no_message_of_an_exception_comes_back",),
    ),
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
    52: Fault(
        "hostile names",
        "safe in every output",
        (
            "tests/test_printable.py",
            "tests/overviews/test_machine.py::test_no_cell_is_a_formula_or_more_than_a_line",
            "tests/overviews/test_human.py::test_no_name_steers_the_terminal",
            "tests/reports/test_reports.py::test_a_name_that_is_not_utf8_comes_back_from_its_bytes",
            "tests/workbooks/test_workbooks.py::test_hostile_names_stay_text_and_come_back",
        ),
    ),
    53: Fault(
        "these names in a browser",
        "no dialog, no request",
        (
            "tests/overviews/test_html.py::test_nothing_is_loaded_and_no_markup_comes_out_of_a_name",
            "tests/real/test_browser.py::test_hostile_names_do_nothing",
        ),
    ),
    54: Fault(
        "these names in a spreadsheet",
        "no formula",
        ("tests/overviews/test_machine.py::test_no_cell_is_a_formula_or_more_than_a_line",),
    ),
    56: Fault(
        "umask 000, a report that is a link or a folder",
        "0600, refused",
        (
            "tests/test_sinks.py::test_a_report_is_private_whatever_the_umask",
            "tests/test_sinks.py::test_a_symbolic_link_is_refused",
            "tests/test_sinks.py::test_what_is_no_file_is_refused",
        ),
    ),
    57: Fault("planted values in every output", "none", ("tests/test_no_leak.py",)),
    58: Fault("access times", "kept", ("tests/test_scan.py::test_reading_leaves_the_access_time",)),
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
    62: Fault("64 descriptors, one worker", "runs", (f"{_SHORT}a_run_with_64_descriptors",)),
}
#: What belongs to parts of the house that are not built.
LATER = frozenset({43, 44, 46, 55})
