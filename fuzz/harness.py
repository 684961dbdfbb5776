"""What must hold for any bytes: the checks that a fuzzer tries to break."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from piiscan.config import Limits, ScanConfig
from piiscan.formats import FORMATS
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.scan import scan_content
from tests.specimens.containers import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: So much may come of one input: what is slow, not what is large, is looked for.
_LIMITS = Limits(bytes=8_000_000, members=200, depth=4)
#: A reason is a word of ours, or the name of a type; never the document's text.
_REASON = re.compile(r"[A-Za-z0-9_.:() -]{0,60}")
#: Patterns by which the two engines are compared: numbers with and without a check, words, and lists.
_COMPARED = ("my_number", "phone_mobile", "payment_card", "email", "birth_date", "address", "person_name_field")
_SUFFIX = ".fuzz"


class BrokenError(AssertionError):
    """A promise that an input breaks."""


@cache
def _config(row: str) -> ScanConfig:
    return ScanConfig(
        key=bytes(32),
        run_key=bytes(32),
        patterns=("phone_mobile", "email"),
        limits=_LIMITS,
        passwords=(PASSWORD,),
        extractors={_SUFFIX: row},
    )


def feed_extractor(row: str, data: bytes) -> None:
    """Let an extractor read these bytes; raises BrokenError where the scan has to tell of an exception."""
    *parts, report = scan_content(FileRef(f"x{_SUFFIX}", f"x{_SUFFIX}"), data, _config(row))
    if not isinstance(report, FileReport) or not all(isinstance(part, Part) for part in parts):
        raise BrokenError("a file has parts, and one report at the end")
    members = ((each.outcome, each.reason) for each in report.unread_members)
    for outcome, reason in ((report.outcome, report.reason), *members):
        if outcome in {Outcome.ERROR, Outcome.CRASH}:
            raise BrokenError(f"{row}: {outcome} {reason}")
        if not _REASON.fullmatch(reason):
            raise BrokenError(f"{row}: a reason that is no word of ours")


@cache
def _engine(name: str) -> ScanConfig:
    return ScanConfig(
        key=bytes(32), run_key=bytes(32), patterns=_COMPARED, engine=name, extractors={_SUFFIX: "text:extract_text"}
    )


def feed_detector(data: bytes) -> None:
    """Search a text by both engines; raises BrokenError where they find different things."""
    found = []
    for name in ("auto", "reference"):
        parts = scan_content(FileRef(f"x{_SUFFIX}", f"x{_SUFFIX}"), data, _engine(name))
        findings = (each for part in parts if isinstance(part, Part) for each in part.findings)
        found.append({(each.pattern, each.location, each.score, each.fingerprint) for each in findings})
    if found[0] != found[1]:
        raise BrokenError("the engines differ")


#: What is fuzzed: the rows of the formats, by short names, and the detector.
HARNESSES: Mapping[str, Callable[[bytes], None]] = {
    **{kind.row.partition(":extract_")[2]: partial(feed_extractor, kind.row) for kind in FORMATS},
    "detector": feed_detector,
}
