"""The catalog: nothing unchanged is read again, what was broken off ends as if it had not been, and nothing leaks."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from piiscan.catalog import CatalogError, files_of, opened
from piiscan.errors import OutputError
from piiscan.inventory import Inventory
from piiscan.model import Confidence, FileReport, Outcome, Summary
from piiscan.recall import Recall
from piiscan.recording import Recording
from piiscan.run import run
from tests.mock_extractor import config_for
from tests.test_no_leak import TEXT, leaks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from piiscan.config import RunConfig

LIST = "氏名,電話番号,生年月日,個人番号\n"


def rows(start: int, number: int) -> str:
    return LIST + "".join(
        f"佐藤{'一二三四五六七八九十'[each % 10]}郎,090-{1000 + each:04}-{4000 + each},1980/3/{each % 28 + 1},\n"
        for each in range(start, start + number)
    )


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / "sub").mkdir(parents=True)
    (folder / "list.csv").write_text(rows(0, 30), encoding="utf-8")
    (folder / "sub" / "copy.csv").write_text(rows(0, 30), encoding="utf-8")
    (folder / "sub" / "other.csv").write_text(rows(20, 30), encoding="cp932")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "broken.txt").write_bytes("電話 090-2345-6789\n".encode() + b"\xff\xfe\xff" * 9)
    (folder / "empty.txt").write_text("本日は晴天なり\n", encoding="utf-8")
    (folder / "link").symlink_to("list.csv")
    return folder


def config_of(folder: Path, **changes: Any) -> RunConfig:  # noqa: ANN401 - any field of RunConfig
    config = config_for(folder, jobs=changes.pop("jobs", 1))
    config = replace(config, exclude=changes.pop("exclude", ()))
    return replace(config, scan=replace(config.scan, is_kept=True, **changes))


def keep(folder: Path, catalog: Path, **changes: Any) -> dict[str, FileReport]:  # noqa: ANN401 - any field of ScanConfig
    """Scan into a catalog; give the reports by path, and the summary's as that of no path."""
    config = config_of(folder, **changes)
    with opened(catalog, writes=True) as connection:
        config = replace(config, outputs=files_of(catalog))
        records = list(run(config, store=Recording(connection, catalog, config)))
    assert isinstance(records[-1], Summary)
    assert records[-1].enumerated == sum(records[-1].outcomes.values())
    return {record.ref.path: record for record in records if isinstance(record, FileReport)}


def summary_of(folder: Path, catalog: Path) -> Summary:
    config = config_of(folder)
    with opened(catalog, writes=True) as connection:
        *_, last = run(config, store=Recording(connection, catalog, config))
    assert isinstance(last, Summary)
    return last


def told(report: FileReport) -> tuple[object, ...]:
    """Give all that a report says of what the file holds."""
    findings = [each._replace(fingerprint="") for each in report.findings]
    what = (report.tally, findings, report.truncated, report.subjects, report.people, report.members)
    return (*what, report.unread_members, report.content)


#: What of a catalog does not depend on when it was made, in which order, or in how many goes.
NOW = """
CREATE TEMP VIEW now AS SELECT path, result.* FROM result JOIN file ON file.id = file WHERE until IS NULL;
"""
KNOWN = (
    "SELECT path, outcome, reason, size, content, people, people_low, people_high, members FROM now",
    "SELECT path, count.* FROM count JOIN now ON now.id = result",
    (
        "SELECT path, number, line, column_, cell, page, mask, fingerprint, kind.pattern, evidence, score FROM finding"
        " JOIN kind ON kind.id = kind JOIN now ON now.id = result"
    ),
    "SELECT path, subject.* FROM subject JOIN now ON now.id = result",
    "SELECT path, sample.* FROM sample JOIN now ON now.id = result",
    (
        "SELECT enumerated, outcomes, unread, is_complete, people, people_low, people_high FROM run ORDER BY id DESC"
        " LIMIT 1"
    ),
)


def known(catalog: Path) -> list[set[tuple[object, ...]]]:
    with opened(catalog) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(NOW)
        return [
            {tuple(row[name] for name in row.keys() if name != "result") for row in connection.execute(query)}  # noqa: SIM118
            for query in KNOWN
        ]


