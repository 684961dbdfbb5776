"""Start cheap: heavy libraries load when their first file arrives, and never in a worker that does not need them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("typer", "rich", "dask", "openpyxl", "docx", "pdfminer", "pypdfium2", "lxml", "pydantic", "numpy", "babel")


def _loaded(statement: str) -> set[str]:
    """Give the top-level names of the modules that a fresh interpreter has loaded after `statement`."""
    code = f"import sys; sys.argv = ['piiscan', '--version']\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in result.stderr.split()}


@pytest.mark.parametrize("module", ["piiscan.scan", "piiscan.worker", "piiscan.run", "piiscan.detect"])
def test_a_worker_loads_nothing_heavy(module: str) -> None:
    loaded = _loaded(f"import {module}")
    assert "piiscan" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_version_is_answered_before_anything_is_loaded() -> None:
    loaded = _loaded("from piiscan.__main__ import main; main()")
    assert "piiscan" in loaded
    assert loaded.isdisjoint({*HEAVY, "regex", "msgspec", "pathspec"})


def test_reports_load_no_library_for_people_unless_one_reads() -> None:
    loaded = _loaded("import piiscan.reports.jsonl, piiscan.sinks.file, piiscan.settings")
    assert loaded.isdisjoint(HEAVY)
