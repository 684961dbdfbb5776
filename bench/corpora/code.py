"""Source code: what Python's standard library and the packages beside it are written in."""

from __future__ import annotations

import sysconfig
from pathlib import Path

SIZE = 200_000_000
JOINED_FILES = 8


def fill_code(folder: Path) -> None:
    """Copy the sources as they lie, again and again into folders of their own until the size is reached."""
    paths = sysconfig.get_paths()
    roots = [Path(paths["stdlib"]), Path(paths["purelib"])]
    sources = [(root, path) for root in roots for path in sorted(root.rglob("*.py")) if _is_own(root, path)]
    size, copy = 0, 0
    while size < SIZE:
        for root, path in sources:
            target = folder / str(copy) / root.name / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            size += target.write_bytes(path.read_bytes())
            if size >= SIZE:
                break
        copy += 1


def _is_own(root: Path, path: Path) -> bool:
    # Where the standard library is not that of an environment of its own, its folder holds that of the packages.
    return path.is_file() and (root.name == "site-packages" or "site-packages" not in path.parts)


def join_code(folder: Path, code: Path) -> None:
    """Join the same sources into few files, for what it costs to look at the text alone."""
    sources = sorted(code.rglob("*.py"))
    for number in range(JOINED_FILES):
        with (folder / f"{number}.py").open("wb") as target:
            for path in sources[number::JOINED_FILES]:
                content = path.read_bytes()
                if _is_utf8(
                    content
                ):  # the others are tests of encodings; one would spoil the file that it is joined to
                    target.write(content)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
