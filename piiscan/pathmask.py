"""`--paths masked`: names of files, folders, members and parts are text as well, and may name a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from piiscan.findings import Findings, Run
from piiscan.model import FileReport, RunInfo
from piiscan.printable import encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from piiscan.model import Location, Record


def mask_paths(records: Iterable[Record], mask: Callable[[str], str]) -> Iterator[Record]:
    """Pass the records of a run on with every name in them masked by `mask`.

    Names are made encodable first, so that a report sees no reason to add the bytes of a name that is not UTF-8.
    """

    def masked(name: str) -> str:
        return mask(encodable(name))

    for record in records:
        if isinstance(record, FileReport):
            findings = Findings(_run(run, masked) for run in Findings.of(record.findings).runs)
            unread = tuple(replace(each, member=tuple(map(masked, each.member))) for each in record.unread_members)
            people = tuple(
                replace(each, member=tuple(map(masked, each.member)), part=masked(each.part))
                for each in record.subjects
            )
            dropped = tuple(replace(each, location=_location(each.location, masked)) for each in record.dropped)
            ref = record.ref._replace(path=masked(record.ref.path), source="")
            yield replace(record, ref=ref, findings=findings, unread_members=unread, subjects=people, dropped=dropped)
        elif isinstance(record, RunInfo):
            yield replace(record, scope={key: _scope(value, masked) for key, value in record.scope.items()})
        else:
            yield record


def _run(run: Run, masked: Callable[[str], str]) -> Run:
    kinds = [kind._replace(member=tuple(map(masked, kind.member)), part=masked(kind.part)) for kind in run.kinds]
    return Run(kinds, run.rows)


def _location(location: Location, masked: Callable[[str], str]) -> Location:
    return location._replace(member=tuple(map(masked, location.member)), part=masked(location.part))


def _scope(value: object, masked: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, (list, tuple)):
        return [masked(item) if isinstance(item, str) else item for item in value]
    return value
