"""The catalog file: opened by one writer at a time, never taken for what it is not, and readable as it is.

It is a SQLite database whose tables `catalog.sql` describes. Its writer holds it alone, so a second run is refused, and
nobody reads half a run.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.errors import ConfigError, OutputError
from piiscan.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION = 0x70696973
VERSION = 3
#: The tables that make a catalog of an older version one of the next, by the older version.
MIGRATIONS: dict[int, tuple[str, ...]] = {1: ("seal",), 2: ("page",)}
_SCHEMA = Path(__file__).with_name("catalog.sql")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FULL = frozenset({"SQLITE_FULL", "SQLITE_TOOBIG"})
_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})
_BROKEN = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_ERROR"})
_CLOSED = frozenset({"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"})


class CatalogError(ConfigError):
    """A catalog that cannot be used; a run that would have to begin anew must not look like one without changes."""


@contextmanager
def opened(path: Path, *, writes: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a catalog, to write it made where there is none; what SQLite finds wrong becomes one line.

    Raises CatalogError for a file that is no catalog, is damaged, of a newer version, readable by others or in use, and
    OutputError where it cannot be written.
    """
    with told(path):
        _check_file(path, writes=writes)
        # whoever reads after a crash has to undo what was half written
        mode = "rw" if writes or os.access(path, os.W_OK) else "ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=1,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _check_content(connection, path, writes=writes)
            yield connection
        finally:
            connection.close()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into one line about the catalog."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
        plain = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE is an SQLITE_IOERR
        if plain in _FULL:
            raise OutputError(_("cannot write the catalog {path}: no space left").format(path=path)) from None
        if plain in _BUSY:
            raise CatalogError(_("the catalog {path} is in use by another run").format(path=path)) from None
        if plain in _CLOSED:
            raise CatalogError(_("the catalog {path} cannot be opened or written").format(path=path)) from None
        if plain == "SQLITE_IOERR":
            raise OutputError(_("cannot write the catalog {path}: {why}").format(path=path, why=name)) from None
        if plain in _BROKEN:
            raise _damaged(path, name) from None
        raise


def _damaged(path: Path, why: str) -> CatalogError:
    return CatalogError(
        _("the catalog {path} is damaged ({why}): move it away and scan again, or restore a copy").format(
            path=path, why=why
        )
    )


def files_of(path: Path) -> frozenset[tuple[int, int]]:
    """Give (device, inode) of the files that a writer of the catalog writes, so that no run scans them."""
    found = set()
    for each in (path, path.with_name(f"{path.name}-journal")):
        with suppress(OSError):
            status = each.stat()
            found.add((status.st_dev, status.st_ino))
    return frozenset(found)


def _check_file(path: Path, *, writes: bool) -> None:
    """Make the file if it is to be written and is not there; refuse one that somebody else may have put there."""
    if writes:
        with suppress(FileExistsError):
            try:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            except FileExistsError:
                raise
            except OSError as error:
                raise OutputError(
                    _("cannot write the catalog {path}: {why}").format(path=path, why=error.strerror)
                ) from None
    try:
        status = path.lstat()
    except OSError as error:
        raise CatalogError(_("cannot read the catalog {path}: {why}").format(path=path, why=error.strerror)) from None
    if not stat.S_ISREG(status.st_mode):
        raise CatalogError(_("the catalog {path} is not a file of its own").format(path=path))
    if status.st_mode & _OTHERS:
        raise CatalogError(_("the catalog {path} can be read by others: chmod 600 it").format(path=path))


def _check_content(connection: sqlite3.Connection, path: Path, *, writes: bool) -> None:
    if writes:
        # one journal file that stays, so that its name can be left out of the scan; nobody else gets in until the end
        connection.executescript(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = PERSIST; PRAGMA foreign_keys = ON"
        )
        connection.executescript("BEGIN EXCLUSIVE; COMMIT")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.executescript(f"BEGIN EXCLUSIVE;\n{_SCHEMA.read_text(encoding='utf-8')}\nCOMMIT")
    if _number(connection, "application_id") != APPLICATION:
        raise CatalogError(_("{path} is not a catalog of piiscan").format(path=path))
    version = _number(connection, "user_version")
    if version > VERSION:
        raise CatalogError(_("the catalog {path} was written by a newer piiscan").format(path=path))
    for older in range(version, VERSION):
        tables = "\n".join(map(_table, MIGRATIONS[older]))
        if writes:
            connection.executescript(f"BEGIN;\n{tables}\nPRAGMA user_version = {older + 1};\nCOMMIT")
        else:  # for who reads, as if they were there and empty
            connection.executescript(tables.replace("CREATE TABLE", "CREATE TEMP TABLE"))
    if writes:
        connection.execute(f"PRAGMA user_version = {VERSION}")  # so that the journal is there


def _table(name: str) -> str:
    """Give the statement that makes a table of the schema."""
    _before, begin, rest = _SCHEMA.read_text(encoding="utf-8").partition(f"CREATE TABLE {name} (")
    return f"{begin}{rest[: rest.index(';')]};"


def check_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Look through a whole catalog; raises CatalogError where it is damaged. Python runs on meanwhile."""
    if (problem := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise _damaged(path, str(problem).split(":", maxsplit=1)[0])


def _number(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
