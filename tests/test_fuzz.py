"""What scripts/fuzz checks for an hour, in small: seeds, and documents of known parts, damaged or not."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from email.message import EmailMessage
from itertools import islice
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.harness import HARNESSES, feed_extractor
from fuzz.seeds import iter_seeds
from piiscan.config import ScanConfig
from piiscan.formats import FORMATS
from piiscan.model import FileRef, Part
from piiscan.scan import scan_content

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE = "090-9876-5432"
CONFIG = ScanConfig(key=bytes(32), run_key=bytes(32), patterns=("phone_mobile",))
#: Words beside a value that are none themselves, and whatever may stand in a document.
WORDS = st.text(st.sampled_from("あ山田 株式会社abc,;:\"'<>&=\n\t()「」、。"), max_size=30)


def _csv(words: list[str]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([["項目", "電話番号"], *([word, PHONE] for word in words)])
    return stream.getvalue().encode("cp932")


def _zip(words: list[str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, word in enumerate(words):
            archive.writestr(f"{number}.txt", f"{word}\n電話 {PHONE}\n")
    return stream.getvalue()


def _mail(words: list[str]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "連絡"
    message.set_content("\n".join(f"{word}\n電話 {PHONE}\n" for word in words), charset="iso-2022-jp")
    return message.as_bytes()


#: Suffix, how words and a number beside each make a document, and the row that reads it.
BUILT: dict[str, tuple[Callable[[list[str]], bytes], str]] = {
    ".txt": (lambda words: "".join(f"{word}\n電話 {PHONE}\n" for word in words).encode(), "text:extract_text"),
    ".csv": (_csv, "delimited:extract_delimited"),
    ".json": (
        lambda words: json.dumps([{"備考": word, "電話番号": PHONE} for word in words]).encode(),
        "json_text:extract_json",
    ),
    ".yaml": (
        lambda words: yaml.safe_dump(
            [{"備考": word, "電話番号": PHONE} for word in words], allow_unicode=True
        ).encode(),
        "yaml_text:extract_yaml",
    ),
    ".toml": (
        lambda words: "".join(
            f'[[名簿]]\n備考 = {json.dumps(word)}\n電話番号 = "{PHONE}"\n' for word in words
        ).encode(),
        "settings_text:extract_toml",
    ),
    ".ini": (
        lambda words: "".join(f"[{at}]\n備考 = {word}\n電話番号 = {PHONE}\n" for at, word in enumerate(words)).encode(),
        "settings_text:extract_ini",
    ),
    ".zip": (_zip, "archive:extract_zip"),
    ".eml": (_mail, "mail:extract_mail"),
}


@pytest.mark.parametrize("suffix", BUILT)
@settings(deadline=None, max_examples=25)
@given(words=st.lists(WORDS, min_size=1, max_size=5))
def test_what_is_planted_in_a_document_is_found(suffix: str, words: list[str]) -> None:
    parts = scan_content(FileRef(f"x{suffix}", f"x{suffix}"), BUILT[suffix][0](words), CONFIG)
    findings = [each for part in parts if isinstance(part, Part) for each in part.findings]
    assert len(findings) == len(words)


@pytest.mark.parametrize("suffix", BUILT)
@settings(deadline=None, max_examples=25)
@given(
    words=st.lists(WORDS, min_size=1, max_size=3),
    damage=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=8),
    end=st.integers(0, 3000),
)
def test_a_damaged_document_is_no_error_of_ours(
    suffix: str, words: list[str], damage: list[tuple[int, int]], end: int
) -> None:
    build, row = BUILT[suffix]
    content = bytearray(build(words))
    for at, byte in damage:
        content[at % len(content)] = byte
    feed_extractor(row, bytes(content[: 1 + end % len(content)]))


@pytest.mark.parametrize("name", HARNESSES)
def test_each_harness_takes_its_seeds(name: str) -> None:
    row = next((kind.row for kind in FORMATS if kind.row.endswith(f":extract_{name}")), "")
    for seed in (next(iter_seeds(row)), *islice(iter_seeds(row), 1, 3), b"", b"\x00"):
        HARNESSES[name](seed)


def test_every_extractor_has_a_harness() -> None:
    assert HARNESSES.keys() == {kind.row.partition(":extract_")[2] for kind in FORMATS} | {"detector"}
    assert len(HARNESSES) == len(FORMATS) + 1, "no two rows share a name"


def test_a_name_that_two_headers_of_a_zip_spell_in_two_ways_is_damage() -> None:
    # found by fuzzing: the entry's own header says UTF-8, and its name is none
    content = bytearray(_zip(["語"]))
    content[6:8] = (0x800).to_bytes(2, "little")
    content[30] = 0x8C
    feed_extractor("archive:extract_zip", bytes(content))


def _patched(at: int, value: bytes) -> bytes:
    """Give a zip of one file with other bytes in its directory."""
    content = bytearray(_zip(["語"]))
    start = content.index(b"PK\x01\x02") + at
    content[start : start + len(value)] = value
    return bytes(content)


@pytest.mark.parametrize("row", ["archive:extract_zip", "docx:extract_docx", "xlsx:extract_xlsx", "pptx:extract_pptx"])
@pytest.mark.parametrize(
    "content",
    [
        _patched(6, b"\x54\x00"),  # found by fuzzing: to be read by a version of zip that does not exist
        _patched(28, b"\x00\x00"),  # found by fuzzing: a name of no characters
        _patched(46, b"\x00"),
    ],
)
def test_a_directory_of_a_zip_that_is_damaged_is_damage(row: str, content: bytes) -> None:
    feed_extractor(row, content)
