"""Archives and compressed files that are made to hurt, or are not whole."""

from __future__ import annotations

from tests.faults.table.fault import Fault

_CONTENTS = "tests/test_contents.py::test_"
_LONG = "tests/faults/long/test_long.py::test_"
_SHORT = "tests/faults/test_short.py::test_"
_BOUNDED = "tests/test_hostile_documents.py::test_a_hostile_document_is_bounded_and_named"
_PDF = "tests/extractors/test_pdf.py::test_"

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
}
