"""Every limit that bites is told: as an outcome of its file, or, where only places are left out, as a number."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from piiscan.config import Limits
from piiscan.coverage import Coverage, Entry
from piiscan.model import FileReport, Outcome, Summary, is_unread
from piiscan.remedies import REMEDIES, remedy
from piiscan.reports import View, render
from piiscan.run import run
from tests.mock_extractor import PHONE, config_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return stream.getvalue()


def nested(levels: int) -> bytes:
    content = PHONE.encode()
    for _ in range(levels):
        content = gzip.compress(content)
    return content


def roomy() -> bytes:
    """Give an xz of a few bytes whose header asks for a dictionary of 4 GiB."""
    data = bytearray(lzma.compress(PHONE.encode()))
    size = (data[12] + 1) * 4  # the header of the block: its size, flags, one filter (LZMA2, of one byte), a sum
    data[data.index(b"\x21\x01", 12) + 2] = 40
    data[8 + size : 12 + size] = zlib.crc32(data[12 : 8 + size]).to_bytes(4, "little")
    return bytes(data)


TEXT = PHONE.encode() * 5000
#: What each limit is put to, the file that it bites, its outcome and reason.
CASES: dict[str, tuple[dict[str, Any], str, Callable[[], bytes], Outcome, str]] = {
    "size": ({"max_file_size": 1000}, "a.txt", lambda: TEXT, Outcome.SKIPPED, "size"),
    "bytes": ({"limits": Limits(bytes=1000)}, "a.zip", lambda: zipped(a_txt=TEXT), Outcome.PARTIAL, "bytes"),
    "ratio": ({"limits": Limits(floor=10, ratio=2)}, "a.zip", lambda: zipped(a_txt=TEXT), Outcome.PARTIAL, "ratio"),
    "members": (
        {"limits": Limits(members=1)}, "a.zip", lambda: zipped(a_txt=b"a", b_txt=b"b"), Outcome.PARTIAL, "entries",
    ),
    "depth": ({"limits": Limits(depth=2)}, "a.gz", lambda: nested(4), Outcome.PARTIAL, "members"),
    "time": ({"timeout": 0.3}, "a.mock", lambda: b"sleep 60", Outcome.TIMEOUT, "time"),
    "memory": ({}, "a.mock", lambda: b"allocate", Outcome.CRASH, "memory"),
    "dictionary": ({}, "a.txt.xz", roomy, Outcome.PARTIAL, "memory"),
    "window": ({}, "a.txt.zst", lambda: b"\x28\xb5\x2f\xfd\0\xa8\x21\0\0txt\n", Outcome.PARTIAL, "memory"),
}  # fmt: skip


@pytest.mark.parametrize("limit", CASES)
def test_a_limit_that_bites_is_an_outcome_with_advice(limit: str, tmp_path: Path) -> None:
    changes, name, content, outcome, reason = CASES[limit]
    limits = changes.get("limits", Limits())
    config = config_for(tmp_path, **{key: value for key, value in changes.items() if key != "limits"})
    (tmp_path / name).write_bytes(content())
    _info, report, summary = run(replace(config, scan=replace(config.scan, limits=limits)))
    assert isinstance(report, FileReport)
    assert isinstance(summary, Summary)
    assert (report.outcome, report.reason) == (outcome, reason)
    assert is_unread(report.outcome, report.reason)
    assert not summary.complete
    assert [cause[:3] for cause in summary.gaps.causes] == [(outcome, reason, 1)]
    assert remedy(outcome, reason) is REMEDIES[reason]


def test_code_that_is_only_mapped_is_no_memory(tmp_path: Path) -> None:
    """All libraries together take 300 MB of addresses and 100 MB of memory: small files ended as `crash: memory`."""
    (tmp_path / "a.mock").write_text("map 800", encoding="utf-8")
    _info, report, _summary = run(config_for(tmp_path))
    assert isinstance(report, FileReport)
    assert (report.outcome, report.reason) == (Outcome.COMPLETE, "")


def test_places_that_are_not_stored_are_counted_everywhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PHONE * 30, encoding="utf-8")
    config = config_for(tmp_path)
    records = list(run(replace(config, scan=replace(config.scan, max_locations=7))))
    summary = records[-1]
    assert isinstance(summary, Summary)
    assert (summary.gaps.truncated, summary.totals, summary.complete) == (1, {"phone_mobile": 30}, True)
    assert "not all are listed, in 1 files" in "\n".join(render("human", records, View()))
    assert '"truncated_files":1' in list(render("jsonl", records, View()))[-1]
    found = Coverage()
    found.add(Entry("a.txt", 1, Outcome.COMPLETE, "", None, is_truncated=True))
    assert found.truncated == 1
