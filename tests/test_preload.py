from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan import preload

if TYPE_CHECKING:
    from pathlib import Path


def _sparse(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.truncate(size)


def test_a_glance_tells_masses_from_little(tmp_path: Path) -> None:
    assert not preload.holds_masses(["--quiet", str(tmp_path / "nothing"), "a\0b", str(tmp_path)])
    _sparse(tmp_path / "few" / "small", 1_000_000)
    _sparse(tmp_path / "many" / "deep" / "er" / "1", 10_000_000)
    _sparse(tmp_path / "many" / "2", 10_000_000)
    assert not preload.holds_masses([str(tmp_path / "few")])
    assert preload.holds_masses([str(tmp_path)])
    assert preload.holds_masses([str(tmp_path / "many" / "deep"), str(tmp_path / "many" / "2")])


def test_what_is_packed_counts_for_more(tmp_path: Path) -> None:
    _sparse(tmp_path / "text" / "1.csv", 5_000_000)
    _sparse(tmp_path / "book" / "1.XLSX", 5_000_000)
    assert not preload.holds_masses([str(tmp_path / "text")])
    assert preload.holds_masses([str(tmp_path / "book")])
    assert preload.holds_masses([str(tmp_path / "book" / "1.XLSX")])
