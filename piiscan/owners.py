"""Whose a folder is: `owners.toml`, a table of globs of folders and the departments that answer for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from piiscan.globs import check_globs, find_matching, plain
from piiscan.policyfile import config_error, read_toml

if TYPE_CHECKING:
    from pathlib import Path

    from piiscan.holdings import Holding


@dataclass(frozen=True, slots=True)
class Owners:
    """Globs of folders and departments, the longest glob first."""

    folders: tuple[tuple[str, str], ...] = ()

    def department(self, holding: Holding) -> str:
        """Give the department of the folder that a file is in, "" where nobody said."""
        return self.of(holding.root, holding.path)

    def of(self, root: str, path: str) -> str:
        """Give the department of the folder that a path below a root is in."""
        return _department(self, root, path.rpartition("/")[0]) if self.folders else ""


class _OwnersFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    folders: dict[str, str]


def load_owners(path: Path) -> Owners:
    """Read `owners.toml`: `[folders]`, each line a glob and a department; raises ConfigError."""
    document, text = read_toml(path)
    try:
        folders = msgspec.convert(document, _OwnersFile).folders
        check_globs(folders)
    except (ValueError, msgspec.ValidationError) as error:
        raise config_error(path, text, error, document) from None
    return Owners(tuple(sorted(folders.items(), key=lambda item: (-len(plain(item[0])), item))))


def find_below(root: str, path: str, globs: tuple[str, ...]) -> int | None:
    """Give the place of the first glob that fits a path as it is below its root, or with that."""
    return next(iter(find_matching(path, tuple((glob,) for glob in globs), root)), None)


@lru_cache(maxsize=1 << 16)
def _department(owners: Owners, root: str, folder: str) -> str:
    inside = f"{folder}/x" if folder else "x"  # a folder is what has something in it
    place = find_below(root, inside, tuple(glob for glob, _ in owners.folders))
    return "" if place is None else owners.folders[place][1]
