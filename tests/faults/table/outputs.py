"""What is written: hostile names, existing files, planted values."""

from __future__ import annotations

from tests.faults.table.fault import Fault

FAULTS: dict[int, Fault] = {
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
    57: Fault(
        "planted values in every output",
        "none",
        ("tests/test_no_leak.py", "tests/test_canary.py", "tests/faults/long/test_canary.py"),
    ),
}
