"""A folder of all that is hostile, between files that are not: each of the first has its outcomes, all is one tree."""

from __future__ import annotations

import gzip
import io
import os
import socket
import struct
import tarfile
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook

from piiscan.config import Limits
from tests.extractors.raw_pdf import write_page
from tests.extractors.test_mail import nested
from tests.extractors.test_xlsx import MAIN, SHEET, _save
from tests.faults.builders import CIRCLES, PHONE, pdf_of_pages, write_entries, zipped
from tests.specimens import SPECIMENS
from tests.test_contents import encrypted
from tests.test_hostile_documents import HOSTILE
from tests.test_printable import HOSTILE as CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable

_MEGABYTE = b"x" * 999_999 + b"\n"
_FIELDS = {"電話番号": "090-9876-5432", "氏名": "試験 太郎"}


class Tree(NamedTuple):
    """Paths below the root: those whose outcome is one of several, and those whose value must be found."""

    outcomes: dict[str, set[str]]
    good: set[str]


def _overlapping() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", _MEGABYTE)
        archive.writestr("b.txt", PHONE)
    raw = stream.getvalue()
    at = raw.rfind(b"PK\x01\x02")
    return raw[: at + 42] + struct.pack("<L", 0) + raw[at + 46 :]


def _linked() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (("hard", tarfile.LNKTYPE), ("soft", tarfile.SYMTYPE), ("device", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/shadow"
            archive.addfile(entry)
    return stream.getvalue()


def _wide_sheet() -> bytes:
    book, stream = Workbook(), io.BytesIO()
    book.worksheets[0]["A1"], book.worksheets[0]["XFD1048576"] = "x", "y"
    book.save(stream)
    return stream.getvalue()


def _shared_strings() -> bytes:
    strings = f"<sst {MAIN}>" + "<si><t>x</t></si>" * 3_000_000 + "</sst>"
    sheet = f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    return _save(Workbook(), {"xl/sharedStrings.xml": strings, SHEET: sheet})


def _deep_json() -> bytes:
    return b"[" * 100_000 + b"1" + b"]" * 100_000


_READ, _CUT = {"complete", "partial"}, {"partial", "timeout"}
#: Name, how it is made, and how it may end.
_MADE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    **{name: (make, {told.outcome}) for name, (make, told) in HOSTILE.items()},
    **{name: (partial(bytes, content), _READ) for name, content in CIRCLES.items()},
    "overlap.zip": (_overlapping, {"partial"}),
    "locked.zip": (lambda: encrypted(zipped("a.txt", PHONE.encode())), {"encrypted"}),
    "linked.tar": (_linked, {"complete"}),
    "cut.txt.gz": (lambda: gzip.compress(os.urandom(99_999))[:-9], {"partial", "unsupported"}),
    "laughs.svg": (lambda: b'<!DOCTYPE x [<!ENTITY e "ha"><!ENTITY f "&e;&e;">]><svg>&f;</svg>', {"partial"}),
    "outside.xml": (lambda: b'<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]><x>&e;</x>', {"partial"}),
    "wide.xlsx": (_wide_sheet, {"complete"}),
    "strings.xlsx": (_shared_strings, _READ | _CUT),
    "flate.pdf": (lambda: write_page(zlib.compress(b" " * 100_000_000), entries=b"/Filter /FlateDecode"), _READ),
    "pages.pdf.pdf": (lambda: pdf_of_pages(8_000), _CUT),
    "levels.eml": (lambda: nested(500), {"partial"}),
    "headers.eml": (lambda: b"X-A: " + b"a" * 10_000_000 + b"\n\nx", _READ),
    "deep.json": (_deep_json, _READ),
    "field.csv": (lambda: b'a,b\n"' + (_MEGABYTE[:-1] + b"\0") * 40 + b'",c\n', _READ),
    "bytes.txt": (lambda: bytes(range(256)) * 999, {"partial", "unsupported"}),
    "spaces.txt": (lambda: b" " * 5_000_000 + b"0" * 5_000_000 + b"-" * 5_000_000 + "ー".encode() * 1_000_000, _READ),
}


def grow(root: Path) -> Tree:
    """Make the tree below a folder. As root also a device; what has no rights is for `as_somebody`."""
    outcomes = {name: ends for name, (_, ends) in _MADE.items()}
    for name, (make, _) in _MADE.items():
        (root / name).write_bytes(make())
    write_entries(root / "entries.zip", Limits().members + 1000)  # 70,000 are read in time, by now
    outcomes["entries.zip"] = _CUT
    for name in ("sparse.bin", "sparse.txt"):
        with (root / name).open("wb") as stream:
            stream.truncate(10 << 30)
        outcomes[name] = _READ | _CUT | {"unsupported"}
    outcomes |= _special(root)
    outcomes |= _named(root)
    return Tree(outcomes, _good(root))


def _special(root: Path) -> dict[str, set[str]]:
    os.mkfifo(root / "fifo")
    (root / "loop").symlink_to(root)
    (root / "out").symlink_to("/etc/shadow")
    (root / "dangling").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(root / "socket"))
    made = {name: {"skipped"} for name in ("fifo", "loop", "out", "dangling", "socket")}
    (root / "denied.txt").write_text(PHONE, encoding="utf-8")
    (root / "denied").mkdir()
    for name in ("denied.txt", "denied"):
        (root / name).chmod(0)
        made[name] = {"unreadable"}
    if not os.geteuid():
        os.mknod(root / "device", 0o600 | 0o020000, os.makedev(1, 3))
        made["device"] = {"skipped"}
    _dig(root)
    return made


def _dig(root: Path) -> None:
    """Make folders in folders, deeper than a path may be long."""
    before = Path.cwd()
    try:
        os.chdir(root)
        for _ in range(30):
            os.mkdir("d" * 200)  # noqa: PTH102 - a Path would be too long
            os.chdir("d" * 200)
    finally:
        os.chdir(before)


def _named(root: Path) -> dict[str, set[str]]:
    names = [f"名{char}.txt" for char in CHARACTERS] + ["=cmd|' '!A1.csv", "-rf", "<script>alert(1)<", "あ" * 83, "CON"]
    for name in names:
        (root / name).write_bytes(b"x\n")
    return {name: {"complete"} for name in names}


def _good(root: Path) -> set[str]:
    (root / "良").mkdir()
    made = {}
    for files in SPECIMENS.values():
        for name, build in files.items():
            made[name] = build(_FIELDS)
    made |= {f"{number}.txt": PHONE.encode() for number in range(20)}
    for name, content in made.items():
        (root / "良" / name).write_bytes(content)
    return {f"良/{name}" for name in made if name != "locked.xlsx"}
