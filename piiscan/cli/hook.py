"""`piiscan hook`: what is about to be committed, judged; said in two lines, ended with one exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscan.config_file import load_config_file
from piiscan.errors import ConfigError
from piiscan.git import root
from piiscan.keys import KEY_BYTES
from piiscan.messages import _, language
from piiscan.model import is_unread
from piiscan.pattern import load_patterns
from piiscan.printable import printable
from piiscan.settings import from_environ, run_config, settle
from piiscan.sources import open_source
from piiscan.wording import outcome_words, reason_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from piiscan.config import RunConfig
    from piiscan.hook import Charge, Verdict

EXIT_CLEAN = 0
EXIT_BLOCKED = 1
#: Lines of each kind (blocked, warnings, not read) that are shown; the rest is a number.
MOST_LINES = 20


def hook(given: Mapping[str, Any]) -> int:
    """Judge what is staged, pushed or tracked, and give the exit code. `given` holds the options by name."""
    from piiscan.hook import judge  # noqa: PLC0415 - loads the detector, which other commands leave to the workers

    top = Path(root())
    settings = settle(_from_file(top, given.get("config")), from_environ(os.environ))
    if settings.reveal:
        raise ConfigError(_("the hook never shows values: --reveal cannot be used with it"))
    # Nothing of a hook's output is compared with another run, so that no lasting key is needed.
    key = os.urandom(KEY_BYTES)
    to_scan = run_config(settings, (), (), key=key, run_key=key)
    known = load_patterns(to_scan.scan)
    titles = {name: pattern.title.in_language(language()) for name, pattern in known.items()}
    paths = {os.path.relpath(name, top) for name in given.get("names") or ()}
    source = _source(all_files=given.get("all_files", False), is_named=bool(paths))
    entries = open_source(source, os.environ, paths)
    if source == "staged" and not entries and os.environ.get("PRE_COMMIT"):
        # pre-commit skips a hook that has no files: with nothing staged it runs for --all-files or --files.
        entries = open_source("tracked", os.environ)
    verdicts = list(judge(entries, to_scan))
    names = _names(to_scan, masked=settings.paths == "masked")
    return _tell(verdicts, names, titles, strict=given.get("strict", False))


def _source(*, all_files: bool, is_named: bool) -> str:
    if all_files:
        return "tracked"
    if os.environ.get("PRE_COMMIT_FROM_REF") and os.environ.get("PRE_COMMIT_TO_REF"):
        return "range"
    return "named" if is_named else "staged"


def _from_file(top: Path, named: str | None) -> dict[str, object]:
    """Read the options that the repository sets for everybody who commits to it."""
    if named is not None:
        return load_config_file(Path(named))
    own, shared = top / "piiscan.toml", top / "pyproject.toml"
    if own.exists():
        found = load_config_file(own)
    elif shared.exists():
        found = load_config_file(shared, ("tool", "piiscan"))
    else:
        return {}
    files = found.get("pattern_file", ())
    return {**found, "pattern_file": tuple(str(top / name) for name in files)} if isinstance(files, tuple) else found


def _names(config: RunConfig, *, masked: bool) -> Callable[[str], str]:
    if not masked:
        return printable
    from piiscan.scan import detector_of  # noqa: PLC0415 - the detector is needed for masked names only

    detector = detector_of(config.scan)
    return lambda path: printable(detector.mask_text(path))


def _tell(verdicts: Iterable[Verdict], name: Callable[[str], str], titles: dict[str, str], *, strict: bool) -> int:
    blocked: list[str] = []
    warned: list[str] = []
    unread: list[str] = []
    ignorable = ""
    for verdict in verdicts:
        path, report = name(verdict.report.ref.path), verdict.report
        for charge in verdict.charges:
            (blocked if charge.blocks else warned).append(_what(path, charge, titles))
            ignorable = ignorable or (charge.findings[0].pattern if charge.blocks else "")
        if is_unread(report.outcome, report.reason):
            reason = reason_words(_).get(report.reason, report.reason)
            unread.append(f"{path}: " + ": ".join(filter(None, (outcome_words(_)[report.outcome], printable(reason)))))
    _list(_("blocked: {what}"), blocked)
    _list(_("not read, and blocked by --strict: {what}") if strict else _("not read: {what}"), unread)
    _list(_("found, but not blocked: {what}"), warned)
    if blocked:
        _say(
            _("remove it, replace it by a dummy value, or say on its line why it may stay: {comment}").format(
                comment=f"piiscan: ignore[{ignorable}] " + _("<reason>")
            )
        )
    return EXIT_BLOCKED if blocked or (strict and unread) else EXIT_CLEAN


def _what(path: str, charge: Charge, titles: dict[str, str]) -> str:
    first = charge.findings[0]
    place = first.location
    where = ":".join(str(part) for part in (path, place.line, place.column) if part is not None)
    extra = ", ".join(printable(str(part)) for part in (*place.member, place.part, place.cell, place.page) if part)
    words = [where, f"({extra})" if extra else "", titles[first.pattern], printable(first.mask)]
    if charge.total > 1:
        words.append(_("… and {count} more").format(count=charge.total - 1))
    return " ".join(filter(None, words))


def _list(form: str, lines: list[str]) -> None:
    for line in lines[:MOST_LINES]:
        _say(form.format(what=line))
    if len(lines) > MOST_LINES:
        _say(_("… and {count} more").format(count=len(lines) - MOST_LINES))


def _say(line: str) -> None:
    sys.stderr.write(f"piiscan: {line}\n")
