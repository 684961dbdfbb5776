"""Documents that are made to hurt: entities, circles, bombs, depth."""

from __future__ import annotations

from tests.faults.table.fault import Fault

_LONG = "tests/faults/long/test_long.py::test_"
_SHORT = "tests/faults/test_short.py::test_"
_BOUNDED = "tests/test_hostile_documents.py::test_a_hostile_document_is_bounded_and_named"
_XLSX = "tests/extractors/test_xlsx.py::test_"
_PDF = "tests/extractors/test_pdf.py::test_"

FAULTS: dict[int, Fault] = {
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
}
