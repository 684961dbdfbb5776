"""The options of a scan: collected from command line, environment and file, read and checked in this one place.

The command line outranks the environment (PIISCAN_JOBS), which outranks the configuration file (`jobs = 4`). A
value that cannot be used is told with the place it came from.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from piiscan.config import MEGABYTE, RunConfig, ScanConfig
from piiscan.errors import ConfigError
from piiscan.hours import read_hours
from piiscan.messages import _
from piiscan.model import Confidence, Sensitivity
from piiscan.pace import Pace
from piiscan.passwords import load_passwords
from piiscan.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from piiscan.acknowledge import Acknowledgement
    from piiscan.hours import Hours

STDIO = "-"
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)(i?)B?", re.IGNORECASE)
_POWER = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every option of `piiscan scan` with its default; a field's name is its key in environment and file.

    `jobs` 0 means one for each core; `max_file_size` is in bytes, `timeout` in seconds.
    """

    format: str = "human"
    output: str = STDIO
    jobs: int = 0
    min_confidence: Confidence = Confidence.MEDIUM
    fail_on: Sensitivity | None = Sensitivity.LOW
    pattern: tuple[str, ...] = ()
    pattern_file: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    files_from: str | None = None
    max_file_size: int | None = None
    timeout: float = 60.0
    max_locations: int = 100
    engine: str = "auto"
    explain: bool = False
    explain_dropped: bool = False
    reveal: bool = False
    paths: str = "full"
    quiet: bool = False
    catalog: str | None = None
    passwords: str | None = None
    ocr: str = "auto"
    max_read_mb_s: float | None = None
    max_opens_s: float | None = None
    window: Hours | None = None
    nice: bool = False
    include_snapshots: bool = False
    acknowledge: tuple[Acknowledgement, ...] = ()  # of the configuration file only


def read_size(text: str) -> int:
    """Read a size such as `500M` or `2GiB` in bytes; K, M, G and T are powers of 1000, with `i` of 1024."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ValueError(_("not a size such as 500M"))
    number, unit, binary = match.groups()
    return int(float(number) * (1024 if binary else 1000) ** _POWER[unit.upper()])


def _read_count(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise ValueError(_("not a whole number of at least {least}").format(least=least))
        return int(text)

    return read


def _above_zero(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None


def _read_seconds(text: str) -> float:
    if (seconds := _above_zero(text)) is None:
        raise ValueError(_("not a number of seconds above 0"))
    return seconds


def _read_rate(text: str) -> float:
    if (rate := _above_zero(text)) is None:
        raise ValueError(_("not a number above 0"))
    return rate


def _read_window(text: str) -> Hours:
    try:
        return read_hours(text)
    except ValueError:
        raise ValueError(_("not hours such as 20:00-06:00")) from None


def _read_choice(choices: Mapping[str, object]) -> Callable[[str], object]:
    def read(text: str) -> object:
        if text not in choices:
            raise ValueError(_("not one of {choices}").format(choices=", ".join(choices)))
        return choices[text]

    return read


def _read_text(text: str) -> str:
    if not text:
        raise ValueError(_("empty"))
    return text


def _read_flag(text: str) -> bool:
    if text.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError(_("neither true nor false"))
    return text.lower() in {"1", "true", "yes"}


_CONFIDENCES = {level.name.lower(): level for level in Confidence}
_SENSITIVITIES = {level.name.lower(): level for level in Sensitivity}

#: How the text of each option is read, and which types its value may have in a TOML file.
READERS: Mapping[str, tuple[Callable[[str], object], tuple[type, ...]]] = {
    "format": (_read_choice(dict(zip(REPORTS, REPORTS, strict=True))), (str,)),
    "output": (_read_text, (str,)),
    "jobs": (_read_count(1), (int,)),
    "min_confidence": (_read_choice(_CONFIDENCES), (str,)),
    "fail_on": (_read_choice({**_SENSITIVITIES, "never": None}), (str,)),
    "pattern": (_read_text, (list,)),
    "pattern_file": (_read_text, (list,)),
    "exclude": (_read_text, (list,)),
    "files_from": (_read_text, (str,)),
    "max_file_size": (read_size, (str, int)),
    "timeout": (_read_seconds, (int, float)),
    "max_locations": (_read_count(0), (int,)),
    "engine": (_read_choice({"auto": "auto", "reference": "reference"}), (str,)),
    "explain": (_read_flag, (bool,)),
    "explain_dropped": (_read_flag, (bool,)),
    "reveal": (_read_flag, (bool,)),
    "paths": (_read_choice({"full": "full", "masked": "masked"}), (str,)),
    "quiet": (_read_flag, (bool,)),
    "catalog": (_read_text, (str,)),
    "passwords": (_read_text, (str,)),
    "ocr": (_read_choice({name: name for name in ("auto", "off", "force")}), (str,)),
    "max_read_mb_s": (_read_rate, (int, float)),
    "max_opens_s": (_read_rate, (int, float)),
    "window": (_read_window, (str,)),
    "nice": (_read_flag, (bool,)),
    "include_snapshots": (_read_flag, (bool,)),
}


def read_option(name: str, value: object, origin: str) -> object:
    """Read one option: `value` is text, a flag's bool, or a list of texts; raises ConfigError naming `origin`."""
    read, kinds = READERS[name]
    try:
        if kinds == (list,):
            return tuple(read(item) for item in value) if isinstance(value, (list, tuple)) else ()
        return value if isinstance(value, bool) else read(str(value))
    except ValueError as error:
        raise ConfigError(f"{origin}: {error}") from None


