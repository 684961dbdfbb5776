"""Notebooks and recorded requests: what the JSON hides in lists of lines and in base64."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from piiscan.model import FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_file
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

MOBILE = "090-3123-4567"


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


BOOK = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# 連絡先\n", "電話番号\n", MOBILE]},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {"note": "090-3123-4561"},
            "source": ["print(a)"],
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["tel ", "090-", "3123-4562\n"]},
                {
                    "output_type": "execute_result",
                    "data": {
                        "text/html": ["<table><tr><th>電話</th></tr>\n", "<tr><td>090-3123-", "4563</td></tr></table>"],
                        "text/plain": ["0 090-3123-4564"],
                        "application/json": {"電話": "090-3123-4565"},
                        "application/octet-stream": coded("電話 090-3123-4566"),
                    },
                },
                {"output_type": "error", "traceback": ["KeyError", "電話 090-3123-4568"]},
            ],
        },
    ],
    "metadata": {"authors": [{"name": "x", "tel": "090-3123-4569"}]},
    "nbformat": 4,
    "nbformat_minor": 5,
}
HAR = {
    "log": {
        "entries": [
            {
                "request": {"url": "https://x.test/", "postData": {"text": json.dumps({"tel": MOBILE})}},
                "response": {"content": {"text": coded(json.dumps({"電話": "090-3123-4561"})), "encoding": "base64"}},
            },
            {"response": {"content": {"text": coded("<html><p>電話 090-3123-4562"), "encoding": "base64"}}},
        ]
    }
}


def scanned(path: Path, content: str) -> FileReport:
    path.write_text(content, encoding="utf-8")
    *parts, report = scan_file(FileRef(path.name, str(path)), config_for().scan)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def found(report: FileReport) -> list[tuple[tuple[str, ...], str, int | None, str]]:
    return [
        (each.location.member, each.location.part, each.location.line, each.mask[-4:])
        for each in report.findings
        if each.pattern == "phone_mobile"
    ]


def test_values_of_a_notebook_are_found_in_their_cells(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.ipynb", json.dumps(BOOK, ensure_ascii=False, indent=1))
    output = "cell 2 output"
    assert report.outcome is Outcome.COMPLETE
    assert found(report) == [
        ((), "cell 1", 3, "4567"),
        ((), output, 1, "4562"),
        ((f"{output}.html",), "", 2, "4563"),
        ((), output, 1, "4564"),
        ((f"{output}.json",), "", 1, "4565"),
        ((output,), "", 1, "4566"),
        ((), output, 2, "4568"),
        ((), "cell 2", None, "4561"),
        ((), "metadata", None, "4569"),
    ]


def test_bodies_of_requests_are_opened(tmp_path: Path) -> None:
    report = scanned(tmp_path / "a.har", json.dumps(HAR, ensure_ascii=False, indent=1))
    assert report.outcome is Outcome.COMPLETE
    assert found(report) == [((), "", 8, "4567"), (("body-1.json",), "", 1, "4561"), (("body-2",), "", 1, "4562")]


@pytest.mark.parametrize("name", ["a.ipynb", "a.har"])
def test_what_is_cut_or_is_none_is_read_as_the_json_that_is_there(tmp_path: Path, name: str) -> None:
    text = json.dumps(BOOK if name == "a.ipynb" else HAR, ensure_ascii=False, indent=1)
    for part in range(1, 10):
        report = scanned(tmp_path / name, text[: len(text) * part // 10])
        assert (report.outcome, report.reason) == (Outcome.PARTIAL, "json")
    assert found(scanned(tmp_path / name, json.dumps({"電話": MOBILE}))) == [((), "", 1, "4567")]


@pytest.mark.parametrize("name", ["a.ipynb", "a.har"])
def test_base64_that_is_none_is_damage(tmp_path: Path, name: str) -> None:
    book = {"cells": [{"outputs": [{"data": {"image/png": "???"}}]}]}
    content = book if name == "a.ipynb" else {"encoding": "base64", "text": "???"}
    report = scanned(tmp_path / name, json.dumps(content))
    assert (report.outcome, report.reason) == (Outcome.PARTIAL, "base64")
