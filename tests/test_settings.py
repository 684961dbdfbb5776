from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from piiscan.config_file import load_config_file
from piiscan.errors import ConfigError
from piiscan.model import Confidence, Sensitivity
from piiscan.settings import Settings, from_environ, from_flags, read_size, run_config, settle

if TYPE_CHECKING:
    from pathlib import Path


def test_the_command_line_outranks_the_environment_which_outranks_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('jobs = 2\ntimeout = 5\nmin_confidence = "low"\nexclude = ["a", "b"]\n', encoding="utf-8")
    environ = {"PIISCAN_JOBS": "3", "PIISCAN_TIMEOUT": "7.5", "PIISCAN_PATTERN": "email,my_number"}
    settings = settle(load_config_file(file), from_environ(environ), from_flags({"jobs": "4", "exclude": []}))
    assert settings == Settings(
        jobs=4, timeout=7.5, min_confidence=Confidence.LOW, exclude=("a", "b"), pattern=("email", "my_number")
    )


def test_no_source_at_all_gives_the_defaults() -> None:
    assert settle({}, from_environ({"PIISCAN_JOBS": ""}), from_flags({"jobs": None})) == Settings()


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("500M", 500_000_000), ("1.5k", 1500), ("2GiB", 2 * 1024**3), ("1 TB", 10**12)]
)
def test_sizes_are_read_in_bytes(text: str, size: int) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("jobs", "0"),
        ("jobs", "-1"),
        ("jobs", "２"),
        ("max_file_size", "5 apples"),
        ("max_file_size", "M"),
        ("timeout", "0"),
        ("timeout", "nan"),
        ("timeout", "inf"),
        ("max_locations", "x"),
        ("format", "xml"),
        ("min_confidence", "sure"),
        ("fail_on", "medium"),
        ("paths", "none"),
        ("output", ""),
        ("exclude", ["ok", ""]),
    ],
)
def test_a_bad_value_names_its_option(flag: str, value: object) -> None:
    with pytest.raises(ConfigError, match=rf"^--{flag.replace('_', '-')}: "):
        from_flags({flag: value})


def test_a_bad_environment_variable_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^PIISCAN_JOBS: not a whole number"):
        from_environ({"PIISCAN_JOBS": "many"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\nmin_confidnce = "low"', '2: unknown key "min_confidnce" (did you mean "min_confidence"?)'),
        ("colour = 1", '1: unknown key "colour"'),
        ("[scan]\njobs = 1", '1: unknown key "scan"'),
        ('jobs = "4"', '1: "jobs" must be a whole number'),
        ("jobs = true", '1: "jobs" must be a whole number'),
        ('explain = "yes"', '1: "explain" must be true or false'),
        ('exclude = "a"', '1: "exclude" must be a list of strings'),
        ("exclude = [1]", '1: "exclude" must be a list of strings'),
        ("timeout = []", '1: "timeout" must be a whole number or a number'),
        ("jobs = 1\njobs = 0", "2: Cannot overwrite a value"),
        ("quiet = true\njobs = 0", "2: jobs: not a whole number of at least 1"),
        ('a = "', "1: "),
    ],
)
def test_a_mistake_in_the_file_is_one_line_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load_config_file(file)
    assert str(error.value).startswith(f"{file}:{expected}")
    assert "\n" not in str(error.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load_config_file(tmp_path / "none.toml")
    (tmp_path / "sjis.toml").write_bytes("exclude = ['顧客']".encode("cp932"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config_file(tmp_path / "sjis.toml")


def test_settings_become_the_one_configuration_of_the_run() -> None:
    settings = settle(from_flags({"fail_on": "never", "max_file_size": "1k", "jobs": "3", "pattern": ["email"]}))
    config = run_config(settings, ("a",), ("b",), key=b"k", run_key=b"r")
    assert (config.paths, config.files, config.jobs, config.fail_on) == (("a",), ("b",), 3, None)
    assert (config.scan.patterns, config.scan.max_file_size, config.scan.key) == (("email",), 1000, b"k")
    assert run_config(Settings(), (), (), key=b"", run_key=b"").fail_on is Sensitivity.LOW
