from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from piiscan.errors import OutputError
from piiscan.sinks import open_sink

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with open_sink(str(tmp_path / "report")) as sink:
            sink.write("顧客.csv")
    finally:
        os.umask(before)
    assert (tmp_path / "report").read_text(encoding="utf-8") == "顧客.csv\n"
    assert (tmp_path / "report").stat().st_mode & 0o777 == 0o600


def test_an_old_report_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text("old", encoding="utf-8")

    def fail_half_way() -> None:
        with open_sink(str(target)) as sink:
            sink.write("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    (tmp_path / "report").symlink_to(victim)
    with pytest.raises(OutputError, match="symbolic link"), open_sink(str(tmp_path / "report")):
        pass
    assert victim.read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("name", ["folder", "pipe", "missing/report"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="cannot write"), open_sink(str(tmp_path / name)):
        pass


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    target = tmp_path / "report"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(OutputError, match="No space left"), open_sink(str(target)) as sink:
        sink.write("new")
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]
