"""The grammar of settings, as patterns: lines of TOML, and of ini, properties and env; values, and their escapes."""

from __future__ import annotations

import re
import sys
from collections import Counter

from piiscan import possessive

#: A section of more lines is a catalogue, such as the messages of a program, and text.
WIDEST = 64
_WORD = r"""(?:[^\s"'=\[\]{}#.,]++|"[^"\\\r\n]*+"|'[^'\r\n]*+')"""
_NAME = rf"{_WORD}(?:[ \t]*+\.[ \t]*+{_WORD}){{0,20}}+"
_TITLE = r"[^][\r\n]{1,200}"
_SECTION = r"\[(?P<list>\[)?[ \t]*+(?P<section>%s)[ \t]*+\](?(list)\])(?=[ \t]*+(?:[#;]|[\r\n]|\Z))"
#: A section, or a line up to its value.
TOML = possessive.compiled(rf"(?m)^[ \t]*+(?:{_SECTION % _NAME}|(?P<key>{_NAME})[ \t]*+=[ \t]*+(?=\S))")
#: Without a space behind it, a colon also stands in addresses of the web, times and paths.
INI = re.compile(
    rf"^[ \t]*+(?:{_SECTION % _TITLE}|(?:export[ \t]++)?"
    r"""(?P<key>[^\s=:#;!\[\]{}<>"'(),/][^=:\r\n"'<>]{0,100}?)[ \t]{0,80}+(?:=|:(?=[ \t]))[ \t]*+(?=\S))""",
    re.MULTILINE,
)
WORDS = re.compile(_WORD)
ATOM = possessive.compiled(
    r"""[ \t\r\n]*+(?:"(?!"")(?P<basic>[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+)"|'(?!'')(?P<literal>[^'\r\n]*+)'"""
    r"""|(?P<empty>""(?!")|''(?!'))|(?P<mark>[][{},=])|(?P<comment>\#[^\r\n]*+)|(?P<bare>[^][\s{},=#"']++))"""
)
LONG_STRING = re.compile(r"(?s)\"\"\".*?\"{3,5}|'''.*?'{3,5}")
_BEHIND = r"(?=[ \t]*+(?:[\r\n]|\Z)|[ \t]++[#;])"
SETTING = possessive.compiled(
    rf""""(?P<double>[^"\r\n]*+)"{_BEHIND}|'(?P<single>[^'\r\n]*+)'{_BEHIND}"""
    r"""|(?P<open>(?:[^\s]++|[ \t\f\v\u3000\xa0]++(?![#;\s]|\Z))++)"""
)
REST, END = re.compile(r"[^\r\n]*+"), re.compile(r"[ \t]*+(?:[#\r\n]|\Z)")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^\r\n]))")
UNICODE = re.compile(r"\\(?:u([0-9a-fA-F]{4})()())")
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "e": "\x1b"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def find_wide(line: re.Pattern[str], text: str) -> set[int]:
    """Give where the sections begin, behind their names, that hold so much that they are no row but a catalogue."""
    counts, section = Counter[int](), 0
    for found in line.finditer(text):
        if found["section"]:
            section = found.end()
        else:
            counts[section] += 1
    return {section for section, count in counts.items() if count > WIDEST}


def unescape(raw: str, escape: re.Pattern[str] = ESCAPE) -> str:
    """Decode the escapes of a value; half a surrogate pair becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", escape.sub(_stands_for, raw)) if "\\" in raw else raw


def _stands_for(escape: re.Match[str]) -> str:
    """Give the character of an escape; an unknown one stays as it is."""
    if escape[3]:
        return _SHORT.get(escape[3], escape[3])
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= sys.maxunicode else escape[0]
