from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from piiscan.messages import CATALOGUES, language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

PO = CATALOGUES / "ja/LC_MESSAGES/piiscan.po"
UPDATE = Path(__file__).parent.parent / "scripts" / "update_messages.py"
FIELD = re.compile(r"\{\w*\}")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with PO.open("rb") as stream:
        return read_po(stream, locale="ja")


def _texts(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """Give the translations by message, singular and plural alike as tuples."""
    texts = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            string = message.string or ""
            texts[key] = (string,) if isinstance(string, str) else tuple(string)
    return texts


def test_the_catalogue_holds_what_the_code_says_and_nothing_else(catalogue: Catalog) -> None:
    extracted = runpy.run_path(str(UPDATE))["extract_messages"]()
    assert _texts(catalogue).keys() == _texts(extracted).keys(), "run scripts/messages"


def test_every_message_is_translated_with_the_same_fields(catalogue: Catalog) -> None:
    for english, japanese in _texts(catalogue).items():
        assert all(japanese), english
        assert {*FIELD.findall(english)} == {*FIELD.findall(japanese[0])}, english


def test_the_compiled_catalogue_is_fresh(catalogue: Catalog) -> None:
    with PO.with_suffix(".mo").open("rb") as stream:
        compiled = read_mo(stream)
    assert _texts(compiled) == _texts(catalogue), "run scripts/messages"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LANGUAGE": "en:ja"}, "en"),
        ({"LANGUAGE": "fr:ja", "LANG": "fr_FR"}, "ja"),
        ({"LANG": "", "LC_ALL": "", "LANGUAGE": ""}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_usual_variables_choose_the_language(environ: dict[str, str], expected: str) -> None:
    assert language(environ) == expected