def test_what_has_not_changed_is_known_and_not_read(share: Path, tmp_path: Path) -> None:
    first = keep(share, tmp_path / "catalog")
    (share / "list.csv").write_text(rows(0, 31), encoding="utf-8")
    (share / "new.csv").write_text(rows(500, 2), encoding="utf-8")
    second = keep(share, tmp_path / "catalog")
    assert {path for path, report in second.items() if report.bytes_read} == {"list.csv", "new.csv"}
    assert second.keys() == {"list.csv", "new.csv", "broken.txt", "link"}
    assert second["broken.txt"].outcome is Outcome.PARTIAL  # as unread as it was
    assert told(second["broken.txt"]) == told(first["broken.txt"])
    query = "SELECT result.id FROM result JOIN file ON file.id = file WHERE path = ?"
    with opened(tmp_path / "catalog") as connection:
        for path in ("sub/copy.csv", "sub/other.csv", "text.txt", "empty.txt"):
            (number,) = connection.execute(query, (path,)).fetchone()
            blank = FileReport(first[path].ref, Outcome.UNCHANGED)
            assert told(Recall(connection).read(number, blank)) == told(first[path])


def test_the_people_of_files_that_were_not_read_again_are_counted_once_all_the_same(
    share: Path, tmp_path: Path
) -> None:
    first = summary_of(share, tmp_path / "catalog")
    assert first.people.estimate == 52  # 0 to 49 in three lists that overlap, and one in each of two texts
    assert summary_of(share, tmp_path / "catalog").people == first.people
    (share / "sub" / "third.csv").write_text(rows(10, 10), encoding="utf-8")
    assert summary_of(share, tmp_path / "catalog").people.estimate == 52
    with opened(tmp_path / "catalog") as connection:
        inventory = Inventory(connection)
        assert inventory.people().estimate == 52
        assert inventory.people(lambda _root, path: path == "list.csv").estimate == 30
        assert {each.path: each.copies for each in inventory.holdings()}["list.csv"] == 2


def test_a_run_over_what_is_known_says_and_ends_as_one_that_reads(share: Path, tmp_path: Path) -> None:
    first, second = summary_of(share, tmp_path / "catalog"), summary_of(share, tmp_path / "catalog")
    assert (second.totals, second.failing, second.samples) == (first.totals, first.failing, first.samples)
    assert (second.unread, second.complete) == (first.unread, first.complete) == (1, False)
    assert second.bytes_read == 0
    assert second.outcomes == {"unchanged": 5, "partial": 1, "skipped": 1}


@pytest.mark.parametrize(
    "change", [{"min_confidence": Confidence.HIGH}, {"max_locations": 1}, {"key": bytes(31) + b"1"}]
)
def test_nothing_is_unchanged_under_other_conditions(change: dict[str, Any], share: Path, tmp_path: Path) -> None:
    keep(share, tmp_path / "catalog")
    again = keep(share, tmp_path / "catalog", **change)
    assert sum(report.outcome is Outcome.COMPLETE for report in again.values()) == 5


def _forge(path: Path) -> None:
    """Edit a file and put its time back."""
    before = path.stat()
    path.write_text(rows(1, 30), encoding="utf-8")
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replace(path: Path) -> None:
    other = path.with_name("draft")
    other.write_text(rows(1, 30), encoding="utf-8")
    before = path.stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(path)


@pytest.mark.parametrize(
    "change", [_forge, _replace, lambda path: os.utime(path, (0, 0)), lambda path: os.utime(path, (9e9, 9e9))]
)
def test_a_changed_file_is_read_whatever_its_clock_says(
    change: Callable[[Path], None], share: Path, tmp_path: Path
) -> None:
    keep(share, tmp_path / "catalog")
    change(share / "list.csv")
    assert keep(share, tmp_path / "catalog")["list.csv"].outcome is Outcome.COMPLETE
    assert "list.csv" not in keep(share, tmp_path / "catalog")


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "a.mock").write_text("segfault", encoding="utf-8")
    for _ in range(2):
        assert (
            keep(folder, tmp_path / "catalog", extractors=config_for().scan.extractors)["a.mock"].outcome
            is Outcome.CRASH
        )


def test_what_is_gone_holds_no_longer_and_what_cannot_be_reached_does(share: Path, tmp_path: Path) -> None:
    keep(share, tmp_path / "catalog")
    (share / "list.csv").unlink()
    keep(share, tmp_path / "catalog")
    with opened(tmp_path / "catalog") as connection:
        now, then = Inventory(connection), None
        assert "list.csv" not in {each.path for each in now.holdings()}
    with opened(tmp_path / "catalog") as connection:
        then = Inventory(connection, 1)
        assert "list.csv" in {each.path for each in then.holdings()}
        assert then.run.outcomes == {"complete": 5, "partial": 1, "skipped": 1}


