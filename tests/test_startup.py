"""Start cheap: heavy libraries load when their first file arrives, and never in a worker that does not need them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

#: Modules of the standard library and of others that only documents, mistakes, masked names or --exclude need.
ELSEWHERE = ("email", "html", "xml", "zipfile", "tarfile", "lzma", "bz2", "multiprocessing", "subprocess", "secrets",
             "pathspec", "difflib", "traceback", "tempfile", "argparse", "shutil")  # fmt: skip
HEAVY = ("typer", "rich", "dask", "openpyxl", "docx", "pdfminer", "pypdfium2", "lxml", "pydantic", "numpy", "babel",
         "sudachipy", "yaml")  # fmt: skip


def _loaded(statement: str) -> set[str]:
    """Give the top-level names of the modules that a fresh interpreter has loaded after `statement`."""
    code = f"import sys; sys.argv = ['piiscan', '--version']\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return {name.partition(".")[0] for name in result.stderr.split()}


@pytest.mark.parametrize("module", ["piiscan.scan", "piiscan.worker", "piiscan.run", "piiscan.detect"])
def test_a_worker_loads_nothing_heavy(module: str) -> None:
    loaded = _loaded(f"import {module}")
    assert "piiscan" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_a_scan_of_text_loads_no_library_that_text_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "電話.txt").write_text("携帯電話：090-2345-6789\n", encoding="utf-8")
    arguments = ["piiscan", "scan", "--format", "jsonl", str(tmp_path)]
    run = f"sys.argv = {arguments}; from piiscan.__main__ import main; main()"
    _loaded(run)  # the first of all loads what others will, to store what is compiled for it
    loaded = _loaded(run)
    assert {"piiscan", "regex"} <= loaded
    assert loaded.isdisjoint({*HEAVY, *ELSEWHERE})


@pytest.mark.parametrize("start", ["forkserver.start_early()", "pass"])
def test_a_worker_has_loaded_what_text_needs_and_no_more(start: str, tmp_path: Path) -> None:
    told = tmp_path / "modules"
    program = (
        f"from piiscan import forkserver, worker; {start}; import socket, time; from pathlib import Path\n"
        "from tests.mock_extractor import tell_modules\n"
        "ours, theirs = socket.socketpair(); child = forkserver.fork(tell_modules, theirs)\n"
        f"ours.send(b{str(told)!r})\n"
        "assert child.exit_code(30) == 0"
    )
    _loaded(program)
    loaded = {name.partition(".")[0] for name in told.read_text(encoding="utf-8").split()}
    assert {"piiscan", "regex"} <= loaded
    assert loaded.isdisjoint({*HEAVY, *ELSEWHERE})


def test_version_is_answered_before_anything_is_loaded() -> None:
    loaded = _loaded("from piiscan.__main__ import main; main()")
    assert "piiscan" in loaded
    assert loaded.isdisjoint({*HEAVY, "regex", "msgspec", "pathspec"})


def test_reports_load_no_library_for_people_unless_one_reads() -> None:
    loaded = _loaded("import piiscan.reports.jsonl, piiscan.sinks.file, piiscan.settings")
    assert loaded.isdisjoint(HEAVY)