def from_flags(flags: Mapping[str, object]) -> dict[str, object]:
    """Read what was given on the command line; a None or an empty list was not given."""
    given = {name: value for name, value in flags.items() if value is not None and value not in ([], ())}
    return {name: read_option(name, value, f"--{name.replace('_', '-')}") for name, value in given.items()}


def from_environ(environ: Mapping[str, str]) -> dict[str, object]:
    """Read the PIISCAN_* variables; lists are separated by commas, an empty variable counts as not set."""
    values: dict[str, object] = {}
    for name, (_read, kinds) in READERS.items():
        variable = f"PIISCAN_{name.upper()}"
        text = environ.get(variable)
        if text:
            values[name] = read_option(name, text.split(",") if kinds == (list,) else text, variable)
    return values


def settle(*layers: Mapping[str, Any]) -> Settings:
    """Lay the layers over the defaults, the last one on top."""
    values = {name: value for layer in layers for name, value in layer.items()}
    return Settings(**{field.name: values[field.name] for field in fields(Settings) if field.name in values})


def run_config(
    settings: Settings, paths: tuple[str, ...], files: tuple[str, ...], *, key: bytes, run_key: bytes
) -> RunConfig:
    """Make the one configuration of a run from the settings; `key` and `run_key` are 32 bytes each."""
    jobs = settings.jobs or len(os.sched_getaffinity(0))
    scan = ScanConfig(
        key=key,
        run_key=run_key,
        patterns=settings.pattern,
        pattern_files=settings.pattern_file,
        min_confidence=settings.min_confidence,
        max_locations=settings.max_locations,
        engine=settings.engine,
        max_file_size=settings.max_file_size,
        reveal=settings.reveal,
        explain_dropped=settings.explain_dropped,
        is_kept=settings.catalog is not None,
        passwords=load_passwords(settings.passwords) if settings.passwords else (),
        ocr=settings.ocr,
        pace=Pace((settings.max_read_mb_s or 0) * MEGABYTE / jobs, (settings.max_opens_s or 0) / jobs),
    )
    return RunConfig(
        scan=scan,
        paths=paths,
        files=files,
        exclude=settings.exclude,
        jobs=jobs,
        timeout=settings.timeout,
        fail_on=settings.fail_on,
        acknowledge=settings.acknowledge,
        window=settings.window,
        nice=settings.nice,
        include_snapshots=settings.include_snapshots,
    )
