from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pytest

from piiscan.config import ScanConfig
from piiscan.errors import PatternError
from piiscan.pattern import Pattern, load_patterns
from piiscan.ripgrep import expression, has_shape
from piiscan.text import fold

if TYPE_CHECKING:
    from pathlib import Path

PATTERNS = load_patterns(ScanConfig(key=bytes(32), run_key=bytes(32)))


@dataclass
class Ripgrep:
    folder: Path

    def spans(self, expressions: list[str], text: str, *flags: str) -> set[tuple[int, int]]:
        """Give the spans in characters of what ripgrep finds in a text."""
        (self.folder / "shapes").write_text("\n".join(expressions) + "\n", encoding="utf-8")
        (self.folder / "text").write_text(text, encoding="utf-8")
        command = ["rg", "--no-config", "-o", "-b", "--no-line-number", *flags, "-f", "shapes", "text"]
        result = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        assert result.returncode in {0, 1}, result.stderr.decode()
        content = text.encode()
        spans = set()
        for line in result.stdout.splitlines():
            offset, _, found = line.partition(b":")
            start = len(content[: int(offset)].decode())
            spans.add((start, start + len(found.decode())))
        return spans


@pytest.fixture
def ripgrep(tmp_path: Path) -> Ripgrep:
    return Ripgrep(tmp_path)


def _texts(pattern: Pattern) -> str:
    return "\n".join([*(text for text, _span in pattern.marked()), *pattern.counter_examples])


def _ours(pattern: Pattern, text: str) -> set[tuple[int, int]]:
    folded = fold(text)
    assert folded.shifts is None
    return {match.span() for match in pattern.compiled().finditer(folded.text)}


def _made(source: str) -> Pattern:
    return msgspec.structs.replace(PATTERNS["email"], id="made", regex=source)


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.id)
def test_with_pcre2_the_same_places_match(ripgrep: Ripgrep, pattern: Pattern) -> None:
    text = _texts(pattern)
    ours = _ours(pattern, text)
    assert len(ours) >= len(pattern.examples)
    assert ripgrep.spans([expression(pattern, pcre2=True)], text, "-P") == ours


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.id)
def test_without_look_around_no_place_is_lost(ripgrep: Ripgrep, pattern: Pattern) -> None:
    text = _texts(pattern)
    found = ripgrep.spans([expression(pattern, pcre2=False)], text)
    lost = {span for span in _ours(pattern, text) if not any(span[0] < end and start < span[1] for start, end in found)}
    assert lost == set()


@pytest.mark.parametrize("pcre2", [False, True])
def test_all_patterns_go_into_one_file(ripgrep: Ripgrep, *, pcre2: bool) -> None:
    expressions = [
        expression(pattern, pcre2=pcre2)
        for pattern in PATTERNS.values()
        if has_shape(pattern) and pattern.default == "on"
    ]
    assert 10 < len(expressions) < len(PATTERNS)
    text = "\n".join(map(_texts, PATTERNS.values()))
    assert len(ripgrep.spans(expressions, text, *["-P"][: int(pcre2)])) > len(PATTERNS)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (r"(?<mark>[ab])x(?P=mark)", "axa bxa bxb", {"axa", "bxb"}),
        (r"\d{2,}? [#] (?i: K ) $", "12#k 123#K", {"123#K"}),
        (r"[^\p{Han}x-z\n]{1,2}+ (?> 円 | 円玉 )", "5円玉", {"5円"}),
        (r"\[ [\]\-^\\] \] .", "[^]! [-]?", {"[^]!", "[-]?"}),
    ],
)
def test_syntax_is_carried_over(ripgrep: Ripgrep, source: str, text: str, found: set[str]) -> None:
    spans = ripgrep.spans([expression(_made(source), pcre2=True)], text, "-P")
    assert {text[start:end] for start, end in spans} == found
    ripgrep.spans([expression(_made(source), pcre2=False)], text)


def test_widths_are_those_of_the_fold(ripgrep: Ripgrep) -> None:
    text = "A1-1 Ａ１－１ Ａ１ー１ A１−1 A１一１"
    spans = ripgrep.spans([expression(_made(r"A1 - 1"), pcre2=False)], text)
    assert spans == _ours(_made(r"A1 - 1"), text)
    assert len(spans) == 5


@pytest.mark.parametrize(
    "source", ["(?:0120){e<=1}", "[[a-z]--[b]]", "(x)?(?(1)y|z)", r"\L<names>", "(?s:.)a", r"a(?R)?"]
)
def test_what_ripgrep_cannot_have_is_said(source: str) -> None:
    with pytest.raises(PatternError, match=r"^made: ripgrep ") as refused:
        expression(_made(source), pcre2=True)
    assert "\n" not in str(refused.value)
