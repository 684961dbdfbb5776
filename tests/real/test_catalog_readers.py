"""A catalog is readable as it is: Datasette and DuckDB open each of its views."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from tests.test_catalog import keep, rows

VIEWS = ("runs", "files", "files_with_findings", "files_not_read", "findings", "patterns_found")


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    (folder / "名簿.csv").write_text(rows(0, 30), encoding="utf-8")
    (folder / "壊れた.txt").write_bytes("電話 090-2345-6789\n".encode() + b"\xff\xfe\xff" * 9)
    catalog = tmp_path_factory.mktemp("catalog") / "catalog.db"
    keep(folder, catalog)
    return catalog


@pytest.mark.parametrize("view", VIEWS)
def test_datasette_shows_each_view(view: str, catalog: Path) -> None:
    words = ("-m", "datasette", "serve", str(catalog), "--get", f"/catalog/{view}.json?_shape=array")
    told = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)


@pytest.mark.parametrize("view", VIEWS)
def test_duckdb_reads_each_view(view: str, catalog: Path) -> None:
    folder = Path(str(files("duckdb_extension_sqlite_scanner")))
    (extension,) = folder.rglob("sqlite_scanner.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        connection.execute(f"ATTACH '{catalog}' AS catalog (TYPE sqlite, READ_ONLY)")
        assert connection.execute(f"SELECT * FROM catalog.{view}").fetchall()  # noqa: S608 - a name of ours