def test_a_folder_that_cannot_be_opened_keeps_what_is_known_of_it(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(share, tmp_path / "catalog")
    real = os.open

    def refuse(path: Any, *args: Any, **more: Any) -> int:  # noqa: ANN401 - root may open everything
        if str(path).endswith("sub"):
            raise PermissionError(13, "no", str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert keep(share, tmp_path / "catalog")["sub"].outcome is Outcome.UNREADABLE
    monkeypatch.undo()
    with opened(tmp_path / "catalog") as connection:
        assert "sub/copy.csv" in {each.path for each in Inventory(connection).holdings()}


def test_the_catalog_holds_no_value_and_no_lasting_sign_of_what_the_law_forbids(share: Path, tmp_path: Path) -> None:
    keep(share, tmp_path / "catalog")
    content = (tmp_path / "catalog").read_bytes() + (tmp_path / "catalog-journal").read_bytes()
    assert not leaks(content.decode("utf-8", "replace"))
    with opened(tmp_path / "catalog") as connection:
        signs = dict(
            connection.execute("SELECT pattern, max(fingerprint) FROM finding JOIN kind ON kind.id = kind GROUP BY 1")
        )
        kinds = {kind for (kind,) in connection.execute("SELECT kind FROM sample")}
    assert signs["my_number"] is None
    assert len(signs["phone_mobile"]) == 32
    assert kinds
    assert not any(kind.startswith("my_number") for kind in kinds)


def test_the_catalog_is_left_out_of_the_scan_and_for_its_owner_only(share: Path) -> None:
    before = os.umask(0)
    try:
        keep(share, share / "catalog")
    finally:
        os.umask(before)
    config = config_of(share)
    with opened(share / "catalog", writes=True) as connection:
        config = replace(config, outputs=files_of(share / "catalog"))
        *_, summary = run(config, store=Recording(connection, share / "catalog", config))
    assert isinstance(summary, Summary)
    assert summary.outcomes == {"unchanged": 5, "partial": 1, "skipped": 3}
    assert {(share / name).stat().st_mode & 0o777 for name in ("catalog", "catalog-journal")} == {0o600}


def _foreign(path: Path) -> None:
    _made(path, b"")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE something (else_ TEXT)")


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")


def _damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xa5" * 8192
    path.write_bytes(content)


def _made(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)
    path.chmod(0o600)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_foreign, "not a catalog"),
        (_newer, "newer"),
        (_damaged, "damaged"),
        (lambda path: _made(path, b"something else" * 500), "damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "damaged"),
        (lambda path: path.chmod(0o640), "read by others"),
        (lambda path: (path.rename(f"{path}.2"), path.symlink_to(f"{path}.2")), "not a file of its own"),
        (lambda path: (path.unlink(), path.mkdir()), "not a file of its own"),
    ],
)
def test_what_is_no_sound_catalog_is_refused_and_never_taken_for_an_empty_one(
    spoil: Callable[[Path], object], words: str, share: Path, tmp_path: Path
) -> None:
    catalog = tmp_path / "catalog"
    keep(share, catalog)
    spoil(catalog)
    with pytest.raises(CatalogError, match=words):
        keep(share, catalog)
    with pytest.raises(CatalogError, match=words):
        _read(catalog)


def _read(catalog: Path) -> None:
    """Read all that a report reads."""
    with opened(catalog) as connection:
        inventory = Inventory(connection)
        list(inventory.unread())
        inventory.holdings()
        inventory.people()


def test_a_second_run_is_refused_as_long_as_one_writes(share: Path, tmp_path: Path) -> None:
    keep(share, tmp_path / "catalog")
    with opened(tmp_path / "catalog", writes=True):
        for writes in (True, False):
            with pytest.raises(CatalogError, match="in use"), opened(tmp_path / "catalog", writes=writes):
                pass
    keep(share, tmp_path / "catalog")


def test_another_scope_is_refused(share: Path, tmp_path: Path) -> None:
    keep(share, tmp_path / "catalog")
    with pytest.raises(CatalogError, match="another catalog"):
        keep(share / "sub", tmp_path / "catalog")


