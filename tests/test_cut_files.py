"""A file of every format, whole and cut at ten places, in one folder and one run: no cut passes for complete."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from piiscan.formats import FORMATS
from piiscan.model import FileReport, Outcome, Summary
from piiscan.run import run
from tests.mock_extractor import config_for
from tests.specimens import SPECIMENS

if TYPE_CHECKING:
    from pathlib import Path

#: What has no end of its own, or none between its parts: docs/formats.md says so of each.
ENDLESS = {"text", "delimited", "yaml", "toml", "ini", "sql", "html", "mail", "mbox", "ldif", "tar", "ar", "compress"}
#: What is said of a whole file that is not read: a locked one, and a picture where no program looks at it.
WHOLE = {"locked": {(Outcome.ENCRYPTED, "password")}, "image": {(Outcome.SKIPPED, "media"), (Outcome.COMPLETE, "")}}
CUTS, HEAD, HEAD_OF_DIGITS = 10, 16, 120
#: Of a disk's image, a database, a compound file, whose last entries of the directory are in no use.
_PADDING = b"\0\xff\xfe"
#: So many values that a file is long enough to be cut in the middle.
FIELDS = {f"電話番号{number}": f"090-8201-{3344 + number}" for number in range(12)}
#: By the extractor's name in docs/formats.md and the name of the file.
SAMPLES = {
    f"{row.partition(':extract_')[2]}.{name}": build(FIELDS)
    for row, files in SPECIMENS.items()
    for name, build in files.items()
}


def _kind(name: str) -> str:
    return name.partition(".")[0]


def _cuts(name: str, data: bytes) -> list[int]:
    """Draw the places: behind the mark of a format, and before the padding at its end, in which nothing is lost."""
    start = HEAD_OF_DIGITS if _kind(name) == "cpio" else HEAD  # a cpio cut in its first header is a text of digits
    return sorted(Random(name).sample(range(start, len(data.rstrip(_PADDING)) - 1), CUTS))  # noqa: S311 - the same each time


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, FileReport], Summary]:
    folder: Path = tmp_path_factory.mktemp("cut")
    for name, data in SAMPLES.items():
        (folder / f"whole-{name}").write_bytes(data)
        for number, cut in enumerate(_cuts(name, data)):
            (folder / f"{number}-{name}").write_bytes(data[:cut])
    *found, summary = run(config_for(folder, jobs=2))  # in 500 MB: none of them needs more
    assert isinstance(summary, Summary)
    return {each.ref.path: each for each in found if isinstance(each, FileReport)}, summary


def test_the_formats_without_an_end_are_named() -> None:
    assert {kind.row.partition(":extract_")[2] for kind in FORMATS if kind.is_endless} == ENDLESS


def test_every_path_has_an_outcome(records: tuple[dict[str, FileReport], Summary]) -> None:
    reports, summary = records
    assert len(reports) == len(SAMPLES) * (CUTS + 1) == summary.enumerated == sum(summary.outcomes.values())
    bad = {Outcome.CRASH, Outcome.ERROR, Outcome.TIMEOUT}
    assert {path: (each.outcome, each.reason) for path, each in reports.items() if each.outcome in bad} == {}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_file_is_complete_and_something_is_found(
    name: str, records: tuple[dict[str, FileReport], Summary]
) -> None:
    report = records[0][f"whole-{name}"]
    assert (report.outcome, report.reason) in WHOLE.get(_kind(name), {(Outcome.COMPLETE, "")})
    assert report.tally.shown or _kind(name) in WHOLE


@pytest.mark.parametrize("name", [name for name in SAMPLES if _kind(name) not in ENDLESS])
def test_no_cut_passes_for_complete(name: str, records: tuple[dict[str, FileReport], Summary]) -> None:
    outcomes = {cut: records[0][f"{number}-{name}"].outcome for number, cut in enumerate(_cuts(name, SAMPLES[name]))}
    assert {cut for cut, outcome in outcomes.items() if outcome is Outcome.COMPLETE} == set()


def test_a_dump_that_was_cut_in_its_rows_is_told_too(records: tuple[dict[str, FileReport], Summary]) -> None:
    (name,) = (name for name in SAMPLES if _kind(name) == "sql")
    rows = SAMPLES[name].index(b"VALUES (")
    told = {
        cut: (records[0][f"{number}-{name}"].outcome, records[0][f"{number}-{name}"].reason)
        for number, cut in enumerate(_cuts(name, SAMPLES[name]))
        if cut > rows and not SAMPLES[name][:cut].endswith(b")")
    }
    assert told
    assert set(told.values()) == {(Outcome.PARTIAL, "damaged")}
