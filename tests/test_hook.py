"""The hook in real repositories: what is staged decides, and nothing of a repository is executed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CARD = "カード番号：4539 1488 0343 6467\n"
PHONE = "携帯電話：090-1234-5678\n"
PEOPLE = "氏名,携帯電話\n" + "".join(f"山田,090-1234-56{number:02}\n" for number in range(10))
WHO = ("-c", "user.name=t", "-c", "user.email=t@piiscan-demo.jp", "-c", "core.hooksPath=/dev/null")
REMEDY = (
    "piiscan: remove it, replace it by a dummy value, or say on its line why it may stay: "
    "piiscan: ignore[payment_card] <reason>"
)
#: Repositories lie elsewhere, and the package under test is the one of this checkout.
ROOT = str(Path(__file__).parent.parent)


class Repository:
    """A repository and the hook in it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIISCAN_", "GIT_", "PRE_COMMIT", "LANG"))}
        self.environ = {
            **kept,
            "XDG_CONFIG_HOME": str(home),
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": ROOT,
        }
        folder.mkdir()
        self.git("init", "-q")

    def git(self, *arguments: str) -> str:
        command = ["git", *WHO, *arguments]
        done = subprocess.run(command, cwd=self.folder, env=self.environ, check=True, capture_output=True, text=True)
        return done.stdout

    def stage(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--", name)
        return path

    def commit(self) -> str:
        self.git("commit", "-q", "-m", "x")
        return self.git("rev-parse", "HEAD").strip()

    def hook(self, *arguments: str, **environ: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "piiscan", "hook", *arguments]
        done = subprocess.run(
            command, cwd=self.folder, env={**self.environ, **environ}, capture_output=True, check=False
        )
        told = (done.stdout + done.stderr).decode()
        assert "internal error" not in told
        assert "1488" not in told
        return done.returncode, told


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    home = tmp_path / "home"
    home.mkdir()
    return Repository(tmp_path / "repository", home)


def test_a_number_that_is_staged_and_gone_from_the_work_tree_blocks_in_two_lines(repository: Repository) -> None:
    repository.stage("a.txt", "x\n")
    repository.commit()
    repository.stage("a.txt", "x\n" + CARD).write_text("x\n", encoding="utf-8")
    code, told = repository.hook()
    assert code == 1
    assert told.splitlines() == [
        "piiscan: blocked: a.txt:2:7 Payment card number **** **** **** 6467",
        REMEDY,
    ]


def test_the_message_is_japanese_where_japanese_is_wanted(repository: Repository) -> None:
    repository.stage("a.txt", CARD)
    assert "中止: a.txt:1:7" in repository.hook(LANGUAGE="ja")[1]


def test_what_is_only_in_the_work_tree_does_not_block(repository: Repository) -> None:
    repository.stage("a.txt", "x\n").write_text(CARD, encoding="utf-8")
    assert repository.hook() == (0, "")


def test_the_first_commit_is_judged(repository: Repository) -> None:
    repository.stage("a.txt", CARD)
    assert repository.hook()[0] == 1


def test_only_added_lines_block(repository: Repository) -> None:
    repository.stage("a.txt", CARD + "x\n")
    repository.commit()
    repository.stage("a.txt", "new\n" + CARD + "y\n")
    assert repository.hook() == (0, "")
    repository.stage("a.txt", "new\n" + CARD + "y\n別の" + CARD)
    code, told = repository.hook()
    assert code == 1
    assert "a.txt:4:9" in told


def test_a_line_is_judged_by_the_header_above_it(repository: Repository) -> None:
    repository.stage("a.csv", "氏名,カード番号\n山田,\n")
    repository.commit()
    repository.stage("a.csv", "氏名,カード番号\n山田,\n鈴木,4539148803436467\n")
    assert "a.csv:3:4" in repository.hook()[1]


@pytest.mark.parametrize(
    "content", [CARD.encode("utf-16"), ("x\r" + CARD).encode()], ids=["two bytes", "carriage return"]
)
def test_where_lines_are_counted_in_another_way_all_of_them_count(repository: Repository, content: bytes) -> None:
    repository.stage("a.txt", content)
    repository.commit()
    repository.stage("a.txt", content + (b"\n\0" if b"\0" in content else b"\n"))
    assert repository.hook()[0] == 1


def test_a_renamed_file_is_judged_by_what_was_added(repository: Repository) -> None:
    content = CARD + "x\n" * 50
    repository.stage("a.txt", content)
    repository.commit()
    repository.git("mv", "a.txt", "b.txt")
    assert repository.hook()[0] == 0
    repository.stage("b.txt", content + CARD)
    assert "b.txt:52:7" in repository.hook()[1]


def test_an_attribute_that_calls_text_binary_hides_no_line(repository: Repository) -> None:
    repository.stage(".gitattributes", "* binary\n")
    repository.stage("a.txt", "x\n")
    repository.commit()
    repository.stage("a.txt", "x\n" + CARD)
    assert "a.txt:2:7" in repository.hook()[1]


@pytest.mark.parametrize("name", ["新しい 行\n名前.txt", '"quoted".txt', "-c", ":(top)x.txt", "tab\t.txt"])
def test_names_are_only_names(repository: Repository, name: str) -> None:
    path = repository.folder / name
    path.write_text("x\n", encoding="utf-8")
    repository.git("add", ".")
    repository.commit()
    path.write_text("x\n" + CARD, encoding="utf-8")
    repository.git("add", ".")
    code, told = repository.hook()
    assert (code, len(told.splitlines())) == (1, 2)
    assert repository.hook("--all-files")[0] == 1


def test_a_number_in_a_new_name_blocks(repository: Repository) -> None:
    repository.stage("カード番号4539-1488-0343-6467.txt", "x\n")
    code, told = repository.hook(PIISCAN_PATHS="masked")
    assert code == 1
    assert "6467.txt" in told


def test_contact_details_only_warn(repository: Repository) -> None:
    repository.stage("README.md", "連絡先: taro.suzuki@piiscan-shouji.co.jp\n" + PHONE)
    code, told = repository.hook()
    assert code == 0
    assert "found, but not blocked: README.md:2:6 Mobile telephone number ***-****-5678" in told


def test_a_list_of_people_blocks(repository: Repository) -> None:
    repository.stage("list.csv", PEOPLE.rpartition("山田")[0])
    assert repository.hook()[0] == 0
    repository.stage("list.csv", PEOPLE)
    code, told = repository.hook()
    assert code == 1
    assert "… and 9 more" in told
    repository.commit()
    repository.stage("list.csv", PEOPLE + "山田,090-1234-5699\n")
    assert repository.hook()[0] == 0


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# piiscan: ignore[payment_card] test number of the card company", 0),
        ("# piiscan: ignore[phone_mobile, payment_card] 試験用", 0),
        ("<!-- piiscan: ignore[payment_card] -->", 1),
        ("# piiscan: ignore[payment_card]", 1),
        ("# piiscan: ignore[my_number] wrong", 1),
        ("# piiscan: ignore[] all of them", 1),
    ],
)
def test_a_finding_is_suppressed_on_its_line_with_a_reason(repository: Repository, comment: str, code: int) -> None:
    repository.stage("a.txt", CARD.replace("\n", f" {comment}\n"))
    assert repository.hook()[0] == code


