from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from piiscan.errors import ConfigError
from piiscan.keys import KEY_BYTES, config_folder, load_key

if TYPE_CHECKING:
    from pathlib import Path


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    before = os.umask(0)
    try:
        key = load_key(environ)
    finally:
        os.umask(before)
    file = tmp_path / "piiscan" / "key"
    assert key == load_key(environ) == file.read_bytes()
    assert len(file.read_bytes()) == KEY_BYTES
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["key"]


def test_runs_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    environ = {"XDG_CONFIG_HOME": str(tmp_path)}
    keys: list[bytes | None] = []
    threads = [threading.Thread(target=lambda: keys.append(load_key(environ))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    file.write_bytes(bytes(KEY_BYTES))
    file.chmod(mode)
    with pytest.raises(ConfigError, match=r"key can be read by others: chmod 600"):
        load_key({"PIISCAN_KEY_FILE": str(file)})


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"short")
    file.chmod(0o600)
    with pytest.raises(ConfigError, match="32 bytes"):
        load_key({"PIISCAN_KEY_FILE": str(file)})


def test_a_pipe_instead_of_a_key_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "key", 0o600)
    with pytest.raises(ConfigError, match="not a file"):
        load_key({"PIISCAN_KEY_FILE": str(tmp_path / "key")})


def test_without_a_place_for_it_there_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "piiscan").write_text("in the way", encoding="utf-8")
    assert load_key({"XDG_CONFIG_HOME": str(tmp_path / "piiscan")}) is None


def test_a_named_key_must_be_usable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="fingerprint key"):
        load_key({"PIISCAN_KEY_FILE": str(tmp_path / "file" / "key")})


def test_a_relative_configuration_home_is_ignored() -> None:
    assert str(config_folder({"XDG_CONFIG_HOME": "here", "HOME": "/home/me"})) == "/home/me/.config/piiscan"
