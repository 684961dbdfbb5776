"""The names of what lies in archives and compressed files, as people see them."""

from __future__ import annotations

import locale
import re
import unicodedata
from pathlib import PurePath

#: Suffixes of compressed tars (lower case): what they hold is called `.tar`.
_TARS = frozenset(".tgz .tbz .tbz2 .txz .tzst .tlz4 .taz".split())

#: Characters of two bytes in CP932; the second may be a backslash, and none is a slash.
_CHARACTER = re.compile(rb"[\x81-\x9f\xe0-\xfc].", re.DOTALL)

#: How parts of one archive are called: the rest lies in other files.
_PART = re.compile(r"\.(?:\d{3}|part\d+\.rar|r\d\d)$", re.IGNORECASE)


def decode_name(raw: bytes) -> str:
    """Decode a name that does not say its encoding: Windows writes CP932, macOS UTF-8 in decomposed form."""
    for encoding in ("utf-8", "cp932"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def decode_mangled(name: str) -> str:
    r"""Decode a name whose bytes were taken for Latin-1, and whose every backslash was made a slash.

    >>> decode_mangled("\x83/\x83t\x83g/a.txt")
    'ソフト/a.txt'
    """
    try:
        raw = name.encode("latin-1")
    except UnicodeEncodeError:  # the archive itself told the encoding
        return name
    try:
        raw.decode()
    except UnicodeDecodeError:
        raw = _CHARACTER.sub(lambda pair: pair[0].replace(b"/", b"\\"), raw)
    return decode_name(raw)


def inner_name(name: str) -> str:
    """Name what a compressed file holds: `a.csv.gz` holds `a.csv`, `a.tgz` holds `a.tar`.

    >>> [inner_name(name) for name in ("a.csv.gz", "a.tgz", "app.log.1.gz")]
    ['a.csv', 'a.tar', 'app.log.1']
    """
    path = PurePath(name)
    return f"{path.stem}.tar" if path.suffix.lower() in _TARS else path.stem or name


def is_volume(name: str) -> bool:
    """Tell a part of an archive by its name."""
    return _PART.search(name) is not None


def speak_utf8() -> None:
    """Let a library give names in UTF-8 that uses the codeset of the process, which may be none."""
    if locale.nl_langinfo(locale.CODESET).upper() not in {"UTF-8", "UTF8"}:
        for name in ("C.UTF-8", "ja_JP.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return