def test_a_comment_on_another_line_suppresses_nothing(repository: Repository) -> None:
    repository.stage("a.txt", "# piiscan: ignore[payment_card] reason\n" + CARD)
    assert repository.hook()[0] == 1


def test_unread_files_warn_and_block_when_strict(repository: Repository) -> None:
    repository.stage("a.bin", bytes(range(256)))
    code, told = repository.hook()
    assert code == 0
    assert told.startswith("piiscan: not read: a.bin: format not supported")
    assert repository.hook("--strict")[0] == 1


def test_a_pointer_of_lfs_is_not_read(repository: Repository) -> None:
    repository.stage("a.csv", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n")
    code, told = repository.hook("--strict")
    assert code == 1
    assert "a.csv: format not supported: stored in Git LFS" in told


def test_a_blob_that_is_too_large_is_not_read_and_the_next_one_is(repository: Repository) -> None:
    repository.stage("a.txt", "x" * 3_000_000)
    repository.stage("b.txt", CARD)
    code, told = repository.hook(PIISCAN_MAX_FILE_SIZE="1M")
    assert code == 1
    assert "not read: a.txt" in told
    assert "blocked: b.txt" in told


def test_a_blob_that_is_missing_is_not_read(repository: Repository) -> None:
    repository.stage("a.txt", "x\n")
    blob = repository.git("rev-parse", ":a.txt").strip()
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert repository.hook("--strict") == (
        1,
        "piiscan: not read, and blocked by --strict: a.txt: cannot be opened: missing\n",
    )


def test_links_and_submodules_are_no_files(repository: Repository) -> None:
    (repository.folder / "link").symlink_to("/etc/hostname")
    repository.git("add", "link")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
    assert repository.hook("--strict") == (0, "")


def test_a_pushed_range_is_judged_by_its_end(repository: Repository) -> None:
    repository.stage("a.txt", CARD)
    start = repository.commit()
    repository.stage("a.txt", CARD + "x\n")
    clean = repository.commit()
    repository.stage("b.txt", CARD)
    end = repository.commit()
    assert repository.hook(PRE_COMMIT_FROM_REF=start, PRE_COMMIT_TO_REF=clean)[0] == 0
    assert "b.txt:1:7" in repository.hook(PRE_COMMIT_FROM_REF=start, PRE_COMMIT_TO_REF=end)[1]
    code, told = repository.hook(PRE_COMMIT_FROM_REF="--output=x", PRE_COMMIT_TO_REF=end)
    assert (code, "PRE_COMMIT_FROM_REF" in told) == (2, True)


def test_all_files_are_all_that_are_tracked(repository: Repository) -> None:
    repository.stage("deep/a.txt", CARD)
    repository.commit()
    (repository.folder / "untracked.txt").write_text(CARD, encoding="utf-8")
    assert repository.hook() == (0, "")
    for told in (repository.hook("--all-files"), repository.hook(PRE_COMMIT="1")):
        assert told[0] == 1
        assert "deep/a.txt:1:7" in told[1]
        assert "untracked" not in told[1]


def test_a_named_file_that_is_not_staged_is_read_whole_beside_one_that_is(repository: Repository) -> None:
    repository.stage("old.txt", CARD)
    repository.commit()
    repository.stage("new.txt", "x\n")
    assert repository.hook("new.txt") == (0, "")
    code, told = repository.hook("--", "new.txt", "old.txt")
    assert code == 1
    assert "old.txt:1:7" in told


def test_staged_files_that_are_named_are_judged_by_their_lines_and_others_not_at_all(repository: Repository) -> None:
    repository.stage("a.txt", CARD)
    repository.commit()
    repository.stage("a.txt", CARD + "x\n")
    repository.stage("sub/b.txt", CARD)
    assert repository.hook("a.txt") == (0, "")
    repository.folder /= "sub"
    assert "sub/b.txt:1:7" in repository.hook("b.txt")[1]


def test_a_staged_file_that_is_gone_from_the_work_tree_cannot_be_named_and_is_judged(repository: Repository) -> None:
    repository.stage("a.txt", "x\n")
    repository.stage("gone.txt", CARD).unlink()
    assert "gone.txt:1:7" in repository.hook("a.txt")[1]


def test_a_name_that_is_not_tracked_is_told(repository: Repository) -> None:
    (repository.folder / "--config").write_text(CARD, encoding="utf-8")
    assert repository.hook("--strict", "--", "--config") == (
        1,
        "piiscan: not read, and blocked by --strict: --config: cannot be opened: missing\n",
    )


def test_in_a_merge_all_that_is_staged_counts_whatever_is_named(repository: Repository) -> None:
    repository.stage("a.txt", CARD + "x\n")
    base = repository.commit()
    repository.git("checkout", "-q", "-b", "other")
    repository.stage("a.txt", CARD + "other\n")
    repository.stage("b.txt", "x\n")
    repository.commit()
    repository.git("checkout", "-q", "-b", "mine", base)
    repository.stage("a.txt", CARD + "mine\n")
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "-q", "other")
    repository.stage("a.txt", CARD + "mine\n")  # which is as in HEAD, and yet it conflicted
    assert repository.hook("a.txt") == (0, "")
    repository.stage("b.txt", CARD)
    assert "b.txt:1:7" in repository.hook("a.txt")[1]


