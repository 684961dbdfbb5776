"""Specimens of what is text: lines, tables, markup, and what is written in JSON, YAML and TOML."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from tests.specimens.specimen import csv, lines, rows

if TYPE_CHECKING:
    from tests.specimens.specimen import Fields, Specimens


def _records(fields: Fields) -> bytes:
    return json.dumps({"顧客": [dict(fields)] * 3}, ensure_ascii=False).encode()


def _recorded(fields: Fields) -> bytes:
    answer = base64.b64encode(_records(fields)).decode()
    entry = {
        "request": {"url": "https://piiscan-demo.jp/", "postData": {"text": lines(fields)}},
        "response": {"content": {"text": answer, "encoding": "base64"}},
    }
    return json.dumps({"log": {"entries": [entry]}}).encode()


def _notebook(fields: Fields) -> bytes:
    output = {"output_type": "stream", "name": "stdout", "text": lines(fields).splitlines(keepends=True)}
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": lines(fields)},
        {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "print()", "outputs": [output]},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _statements(fields: Fields) -> bytes:
    columns = ", ".join(f"`{label}`" for label in fields)
    values = ", ".join(f"'{value}'" for value in fields.values())
    return f"-- {lines(fields).splitlines()[0]}\nINSERT INTO 顧客 ({columns}) VALUES ({values}), ({values});\n".encode()


def _elements(fields: Fields) -> bytes:
    people = "".join(f"<{label}>{value}</{label}>" for label, value in fields.items())
    return f"<?xml version='1.0'?><顧客><!-- {lines(fields)} -->{f'<人>{people}</人>' * 3}</顧客>".encode()


def _page(fields: Fields) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows(fields))
    text = lines(fields).replace("\n", "<br>")
    return f"<!doctype html><html><title>{text[:40]}</title><p>{text}<table>{body}</table></html>".encode()


def _mappings(fields: Fields) -> bytes:
    people = "".join(
        "".join(f"{'  ' if number else '- '}{label}: {value}\n" for number, (label, value) in enumerate(fields.items()))
        for _ in range(3)
    )
    note = "".join(f"  {line}\n" for line in lines(fields).splitlines())
    return (
        f"# {lines(fields).splitlines()[0]}\n顧客:\n{people}備考: |\n{note}---\n{{{{ template }}}}: }}\n{note}".encode()
    )


def _sections(fields: Fields) -> bytes:
    people = "".join(
        "[[顧客]]\n" + "".join(f'"{label}" = "{value}"\n' for label, value in fields.items()) for _ in range(3)
    )
    return f'# {lines(fields).splitlines()[0]}\n備考 = """\n{lines(fields)}"""\n{people}'.encode()


def _settings(fields: Fields) -> bytes:
    told = "".join(f"{label} = {value}\n" for label, value in fields.items())
    return f"; {lines(fields)}[顧客]\n{told}".encode()


SPECIMENS: dict[str, Specimens] = {
    "text:extract_text": {"text.txt": lambda fields: lines(fields).encode()},
    "delimited:extract_delimited": {"table.csv": csv},
    "json_text:extract_json": {"rows.json": _records},
    "yaml_text:extract_yaml": {"people.yaml": _mappings},
    "settings_text:extract_toml": {"people.toml": _sections},
    "settings_text:extract_ini": {"people.ini": _settings},
    "har:extract_har": {"recorded.har": _recorded},
    "notebook:extract_notebook": {"book.ipynb": _notebook},
    "sql:extract_sql": {"dump.sql": _statements},
    "xml_text:extract_xml": {"people.xml": _elements},
    "html_text:extract_html": {"page.html": _page},
}
