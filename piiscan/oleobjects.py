"""What is embedded in older Office documents: the storages of objects, and packages, as members."""

from __future__ import annotations

import io
import struct
from functools import partial
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from piiscan import charset
from piiscan.formcontrols import control_text
from piiscan.model import Outcome
from piiscan.piece import Member, Problem
from piiscan.storagecopy import write_compound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from piiscan.compound import Compound, Path

#: The streams of packages and of objects that are a file of some other program (a PDF).
NATIVE, PACKAGE, CONTENTS = "\x01Ole10Native", "Package", "CONTENTS"
#: The stream that a control has, and what files of controls are called in later documents.
_CONTROL, _ACTIVE = "\x03ocxname", "activex"
#: What describes an object and how it looks; and the parts of a document that are storages, not objects.
_ABOUT = frozenset("\x01ole \x01compobj \x03objinfo \x03linkinfo \x03print \x03eprint \x03pict \x03meta".split(" "))
_LABEL, _LONGEST_NAME = 260, 255


def iter_objects(compound: Compound, *folder: str, but: str = "") -> Iterator[Member]:
    """Yield the objects in the storages right within a folder, `but` one; links hold nothing to read."""
    for name, streams in compound.iter_storages(*folder):
        if name != but:
            yield from iter_object(compound, name, streams)


def iter_object(compound: Compound, name: str, streams: Mapping[Path, Path]) -> Iterator[Member]:
    """Yield what one storage called `name` holds: the file of a package, the storage as a file of its own, or a text.

    The text is what was entered into the control of a form.
    """
    top = {path[0].lower(): whole for path, whole in streams.items() if len(path) == 1}
    if _CONTROL in top or name.lower().startswith(_ACTIVE):
        found = top.get(CONTENTS.lower())
        if text := control_text(compound.read(*found)) if found else "":
            yield Member(f"{name}.txt", partial(io.BytesIO, text.encode()))
        return
    if all(_is_about(path) for path in streams):
        return
    if whole := top.get(NATIVE.lower()):
        yield unpack_native(compound.read(*whole), name)
    elif whole := top.get(PACKAGE.lower()) or top.get(CONTENTS.lower()):
        yield Member(name, partial(_open_stream, compound, whole))
    else:
        yield Member(name, partial(_open_copy, compound, streams))


def unpack_native(data: bytes, name: str) -> Member:
    """Give the file in a package under the name that it was given; where its head is none, all that is there.

    Layout: size, kind, label and path (each with a NUL), four bytes, size and text of a second path, size, bytes.
    """
    try:
        label_end = data.index(b"\0", 6)
        path_end = data.index(b"\0", label_end + 1)
        (length,) = struct.unpack_from("<L", data, path_end + 5)
        at = path_end + 9 + length
        (size,) = struct.unpack_from("<L", data, at)
        label = data[6:label_end]
    except (ValueError, struct.error):
        return Member(name, partial(io.BytesIO, data[4:]))
    if label_end > _LABEL or size > len(data) - at - 4:
        whole = Problem(Outcome.PARTIAL, "damaged") if label_end <= _LABEL else None
        return Member(name, partial(io.BytesIO, data[4:]), whole)
    given = charset.decode_lossy(label, charset.decide(label, final=True))
    return Member(
        PureWindowsPath(given).name[:_LONGEST_NAME] or name, partial(io.BytesIO, data[at + 4 : at + 4 + size])
    )


def _is_about(path: Path) -> bool:
    return len(path) == 1 and (path[0].lower() in _ABOUT or path[0].lower().startswith("\x02olepres"))


def _open_stream(compound: Compound, path: Path) -> BinaryIO:
    return io.BytesIO(compound.read(*path))


def _open_copy(compound: Compound, streams: Mapping[Path, Path]) -> BinaryIO:
    return io.BytesIO(write_compound({path: compound.read(*whole) for path, whole in streams.items()}))