@pytest.mark.parametrize(
    ("name", "text"),
    [("piiscan.toml", 'exclude = ["samples/"]\n'), ("pyproject.toml", '[tool.piiscan]\nexclude = ["samples/"]\n')],
)
def test_the_repository_configures_the_hook(repository: Repository, name: str, text: str) -> None:
    (repository.folder / name).write_text(text, encoding="utf-8")
    repository.stage("samples/a.txt", CARD)
    assert repository.hook("--strict") == (0, "")


def test_mistakes_exit_2(repository: Repository, tmp_path: Path) -> None:
    (repository.folder / "piiscan.toml").write_text("exclud = []\n", encoding="utf-8")
    assert repository.hook()[0] == 2
    (repository.folder / "piiscan.toml").write_text("reveal = true\n", encoding="utf-8")
    assert repository.hook()[0] == 2
    repository.folder = tmp_path
    code, told = repository.hook(GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert (code, told.startswith("piiscan: error: git: ")) == (2, True)


def _fsmonitor(repository: Repository, program: Path) -> None:
    repository.git("config", "core.fsmonitor", str(program))


def _textconv(repository: Repository, program: Path) -> None:
    (repository.folder / ".gitattributes").write_text("*.txt diff=evil filter=evil\n", encoding="utf-8")
    for key in ("diff.evil.textconv", "diff.evil.command", "diff.external", "filter.evil.clean", "filter.evil.smudge"):
        repository.git("config", key, str(program))


def _hooks(repository: Repository, program: Path) -> None:
    repository.git("config", "core.hooksPath", str(program.parent))
    repository.git("config", "core.pager", str(program))
    repository.git("config", "alias.diff", f"!{program}")


def _promisor(repository: Repository, program: Path) -> None:
    blob = repository.git("rev-parse", ":a.txt").strip()
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    repository.git("config", "extensions.partialClone", "origin")
    repository.git("config", "core.repositoryFormatVersion", "1")
    repository.git("config", "remote.origin.promisor", "true")
    repository.git("config", "remote.origin.url", f"ext::{program}")
    repository.git("config", "protocol.ext.allow", "always")


@pytest.mark.parametrize("trap", [_fsmonitor, _textconv, _hooks, _promisor])
def test_nothing_that_a_repository_names_is_executed(
    repository: Repository, tmp_path: Path, trap: Callable[[Repository, Path], None]
) -> None:
    marker, program = tmp_path / "marker", tmp_path / "trap/post-index-change"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {marker}\n", encoding="utf-8")
    program.chmod(0o755)
    repository.stage("a.txt", "x\n")
    repository.commit()
    repository.stage("a.txt", "x\n" + CARD)
    trap(repository, program)
    repository.hook()
    repository.hook("--all-files", "--strict")
    assert not marker.exists()
