"""JSON lines for machines: one `run` record, a `file` record for every path with its `finding` records, one `summary`.

Keys and words are English whatever the language; docs/schema/piiscan-1.schema.json describes each record. A key
always is there, so that a reader needs no special case, except `path_bytes`: it is there where `path` cannot tell
the whole name because the name is not UTF-8.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import msgspec

from piiscan.findings import Findings
from piiscan.model import FileReport, RunInfo
from piiscan.printable import encodable, is_plain, is_utf8, json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from piiscan.explained import Dropped
    from piiscan.findings import Kind
    from piiscan.model import Location, Record, Summary
    from piiscan.people import People, Subjects
    from piiscan.reports import View

SCHEMA = 1
_ENCODE = msgspec.json.Encoder().encode


def render_jsonl(records: Iterable[Record], _view: View) -> Iterator[str]:
    """Yield one JSON object a line, in the order of `records`; findings follow their file."""
    for record in records:
        if isinstance(record, RunInfo):
            yield _json(_run(record))
        elif isinstance(record, FileReport):
            yield _json(_file(record))
            yield from _findings(record)
            yield from (_json(_dropped(record.ref.path, dropped)) for dropped in record.dropped)
        else:
            yield _json(_summary(record))


def _run(info: RunInfo) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "record": "run",
        "id": info.id,
        "time": info.time,
        "host": info.host,
        "versions": dict(info.versions),
        "data": dict(info.data),
        "scope": _encodable(info.scope),
    }


def _file(report: FileReport) -> dict[str, Any]:
    tally = report.tally
    return {
        "schema": SCHEMA,
        "record": "file",
        **_path(report.ref.path),
        "member": [],
        "outcome": report.outcome.value,
        "reason": report.reason,
        "bytes": report.bytes_read,
        "counts": {name: {"total": count.total, "distinct": count.distinct} for name, count in tally.shown.items()},
        "business": dict(tally.business),
        "samples": dict(tally.samples),
        "low": dict(tally.low),
        "public": dict(tally.public),
        "truncated": list(report.truncated),
        "engine": report.engine,
        "elapsed": round(report.elapsed, 6),
        "members": dict(report.members),
        "unread_members": [
            {"member": [encodable(name) for name in each.member], "outcome": each.outcome.value, "reason": each.reason}
            for each in report.unread_members
        ],
        "subjects": [_subjects(each) for each in report.subjects],
        "people": _people(report.people),
        "size": report.ref.size,
        "acknowledged": report.acknowledged._asdict() if report.acknowledged else None,
        "pages": report.pages._asdict(),
    }


def _subjects(subjects: Subjects) -> dict[str, Any]:
    return {
        "member": [encodable(name) for name in subjects.member],
        "part": encodable(subjects.part),
        "role": subjects.role,
        "method": subjects.method,
        "estimate": subjects.estimate,
        "low": subjects.low,
        "high": subjects.high,
        "roster": subjects.is_roster,
        "combinations": [
            {"categories": list(each.categories), "people": each.people} for each in subjects.combinations
        ],
    }


def _people(people: People) -> dict[str, int]:
    return {"estimate": people.estimate, "low": people.low, "high": people.high}


def _findings(report: FileReport) -> Iterator[str]:
    """Write the records of one file's findings, what many have in common only once: there may be millions."""
    path = _path(report.ref.path)
    for kinds, rows in Findings.of(report.findings).runs:
        texts = [_kind(path, kind) for kind in kinds]
        for number, line, column, cell, page, mask, fingerprint in rows:
            head, middle, end = texts[number]
            yield (
                f'{head},"line":{"null" if line is None else line},"column":{"null" if column is None else column}'
                f',"cell":{"null" if cell is None else _text(cell)},"page":{"null" if page is None else page}'
                f',{middle},"mask":{_text(mask)},"fingerprint":"{fingerprint}",{end}'
            )


def _kind(path: Mapping[str, str], kind: Kind) -> tuple[str, str, str]:
    """Write what stands before the place, between it and the mask, and behind the fingerprint."""
    head = {
        "schema": SCHEMA,
        "record": "finding",
        **path,
        "member": [encodable(name) for name in kind.member],
        "part": encodable(kind.part),
    }
    middle = {
        "pattern": kind.pattern,
        "category": kind.category,
        "confidence": kind.confidence.name.lower(),
        "sensitivity": kind.sensitivity.name.lower(),
        "legal_class": kind.legal_class,
        "flags": kind.flags,
    }
    return _json(head)[:-1], _json(middle)[1:-1], _json({"evidence": kind.evidence})[1:]


def _text(value: str) -> str:
    return f'"{value}"' if is_plain(value) else _json(value)


def _json(value: object) -> str:
    return json_line(_ENCODE(encodable(value) if isinstance(value, str) else value))


def _dropped(path: str, dropped: Dropped) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "record": "dropped",
        **_path(path),
        **_place(dropped.location),
        "pattern": dropped.pattern,
        "reason": dropped.reason,
        "evidence": list(dropped.evidence),
    }


def _place(where: Location) -> dict[str, Any]:
    return {
        "member": [encodable(name) for name in where.member],
        "part": encodable(where.part),
        "line": where.line,
        "column": where.column,
        "cell": where.cell,
        "page": where.page,
    }


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "record": "summary",
        "enumerated": summary.enumerated,
        "outcomes": dict(summary.outcomes),
        "unread": summary.unread,
        "totals": dict(summary.totals),
        "failing": summary.failing,
        "samples": summary.samples,
        "files_with_findings": summary.files_with_findings,
        "bytes": summary.bytes_read,
        "elapsed": round(summary.elapsed, 6),
        "complete": summary.complete,
        "interrupted": summary.interrupted,
        "people": _people(summary.people),
        "acknowledged": summary.gaps.acknowledged,
        "expired": summary.gaps.expired,
        "truncated_files": summary.gaps.truncated,
        "access_times": summary.gaps.access_times,
        "causes": [{**each._asdict(), "outcome": each.outcome.value} for each in summary.gaps.causes],
        "pages": summary.pages._asdict(),
    }


def _path(path: str) -> dict[str, str]:
    if is_utf8(path):
        return {"path": path}
    return {"path": encodable(path), "path_bytes": os.fsencode(path).hex()}


def _encodable(scope: Mapping[str, object]) -> dict[str, object]:
    """Make the names in the scope of a run (roots, excludes) safe to encode; everything else stays as it is."""
    shown: dict[str, object] = {}
    for key, value in scope.items():
        if isinstance(value, str):
            shown[key] = encodable(value)
        elif isinstance(value, (list, tuple)):
            shown[key] = [encodable(item) if isinstance(item, str) else item for item in value]
        else:
            shown[key] = value
    return shown
