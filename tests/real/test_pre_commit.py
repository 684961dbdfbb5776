"""The hook as pre-commit runs it: configured from our own .pre-commit-hooks.yaml, in a repository of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CARD = "カード番号：4539 1488 0343 6467\n"
WHO = ("-c", "user.name=t", "-c", "user.email=t@piiscan-demo.jp")


def _run(folder: Path, *command: str) -> tuple[int, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT", "LANG"))}
    home = folder.parent / "home"
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environ = {**kept, "HOME": str(home), "PRE_COMMIT_HOME": str(home), "PATH": programs, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (tmp_path / "home").mkdir()
    _code, revision = _run(ROOT, "git", "rev-parse", "HEAD")
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {ROOT}\n  rev: {revision.strip()}\n  hooks:\n  - id: piiscan-system\n", encoding="utf-8"
    )
    _run(folder, "git", "init", "-q")
    assert _run(folder, "pre-commit", "install")[0] == 0
    return folder


def _commit(folder: Path, name: str, content: str, later: str | None = None) -> tuple[int, str]:
    (folder / name).write_text(content, encoding="utf-8")
    _run(folder, "git", "add", "--all")
    if later is not None:
        (folder / name).write_text(later, encoding="utf-8")
    return _run(folder, "git", *WHO, "commit", "-m", "x")


def test_a_clean_commit_passes_and_a_number_gone_from_the_work_tree_blocks(repository: Path) -> None:
    code, told = _commit(repository, "a.txt", "x\n")
    assert code == 0, told
    code, told = _commit(repository, "a.txt", "x\n" + CARD, later="x\n")
    assert code == 1
    assert "piiscan: blocked: a.txt:2:7 Payment card number **** **** **** 6467" in told
    assert "piiscan: remove it" in told
    assert "1488" not in told


def test_all_files_are_read_with_something_staged_too(repository: Path) -> None:
    (repository / "old.txt").write_text(CARD, encoding="utf-8")
    (repository / "-c").write_text("x\n", encoding="utf-8")
    _run(repository, "git", "add", "--all")
    assert _run(repository, "git", *WHO, "commit", "--no-verify", "-m", "x")[0] == 0
    code, told = _commit(repository, "new.txt", "x\n")
    assert code == 0, told
    (repository / "newer.txt").write_text("x\n", encoding="utf-8")
    _run(repository, "git", "add", "--all")
    for arguments in (["--all-files"], ["--files", "old.txt", "newer.txt"]):
        code, told = _run(repository, "pre-commit", "run", *arguments)
        assert code == 1
        assert "old.txt:1:7" in told
    code, told = _run(repository, "pre-commit", "run")
    assert code == 0, told


def test_all_files_are_read(repository: Path) -> None:
    (repository / "old.txt").write_text(CARD, encoding="utf-8")
    _run(repository, "git", "add", "--all")
    assert _run(repository, "git", *WHO, "commit", "--no-verify", "-m", "x")[0] == 0
    code, told = _run(repository, "pre-commit", "run", "--all-files")
    assert code == 1
    assert "old.txt:1:7" in told
    commit = _run(repository, "git", *WHO, "commit", "--no-verify", "--allow-empty", "-m", "y")
    assert commit[0] == 0
    assert _run(repository, "pre-commit", "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")[0] == 0
