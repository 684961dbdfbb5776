from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from piiscan.wrap import columns, pad, wrap

SENTENCE = "未完了: 8 個のファイルは全部または一部を読み取れませんでした。その内容については、何も判断できません。"


def test_japanese_breaks_between_characters_and_loses_none() -> None:
    lines = wrap(SENTENCE, 20)
    assert len(lines) > 4
    assert all(columns(line) <= 22 for line in lines)  # a stop may hang over by its own width
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", SENTENCE)


def test_no_line_starts_with_a_stop() -> None:
    for width in range(8, 60):
        assert not any(line[:1] in set("、。)」：") for line in wrap(SENTENCE, width)[1:])


def test_english_breaks_between_words() -> None:
    assert wrap("NOT complete: 8 files were not read", 16) == ["NOT complete: 8", "files were not", "read"]


def test_a_word_longer_than_the_line_has_its_own() -> None:
    assert wrap("see /a/very/long/path ok", 8) == ["see", "/a/very/long/path", "ok"]


@given(st.text(), st.integers(1, 80))
def test_nothing_but_spaces_is_ever_lost(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


def test_padding_counts_wide_characters_twice() -> None:
    assert pad("注意", 6) == "注意  "
