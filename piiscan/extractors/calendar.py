"""iCalendar (.ics) and vCalendar (.vcs): a row for each event, for each who takes part; attached files."""

from __future__ import annotations

import io
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from piiscan.contentlines import Property, iter_components, unescape
from piiscan.foldedlines import PropertyRows
from piiscan.piece import Member
from piiscan.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from piiscan.piece import Piece

#: When things happen, how they repeat, and what programs write for each other.
_LEFT_OUT = frozenset({
    "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "RELATED-TO", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE",
    "DTSTART", "DTEND", "DUE", "COMPLETED", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
    "TRIGGER", "REPEAT", "ACTION", "TRANSP", "STATUS", "CLASS", "PRIORITY", "PERCENT-COMPLETE", "TZID", "TZOFFSETFROM",
    "TZOFFSETTO", "TZNAME", "GEO", "FREEBUSY",
})  # fmt: skip
_PEOPLE = frozenset({"ATTENDEE", "ORGANIZER"})
_MAIL = "mailto:"


def extract_calendar(stream: BinaryIO, name: str) -> Iterator[Piece]:  # noqa: ARG001 - the common signature
    """Yield the events and all who take part."""
    events, people = PropertyRows("events"), PropertyRows("people")
    files = count(1)

    def take(line: Property) -> Iterator[Piece]:
        if line.name in _PEOPLE:
            yield from _person(people, line)
        elif line.data is not None:
            number, told = next(files), line.parameters
            file_name = told.get("FILENAME") or told.get("X-FILENAME") or f"attachment-{number}"
            yield Member(file_name, partial(io.BytesIO, line.data))
        elif line.name not in _LEFT_OUT:
            yield from _text(events, line)

    return iter_components(stream, take, events, people)


def _text(events: PropertyRows, line: Property) -> Iterator[Piece]:
    """Add a text, and those of private parameters, such as the address of a place by Apple."""
    yield from events.add(line.name, line.text, Spot(line.number, line.column, line.is_plain))
    for key, value in line.parameters.items():
        if key.startswith("X-"):
            yield from events.add(key, unescape(value), Spot(line.number, 1, straight=False))


def _person(people: PropertyRows, line: Property) -> Iterator[Piece]:
    """Add somebody's name and address, and who acts for them."""
    spot = Spot(line.number, 1, straight=False)
    value = line.text
    mail = value[len(_MAIL) :] if value.lower().startswith(_MAIL) else value
    yield from people.add("氏名", line.parameters.get("CN", ""), spot)
    yield from people.add("メール", mail, Spot(line.number, line.column + len(value) - len(mail), line.is_plain))
    for key in ("SENT-BY", "EMAIL", "DELEGATED-TO", "DELEGATED-FROM"):
        other = line.parameters.get(key, "").replace(_MAIL, "").replace('"', "")
        if other.lower() != mail.lower():
            yield from people.add(key, other, spot)
    yield from people.end_row()
