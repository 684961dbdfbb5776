"""Documentation as it lies on a disk: HTML with all its markup, plain text, the sources of manual pages."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = frozenset({".html", ".txt"})


def fill_documentation(folder: Path, packages: Path) -> None:
    """Copy the texts of all packages, a folder for each; what gzip has packed is unpacked, as authors have it."""
    for path in sorted(packages.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        package = path.relative_to(packages).parts[0]
        if path.suffix in SUFFIXES:
            content, name = path.read_bytes(), path.name
        elif path.suffix == ".gz" and ("/man/" in str(path) or path.name.endswith(".txt.gz")):
            content, name = gzip.decompress(path.read_bytes()), path.stem
        else:
            continue
        target = folder / package / path.parent.name / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
