"""Archives that 7-Zip, gcab and jlha made: each method is read, or named for what it is."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_file
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "Rengoku7"  # noqa: S105 - of what is made here
WRONG = "Kagami-8812"
#: Values enough that there is something to pack, and a name in Japanese.
FILES = {
    "名簿.csv": "氏名,電話番号\n" + "".join(f"見本 花子,090-8201-{number:04}\n" for number in range(2000)),
    "b.txt": "電話番号 090-8202-0001\n" + "".join(f"{number * 7919 % 1_000_003} あ\n" for number in range(9000)),
}
READ = (Outcome.COMPLETE, "")
LOCKED = (Outcome.ENCRYPTED, "password")
NO_METHOD = (Outcome.UNSUPPORTED, "compression")
METHODS = ("Copy", "Deflate", "Deflate64", "BZip2", "LZMA", "PPMd")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("members")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="cp932" if name.endswith(".csv") else "utf-8")
    return folder


def made(folder: Path, target: Path, *command: str, given: bytes = b"", **environment: str) -> Path:
    """Run a program in the folder of the members; it writes the archive."""
    words = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", **environment}
    subprocess.run(command, cwd=folder, input=given, env=words, check=True, capture_output=True)
    return target


def zipped(folder: Path, target: Path, *options: str) -> Path:
    return made(folder, target, "7z", "a", "-bso0", *options, str(target), *FILES)


def scanned(path: Path, *passwords: str) -> FileReport:
    *parts, report = scan_file(FileRef(path.name, str(path)), replace(config_for().scan, passwords=passwords))
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def ended(path: Path, *passwords: str) -> tuple[Outcome, str]:
    report = scanned(path, *passwords)
    distinct = {name: count.distinct for name, count in report.tally.shown.items()}
    if report.outcome is Outcome.COMPLETE:
        assert (report.members, distinct) == ({"complete": len(FILES)}, {"phone_mobile": 2001})
        assert ("名簿.csv",) in {finding.location.member for finding in report.findings}
    else:
        assert not distinct
    return report.outcome, report.reason


@pytest.mark.parametrize("method", [*METHODS, "XZ"])
def test_a_zip_of_each_method(folder: Path, tmp_path: Path, method: str) -> None:
    target = zipped(folder, tmp_path / "a.zip", f"-mm={method}", "-mcu=off")
    assert ended(target) == (NO_METHOD if method == "Deflate64" else READ)


@pytest.mark.parametrize("lock", ["ZipCrypto", "AES128", "AES256"])
@pytest.mark.parametrize("method", METHODS)
def test_a_locked_zip_of_each_method(folder: Path, tmp_path: Path, method: str, lock: str) -> None:
    target = zipped(folder, tmp_path / "a.zip", f"-mm={method}", f"-mem={lock}", f"-p{PASSWORD}")
    is_read = method in {"Copy", "Deflate"}
    assert ended(target) == LOCKED
    assert ended(target, WRONG, PASSWORD) == (READ if is_read else NO_METHOD)
    assert ended(target, WRONG) == (LOCKED if is_read else NO_METHOD)


@pytest.mark.parametrize("solid", ["on", "off"])
@pytest.mark.parametrize("method", [*METHODS, "LZMA2", "Delta:4"])
def test_a_7z_of_each_method(folder: Path, tmp_path: Path, method: str, solid: str) -> None:
    more = ["-m1=LZMA2"] if method == "Delta:4" else []
    target = zipped(folder, tmp_path / "a.7z", f"-m0={method}", *more, f"-ms={solid}")
    assert ended(target) == (NO_METHOD if method == "Deflate64" else READ)


@pytest.mark.parametrize("names", ["on", "off"])
def test_a_locked_7z_is_named(folder: Path, tmp_path: Path, names: str) -> None:
    target = zipped(folder, tmp_path / "a.7z", f"-p{PASSWORD}", f"-mhe={names}")
    assert ended(target) == ended(target, PASSWORD) == LOCKED


@pytest.mark.parametrize("name", ["", "名簿.csv"])
def test_a_7z_of_what_was_piped(folder: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "連絡先.csv.7z"
    made(folder, target, "7z", "a", "-bso0", f"-si{name}", str(target), given=FILES["名簿.csv"].encode("cp932"))
    report = scanned(target)
    assert (report.outcome, report.members) == (Outcome.COMPLETE, {"complete": 1})
    assert {finding.location.member for finding in report.findings} == {(name or "連絡先.csv",)}


@pytest.mark.parametrize("kind", ["zip", "7z"])
def test_a_volume_is_named(folder: Path, tmp_path: Path, kind: str) -> None:
    zipped(folder, tmp_path / f"a.{kind}", "-v5k")
    report = scanned(tmp_path / f"a.{kind}.001")
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "volume")


@pytest.mark.parametrize("options", [["-c"], ["-c", "-z"]], ids=["stored", "mszip"])
def test_a_cabinet(folder: Path, tmp_path: Path, options: list[str]) -> None:
    target = tmp_path / "a.cab"
    assert ended(made(folder, target, "gcab", *options, str(target), *FILES)) == READ


@pytest.mark.parametrize("level", ["0", "1", "2"])
@pytest.mark.parametrize(("method", "mark"), [("z", b"-lh0-"), ("o5", b"-lh5-"), ("o6", b"-lh6-"), ("o7", b"-lh7-")])
def test_an_lzh(folder: Path, tmp_path: Path, level: str, method: str, mark: bytes) -> None:
    target = tmp_path / "a.lzh"
    command = ("jlha", f"c{level}{method}", str(target), *FILES)
    made(folder, target, *command, JAVA_TOOL_OPTIONS="-Dlha.encoding=MS932")
    head = target.read_bytes()[:21]
    assert (head[2:7], head[20]) == (mark, int(level))
    assert ended(target) == READ
