from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from piiscan.model import Count, FileRef, FileReport, Outcome, Part, Tally
from piiscan.scan import merge, scan_file
from piiscan.walk import iter_files
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from collections.abc import Callable


def reference(path: Path) -> FileRef:
    (item,) = iter_files(config_for(path))
    assert isinstance(item, FileRef)
    return item


def scanned(ref: FileRef) -> FileReport:
    *parts, report = scan_file(ref, config_for().scan)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def result(path: Path) -> tuple[Outcome, str]:
    report = scanned(reference(path))
    return report.outcome, report.reason


def order(folder: Path, text: str) -> Path:
    path = folder / "a.mock"
    path.write_text(text, encoding="utf-8")
    return path


def test_parts_come_first_and_one_report_last(tmp_path: Path) -> None:
    ref = reference(order(tmp_path, f"ok {PHONE}"))
    part, report = scan_file(ref, config_for().scan)
    assert isinstance(part, Part)
    assert isinstance(report, FileReport)
    assert len(part.findings) == 1
    assert (report.ref, report.outcome, report.findings) == (ref, Outcome.COMPLETE, ())
    assert report.tally == part.tally == Tally({"phone_mobile": Count(1, 1)}, {})
    assert (report.engine, report.bytes_read) == ("hyperscan", ref.size)


def test_the_path_is_scanned_as_well(tmp_path: Path) -> None:
    path = tmp_path / f"{PHONE.strip()}.txt"
    path.touch()
    (finding,) = scanned(reference(path)).findings
    assert (finding.location.part, finding.location.line) == ("path", None)


def test_an_empty_file_is_complete_unless_its_extractor_is_configured(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert result(tmp_path / "a") == (Outcome.COMPLETE, "")
    assert result(order(tmp_path, "")) == (Outcome.ERROR, "KeyError")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raise-with-pii 090-1234-5678", (Outcome.ERROR, "ValueError")),
        ("eio", (Outcome.ERROR, "EIO")),
        ("problems", (Outcome.UNSUPPORTED, "binary")),
    ],
)
def test_what_goes_wrong_is_the_outcome(text: str, expected: tuple[Outcome, str], tmp_path: Path) -> None:
    assert result(order(tmp_path, text)) == expected


def test_a_problem_does_not_end_the_scan(tmp_path: Path) -> None:
    assert len(scanned(reference(order(tmp_path, "problems"))).findings) == 1


def test_a_missing_library_is_unsupported(tmp_path: Path) -> None:
    config = replace(config_for().scan, extractors={".mock": "tests.no_such_module:extract"})
    *_, report = scan_file(reference(order(tmp_path, "ok")), config)
    assert isinstance(report, FileReport)
    assert (report.outcome, report.reason) == (Outcome.UNSUPPORTED, "needs tests.no_such_module")


def test_a_file_that_has_vanished(tmp_path: Path) -> None:
    ref = reference(order(tmp_path, "ok"))
    Path(ref.source).unlink()
    assert (scanned(ref).outcome, scanned(ref).reason) == (Outcome.ERROR, "vanished")


def _link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _copy(path: Path) -> None:
    path.write_text(f"ok {PHONE}", encoding="utf-8")


@pytest.mark.parametrize("instead", [_link, _copy, os.mkfifo, Path.mkdir])
def test_a_file_that_was_replaced_is_not_read(instead: Callable[[Path], None], tmp_path: Path) -> None:
    path = order(tmp_path, f"ok {PHONE}")
    ref = reference(path)
    path.rename(tmp_path / "moved")  # it lives on, so that its inode is not given to the new one
    instead(path)
    report = scanned(ref)
    assert (report.outcome, report.reason) == (Outcome.CHANGED, "replaced")
    assert (report.findings, report.bytes_read) == ((), 0)


def test_a_file_that_flips_with_a_link_never_gives_the_links_target(tmp_path: Path) -> None:
    path, secret = order(tmp_path, "ok nothing"), tmp_path / "secret"
    secret.write_text(f"ok {PHONE}", encoding="utf-8")
    ref, over = reference(path), threading.Event()

    def flip() -> None:
        file, link = tmp_path / "file", tmp_path / "link"
        while not over.is_set():
            path.rename(file)
            path.symlink_to(secret)
            path.rename(link)
            file.rename(path)
            link.unlink()

    flipping = threading.Thread(target=flip)
    flipping.start()
    reports = [scanned(ref) for _ in range(1000)]
    over.set()
    flipping.join()
    assert {report.outcome for report in reports} <= {Outcome.COMPLETE, Outcome.CHANGED, Outcome.ERROR}
    assert sum(len(report.findings) for report in reports) == 0


def test_a_file_that_was_modified_is_read_all_the_same(tmp_path: Path) -> None:
    ref = reference(order(tmp_path, "ok"))
    order(tmp_path, f"ok {PHONE}")
    report = scanned(ref)
    assert (report.outcome, report.reason, len(report.findings)) == (Outcome.CHANGED, "modified", 1)


def test_a_file_that_changes_while_it_is_read_keeps_its_findings(tmp_path: Path) -> None:
    report = scanned(reference(order(tmp_path, f"grow {tmp_path / 'a.mock'}")))
    assert (report.outcome, report.reason, len(report.findings)) == (Outcome.CHANGED, "modified", 1)


def test_a_reference_made_by_hand_needs_only_a_path(tmp_path: Path) -> None:
    path = order(tmp_path, f"ok {PHONE}")
    report = scanned(FileRef("a.mock", str(path)))
    assert (report.outcome, len(report.findings)) == (Outcome.COMPLETE, 1)


def test_reading_leaves_the_access_time(tmp_path: Path) -> None:
    path = order(tmp_path, "ok")
    os.utime(path, ns=(0, path.stat().st_mtime_ns))
    assert result(path) == (Outcome.COMPLETE, "")
    assert path.stat().st_atime_ns == 0


def test_a_dead_workers_report_takes_the_tally_of_its_last_part(tmp_path: Path) -> None:
    *parts, _ = scan_file(reference(order(tmp_path, f"ok {PHONE}")), config_for().scan)
    part = next(part for part in parts if isinstance(part, Part))
    report = merge([part], FileReport(FileRef("a", "a"), Outcome.CRASH, "signal 11"))
    assert (report.tally, report.findings) == (part.tally, part.findings)
