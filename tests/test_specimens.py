"""Every format has a specimen, which its extractor is chosen for, and in which all that was planted is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from piiscan.extractors import choose
from piiscan.formats import FORMATS
from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_content
from tests.mock_extractor import config_for
from tests.specimens import SPECIMENS
from tests.specimens.containers import PASSWORD

FIELDS = {"携帯電話": "090-7316-4825", "個人番号": "2749-1836-5047", "メール": "tarou.kanariya@kanariya-shouji.co.jp"}
KINDS = {"phone_mobile", "my_number", "email"}
EACH = [(row, name) for row, files in SPECIMENS.items() for name in files]


def test_every_format_has_a_specimen() -> None:
    assert SPECIMENS.keys() == {kind.row for kind in FORMATS}


@pytest.mark.parametrize(("row", "name"), EACH)
def test_what_is_planted_in_a_specimen_is_found(row: str, name: str) -> None:
    data = SPECIMENS[row][name](FIELDS)
    # what kind of compound file it is, its directory tells later
    assert choose(name, data[:65536]) in {row, "ole:extract_ole"}
    config = replace(config_for().scan, passwords=(PASSWORD,))
    *parts, report = scan_content(FileRef(name, name), data, config)
    assert isinstance(report, FileReport)
    whole = merge([part for part in parts if isinstance(part, Part)], report)
    assert whole.unread_members == ()
    assert whole.outcome is Outcome.COMPLETE or (row == "image:extract_image" and whole.reason == "media")
    assert {each.pattern for each in whole.findings} >= KINDS
