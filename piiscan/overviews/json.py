"""The findings report as one JSON document for programs: docs/schema/piiscan-overview-1.schema.json describes it.

Keys and words are English whatever the language; sentences about a file are there in both. Each member of a long list
has a line of its own, so that a document of 100,000 files is written, and can be searched, line by line.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from piiscan.printable import encodable, is_utf8, json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from piiscan.holdings import (
        Advice,
        ClassFigures,
        Decision,
        DepartmentFigures,
        FolderFigures,
        Overview,
        RunFigures,
        Trigger,
        UnreadFile,
        Words,
    )
    from piiscan.people import People
    from piiscan.reports import View

SCHEMA = 1
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def render_json(overview: Overview, _view: View) -> Iterator[str]:
    """Yield the document line by line."""
    yield f'{{"schema":{SCHEMA},"record":"overview",'
    yield f'"run":{_line(_run(overview.run))},'
    yield f'"before":{_line(_run(overview.before) if overview.before else None)},'
    facts = {
        "operator": overview.operator,
        "today": f"{overview.today}",
        "read": overview.read,
        "with_findings": overview.with_findings,
        "people": _people(overview.people),
        "acknowledged": overview.acknowledged,
        "titles": {pattern: _words(words) for pattern, words in overview.titles.items()},
    }
    yield f"{_line(facts)[1:-1]},"
    yield from _list("classes", map(_class, overview.classes))
    yield from _list("departments", map(_department, overview.departments))
    yield from _list("triggers", map(_trigger, overview.triggers))
    yield from _list("folders", map(_folder, overview.folders))
    yield from _list("unread", map(_unread, overview.unread))
    yield from _list("advice", map(_advice, overview.advice), end="]}")


def _list(key: str, items: Iterable[dict[str, Any]], end: str = "],") -> Iterator[str]:
    yield f'"{key}":['
    before = ""
    for item in items:
        if before:
            yield f"{before},"
        before = _line(item)
    if before:
        yield before
    yield end


def _line(value: object) -> str:
    encoded = _ENCODE(value)
    return json_line((encoded if is_utf8(encoded) else _ENCODE(_shown(value))).encode())


def _shown(value: object) -> object:
    """Make every string safe to encode: names may hold bytes that are not UTF-8."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {encodable(str(key)): _shown(inner) for key, inner in value.items()}
    return [_shown(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _run(run: RunFigures) -> dict[str, Any]:
    return {
        "id": run.id,
        "began": run.began.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "account": run.account,
        "host": run.host,
        "roots": list(run.roots),
        "versions": dict(run.versions),
        "data": dict(run.data),
        "scope": dict(run.scope),
        "outcomes": dict(run.outcomes),
        "enumerated": run.enumerated,
        "complete": run.is_complete,
        "interrupted": run.interrupted,
    }


def _people(people: People) -> dict[str, int]:
    return {"estimate": people.estimate, "low": people.low, "high": people.high}


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "ja": words.ja}


def _class(figures: ClassFigures) -> dict[str, Any]:
    return {
        "legal_class": figures.legal_class,
        "files": figures.files,
        "people": _people(figures.people),
        "before": figures.before,
    }


def _department(figures: DepartmentFigures) -> dict[str, Any]:
    return {
        "name": figures.name,
        "files": figures.files,
        "people": _people(figures.people),
        "undecided": figures.undecided,
        "before": figures.before,
    }


def _trigger(trigger: Trigger) -> dict[str, Any]:
    return {
        "id": trigger.id,
        "title": _words(trigger.title),
        "law": _words(trigger.law),
        "people": _people(trigger.people),
        "threshold": trigger.threshold,
        "met": trigger.is_met,
        "question": _words(trigger.question) if trigger.question else None,
        "in_tables": _people(trigger.in_tables),
    }


def _folder(folder: FolderFigures) -> dict[str, Any]:
    return {
        **_path(folder.path),
        "files": folder.files,
        "people": _people(folder.people),
        "sensitivity": folder.sensitivity.name.lower(),
    }


def _unread(unread: UnreadFile) -> dict[str, Any]:
    return {
        "root": unread.root,
        **_path(unread.path),
        "size": unread.size,
        "outcome": unread.outcome.value,
        "reason": unread.reason,
        "owner": unread.owner,
        "acknowledged": unread.acknowledged._asdict() if unread.acknowledged else None,
        "pages": unread.pages._asdict(),
    }


def _advice(advice: Advice) -> dict[str, Any]:
    holding = advice.holding
    return {
        "root": holding.root,
        **_path(holding.path),
        "size": holding.size,
        "mtime_ns": holding.mtime_ns,
        "owner": holding.owner,
        "exposure": holding.exposure.value,
        "outcome": holding.outcome.value,
        "people": _people(holding.people),
        "roster": _people(holding.roster),
        "totals": dict(holding.totals),
        "distinct": dict(holding.distinct),
        "categories": sorted(holding.categories),
        "classes": {name: _people(people) for name, people in holding.classes.items()},
        "sensitivity": holding.sensitivity.name.lower(),
        "content": holding.content,
        "copies": holding.copies,
        "decisions": [_decision(decision) for decision in holding.decisions],
        "action": advice.action.value,
        "basis": _words(advice.basis),
        "risk": round(advice.risk, 6),
        "due": f"{advice.due}" if advice.due else None,
        "estimated": advice.is_estimated,
        "department": advice.department,
        "held": advice.is_held,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "action": decision.action.value,
        "person": decision.person,
        "day": f"{decision.day}",
        "reason": decision.reason,
        "until": f"{decision.until}" if decision.until else None,
        "part": decision.part,
        "pattern": decision.pattern,
    }


def _path(path: str) -> dict[str, str]:
    if is_utf8(path):
        return {"path": path}
    return {"path": encodable(path), "path_bytes": os.fsencode(path).hex()}
