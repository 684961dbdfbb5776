"""What users get is what was tested: the wheel, built and installed alone, outside the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("piiscan-*.whl"))


def test_the_wheel_holds_patterns_data_and_messages_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {f"piiscan/patterns/{file.name}" for file in (ROOT / "patterns").glob("*.toml")}
    expected |= {f"piiscan/policies/{file.name}" for file in (ROOT / "policy").glob("*.toml")}
    expected |= {
        f"piiscan/data/{file.name}" for file in (ROOT / "piiscan/data").iterdir() if file.suffix in {".txt", ".bin"}
    }
    expected |= {"piiscan/locale/ja/LC_MESSAGES/piiscan.mo", "piiscan/overviews/page.css", "piiscan/overviews/page.js"}
    assert expected <= names
    assert not any(name.startswith(("tests/", "bench/", "fixtures/", "scripts/")) for name in names)


def test_the_wheel_installed_alone_scans(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    programs = tmp_path / "venv" / "bin"
    # By our own pip, and nothing compiled that is never imported: a third of the time, and the same files.
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", str(wheel)], check=True, capture_output=True)
    share = tmp_path / "share"
    share.mkdir()
    (share / "顧客.csv").write_text("氏名,電話番号\n佐藤 花子,090-2345-6789\n", encoding="utf-8")
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "LANG": "ja_JP.UTF-8", "LANGUAGE": ""}
    environment.pop("PYTHONPATH", None)

    def piiscan(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(programs / "piiscan"), *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert "個人番号" in piiscan("patterns", "list").stdout
    result = piiscan("scan", "share", "--format", "jsonl")
    assert result.returncode == 1, result.stderr
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {record["pattern"] for record in records if record["record"] == "finding"} == {"person_name", "phone_mobile"}
    assert "完了" in piiscan("scan", "share").stdout
    without_extra = piiscan("scan", "share", "--pattern", "person_name_prose")
    assert (without_extra.returncode, without_extra.stdout) == (2, "")
    assert re.fullmatch(r"piiscan: .*が必要です.*piiscan\[names\].*\n", without_extra.stderr)