def test_no_space_is_told_and_what_was_kept_is_kept(share: Path, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    keep(share, catalog)
    before = known(catalog)
    (share / "large.csv").write_text(rows(0, 5000), encoding="utf-8")
    config = config_of(share, max_locations=100_000)
    with pytest.raises(OutputError, match="no space"), opened(catalog, writes=True) as connection:  # noqa: PT012
        connection.execute("PRAGMA max_page_count = 100")
        list(run(config, store=Recording(connection, catalog, config)))
    after = known(catalog)
    assert after[:5] == before[:5]
    keep(share, catalog)


PROGRAM = """
import sys, time
from pathlib import Path
from piiscan import recording
from piiscan.catalog import opened
from piiscan.run import run
from tests.test_catalog import config_of

if __name__ == "__main__":
    recording._PACE = 0.0
    folder, catalog = map(Path, sys.argv[1:])
    config = config_of(folder, jobs=2)
    with opened(catalog, writes=True) as connection:
        for record in run(config, store=recording.Recording(connection, catalog, config)):
            print("told", flush=True)
            time.sleep(0.002)
"""


def killed_after(records: int, folder: Path, catalog: Path, program: Path, how: int) -> None:
    with subprocess.Popen(
        [sys.executable, program, folder, catalog], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.curdir}
    ) as process:
        assert process.stdout
        for _ in range(records):
            process.stdout.readline()
        process.send_signal(how)
        process.stdout.read()


def many(folder: Path) -> None:
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.csv").write_text(rows(number * 3, 6), encoding="utf-8")


@pytest.mark.parametrize(("points", "how"), [((3, 20, 45), signal.SIGKILL), ((30,), signal.SIGTERM)])
def test_a_run_that_was_broken_off_ends_as_one_that_was_not(points: tuple[int, ...], how: int, tmp_path: Path) -> None:
    folder, program = tmp_path / "share", tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    many(folder)
    for point in points:
        killed_after(point, folder, tmp_path / "catalog", program, how)
    with opened(tmp_path / "catalog") as connection:
        done = connection.execute("SELECT count(*) FROM result").fetchone()[0]
        assert 0 < done < 60
        assert connection.execute("SELECT id, ended FROM run").fetchall() == [(1, None)]
    again = keep(folder, tmp_path / "catalog")
    assert {report.outcome for report in again.values()} == {Outcome.COMPLETE}
    assert sum(report.bytes_read > 0 for report in again.values()) == 60 - done
    keep(folder, tmp_path / "whole")
    assert known(tmp_path / "catalog") == known(tmp_path / "whole")


def test_whoever_reads_after_a_crash_in_the_middle_of_a_commit_undoes_it(share: Path, tmp_path: Path) -> None:
    catalog, program = tmp_path / "catalog", tmp_path / "program.py"
    keep(share, catalog)
    before = known(catalog)
    program.write_text(
        "import os, sqlite3, sys\n"
        "database = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "database.executescript('PRAGMA journal_mode = PERSIST; PRAGMA cache_size = 1; BEGIN;'"
        " 'UPDATE result SET size = 1; UPDATE count SET total = 1; UPDATE file SET path = path || zeroblob(9000)')\n"
        "os._exit(0)\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, str(program), str(catalog)], check=True)
    assert known(catalog) == before


def test_a_file_that_changed_while_its_run_was_broken_off_is_read_again(tmp_path: Path) -> None:
    folder, program = tmp_path / "share", tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    many(folder)
    killed_after(58, folder, tmp_path / "catalog", program, signal.SIGKILL)
    for number in range(60):
        (folder / f"{number}.csv").write_text(rows(number * 5, 4), encoding="utf-8")
    (folder / "7.csv").unlink()
    keep(folder, tmp_path / "catalog")
    keep(folder, tmp_path / "whole")
    assert known(tmp_path / "catalog") == known(tmp_path / "whole")


def test_every_record_survives(share: Path, tmp_path: Path) -> None:
    """Names that are not UTF-8 are scanned, kept and found again by their bytes."""
    (share / "\udcff\n=名簿.csv").write_text(rows(0, 3), encoding="utf-8")
    assert keep(share, tmp_path / "catalog")["\udcff\n=名簿.csv"].tally.shown["person_name"].total == 3
    assert summary_of(share, tmp_path / "catalog").outcomes["unchanged"] == 6
    with opened(tmp_path / "catalog") as connection:
        assert "\\xff\n=名簿.csv" in {each.path for each in Inventory(connection).holdings()}
