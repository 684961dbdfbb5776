"""Pages are counted once, whoever reads them: of each format that has some, in a result and in a catalog."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from fixtures.documents import pdf_file
from piiscan import backlog
from piiscan.catalog import opened
from piiscan.cli.coverage import coverage
from piiscan.cli.report import Asked, report
from piiscan.extractors import pdf
from piiscan.model import FileRef, FileReport, Outcome, Summary
from piiscan.pages import NO_PAGES, Pages
from piiscan.pool import scan_all
from piiscan.recording import Recording
from piiscan.reports import View, render
from piiscan.run import run
from piiscan.scan import scan_content
from piiscan.storagecopy import write_compound
from piiscan.walk import iter_files
from scripts.make_office import paragraph
from tests.extractors import test_docx, test_odf, test_ppt, test_pptx
from tests.extractors.raw_pdf import HELVETICA, write_stream
from tests.mock_extractor import MEGABYTE, PHONE, config_for

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.config import RunConfig

PICTURE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def document(texts: int, pictures: int) -> bytes:
    """Give a PDF with so many pages of text, and behind them so many that are pictures."""
    kids = b" ".join(b"%d 0 R" % (7 + number) for number in range(texts + pictures))
    resources = b"/Resources << /XObject << /I 3 0 R >> /Font << /F 4 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R %b >>"
    return pdf_file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%b] >>" % (texts + pictures, kids),
        write_stream(b"\x80", PICTURE),
        HELVETICA,
        write_stream(b"BT /F 12 Tf 72 700 Td (Nothing but a line of plain words for everybody) Tj ET"),
        write_stream(b"q 600 0 0 800 0 0 cm /I Do Q"),
        *[page % (5, resources)] * texts,
        *[page % (6, resources)] * pictures,
    )


def picture(form: str = "PNG", frames: int = 1, size: tuple[int, int] = (400, 300)) -> bytes:
    stream = io.BytesIO()
    images = [Image.new("L", size, 255) for _ in range(frames)]
    images[0].save(stream, form, **({"save_all": True, "append_images": images[1:]} if frames > 1 else {}))
    return stream.getvalue()


def archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, data in files.items():
            file.writestr(name.replace("_", "."), data)
    return stream.getvalue()


def presentation() -> bytes:
    return write_compound(
        {("PowerPoint Document",): test_ppt.presentation(), ("Current User",): bytes(12) + b"\x5f\xc0\x91\xe3"}
    )


def cut_slide(data: bytes) -> bytes:
    """Damage the second slide as it lies in the archive."""
    at = data.index(b"ppt/slides/slide2.xml") + 40
    return data[:at] + bytes(9) + data[at + 9 :]


SLIDES = "".join(f"<draw:page>{paragraph('表紙')}</draw:page>" for _ in range(3)) + "<draw:page/>"
FILES: dict[str, tuple[bytes, Pages]] = {
    "text.pdf": (document(3, 0), Pages(3)),
    "scan.pdf": (document(2, 3), Pages(2, 3)),
    "cut.pdf": (document(2, 1)[:-8], Pages(2, 1)),
    "no.pdf": (b"%PDF-1.4\n%%EOF", NO_PAGES),
    "deck.pptx": (test_pptx.deck(test_pptx.shape("本文")), Pages(2)),
    "cut.pptx": (cut_slide(test_pptx.deck()), Pages(1, 1)),
    "broken.pptx": (test_pptx.deck(**{"ppt/slides/slide2.xml": test_pptx.slide("")[:-9]}), Pages(1, 1)),
    "slides.odp": (test_odf.pack(SLIDES, "presentation"), Pages(4)),
    "letter.odt": (test_odf.pack(paragraph("本文")), NO_PAGES),
    "old.ppt": (presentation(), Pages(2)),
    "photo.png": (picture(), Pages(0, 1)),
    "fax.tiff": (picture("TIFF", 3), Pages(0, 3)),
    "icon.png": (picture(size=(16, 16)), NO_PAGES),
    "letter.docx": (
        test_docx.document(test_docx.paragraph("本文"), {"word/media/image1.png": picture()}),
        NO_PAGES,
    ),
    "all.zip": (archive(a_pdf=document(1, 2), b_png=picture(), c_txt=b"memo"), Pages(1, 3)),
    "memo.txt": ("議事録\n".encode(), NO_PAGES),
}


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    for number, (name, (data, _)) in enumerate(FILES.items()):
        path = folder / f"部{number % 2}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def config_of(folder: Path) -> RunConfig:
    config = config_for(folder, jobs=1, memory=2_000 * MEGABYTE)
    return replace(config, scan=replace(config.scan, is_kept=True, ocr="off"))


def keep(folder: Path, catalog: Path) -> dict[str, FileReport]:
    """Scan into a catalog; give the reports by name."""
    with opened(catalog, writes=True) as connection:
        config = config_of(folder)
        records = list(run(config, store=Recording(connection, catalog, config)))
    return {each.ref.path.partition("/")[2]: each for each in records if isinstance(each, FileReport)}


def told_by(source: Path, form: str = "json") -> Any:  # noqa: ANN401 - what JSON holds
    output = source.with_suffix(f".{form}")
    coverage(str(source), None, 1, form, str(output), None)
    text = output.read_text(encoding="utf-8")
    return json.loads(text) if form == "json" else text


def test_pages_of_every_format_are_told(share: Path) -> None:
    *reports, summary = (each for each in run(config_of(share)) if isinstance(each, FileReport | Summary))
    found = {each.ref.path.partition("/")[2]: each.pages for each in reports if isinstance(each, FileReport)}
    assert found == {name: pages for name, (_, pages) in FILES.items()}
    assert isinstance(summary, Summary)
    assert summary.pages == Pages.sum(*found.values())
    causes = {(each.outcome, each.reason): each.pages for each in summary.gaps.causes}
    assert causes[Outcome.PARTIAL, "no text layer"] == 3
    assert causes[Outcome.PARTIAL, "members"] == 3


def test_a_result_and_a_catalog_tell_the_same_pages(share: Path, tmp_path: Path) -> None:
    keep(share, tmp_path / "catalog")
    result = tmp_path / "result"
    result.write_text("\n".join(render("jsonl", run(config_of(share)), View())) + "\n", encoding="utf-8")
    told = told_by(result)
    assert told == told_by(tmp_path / "catalog")
    whole = Pages.sum(*(pages for _, pages in FILES.values()))
    left_out = 1 + 3  # the pictures, of which nothing is said where nobody looks
    assert (told["pages"], told["read"]["pages"], told["unread_pages"]) == (sum(whole), whole[0], whole[1] - left_out)
    formats = {each["suffix"]: (each["pages"], each["unread_pages"]) for each in told["formats"]}
    assert formats[".pdf"] == (11, 4)
    assert formats[".pptx"] == (6, 2)
    assert (formats[".odp"], formats[".tiff"], formats[".docx"]) == ((4, 0), (3, 0), (0, 0))
    for each in ("folders", "formats"):
        assert sum(row["pages"] for row in told[each]) == told["pages"]
        assert sum(row["unread_pages"] for row in told[each]) == told["unread_pages"]
    assert {each["reason"]: each["pages"] for each in told["causes"]}["media"] == left_out
    assert sum(each["pages"] for each in told["causes"] if each["unread"]) == told["unread_pages"]
    rows = [*csv.DictReader(io.StringIO(told_by(result, "csv").lstrip("\ufeff")))]
    assert sum(int(row["unread_pages"]) for row in rows if row["table"] == "cause") == told["unread_pages"]
    assert f"{sum(whole):,} pages" in told_by(result, "human")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_report_on_a_catalog_sums_up_the_pages_that_were_not_read(
    language: str, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    keep(share, tmp_path / "catalog")
    texts = {}
    for form in ("human", "html", "json"):
        output = tmp_path / f"report.{form}"
        report(Asked(str(tmp_path / "catalog")), form, str(output), None)
        texts[form] = output.read_text(encoding="utf-8")
    unread = {each["path"].partition("/")[2]: each["pages"] for each in json.loads(texts["json"])["unread"]}
    assert unread["scan.pdf"] == {"read": 2, "unread": 3}
    count = sum(pages["unread"] for pages in unread.values())
    for form in ("human", "html"):
        assert (f"at least {count} pages" if language == "en" else f"{count} ページ以上") in texts[form]


def test_what_has_not_changed_keeps_its_pages(share: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    keep(share, catalog)
    first = told_by(catalog)
    again = keep(share, catalog)
    assert again["scan.pdf"].pages == Pages(2, 3)
    assert told_by(catalog) == first


def test_older_results_and_catalogs_know_no_pages(share: Path, tmp_path: Path) -> None:
    catalog, result = tmp_path / "catalog", tmp_path / "result"
    keep(share, catalog)
    with opened(catalog, writes=True) as connection:
        connection.executescript("DROP TABLE page; PRAGMA user_version = 2")
    records = [json.loads(line) for line in render("jsonl", run(config_of(share)), View())]
    for record in records:
        record.pop("pages", None)
    result.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    for told in (told_by(catalog), told_by(result)):
        assert (told["files"], told["pages"], told["unread_pages"], told["read"]["pages"]) == (len(FILES), 0, 0, 0)
    catalog.chmod(0o400)
    assert told_by(catalog)["pages"] == 0
    catalog.chmod(0o600)
    (share / "部0/new.pdf").write_bytes(document(1, 0))
    keep(share, catalog)  # makes the table that is missing
    assert told_by(catalog)["pages"] == 1


def test_pages_beyond_the_limit_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PAGES", 2)
    *_, told = scan_content(FileRef("long.pdf", "long.pdf"), document(5, 0), config_of(tmp_path).scan)
    assert isinstance(told, FileReport)
    assert (told.reason, told.pages) == ("pages", Pages(2, 3))


def test_who_shares_a_file_counts_its_pages_once(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LARGE", 1)
    config = replace(config_of(share), jobs=3)
    config = replace(config, scan=replace(config.scan, patterns=("phone_mobile",)))
    reports = {each.ref.path.partition("/")[2]: each.pages for each in scan_all(iter_files(config), config)}
    assert reports == {name: pages for name, (_, pages) in FILES.items()}


@pytest.mark.parametrize("large", [1, 1000])
def test_who_dies_leaves_the_pages_it_had_told_of(large: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LARGE", large)
    (tmp_path / "a.mock").write_text(f"turn-then-die {PHONE}", encoding="utf-8")
    config = config_for(tmp_path, jobs=2)
    config = replace(config, scan=replace(config.scan, patterns=("phone_mobile",)))
    (told,) = scan_all(iter_files(config), config)
    assert (told.outcome, told.pages) == (Outcome.CRASH, Pages(2, 1))
