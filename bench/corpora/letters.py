"""Texts as mail, contacts, calendars and what programs write: formats that are text themselves."""

from __future__ import annotations

import json
from base64 import b64encode, encodebytes
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.corpora.office import Make

#: Paragraphs in one message, page or cell.
_PAGE = 40
_ENVELOPE = "From a@example.com Mon Nov 30 00:00:00 2026\n"
_HEAD = "From: a@example.com\nSubject: report\nMIME-Version: 1.0\nContent-Type: text/plain; charset="


def pages(texts: list[str]) -> Iterator[str]:
    """Yield the texts, so many at a time."""
    for at in range(0, len(texts), _PAGE):
        yield "\n".join(texts[at : at + _PAGE])


def _mailbox(texts: list[str]) -> bytes:
    head = f"{_ENVELOPE}{_HEAD}utf-8\nContent-Transfer-Encoding: base64\n\n".encode()
    return b"".join(head + encodebytes(page.encode()) + b"\n" for page in pages(texts))


def _old_mailbox(texts: list[str]) -> bytes:
    head = f"{_ENVELOPE}{_HEAD}iso-2022-jp\n\n".encode()
    return b"".join(head + page.encode("iso-2022-jp", "replace") + b"\n\n" for page in pages(texts))


def _saved_page(texts: list[str]) -> bytes:
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    head = 'From: <saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"; type="text/html"\n\n'
    part = "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return f"{head}{part}".encode() + encodebytes(f"<html><body>{body}</body></html>".encode()) + b"\n--b--\n"


def _cards(texts: list[str]) -> bytes:
    cards = (f"BEGIN:VCARD\nVERSION:4.0\nFN:担当 {n}\nNOTE:{text}\nEND:VCARD\n" for n, text in enumerate(texts))
    return "".join(cards).encode()


def _calendar(texts: list[str]) -> bytes:
    events = (f"BEGIN:VEVENT\nUID:{n}\nDESCRIPTION:{text}\nEND:VEVENT\n" for n, text in enumerate(texts))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(events)}END:VCALENDAR\n".encode()


def _directory(texts: list[str]) -> bytes:
    entries = (
        f"dn: cn={number},dc=example\nobjectClass: person\ndescription:: {b64encode(text.encode()).decode()}\n\n"
        for number, text in enumerate(texts)
    )
    return f"version: 1\n\n{''.join(entries)}".encode()


def _notebook(texts: list[str]) -> bytes:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": page} for page in pages(texts)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _requests(texts: list[str]) -> bytes:
    entries = [{"request": {"url": "https://example.com/"}, "response": {"content": {"text": p}}} for p in pages(texts)]
    return json.dumps({"log": {"entries": entries}}, ensure_ascii=False).encode()


#: How texts are written in each format, by suffix.
LETTERS: dict[str, Make] = {
    "mbox": _mailbox,
    "jis.mbox": _old_mailbox,
    "mht": _saved_page,
    "vcf": _cards,
    "ics": _calendar,
    "ldif": _directory,
    "ipynb": _notebook,
    "har": _requests,
}
