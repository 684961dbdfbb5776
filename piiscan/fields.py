"""Header fields of mail: decoded words (RFC 2047), parameters (RFC 2231) and lists of addresses.

The standard library's readers are not used for them: they take seconds for a thousand addresses, and lose a
character that is split over two encoded words.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from piiscan.transfer import decode_base64, decode_text

_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")
_FOLD = re.compile(r"[\r\n]+")
# Every repetition is bounded: a field may be megabytes of quotes that never close.
_PARAMETER = re.compile(r';\s{0,9}([^=;\s"]{1,99})\s{0,9}=\s{0,9}("(?:\\.|[^"\\]){0,2000}"|[^;]*)', re.DOTALL)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_RECIPIENT = re.compile(r'(?:"(?:\\.|[^"\\]){0,200}"|[^,;"]|")+?(?=[,;]|\Z)', re.DOTALL)
_ADDRESS = re.compile(r'[^\s<>()\[\],;:"@]{1,256}@[^\s<>()\[\],;:"@]{1,256}')
_ANGLE = re.compile(r"<([^<>@]{1,256}@[^<>@]{1,256})>")
_LONGEST = 65_536  # characters of a field that are searched for parameters


class Recipient(NamedTuple):
    """One of a list: its address ("" where there is none), and what else stands there, such as the name."""

    address: str
    rest: str


def unfold(value: bytes) -> str:
    """Decode a field's raw bytes and join its lines; encoded words stay as they are."""
    return _FOLD.sub("", decode_text(value)).strip()


def decode_words(text: str) -> str:
    """Decode the encoded words of a field. Neighbours in one charset are joined as bytes before they are decoded."""
    parts: list[str] = []
    run, label, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        declared = word[1].partition("*")[0]
        adjoins = bool(label) and not between.strip()
        if label and (not adjoins or declared.lower() != label.lower()):
            parts.append(decode_text(run, label))
            run = b""
        if not adjoins:
            parts.append(between)
        run += _word_bytes(word[2], word[3])
        label, end = declared, word.end()
    if label:
        parts.append(decode_text(run, label))
    return "".join((*parts, text[end:]))


def parse_parameters(text: str) -> tuple[str, dict[str, str]]:
    """Split `text/plain; charset=x` into its value and parameters, both in lower case but for the texts."""
    text = text[:_LONGEST]
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for parameter in _PARAMETER.finditer(text):
        value = parameter[2].strip()
        if value.startswith('"'):
            value = _ESCAPED.sub(r"\1", value[1:].removesuffix('"'))
        if section := _SECTION.fullmatch(parameter[1].lower()):
            sections.setdefault(section[1], {})[int(section[2] or 0)] = value, bool(section[3])
    return text.partition(";")[0].strip().lower(), {name: _join(parts) for name, parts in sections.items()}


def split_recipients(text: str) -> list[Recipient]:
    """Split an unfolded list of addresses at its commas, group names and semicolons."""
    return [_recipient(decode_words(item[0]).strip()) for item in _RECIPIENT.finditer(text) if item[0].strip()]


def _recipient(text: str) -> Recipient:
    found = _ANGLE.search(text)
    address = found[1].strip() if found else ""
    if not found and (plain := _ADDRESS.search(text)):
        address = plain[0]
    # The name is often the address once more: that is one person, and one finding.
    rest = text.replace(address, "") if address else text
    return Recipient(address, rest.strip(" \t<>\"'(),;:"))


def _join(parts: dict[int, tuple[str, bool]]) -> str:
    texts = [parts[number] for number in sorted(parts)]
    if not any(is_encoded for _, is_encoded in texts):
        return decode_words("".join(text for text, _ in texts))
    label, first = "", texts[0][0]
    if texts[0][1] and first.count("'") > 1:
        label, _, first = first.split("'", 2)
        texts[0] = first, True
    data = b"".join(
        unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "surrogateescape") for text, is_encoded in texts
    )
    return decode_text(data, label)


def _word_bytes(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if kind in "bB":
        return decode_base64(data)[0]
    return a2b_qp(data, header=True)
