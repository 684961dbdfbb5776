"""Documents that LibreOffice writes today: the number of every construct is found, locked ones with their password."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_file
from scripts.make_office import DOCUMENTS, LOCKED, PASSWORD, flat, phone
from scripts.office import convert, lock
from tests.extractors.test_office import SHEET, SLIDES, TEXT
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

#: The numbers of all constructs that LibreOffice writes; of a master slide it keeps nothing that is no placeholder.
HELD = {
    **{f"text.{suffix}": set(TEXT) for suffix in ("odt", "docx", "doc", "rtf")},
    **{f"sheet.{suffix}": set(SHEET) for suffix in ("ods", "xlsx", "xls")},
    **{f"slides.{suffix}": set(SLIDES) for suffix in ("odp", "pptx", "ppt")},
}
#: Locked ones and their sources. LibreOffice locks no ppt.
LOCKS = {
    **LOCKED,
    "locked.docx": "text.fodt",
    "locked.xlsx": "sheet.fods",
    "locked.pptx": "slides.fodp",
    "locked.odt": "text.fodt",
    "locked.ods": "sheet.fods",
    "locked.odp": "slides.fodp",
}
#: What is not read of them with the password: scripts/lock_documents.py says why there is no text frame.
NO_FRAME = {"locked.doc": {8}}
IS_NAMED = {"locked.odt", "locked.ods", "locked.odp"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    for name, document, _ in DOCUMENTS:
        source = folder / name
        source.write_text(document(), encoding="utf-8")
        for made in HELD:
            if made.startswith(f"{source.stem}."):
                convert(source, made.rpartition(".")[2])
    lock(folder, PASSWORD, LOCKS)
    return folder


def scanned(path: Path, *passwords: str) -> FileReport:
    config = replace(config_for().scan, passwords=passwords, reveal=True)
    *parts, report = scan_file(FileRef(path.name, str(path)), config)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def missed(report: FileReport, held: set[int]) -> set[int]:
    found = {each.mask for each in report.findings}
    return {number for number in held if phone(number) not in found}


@pytest.mark.parametrize("name", HELD)
def test_every_construct_is_found(folder: Path, name: str) -> None:
    report = scanned(folder / name)
    assert (report.outcome, report.reason) == (Outcome.COMPLETE, "")
    assert missed(report, HELD[name]) == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_locked_document_is_named_without_its_password(folder: Path, name: str) -> None:
    for passwords in ((), ("Kagami-8812",)):
        report = scanned(folder / name, *passwords)
        assert (report.outcome, report.reason, report.findings) == (Outcome.ENCRYPTED, "password", ())


@pytest.mark.parametrize("name", LOCKS)
def test_a_locked_document_is_read_with_its_password(folder: Path, name: str) -> None:
    report = scanned(folder / name, "Kagami-8812", PASSWORD)
    if name in IS_NAMED:
        assert (report.outcome, report.reason) == (Outcome.ENCRYPTED, "password")
        return
    assert (report.outcome, report.reason) == (Outcome.COMPLETE, "")
    plain = f"{LOCKS[name].partition('.')[0]}.{name.partition('.')[2]}"
    assert missed(report, HELD[plain]) == NO_FRAME.get(name, set())


@pytest.mark.parametrize("suffix", ["ods", "xlsx", "xls"])
def test_where_a_formula_leads_to_is_found(tmp_path: Path, suffix: str) -> None:
    formula = f"of:=HYPERLINK(&quot;tel:{phone(30)}&quot;;&quot;担当&quot;&amp;[.A1])"
    told = f"table:formula='{formula}' office:value-type='string'"
    linked = f"<table:table-cell {told}><text:p>担当</text:p></table:table-cell>"
    row = f"<table:table-row><table:table-cell/>{linked}</table:table-row>"
    table = f"<office:spreadsheet><table:table table:name='名簿'>{row}</table:table></office:spreadsheet>"
    source = tmp_path / "links.fods"
    source.write_text(flat("spreadsheet", "", "", table), encoding="utf-8")
    report = scanned(convert(source, suffix))
    assert [each.location.cell for each in report.findings if each.mask == phone(30)] == ["B1"]
