"""A share as companies have them: everything above in fixed proportions."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 200_000_000
SHARES = (40, 20, 20, 10, 5, 5)  # percent: prose, documentation, code, log, json, dense
#: Larger files are cut into pieces of this size, at a line's end.
PIECE = 5_000_000


def fill_mixed(folder: Path, *sources: Path) -> None:
    """Take files from each corpus, whole and in random order where they are small, until its share is reached."""
    for source, share in zip(sources, SHARES, strict=True):
        paths = sorted(path for path in source.rglob("*") if path.is_file())
        random.Random(source.name).shuffle(paths)
        left = SIZE * share // 100
        for number, path in enumerate(paths):
            if left <= 0:
                break
            target = folder / source.name / f"{number:05}{path.suffix}"
            target.parent.mkdir(exist_ok=True)
            if path.stat().st_size <= PIECE:
                os.link(path, target)
                left -= path.stat().st_size
            else:
                left -= _cut(path, target, left)


def _cut(path: Path, target: Path, most: int) -> int:
    """Write pieces of a file, each with its first line (the headers of a table) on top; give how much was written."""
    size = 0
    with path.open("rb") as stream:
        lines = iter(stream.readlines())
        head = next(lines) if path.suffix == ".csv" else b""
        piece, number = bytearray(head), 0
        for line in lines:
            piece += line
            if len(piece) >= PIECE or size + len(piece) >= most:
                size += target.with_stem(f"{target.stem}-{number:02}").write_bytes(piece)
                piece, number = bytearray(head), number + 1
                if size >= most:
                    return size
    return size + target.with_stem(f"{target.stem}-{number:02}").write_bytes(piece)
