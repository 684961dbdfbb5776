"""Documents made to fill a disk, to hang a reader, or to write where they like: the whole command survives them.

Each lies in a folder beside a harmless file. It is bounded in time and named in its outcome, nothing is written
anywhere, and what its neighbour holds is found.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from openpyxl import Workbook

from tests.quine import gzip_quine

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTSIDE = ("../../../up.txt", "/srv/root.txt", "C:\\Windows\\x.txt", "..")
_MEGABYTE = b"x" * 1_000_000
PHONE = "電話番号 090-1234-5678\n"
#: Well below the time limit of a file (60 seconds): these end by their budget, not by being killed.
SECONDS = 30


class Told(NamedTuple):
    """What a run says of one file: outcome, reason, the reasons of the files inside, and where values were found."""

    outcome: str
    reason: str
    inside: set[str]
    found: list[list[str]]


def _zipped(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _bomb() -> bytes:
    """A kilobyte for each megabyte: 300 MB between a file that is read and one that nobody comes to."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("first.txt", PHONE)
        with archive.open("bomb.txt", "w") as member:
            for _ in range(300):
                member.write(_MEGABYTE)
        archive.writestr("never.txt", PHONE)
    return packed.getvalue()


def _nest() -> bytes:
    """Sixteen archives in each of sixteen archives, five levels down, as 42.zip has it: 10 TB at the bottom."""
    content = _zipped({"0.txt": _MEGABYTE * 10})
    for _ in range(5):
        content = _zipped({f"{at:x}.zip": content for at in range(16)})
    return content


def _lying() -> bytes:
    """A text of 50 kB whose headers, both of them, say that it has ten bytes."""
    text = ("x" * 80 + "\n") * 600 + PHONE
    content = _zipped({"lies.txt": text})
    return content.replace(struct.pack("<L", len(text.encode())), struct.pack("<L", 10))


def _climbing() -> bytes:
    return _zipped(dict.fromkeys(OUTSIDE, PHONE))


def _entities() -> bytes:
    """A billion laughs where a workbook keeps its texts."""
    book, buffer = Workbook(), io.BytesIO()
    book.create_sheet("名簿").append(["電話番号", "090-1234-5678"])
    book.save(buffer)
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(buffer) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "ha">{levels}]><sst {main}><si><t>&e9;</t></si></sst>'
    return _zipped({**parts, "xl/sharedStrings.xml": bomb})


#: How to make each file, and what is told of it.
HOSTILE = {
    "bomb.zip": (_bomb, Told("partial", "ratio", {"ratio"}, [["first.txt"]])),
    "bomb.txt.gz": (lambda: gzip.compress(_MEGABYTE * 300), Told("partial", "ratio", {"ratio"}, [])),
    "42.zip": (_nest, Told("partial", "ratio", {"ratio"}, [])),
    "r.gz": (gzip_quine, Told("partial", "members", {"depth"}, [])),
    "lying.zip": (_lying, Told("complete", "", set(), [["lies.txt"]])),
    "climbing.zip": (_climbing, Told("complete", "", set(), [[name] for name in OUTSIDE])),
    "entities.xlsx": (_entities, Told("partial", "entities", set(), [[]])),
}


def _snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    # multiprocessing keeps a socket in the folder for temporary files while it runs
    found = (path for path in folder.rglob("*") if path.name != "temporary")
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in found}


def test_the_quine_unpacks_to_itself() -> None:
    quine = gzip_quine()
    assert gzip.decompress(quine) == quine


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_bounded_and_named(name: str, tmp_path: Path) -> None:
    make, told = HOSTILE[name]
    share, work, temporary, home = (tmp_path / part for part in ("share", "work", "temporary", "home"))
    for folder in (share, work, temporary, home):
        folder.mkdir()
    (share / name).write_bytes(make())
    (share / "隣.txt").write_text(PHONE, encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIISCAN_", "LC_", "LANG"))}
    variables = {"XDG_CONFIG_HOME": str(home), "HOME": str(home), "TMPDIR": str(temporary)}
    scan = [sys.executable, "-m", "piiscan", "scan", str(share), "--format", "jsonl"]
    environ = {**kept, **variables, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    # The first scan makes the key and compiles what the second one may not write.
    (work / "much.txt").write_text("番号のない文\n" * 20_000, encoding="utf-8")
    subprocess.run([*scan[:-3], str(work)], cwd=work, env=environ, check=True, capture_output=True)
    # Whoever writes more than Python's own probe of the folder (4 bytes) to a file, be it deleted again, fails.
    command = ["sh", "-c", 'ulimit -f 1 && exec "$@"', "sh", *scan]
    before = _snapshot(tmp_path)
    started = time.monotonic()
    done = subprocess.run(command, cwd=work, env=environ, capture_output=True, check=False, timeout=2 * SECONDS)
    assert time.monotonic() - started < SECONDS
    assert _snapshot(tmp_path) == before, "nothing is written"
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"090-1234" not in done.stdout
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert _told(records, name) == told
    assert _told(records, "隣.txt") == Told("complete", "", set(), [[]])
    assert records[-1]["record"] == "summary"


def _told(records: list[dict[str, Any]], name: str) -> Told:
    mine = [record for record in records if str(record.get("path", "")).endswith(name)]
    file = next(record for record in mine if record["record"] == "file")
    inside = {each["reason"] for each in file["unread_members"]}
    found = [record["member"] for record in mine if record["record"] == "finding"]
    return Told(file["outcome"], file["reason"], inside, found)
