"""`piiscan scan`: from flags to one exit code."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from piiscan.cli.progress import shown_progress
from piiscan.cli.terminal import width_and_colour
from piiscan.config_file import load_own_config, unknown
from piiscan.errors import ConfigError
from piiscan.forkserver import start_early
from piiscan.hours import CLOSED
from piiscan.keys import KEY_BYTES, load_key
from piiscan.messages import _, language
from piiscan.model import Summary
from piiscan.pathmask import mask_paths
from piiscan.pattern import GROUPS, known_patterns, load_patterns, load_shipped
from piiscan.printable import printable
from piiscan.reports import View, render
from piiscan.run import run
from piiscan.settings import READERS, STDIO, from_environ, from_flags, run_config, settle
from piiscan.sinks import open_sink

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from piiscan.config import RunConfig
    from piiscan.model import Record
    from piiscan.pattern import Pattern
    from piiscan.run import Store
    from piiscan.settings import Settings

EXIT_CLEAN = 0
EXIT_FOUND = 1
EXIT_UNREAD = 3
EXIT_SIGNAL = 128


def scan(given: Mapping[str, Any]) -> int:
    """Settle the options `given` by name with environment and file, scan, and give the exit code."""
    load_shipped()  # once, for this process and all workers
    with suppress(OSError):  # whoever needs a worker asks again, and tells
        start_early()  # now there is neither a thread nor an open file nor the key
    flags = {name: value for name, value in given.items() if name in READERS}
    settings = settle(load_own_config(given.get("config")), from_environ(os.environ), from_flags(flags))
    to_scan = _run_config(settings, tuple(given.get("path") or ()))
    if to_scan.window and not to_scan.window.is_open():
        message = _("outside of the hours of --window: nothing was scanned; they begin at {begin}")
        _warn(message.format(begin=f"{to_scan.window.begin:%H:%M}"))
        return EXIT_UNREAD
    if to_scan.nice:
        from piiscan.nice import be_nice  # noqa: PLC0415 - who is not pays nothing for it

        be_nice()
    patterns = _known_patterns(to_scan)
    _check_reveal(settings)
    _check_ocr(settings)
    summaries: list[Summary] = []
    with _store(settings, to_scan) as (store, written), open_sink(settings.output) as sink:
        to_scan = replace(to_scan, outputs=sink.files | written)
        with closing(_records(to_scan, settings, store)) as records:
            for line in render(settings.format, _keep_summary(records, summaries), _view(settings, patterns)):
                sink.write(line)
    return exit_code(summaries[-1])


def exit_code(summary: Summary) -> int:
    """Give the exit code that a run ends with."""
    if summary.interrupted and summary.interrupted != CLOSED:
        return EXIT_SIGNAL + signal.Signals[summary.interrupted]
    if summary.failing:
        return EXIT_FOUND
    return EXIT_CLEAN if summary.complete else EXIT_UNREAD


def _run_config(settings: Settings, paths: tuple[str, ...]) -> RunConfig:
    if not paths and settings.files_from is None:
        raise ConfigError(_("nothing to scan: name a file or folder, or use --files-from"))
    for path in paths:
        if not os.path.lexists(path):
            raise ConfigError(_("no such file or folder: {path}").format(path=path))
    files = _read_list(settings.files_from) if settings.files_from is not None else ()
    key = load_key(os.environ)
    if key is None:
        _warn(_("no fingerprint key can be kept; fingerprints of this run cannot be compared with those of others"))
        key = os.urandom(KEY_BYTES)
    return run_config(settings, paths, files, key=key, run_key=os.urandom(KEY_BYTES))


def _read_list(source: str) -> tuple[str, ...]:
    """Read names separated by NUL where there is one, else by line ends; names may be any bytes."""
    try:
        content = sys.stdin.buffer.read() if source == STDIO else Path(source).read_bytes()
    except OSError as error:
        raise ConfigError(_("cannot read {path}: {why}").format(path=source, why=error.strerror)) from None
    separator = b"\0" if b"\0" in content else b"\n"
    return tuple(os.fsdecode(name) for name in content.split(separator) if name)


def _known_patterns(config: RunConfig) -> Mapping[str, Pattern]:
    """Load every pattern there is; raises ConfigError for a chosen one that is not among them, or lacks its extra."""
    known = known_patterns(config.scan)
    for name in config.scan.patterns:
        if name not in {*known, *GROUPS}:
            raise ConfigError(unknown(_('unknown pattern "{name}"').format(name=name), name, known))
    load_patterns(config.scan)
    return known


def _check_reveal(settings: Settings) -> None:
    if not settings.reveal:
        return
    if settings.output == STDIO and not sys.stdout.isatty():
        raise ConfigError(_("--reveal needs a terminal, or --output with a file that only you may read"))
    _warn(_("--reveal: the report shows personal information itself; delete it when you are done"))


def _check_ocr(settings: Settings) -> None:
    if settings.ocr != "force":
        return
    from piiscan import tesseract  # noqa: PLC0415 - asked for by few

    if tesseract.program() is None:
        raise ConfigError(_("--ocr force needs Tesseract with its Japanese data (tesseract-ocr, tesseract-ocr-jpn)"))


@contextmanager
def _store(settings: Settings, config: RunConfig) -> Iterator[tuple[Store | None, frozenset[tuple[int, int]]]]:
    """Open the catalog, if there is to be one, and give (device, inode) of its files. It keeps nothing but redacted."""
    if settings.catalog is None:
        yield None, frozenset()
        return
    for name in ("reveal", "explain_dropped", "files_from"):
        if getattr(settings, name):
            raise ConfigError(_("--catalog cannot be combined with --{option}").format(option=name.replace("_", "-")))
    from piiscan.catalog import files_of, opened  # noqa: PLC0415 - SQLite is loaded for catalogs only
    from piiscan.recording import Recording  # noqa: PLC0415

    path = Path(settings.catalog)
    with opened(path, writes=True) as connection:
        yield Recording(connection, path, config), files_of(path)


def _records(config: RunConfig, settings: Settings, store: Store | None) -> Generator[Record, None, None]:
    # Lines that appear on the same screen while the scan goes on would tear the progress line apart.
    streams = settings.format != "human" and settings.output == STDIO and sys.stdout.isatty()
    wanted = not settings.quiet and not streams
    with shown_progress(wanted=wanted) as on_progress, closing(run(config, on_progress, store)) as records:
        if settings.paths == "masked":
            from piiscan.detect import Detector  # noqa: PLC0415 - the parent detects only here

            yield from mask_paths(records, Detector(config.scan).mask_text)
        else:
            yield from records


def _keep_summary(records: Iterable[Record], summaries: list[Summary]) -> Iterator[Record]:
    for record in records:
        if isinstance(record, Summary):
            summaries.append(record)
        yield record


def _view(settings: Settings, patterns: Mapping[str, Pattern]) -> View:
    width, colour = width_and_colour(settings.output)
    return View(
        language=language(),
        width=width,
        colour=colour,
        explain=settings.explain,
        titles={name: pattern.title.in_language(language()) for name, pattern in patterns.items()},
    )


def _warn(message: str) -> None:
    sys.stderr.write(f"piiscan: {printable(message)}\n")
