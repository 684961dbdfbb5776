"""Compiled automata are kept for this user and this machine; whatever happens to the files, they are made anew."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from piiscan import automata, automaton, derive, plan, stored
from piiscan.collector import Collector
from piiscan.detect import Detector
from piiscan.pattern import load_patterns
from piiscan.piece import Raw, Segment
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.pattern import Pattern
    from piiscan.plan import Part, Plan


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "piiscan"


def _made(content: bytes = b"patterns") -> tuple[bytes, int]:
    """Give what is stored or made, and how often it was made."""
    times = 0

    def make() -> bytes:
        nonlocal times
        times += 1
        return b"automaton of " + content

    return stored.stored("plan-utf-8", content, make), times


def test_it_is_made_once_and_only_its_owner_may_read_it(folder: Path) -> None:
    assert _made() == (b"automaton of patterns", 1)
    assert _made() == (b"automaton of patterns", 0)
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert _made(b"others") == (b"automaton of others", 1)


def test_who_comes_while_it_is_made_waits_for_it(folder: Path) -> None:
    made: list[bytes] = []

    def make() -> bytes:
        time.sleep(0.2)  # the others are there before it is done
        made.append(b"automaton")
        return made[-1]

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(lambda _: stored.stored("plan", b"x", make), range(4))] == [b"automaton"] * 4
    assert len(made) == 1
    assert [path.suffix for path in folder.iterdir()] == [".bin"], "no lock is left behind"


def test_who_waited_for_one_that_failed_makes_it(folder: Path) -> None:
    begun, failed = threading.Event(), threading.Event()

    def fail() -> bytes:
        begun.set()
        time.sleep(0.2)  # the other one waits by now
        failed.set()
        raise ValueError

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(stored.stored, "plan-utf-8", b"patterns", fail)
        assert begun.wait(10)
        assert _made() == (b"automaton of patterns", 1)
        assert failed.is_set()
        assert isinstance(first.exception(), ValueError)
    assert [path.suffix for path in folder.iterdir()] == [".bin"]


def test_a_lock_that_a_dead_process_left_is_no_obstacle(folder: Path) -> None:
    _made()
    (file,) = folder.iterdir()
    file.rename(file.with_suffix(".lock"))
    assert _made() == (b"automaton of patterns", 1)
    assert [path.suffix for path in folder.iterdir()] == [".bin"]


def test_what_nobody_reads_for_a_month_is_forgotten(folder: Path) -> None:
    _made(b"old")
    _made(b"in use")
    old, used = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    month_ago = time.time() - 31 * 86_400
    os.utime(old, (month_ago, month_ago))
    os.utime(used, (time.time(), month_ago))
    key = folder / "key"
    key.touch()
    os.utime(key, (month_ago, month_ago))
    _made(b"new")
    assert not old.exists()
    assert used.exists()
    assert key.exists(), "what was not compiled is not ours to forget"


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 500])
def test_a_damaged_file_is_made_anew(damage: bytes, folder: Path) -> None:
    _made()
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    assert _made() == (b"automaton of patterns", 1)
    assert _made() == (b"automaton of patterns", 0)


def test_a_flipped_bit_is_damage(folder: Path) -> None:
    _made()
    (file,) = folder.iterdir()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert _made() == (b"automaton of patterns", 1)


def test_a_file_that_others_could_have_written_is_not_believed(folder: Path) -> None:
    _made()
    (file,) = folder.iterdir()
    file.chmod(0o620)
    assert _made() == (b"automaton of patterns", 1)
    file.unlink()
    file.symlink_to(os.devnull)
    assert _made() == (b"automaton of patterns", 1)


def test_where_nothing_can_be_kept_it_is_made_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert _made() == (b"automaton of patterns", 1)
    assert _made() == (b"automaton of patterns", 1)


@pytest.mark.usefixtures("folder")
def test_another_processor_gets_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    _made()
    monkeypatch.setattr(stored, "_machine", lambda: b"another processor")
    assert _made() == (b"automaton of patterns", 1)


def test_without_the_library_everything_is_read_and_the_record_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "is_available", lambda: False)
    detector = Detector(config_for().scan)
    detector._engine._patience = 0
    assert detector.engine == "regex"
    assert len(Collector(detector).collect(Segment(PHONE + "本文 " * 100))) == 1


def test_what_cannot_be_stored_is_made_once_for_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    make_plan = derive.make_plan

    def make(patterns: tuple[Pattern, ...], encoding: str) -> tuple[Plan, dict[str, Part]]:
        calls.append(encoding)
        return make_plan(patterns, encoding)

    monkeypatch.setattr(automata, "stored", lambda _name, _content, made: made())
    monkeypatch.setattr(automata, "store", lambda *_: None)
    monkeypatch.setattr(derive, "make_plan", make)
    prefilter = automata.load_prefilter((load_patterns(config_for().scan)["birth_date"],), "utf-8", 100, 20)
    assert prefilter
    for text in (
        "生年月日 1980年1月2日",
        "生\u2003年\u2003月\u2003日 1980年1月2日",
        "ｱ" * 100 + "生年月日 1980年1月2日",
    ):
        windows = prefilter.windows(Raw(text.encode(), "utf-8"))
        assert windows
        assert "birth_date" in windows[0].regions
    assert calls == ["utf-8"]


def test_a_part_that_was_forgotten_is_made_anew(folder: Path) -> None:
    patterns = (load_patterns(config_for().scan)["birth_date"],)
    assert automata.load_prefilter(patterns, "utf-8", 100, 20)
    for part in plan.APART:
        (path,) = folder.glob(f"plan-utf-8-{part}-*.bin")
        path.unlink()
    told: list[set[str]] = []

    def ask() -> None:
        prefilter = automata.load_prefilter(patterns, "utf-8", 100, 20)
        told.append(prefilter.others("生年月日\n".encode()) if prefilter else set())

    # who waited for what it makes itself would wait for ever
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(60)
    assert told == [{"birth_date"}]
    assert len([*folder.glob("plan-utf-8-*.bin")]) == 1 + len(plan.APART)
