"""The program that looks at pictures: how it is called, what becomes of it, and what is made of what it says."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from piiscan import tesseract
from piiscan.cli.scan import scan
from piiscan.conditions import conditions_of
from piiscan.config import Limits
from piiscan.errors import ConfigError
from piiscan.eye import Eye
from piiscan.model import Confidence, FileRef, FileReport, Outcome, Part
from piiscan.ocrlines import lines_of
from piiscan.pages import Pages
from piiscan.piece import Picture, Pixels, Problem, Segment
from piiscan.scan import merge, scan_file
from tests.extractors.test_pdf_opinion import NEITHER
from tests.fake_tesseract import install, row
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from piiscan.piece import Leaf

WORDS = [
    row(1, (100, 100, 40, 20), "電話"),
    row(1, (142, 100, 40, 20), "番号"),
    row(1, (400, 101, 130, 18), "090-3123-4567"),
    row(2, (100, 150, 40, 20), "以上"),
]
PAGE = Pixels(400, 300, b"\xff" * 120_000, 300)
MEDIA = Problem(Outcome.SKIPPED, "media")


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    tesseract.program.cache_clear()


def looked(mode: str = "auto", picture: Picture | None = None) -> list[Leaf]:
    return list(Eye(mode, 2).look(picture or Picture(lambda: PAGE, MEDIA, 3)))


def png(size: tuple[int, int] = (400, 300)) -> bytes:
    stream = BytesIO()
    Image.new("L", size, 255).save(stream, "PNG")
    return stream.getvalue()


def pages(count: int) -> bytes:
    stream = BytesIO()
    Image.new("L", (400, 300), 200).save(
        stream, "PDF", save_all=True, append_images=[Image.new("L", (400, 300), 99)] * (count - 1)
    )
    return stream.getvalue()


def scanned(path: Path, content: bytes, mode: str = "auto", limits: Limits | None = None) -> FileReport:
    path.write_bytes(content)
    *parts, report = scan_file(
        FileRef(path.name, str(path)), replace(config_for().scan, ocr=mode, limits=limits or Limits())
    )
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def run_alone(path: Path, seconds: str) -> tuple[str, int]:
    """Scan a file as a person does, in workers that find the program that was installed; tell outcome and findings."""
    told = subprocess.run(
        [sys.executable, "-m", "piiscan", "scan", str(path), "--format", "jsonl", "-q", "--timeout", seconds],
        env={**os.environ, "XDG_CONFIG_HOME": str(path.parent / "config"), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    records = [json.loads(line) for line in told.stdout.splitlines()]
    (outcome,) = [record["outcome"] for record in records if record["record"] == "file"]
    return outcome, sum(record["record"] == "finding" for record in records)


def test_pixels_go_in_and_nothing_else_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    given = install(tmp_path / "bin", monkeypatch, WORDS)
    assert looked() == [Segment("電話番号\t090-3123-4567\n以上", part="ocr", page=3, doubt="ocr")]
    arguments, head, size, _, names, folder = ast.literal_eval(given.read_text(encoding="utf-8"))
    assert arguments == ["stdin", "stdout", "-l", "jpn+eng", "--psm", "11", "--dpi", "300", "tsv"]
    assert head.startswith(b"P5 400 300 255\n\xff")
    assert size == len("P5 400 300 255\n") + 120_000
    assert {"OMP_THREAD_LIMIT", "PATH"} <= set(names)
    assert "SECRET" not in names
    assert folder == "/"


@pytest.mark.parametrize("is_there", [True, False])
def test_without_the_program_or_its_japanese_pictures_are_what_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    install(tmp_path / "bin", monkeypatch, WORDS, languages="eng\nosd")
    if not is_there:
        monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    for mode in ("off", "auto"):
        assert looked(mode) == [MEDIA]
        report = scanned(tmp_path / "a.png", png(), mode)
        assert (report.outcome, report.reason, list(report.findings)) == (Outcome.SKIPPED, "media", [])
        assert report.pages == Pages(unread=1)
        report = scanned(tmp_path / "a.pdf", pages(2), mode)
        assert (report.outcome, report.reason, report.pages) == (Outcome.PARTIAL, "no text layer", Pages(unread=2))
    with pytest.raises(ConfigError, match="tesseract-ocr-jpn"):
        scan({"path": [str(tmp_path)], "ocr": "force"})


def test_a_program_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, WORDS)
    monkeypatch.setenv("PATH", ".")
    monkeypatch.chdir(tmp_path)
    assert looked() == [MEDIA]


def test_off_is_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = install(tmp_path / "bin", monkeypatch, WORDS)
    assert scanned(tmp_path / "a.png", png(), "off").reason == "media"
    assert not given.exists()


def test_what_is_seen_has_its_place_and_is_never_high(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "bin", monkeypatch, WORDS)
    report = scanned(tmp_path / "a.pdf", pages(1))
    (found,) = report.findings
    assert (report.outcome, found.pattern, found.confidence) == (Outcome.COMPLETE, "phone_mobile", Confidence.MEDIUM)
    assert report.pages == scanned(tmp_path / "a.png", png()).pages == Pages(read=1)
    assert (found.location.part, found.location.page, found.location.line, found.location.column) == ("ocr", 1, 1, 6)
    assert found.evidence == ("keyword:電話番号", "ocr")


def test_a_page_whose_characters_nobody_knows_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = scanned(tmp_path / "a.pdf", NEITHER, "off")
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "glyphs")
    install(tmp_path / "bin", monkeypatch, WORDS)
    report = scanned(tmp_path / "a.pdf", NEITHER)
    assert (report.outcome, [found.location.part for found in report.findings]) == (Outcome.COMPLETE, ["ocr"])


def test_pages_with_text_and_icons_are_looked_at_by_force_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = install(tmp_path / "bin", monkeypatch, WORDS)
    minor = Picture(lambda: PAGE, None, 1, is_minor=True)
    assert looked("auto", minor) == []
    assert scanned(tmp_path / "a.png", png((150, 90))).reason == "media"
    assert not given.exists()
    assert len(looked("force", minor)) == 1
    assert scanned(tmp_path / "a.png", png((150, 90)), "force").outcome is Outcome.COMPLETE


@pytest.mark.parametrize(("seconds", "code", "reason"), [(0, 1, "ocr"), (30, 0, "ocr time"), (0, -9, "ocr")])
def test_a_program_that_fails_or_hangs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int, code: int, reason: str
) -> None:
    monkeypatch.setattr("piiscan.eye.SECONDS", 1.0)
    given = install(tmp_path / "bin", monkeypatch, WORDS, seconds=seconds, code=code)
    assert looked() == [Problem(Outcome.PARTIAL, reason)]
    process = ast.literal_eval(given.read_text(encoding="utf-8"))[3]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_there_is_a_budget_of_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = install(tmp_path / "bin", monkeypatch, WORDS)
    report = scanned(tmp_path / "a.pdf", pages(4), limits=Limits(pictures=2))
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "ocr pages")
    assert [found.location.page for found in report.findings] == [1, 2]
    assert len(given.read_text(encoding="utf-8").splitlines()) == 2


def test_what_is_hard_to_read_is_turned_or_in_columns_and_else_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = install(tmp_path / "bin", monkeypatch, [row(1, (10, 10, 90, 20), "ﾅﾆｶ", 20.0)])
    assert looked()[1:] == [MEDIA]
    calls = [ast.literal_eval(line)[0][3:] for line in given.read_text(encoding="utf-8").splitlines()]
    assert calls == [
        ["jpn+eng", "--psm", "11", "--dpi", "300", "tsv"],
        ["0", "-l", "osd"],
        ["jpn+jpn_vert", "--dpi", "300", "tsv"],
    ]


def test_a_picture_that_cannot_be_decoded_is_not_shown_to_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = install(tmp_path / "bin", monkeypatch, WORDS)
    assert scanned(tmp_path / "a.png", png()[:-30]).reason == "damaged"
    assert not given.exists()


def test_the_time_of_pictures_is_not_that_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "bin", monkeypatch, WORDS, seconds=3)
    (tmp_path / "a.pdf").write_bytes(pages(4))
    assert run_alone(tmp_path / "a.pdf", "10") == ("complete", 4)


def test_a_program_dies_with_its_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = install(tmp_path / "bin", monkeypatch, WORDS, seconds=60)
    (tmp_path / "a.png").write_bytes(png())
    assert run_alone(tmp_path / "a.png", "3") == ("timeout", 0)
    process, until = ast.literal_eval(given.read_text(encoding="utf-8"))[3], time.monotonic() + 20
    with suppress(ProcessLookupError, FileNotFoundError):  # whoever inherits it may have buried it
        while "Z" not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split():
            assert time.monotonic() < until  # a busy machine may take its time to end what was killed
            time.sleep(0.1)


def test_results_depend_on_what_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_for().scan
    without = conditions_of(replace(config, ocr="auto"))
    install(tmp_path / "bin", monkeypatch, WORDS)
    assert conditions_of(replace(config, ocr="auto")) != without
    assert conditions_of(config) == conditions_of(replace(config, ocr="off"))


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["東京", 0, "都", 4], "東京都"),
        (["山田", 0, "太郎", 18], "山田 太郎"),
        (["なお", 0, "、", 2, "次", 18], "なお、次"),
        (["1234", 0, "5678", 9], "1234 5678"),
        (["taro", 0, "@", 5, "kaisha", 5], "taro@kaisha"),
        (["氏名", 0, "山田", 70], "氏名\t山田"),
    ],
)
def test_words_are_joined_as_they_are_printed(rows: list[str | int], text: str) -> None:
    left, words = 100, []
    for word, gap in zip(rows[::2], [0, *rows[3::2]], strict=True):
        left += int(gap)
        words.append(tesseract._word(row(1, (left, 100, 40, 20), str(word))))
        left += 40
    assert lines_of(filter(None, words)) == text


def test_a_column_is_a_line() -> None:
    words = [tesseract._word(row(1, (500, 100 + 50 * at, 20, 45), text)) for at, text in enumerate(["東京都", "港区"])]
    words += [tesseract._word(row(2, (400, 100, 20, 80), "氏名")), tesseract._word(row(2, (400, 185, 20, 80), "甲野"))]
    assert lines_of(filter(None, words)) == "東京都港区\n氏名甲野"
