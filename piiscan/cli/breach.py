"""`piiscan breach`: if what a catalog knows of were to leak, or a folder of it: who has to be told, and by when."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.breach import duties, triggers
from piiscan.catalog import opened
from piiscan.errors import ConfigError
from piiscan.inventory import Inventory
from piiscan.messages import _, catalogue, language
from piiscan.printable import json_line, printable
from piiscan.sinks import open_sink
from piiscan.wording import people_in_words
from piiscan.wrap import columns, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.breach import Duty
    from piiscan.cli.report import Asked
    from piiscan.holdings import Holding, Trigger, Words
    from piiscan.people import People

WIDTH = 100


def breach(asked: Asked, folder: str, known: str | None, form: str, output: str) -> int:
    """Tell which triggers of the law the files below a folder meet ("" for all), and what is due then."""
    if form not in {"human", "json"}:
        raise ConfigError(_("--format: not one of {choices}").format(choices="human, json"))
    today, policy, day = asked.today(), asked.rules(), _day(known)
    inside = folder.strip("/")

    def is_meant(_root: str, path: str) -> bool:
        return not inside or path == inside or path.startswith(f"{inside}/")

    with opened(Path(asked.catalog)) as connection:
        inventory = Inventory(connection, asked.run)
        files = [each for each in inventory.holdings() if is_meant(each.root, each.path)]
        people = inventory.people(is_meant)
        unread = sum(is_meant(each.root, each.path) for each in inventory.unread())
    found = triggers(files, people, policy, today)
    due = duties(policy, found, today, day)
    with open_sink(output) as sink:
        if form == "json":
            sink.write(_json(people, files, unread, found, due))
        else:
            for line in _lines(inside, people, files, unread, found, due):
                sink.write(line)
    return 0


def _day(known: str | None) -> date | None:
    try:
        return date.fromisoformat(known) if known else None
    except ValueError:
        raise ConfigError(_("--known: not a day such as 2026-11-23")) from None


def _lines(
    folder: str, people: People, files: Sequence[Holding], unread: int, found: Sequence[Trigger], due: Sequence[Duty]
) -> Iterator[str]:
    words = catalogue(language())
    where = printable(folder) or _("everything")
    yield _("If this leaked: {folder}").format(folder=where)
    yield _("Estimates, no legal advice. Triggers are judged by the upper bound.")
    about = people_in_words(words, people) or _("nobody")
    yield _("{files} files with findings, {people}").format(files=f"{len(files):,}", people=about)
    if unread:
        yield _("{count} files were not read: nothing is known of them").format(count=f"{unread:,}")
    yield ""
    rows = [(_mark(each), _said(each.title), people_in_words(words, each.people), _said(each.law)) for each in found]
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    yield from ("  ".join(map(pad, row, widths)).rstrip() for row in rows)
    yield from (f"   {_said(each.question)}" for each in found if each.question)
    for each in due:
        yield ""
        yield from _duty_lines(each)


def _mark(trigger: Trigger) -> str:
    return "?" if trigger.question else _("yes") if trigger.is_met else _("no")


def _duty_lines(duty: Duty) -> Iterator[str]:
    met = _("to be reported") if duty.is_met else _("not to be reported by figures alone")
    yield f"{_said(duty.law)}: {met}"
    if not duty.is_met:
        return
    yield f"  {_said(duty.authority)}"
    for deadline in duty.deadlines:
        yield f"  {_said(deadline.title)}" + (f" ({deadline.due})" if deadline.due else "")
    for text in (duty.notice, *duty.remarks):
        yield from (f"  {line}" for line in wrap(_said(text), WIDTH - 2))
    yield "  " + _("The report asks for:")
    for number, item in enumerate(duty.items, 1):
        yield f"   {number}. {_said(item)}"


def _said(words: Words | None) -> str:
    return "" if words is None else words.ja if language() == "ja" else words.en


def _json(people: People, files: Sequence[Holding], unread: int, found: Sequence[Trigger], due: Sequence[Duty]) -> str:
    told = {
        "schema": 1,
        "record": "breach",
        "files": len(files),
        "unread": unread,
        "people": people._asdict(),
        "triggers": [
            {"id": each.id, "met": each.is_met, "more_than": each.threshold, "people": each.people._asdict()}
            for each in found
        ],
        "duties": [{"id": each.id, "met": each.is_met, "deadlines": _deadlines(each)} for each in due],
    }
    return json_line(json.dumps(told, ensure_ascii=False).encode())


def _deadlines(duty: Duty) -> list[dict[str, object]]:
    return [
        {"title": each.title._asdict(), "due": each.due.isoformat() if each.due else None} for each in duty.deadlines
    ]
