"""Regexes of the standard library that an earlier process compiled are those that would be compiled now."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from piiscan import stdregexes

if TYPE_CHECKING:
    from pathlib import Path

#: Runs a scan, and tells what was compiled on the way.
_PROGRAM = """
import json, re, sys
from piiscan.__main__ import main
compiled = []
compiler = re._compiler.compile
re._compiler.compile = lambda source, flags=0: (compiled.append(str(source)), compiler(source, flags))[1]
sys.argv = ["piiscan", "scan", "--format", "jsonl", sys.argv[1]]
code = main()
sys.stdout.flush()
print(json.dumps([code, compiled]), file=sys.stderr)
"""


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "share").mkdir()
    (tmp_path / "share/a.txt").write_text("住所 東京都千代田区霞が関1-2-3 携帯電話 090-1234-5678\n", encoding="utf-8")
    (tmp_path / "share/b.csv").write_text("氏名,電話番号\n見本 花子,090-2345-6789\n", encoding="utf-8")
    return tmp_path / "share"


def _scanned(share: Path) -> tuple[list[str], list[str], int]:
    """Give what was compiled, the findings in the order of names (workers are done in any), and the exit code."""
    command = [sys.executable, "-c", _PROGRAM, str(share)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    code, compiled = json.loads(result.stderr.splitlines()[-1])
    records = [json.loads(line) for line in result.stdout.splitlines()]
    found = sorted(f"{each['path']}: {each['counts']}" for each in records if each["record"] == "file")
    return compiled, found, code


def test_a_second_process_compiles_next_to_nothing_and_finds_the_same(share: Path) -> None:
    first, found, code = _scanned(share)
    second, again, code_again = _scanned(share)
    assert len(first) > 150
    assert len(second) < 20, second
    assert (found, code) == (again, code_again)
    assert found


def test_what_is_put_in_place_is_what_would_be_compiled(share: Path) -> None:
    program = (
        "import re; from piiscan.stdregexes import put_in_place\n"
        "put_in_place(); re.purge(); put_in_place()\n"
        "for (_, source, flags), made in re._cache.items():\n"
        "    fresh = re._compiler.compile(source, flags)\n"
        "    assert made == fresh, source  # which compares the code\n"
        "    assert (made.groupindex, made.flags) == (fresh.groupindex, fresh.flags), source\n"
        "print(len(re._cache))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=share.parent
    )
    assert int(result.stdout) > 150, result.stderr


@pytest.mark.parametrize("damaged", [b"", b"\xf3nonsense", b"i"])
def test_what_is_damaged_is_left_alone(damaged: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[tuple[type, str, int], re.Pattern[str]] = {}
    monkeypatch.setattr(re, "_cache", known)
    monkeypatch.setattr(stdregexes, "stored", lambda *_: damaged)
    stdregexes.put_in_place()
    assert not known


def test_where_re_does_it_in_another_way_nothing_is_raised(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    def no_cache() -> None:
        raise AttributeError

    monkeypatch.setattr(stdregexes, "_known", no_cache)
    stdregexes.put_in_place()
