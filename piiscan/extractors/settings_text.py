"""Settings: TOML, and the lines `key = value` of ini, properties and env. Sections are rows, keys are headers.

A section `[a.b]` is an object under the key b, `[[people]]` a row of a table. What is no such line, a value of several
lines and a comment are text, and so is a key or section that is worth scanning itself. A file above `LARGEST` is text,
and so is a section of ini that holds more than `WIDEST` lines (settinglines.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.heldtext import Held, Leftovers
from piiscan.jsonrows import TELLING
from piiscan.lineindex import LineIndex
from piiscan.nested import Nested
from piiscan.runningtext import is_cell, is_name
from piiscan.settinglines import ATOM, END, INI, LONG_STRING, REST, SETTING, TOML, UNICODE, WORDS, find_wide, unescape
from piiscan.tables import Spot, Tables, place_spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece, Table

#: In bytes.
LARGEST = 1 << 23
#: Brackets in brackets are followed so deep, and so many in vain.
_DEEPEST, _VAIN = 100, 1 << 20
_ANYTHING = re.compile(r"\S")


def extract_toml(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the tables of TOML, and what lies between its values as text."""
    yield from _extract(stream, TOML)


def extract_ini(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the sections of settings, and what is no setting as text."""
    yield from _extract(stream, INI)


def _extract(stream: BinaryIO, line: re.Pattern[str]) -> Iterator[Piece]:
    held = Held(stream, LARGEST)
    if held.text is None or not line.search(held.text):
        yield from held.as_plain()
        return
    reader = _Reader(held.text, line)
    yield from reader.read()
    yield from reader.leftovers.segments()
    yield from held.problems


class _Reader:
    """Goes from one line that is known to the next."""

    def __init__(self, text: str, line: re.Pattern[str]) -> None:
        self._text, self._line, self._is_toml = text, line, line is TOML
        self.leftovers = Leftovers(text, _ANYTHING)
        self._nested = Nested(Tables(place_spot))
        self._lines = LineIndex(text)
        self._full: list[Table] = []
        self._vain = 0
        self._wide = set() if self._is_toml else find_wide(line, text)

    def read(self) -> Iterator[Table]:
        """Yield all rows."""
        self._nested.open(is_object=True)
        at = 0
        is_wide = at in self._wide
        while line := self._line.search(self._text, at):
            at = line.end()
            if line["section"]:
                self._open(line["section"], is_list=bool(line["list"]))
                self._pass(line.start(), at, line["section"])
                is_wide = at in self._wide
            elif is_wide:
                continue
            elif self._is_toml:
                self._nested.frames[-1].key = line["key"].strip("\"'")
                at = self._take_toml(line)
            else:
                self._nested.frames[-1].key = unescape(line["key"], UNICODE)
                at = self._take_setting(line)
            yield from self._full
            self._full.clear()
        yield from self._nested.close_all()
        yield from self._nested.tables.flush()

    def _open(self, section: str, *, is_list: bool) -> None:
        """Open a section, inside those that its name begins with."""
        nested, frames = self._nested, self._nested.frames
        names = [name.strip("\"'") for name in WORDS.findall(section)] if self._is_toml else [section]
        path = [frame.name for frame in frames[1:] if frame.is_object]
        shared = 0
        while shared < min(len(path), len(names) - 1) and path[shared] == names[shared]:
            shared += 1
        while sum(frame.is_object for frame in frames) > shared + 1 or not frames[-1].is_object:
            self._full += nested.close()
        for number, name in enumerate(names[shared:], shared + 1):
            frames[-1].key = name
            if is_list and number == len(names):
                nested.open(is_object=False)
            nested.open(is_object=True)

    def _pass(self, start: int, end: int, name: str) -> None:
        """Go over a key or section, which is text if it is worth scanning itself."""
        if not TELLING.search(name):
            self.leftovers.skip(start, end)

    def _leave(self, line: re.Match[str], end: int) -> int:
        """Leave a line as text, up to where its value ends."""
        self.leftovers.keep(line.start(), end)
        return end

    def _take_setting(self, line: re.Match[str]) -> int:
        """Take the value of a setting; give where it ends."""
        value = SETTING.match(self._text, line.end())
        key, group = self._nested.frames[-1].key, value.lastgroup if value else None
        raw = value[group] if value and group else ""
        text = unescape(raw, UNICODE)
        if not value or raw.endswith("\\") or is_name(key) or not is_cell(text):
            rest = REST.match(self._text, line.end())
            return self._leave(line, rest.end() if rest else line.end())
        self._pass(line.start(), line.end(), key)
        self._take(text, value.start(group or 0), raw)
        self.leftovers.skip(line.end(), value.end())
        return value.end()

    def _take_toml(self, line: re.Match[str]) -> int:
        """Take a value of TOML; give where it ends."""
        text, at = self._text, line.end()
        if long := LONG_STRING.match(text, at):
            return self._leave(line, long.end())
        atoms = self._read_value(at)
        end = atoms[-1].end() if atoms else at
        if not atoms or not END.match(text, end) or is_name(self._nested.frames[-1].key):
            self._vain += end - at
            rest = REST.match(text, max(end, at))
            return self._leave(line, rest.end() if rest else end)
        if len(atoms) == 1 and not is_cell(_value_of(atoms[0])):
            return self._leave(line, end)
        self._pass(line.start(), at, self._nested.frames[-1].key)
        self._take_atoms(atoms)
        return end

    def _read_value(self, at: int) -> list[re.Match[str]]:
        """Give the atoms of a value, its brackets included; none if it is no value."""
        atoms: list[re.Match[str]] = []
        is_open: list[str] = []
        while self._vain <= _VAIN and (atom := ATOM.match(self._text, at)):
            at = atom.end()
            atoms.append(atom)
            mark = atom["mark"]
            if mark and mark in "[{":
                is_open.append(mark)
            elif mark and mark in "]}":
                if not is_open or is_open.pop() != ("[" if mark == "]" else "{"):
                    break
            elif (mark and not is_open) or (mark == "=" and is_open[-1] == "["):
                break
            if len(is_open) > _DEEPEST or (atom["comment"] and not is_open):
                break
            if not is_open:
                return atoms
        self._vain += sum(len(atom[0]) for atom in atoms)
        return []

    def _take_atoms(self, atoms: list[re.Match[str]]) -> None:
        """Take the atoms of a value."""
        nested, is_key, is_kept = self._nested, [False], True
        for atom in atoms:
            group = atom.lastgroup or ""
            first, is_value = atom.start(group), False
            if group == "mark":
                if atom["mark"] in "[{":
                    is_object = atom["mark"] == "{"
                    nested.open(is_object=is_object)
                    is_key.append(is_object)
                elif atom["mark"] in "]}":
                    self._full += nested.close()
                    is_key.pop()
                else:
                    is_key[-1] = atom["mark"] == "," and nested.frames[-1].is_object
            elif is_key[-1]:
                nested.frames[-1].key = atom[group]
            elif is_value := group != "comment" and is_cell(_value_of(atom)):
                self._take(_value_of(atom), first, atom[group])
            if group != "mark" and not (is_value or (is_key[-1] and not TELLING.search(atom[group]))):
                is_kept = True
                continue
            # Brackets, quotes and commas are text only where something beside them is.
            start = first - (group in {"basic", "literal"}) if is_kept else self.leftovers.end
            self.leftovers.skip(start, atom.end())
            is_kept = False

    def _take(self, text: str, at: int, raw: str) -> None:
        self._full += self._nested.take(text, Spot(*self._lines.place(at), text == raw))


def _value_of(atom: re.Match[str]) -> str:
    group = atom.lastgroup or ""
    return unescape(atom[group]) if group == "basic" else "" if group == "empty" else atom[group]
