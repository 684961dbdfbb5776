"""The search for planted values in what a run has left: in every encoding, as digits alone, in base64, in archives."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from tests.canaries import Canary

_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
#: So few digits may come about by chance.
_FEW = 10
#: What begins like none of the traces is in no need of being searched for each of them, and there are thousands.
_BEGINNING = 6
_SEPARATORS = re.compile(r"[^0-9A-Za-zぁ-ヿ一-鿿]+")


def leaked(planted: Iterable[Canary], contents: Iterable[tuple[str, bytes]]) -> list[str]:
    """Name the contents that hold something of a planted value, and its label; the value itself is told to nobody."""
    wanted = {trace: each.label for each in planted for trace in _traces(each)}
    numbers = {digits: each.label for each in planted if len(digits := _digits(each.value)) >= _FEW}
    found = []
    for name, content in contents:
        for at, data in _unpacked(name, content):
            found += [f"{at}: {wanted[trace]}" for trace in _held(data, wanted)]
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                told = _squeezed(data.decode(encoding, "ignore"))
                found += [f"{at}: digits of {label}" for digits, label in numbers.items() if digits in told]
    return sorted(set(found))


def _held(data: bytes, traces: Collection[bytes]) -> list[bytes]:
    """Give those of the traces that are in the data."""
    beginnings = {trace[:_BEGINNING] for trace in traces}
    seen = beginnings.intersection(data[at : at + _BEGINNING] for at in range(len(data)))
    return [trace for trace in traces if (len(trace) < _BEGINNING or trace[:_BEGINNING] in seen) and trace in data]


def contents_of(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below folders, with its name."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield str(path), path.read_bytes()


def _traces(canary: Canary) -> set[bytes]:
    texts = {canary.value, canary.hidden, canary.hidden.translate(_WIDE)}
    if len(digits := _digits(canary.hidden)) >= _FEW:
        texts.add(digits)
    raw = {text.encode(encoding) for text in texts for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932")}
    whole = {canary.value.encode(encoding) for encoding in ("utf-8", "utf-16-le", "cp932")}
    whole |= {_digits(each).encode() for each in (canary.value,) if len(_digits(each)) >= _FEW}
    coded = {trace for data in whole for trace in (data.hex().encode(), *_base64(data))}
    return raw | coded | {canary.value.encode("unicode_escape"), canary.hidden.encode("unicode_escape")}


def _base64(data: bytes) -> Iterator[bytes]:
    """Yield what is the same of it wherever it stands within what is encoded."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data)
        first, last = -(-before * 4 // 3), (before + len(data)) // 3 * 4
        yield whole[first + (before > 0) : last]


def _digits(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isdecimal())


def _squeezed(text: str) -> str:
    # letters stay, so that the digits of a fingerprint and of times do not run together into a number
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}!{member}", archive.read(member)
