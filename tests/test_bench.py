from __future__ import annotations

import csv
import random
import sys
from typing import TYPE_CHECKING

import pytest

from bench import page
from bench.command import Command, RefusedError, memory_of, seconds_of
from bench.corpora import CORPORA, records
from bench.corpora.binaries import BINARIES
from bench.corpora.letters import LETTERS
from bench.corpora.people import RIGHT, People
from bench.corpora.prose import collect_paragraphs
from bench.growth import GROWTHS, faults_of
from bench.results import Curve, Figure, Measured, Point, Results, Sample
from bench.speed import interleave, missed_peers
from bench.works import WORKS
from piiscan.model import Outcome
from piiscan.validators import validator
from piiscan.verdict import Verdict
from tests.test_contents import scanned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REFUSES = "import sys; sys.stderr.write('No such option: --engine'); sys.exit(2)"


def _measured(ours: float, **peers: float | None) -> Measured:
    samples = {name: Sample((seconds,)) if seconds else None for name, seconds in peers.items()}
    names = {"rg": "rg -o -b -j1", "pcre2": "rg -P -o -b -j1", "reference": "--engine reference"}
    return Measured(
        ours=Sample((ours, ours, 100 * ours)),
        peers={names[name]: sample for name, sample in samples.items()},
        files=8,
        size=200_000_000,
        findings=945,
        complete=True,
        largest=43.2,
        together=80.0,
        where="abc, 2026-11-24",
    )


def test_without_figures_every_row_says_so() -> None:
    text = page.render_page(Results())
    assert text == page.render_page(Results())
    bars = text.partition("## The bars")[2].partition("## All ratios")[0]
    assert bars.count("| not measured |") == sum(peer.bar is not None for work in WORKS.values() for peer in work.peers)
    assert text.count("\nNot measured.\n") == len(GROWTHS)


def test_a_bar_is_held_or_missed_by_the_medians() -> None:
    measured = _measured(1.0, rg=1.0, pcre2=5.0, reference=None)
    assert missed_peers("prose", measured) == {"rg -P -o -b -j1": 0.2}
    results = Results(
        works={"prose": measured},
        figures={"startup": (Figure("--version", 0.1, None, 0.15, "abc"), Figure("docx", 2.0, 1.0, 1.5, "abc"))},
    )
    text = page.render_page(results)
    assert "| prose 200 MB | `rg -o -b -j1` | 1 s × 3 | 1 s × 1 | 1.00 | ≤ 1.2 | held |" in text
    assert "| 0.20 | ≤ 0.15 | **MISSED**, 1.3 times the bar |" in text
    assert "| prose 200 MB | `cat` | 1 s × 3 | – | – | – | not measured |" in text
    assert "| --version | 100 ms | – | – | ≤ 150 ms | held |" in text
    assert "| docx | 2,000 ms | 1,000 ms | 2.00 | ≤ 1.5 | **MISSED**, 1.3 times the bar |" in text
    assert "| 文章 200 MB | `rg -P -o -b -j1` | 0.20 | 0.15 以下 | **未達** |" in text


def test_growth_is_held_to_doubling() -> None:
    points = (Point(1, 1.0, 50, 60), Point(2, 2.0, 51, 61), Point(4, 5.0, 80, 90))
    curve = Curve(points, "abc")
    assert faults_of("size-prose", curve) == ["time 2.50 times", "memory 1.60 times"]
    assert faults_of("workers-one", curve) == []
    text = page.render_page(Results(curves={"size-prose": curve, "patterns-log": curve}))
    assert "**MISSED**: time 2.50 times, memory 1.60 times." in text


def test_words_written_by_hand_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    page.write_page(Results())
    text = page.PAGE.read_text(encoding="utf-8")
    noted = text.replace("<!-- by hand -->\n", "<!-- by hand -->\nPCRE2 has a compiler of its own.\n")
    assert noted != text
    page.PAGE.write_text(noted, encoding="utf-8")
    page.write_page(Results())
    assert page.PAGE.read_text(encoding="utf-8") == noted


def test_commands_take_turns_and_may_refuse() -> None:
    refused = Command((sys.executable, "-c", REFUSES))
    with pytest.raises(RefusedError):
        seconds_of(refused)
    samples = interleave({"true": Command(("true",)), "refused": refused, "false": Command(("false",))}, 3)
    counts = {name: sample and len(sample.seconds) for name, sample in samples.items()}
    assert counts == {"true": 3, "refused": None, "false": 3}


def test_a_command_that_fails_ends_the_measurement() -> None:
    with pytest.raises(SystemExit, match="exit code 7"):
        seconds_of(Command(("sh", "-c", "exit 7")))


def test_memory_of_children_counts() -> None:
    child = "import time; kept = bytearray(60_000_000); time.sleep(0.5)"
    memory = memory_of(
        Command((sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"))
    )
    assert memory.largest > 60
    assert memory.together > memory.largest * 0.9


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("my_number", "my_number"),
        ("payment_card", "card"),
        ("basic_pension_number", "pension"),
        ("phone_mobile", "mobile"),
        ("phone_landline", "landline"),
        ("postal_code", "postal_code"),
        ("email", "email"),
    ],
)
def test_made_up_values_are_what_they_claim(pattern: str, kind: str) -> None:
    people = People(random.Random(kind))  # noqa: S311 - the same ones every time
    verdicts = [validator(pattern)(getattr(people, kind)()) for _ in range(1000)]
    bad = sum(verdict in {Verdict.INVALID, Verdict.WRONG_SPLIT, Verdict.SAMPLE} for verdict in verdicts)
    failed = sum(verdict is Verdict.FAILED for verdict in verdicts)
    assert bad == 0
    assert failed < 1000 * (1 - RIGHT) * 2


def test_a_row_of_the_dense_table_has_about_five_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "ROWS", 1000)
    records.fill_dense(tmp_path, encoding="cp932")
    with (tmp_path / "members.csv").open(encoding="cp932", newline="") as stream:
        rows = list(csv.DictReader(stream))
    items = [sum(bool(row[name]) for name in records.HEADERS[2:10]) for row in rows]
    assert 4.7 < sum(items) / len(items) < 5.3


def test_prose_is_paragraphs_of_japanese(tmp_path: Path) -> None:
    running = "この文書では、個人情報の取り扱いについて、担当者が守るべき手順を、例を挙げながら順に説明していきます。"
    (tmp_path / "a.html").write_text(
        f"<ul><li>短い。<li>{running[:30]}\n{running[30:]} <b>次に</b>進みます。</ul><pre>{running}</pre>"
        "<p>English only, long enough to be taken for a paragraph of prose, were it Japanese.</p>",
        encoding="utf-8",
    )
    assert collect_paragraphs(tmp_path) == [f"{running}次に進みます。"]


def test_every_work_has_its_corpus() -> None:
    assert {work.corpus for work in WORKS.values()} <= set(CORPORA)


@pytest.mark.parametrize(("form", "make"), {**LETTERS, **BINARIES}.items())
def test_the_same_is_found_in_every_format(form: str, make: Callable[[list[str]], bytes], tmp_path: Path) -> None:
    texts = [f"議事録の第{number}段落。" + "連絡先 電話 090-1234-5678" * (number % 20 == 0) for number in range(1, 101)]
    report = scanned(tmp_path / f"a.{form}", make(texts))
    assert (report.outcome, report.tally.shown["phone_mobile"].total) == (Outcome.COMPLETE, 5)
