"""`piiscan estimate`: what a first scan would meet, and how long it would take. Opens no file."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from piiscan.config_file import load_own_config
from piiscan.errors import ConfigError
from piiscan.estimate import estimate as estimate_of
from piiscan.estimate import speeds
from piiscan.messages import _
from piiscan.printable import json_line
from piiscan.settings import from_environ, from_flags, run_config, settle
from piiscan.sinks import open_sink
from piiscan.wording import bytes_in_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from piiscan.estimate import Estimate

FORMATS = ("human", "json")
_KEY = bytes(32)  # nothing is fingerprinted
#: Suffixes that a person is shown.
ROWS = 30
_FLAGS = ("exclude", "jobs", "max_file_size", "max_read_mb_s", "max_opens_s", "output")


def estimate(given: Mapping[str, object], form: str) -> int:
    """Walk the paths `given` with the options of a scan, print what is there, and how long a scan would take."""
    if form not in FORMATS:
        raise ConfigError(_("--format: not one of {choices}").format(choices=", ".join(FORMATS)))
    paths = given["path"]
    assert isinstance(paths, list)  # noqa: S101 - Typer gives no other
    for path in paths:
        if not os.path.lexists(path):
            raise ConfigError(_("no such file or folder: {path}").format(path=path))
    named = given.get("config")
    own = load_own_config(named if isinstance(named, str) else None)
    # the format and the report of scans that stand in the file or the environment are none of this
    told = {name: value for name, value in {**own, **from_environ(os.environ)}.items() if name != "output"}
    settings = settle(told, from_flags({name: given[name] for name in _FLAGS}))
    config = run_config(settings, tuple(paths), (), key=_KEY, run_key=_KEY)
    found = estimate_of(config)
    with open_sink(settings.output) as sink:
        for line in [_document(found, config.jobs)] if form == "json" else _lines(found, config.jobs):
            sink.write(line)
    return 0


def _lines(found: Estimate, jobs: int) -> Iterator[str]:
    words = {"passed over": _("passed over"), "not read": _("named, not read"), "by content": _("told by its content")}
    yield _("{files} files, {bytes}").format(files=f"{found.files:,}", bytes=bytes_in_words(found.bytes))
    kinds = sorted(found.kinds.items(), key=lambda kind: (-kind[1].seconds, -kind[1].bytes, kind[0]))
    for suffix, kind in kinds[:ROWS]:
        size, shown = bytes_in_words(kind.bytes), words.get(kind.reader, kind.reader)
        yield f"  {suffix or '-':<14}{kind.files:>12,}  {size:>10}  {_clock(kind.seconds / jobs):>10}  {shown}"
    if len(kinds) > ROWS:
        yield "  " + _("… and {count} more").format(count=f"{len(kinds) - ROWS:,}")
    reasons = reason_words(_)
    for reason, count in sorted(found.left_out.items()):
        yield _("left out: {count} ({why})").format(count=f"{count:,}", why=reasons.get(reason, reason))
    yield _("A scan with {jobs} workers would take about {time}, between {low} and {high}.").format(
        jobs=jobs, time=_clock(found.seconds), low=_clock(found.low), high=_clock(found.high)
    )
    yield _("Formats are told by names only; speeds are those measured on {day}.").format(day=speeds().measured)


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}"


def _document(found: Estimate, jobs: int) -> str:
    told = {
        "schema": 1,
        "record": "estimate",
        "files": found.files,
        "bytes": found.bytes,
        "jobs": jobs,
        "seconds": {"about": round(found.seconds, 1), "low": round(found.low, 1), "high": round(found.high, 1)},
        "measured": speeds().measured,
        "formats": [
            {"suffix": suffix, "read_by": kind.reader, "files": kind.files, "bytes": kind.bytes}
            for suffix, kind in sorted(found.kinds.items())
        ],
        "left_out": dict(sorted(found.left_out.items())),
    }
    return json_line(json.dumps(told, ensure_ascii=False).encode())
