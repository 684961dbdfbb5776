"""The regex that anybody would write, over every file that decodes as UTF-8: what the work beside it is worth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench.accuracy.runner import Claim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bench.accuracy.corpus import Written

#: Containers whose bytes are their text.
READABLE = frozenset({"txt", "csv", "tsv", "json", "jsonl", "sql", "html", "eml"})
#: What it is judged by beside us: files that it can read at all.
PLAIN = frozenset({"txt", "csv", "tsv"})
PHONES = ("phone_mobile", "phone_landline", "phone_ip", "phone_international", "phone_service")
#: Regex -> the identifiers that it may claim.
REGEXES: dict[str, tuple[str, tuple[str, ...]]] = {
    "my_number": (r"(?<!\d)\d{4}[- ]?\d{4}[- ]?\d{4}(?!\d)", ("my_number",)),
    "basic_pension_number": (r"(?<!\d)\d{4}-\d{6}(?!\d)", ("basic_pension_number",)),
    "employment_insurance_number": (r"(?<!\d)\d{4}-\d{6}-\d(?!\d)", ("employment_insurance_number",)),
    "passport_number": (r"(?<![A-Za-z0-9])[A-Z]{2}\d{7}(?!\d)", ("passport_number",)),
    "residence_card_number": (r"(?<![A-Za-z0-9])[A-Z]{2}\d{8}[A-Z]{2}(?![A-Za-z0-9])", ("residence_card_number",)),
    "payment_card": (r"(?<!\d)\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}(?!\d)", ("payment_card",)),
    "phone_mobile": (
        r"(?<!\d)(?:0\d{1,4}-\d{1,4}-\d{3,4}|0[5-9]0\d{8}|\+81[- ]?\d{1,4}[- ]?\d{1,4}[- ]?\d{4})(?!\d)",
        PHONES,
    ),
    "postal_code": (r"(?<!\d)\d{3}-\d{4}(?!\d)", ("postal_code",)),
    "email": (r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", ("email",)),
    "birth_date": (r"(?<!\d)(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?!\d)", ("birth_date",)),
    "us_ssn": (r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)", ("us_ssn",)),
    "ip_address": (r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])", ("ip_address",)),
    "mac_address": (r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}", ("mac_address",)),
    "api_key": (r"AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|AIza[0-9A-Za-z_-]{35}", ("api_key",)),
}
_COMPILED = {name: re.compile(regex) for name, (regex, _) in REGEXES.items()}


def accepts(name: str, claim: str) -> bool:
    """Tell whether a regex may claim an identifier."""
    return name in REGEXES[claim][1]


def search(folder: Path, files: Iterable[Written]) -> Iterator[Claim]:
    """Search every file that can be read."""
    for file in files:
        if file.container not in READABLE:
            continue
        try:
            text = (folder / file.path).read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        for name, compiled in _COMPILED.items():
            for match in compiled.finditer(text):
                yield Claim(file.path, name, match[0], None, None, None)
