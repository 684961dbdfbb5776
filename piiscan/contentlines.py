"""Properties of vCard and iCalendar (RFC 6350, RFC 5545, vCard 2.1): `NAME;PARAMETER=x:value`, undone and split."""

from __future__ import annotations

import re
from binascii import a2b_qp
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from piiscan import charset
from piiscan.foldedlines import DAMAGED, Folded, iter_folded
from piiscan.piece import Problem, Segment
from piiscan.transfer import decode_base64, decode_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import BinaryIO

    from piiscan.foldedlines import PropertyRows
    from piiscan.piece import Piece

# The group in front of a name, the name, and its parameters, which may be quoted; all repetitions are bounded.
_LINE = re.compile(r'(?:[A-Za-z0-9-]{1,64}\.)?([A-Za-z0-9-]{1,64})((?:;(?:[^":;]|"[^"]{0,4096}"){0,4096}){0,64}):')
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,64})(?:=((?:[^";]|"[^"]{0,4096}"){0,4096}))?')
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE[:;]", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_DATA = re.compile(r"data:([^;,]{0,99})((?:;[^;,]{0,99}){0,9}),", re.IGNORECASE)
_PIECE = re.compile(r"((?:[^\\;]|\\.)*)(?:;|\Z)", re.DOTALL)
_SHIFT_JIS = frozenset({"shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "cp932"})
_BINARY = frozenset({"B", "BASE64"})
_LONGEST_NAME = 64


class Property(NamedTuple):
    """A property: its name in capitals, its parameters (names in capitals), and its value as text or as bytes.

    `value` still has its escapes; `column` (1-based) is where it begins in line `number`, `is_plain` that the file has
    it there as it is.
    """

    name: str
    parameters: Mapping[str, str]
    value: str
    data: bytes | None
    number: int
    column: int
    is_plain: bool

    @property
    def text(self) -> str:
        """The value without its escapes."""
        return unescape(self.value)

    def has_type(self, *types: str) -> bool:
        """Tell whether a parameter says one of these (`TYPE=CELL`, or as in vCard 2.1, `CELL`)."""
        words = {word.strip('" ') for word in self.parameters.get("TYPE", "").upper().split(",")}
        return not words.isdisjoint(types) or any(kind in self.parameters for kind in types)

    def parts(self) -> list[str]:
        """Give the parts of a value between semicolons, without their escapes."""
        return [unescape(part[1]).strip() for part in _PIECE.finditer(self.value)][:99]


def iter_components(
    stream: BinaryIO, take: Callable[[Property], Iterable[Piece]], rows: PropertyRows, *others: PropertyRows
) -> Iterator[Piece]:
    """Yield what `take` gives for each property, in `rows` a row for each component between BEGIN and END.

    What is no property is text; a component that does not end is damage. All rows are closed at the end.
    """
    open_components: list[str] = []
    is_broken = False
    for line in iter_properties(stream):
        if isinstance(line, Problem):
            yield line
        elif isinstance(line, Folded):
            yield Segment(line.text, first_line=line.number)
        elif line.name in {"BEGIN", "END"}:
            component = line.value[:_LONGEST_NAME].strip().upper()
            if line.name == "BEGIN":
                open_components.append(component)
            else:  # the line that ends a component may be cut as well
                is_broken |= not open_components or open_components.pop() != component
            yield from rows.end_row()
        else:
            yield from take(line)
    for each in (rows, *others):
        yield from each.close()
    if open_components or is_broken:
        yield DAMAGED


def iter_properties(stream: BinaryIO) -> Iterator[Property | Folded | Problem]:
    """Yield the properties of a file, and lines that are none."""
    for line in iter_folded(stream, _is_soft):
        match = None if isinstance(line, Problem) else _LINE.match(line.text)
        if isinstance(line, Problem) or not match:
            if isinstance(line, Problem) or line.text.strip():
                yield line
            continue
        parameters = {name.upper(): (value or "").strip('"') for name, value in _PARAMETER.findall(match[2])}
        value, data = _decoded(line.text[match.end() :], parameters)
        is_plain = line.is_one and line.text.endswith(value) and "\\" not in value
        yield Property(match[1].upper(), parameters, value, data, line.number, match.end() + 1, is_plain)


def unescape(text: str) -> str:
    r"""Undo the escapes of a text.

    >>> unescape("a\\nb\\, c\\\\")
    'a\nb, c\\'
    """
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _is_soft(first: str, last: str) -> bool:
    """Tell whether a quoted-printable value goes on: its line ends with "="."""
    return last.endswith("=") and _QUOTED.search(first[:4096]) is not None


def _decoded(value: str, parameters: Mapping[str, str]) -> tuple[str, bytes | None]:
    """Undo the encoding of a value: as text, or as bytes if it is no text."""
    encoding = parameters.get("ENCODING", "").upper()
    if encoding == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in parameters:
        data = a2b_qp(value.encode("utf-8", "surrogateescape"))
        declared = parameters.get("CHARSET", "").lower()
        text = charset.decode(data, "cp932") if declared in _SHIFT_JIS else None
        return decode_text(data, declared) if text is None else text, None
    if encoding in _BINARY or "BASE64" in parameters:
        return "", decode_base64(value.encode("utf-8", "replace"))[0]
    if uri := _DATA.match(value):
        rest = value[uri.end() :]
        is_base64 = "base64" in uri[2].lower()
        return "", decode_base64(rest.encode("utf-8", "replace"))[0] if is_base64 else unquote_to_bytes(rest)
    return value, None
