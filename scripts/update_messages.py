"""Bring piiscan/locale/ja/LC_MESSAGES/piiscan.po up to date with the code, and compile it to piiscan.mo.

Nothing in either file depends on the day or the machine, so that a second run changes nothing.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "piiscan"
CATALOGUE = PACKAGE / "locale/ja/LC_MESSAGES/piiscan.po"
NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def extract_messages() -> Catalog:
    """Collect the strings of every _() and ngettext() call in the package."""
    found = Catalog(
        locale="ja", project="piiscan", header_comment="# piiscan in Japanese.", creation_date=NO_DAY, fuzzy=False
    )
    found.revision_date = NO_DAY
    for _file, _line, message, _comments, _context in extract_from_dir(PACKAGE, method_map=[("**.py", "python")]):
        found.add(message)
    return found


def main() -> int:
    """Write both files, name what is not translated, and give the exit code."""
    catalogue = extract_messages()
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as stream:
            known = read_po(stream, locale="ja")
        for message in catalogue:
            if message.id and message.id in known:
                message.string = known[message.id].string
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=0, sort_output=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalogue)
    missing = [message.id for message in catalogue if message.id and not any(message.string or [])]
    for text in missing:
        print(f"not translated: {text}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
