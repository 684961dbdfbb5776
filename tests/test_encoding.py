"""Encodings are found by bytes, blocks never split a character, and damage is always told."""

from __future__ import annotations

import io
import random
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan import charset
from piiscan.encoding import PROBLEM, iter_text
from piiscan.plausible import CONTROLS, plausibility

PROSE = (
    "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所で"
    "ニャーニャー泣いていた事だけは記憶している。\r\n"
    "担当: 山田太郎, 東京都千代田区丸の内一丁目 TEL 090-0000-0000\n"
)
CODECS = [
    "utf-8",
    "utf-8-sig",
    "cp932",
    "euc-jp",
    "iso-2022-jp",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
]


def read(data: bytes, block: int = 1 << 20) -> tuple[str, bool]:
    pieces = list(iter_text(io.BytesIO(data), block))
    problems = [piece for piece in pieces if not isinstance(piece, str)]
    assert problems in ([], [PROBLEM])
    return "".join(piece for piece in pieces if isinstance(piece, str)), bool(problems)


@pytest.mark.parametrize("codec", CODECS)
def test_every_encoding_is_read_whole(codec: str) -> None:
    assert read((PROSE * 3).encode(codec)) == (PROSE * 3, False)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", ""])
def test_no_block_border_splits_a_character_or_a_line_end(codec: str, newline: str) -> None:
    text = ("ASCII 1 ｱｲ 髙" * 2 if codec in {"utf-8", "cp932"} else "ASCII 1 高井") + newline + PROSE * 2 + "𠮷"
    text = text.replace("\r\n", newline) if newline != "\n" else text
    text = text if codec.startswith("utf") else text.replace("𠮷", "吉")
    data = text.encode(codec)
    for block in (1, 2, 3, 5, 7, 64, 1000, len(data) - 1, len(data)):
        pieces = [piece for piece in iter_text(io.BytesIO(data), block) if isinstance(piece, str)]
        assert "".join(pieces) == text
        assert not any(one.endswith("\r") and two.startswith("\n") for one, two in pairwise(pieces))


@pytest.mark.parametrize("codec", ["cp932", "euc-jp", "iso-2022-jp", "utf-8"])
def test_every_offset_of_a_read_in_one_long_line(codec: str) -> None:
    text = "x" * charset.HEAD + "住所は東京都港区です" * 600
    data = text.encode(codec)
    for block in range(5000, 5012):
        assert read(data, block) == (text, False)


@pytest.mark.parametrize("codec", ["cp932", "euc-jp", "iso-2022-jp", "utf-8"])
def test_ascii_in_front_decides_nothing(codec: str) -> None:
    text = "id,value\n" * 40_000 + PROSE
    assert read(text.encode(codec), 4096) == (text, False)


@pytest.mark.parametrize("chars", ["①②③㈱㍻髙﨑", "髙橋﨑山①㈱", "№℡㊤㍾㍼"])
def test_vendor_characters_of_cp932(chars: str) -> None:
    assert read((PROSE + chars).encode("cp932")) == (PROSE + chars, False)


def sjis_to_euc(pair: bytes) -> bytes:
    lead, trail = pair
    row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2
    if trail >= 0x9F:
        return bytes((row + 1 + 0xA1, trail - 0x9F + 0xA1))
    return bytes((row + 0xA1, trail - 0x40 - (trail > 0x7F) + 0xA1))


@pytest.mark.parametrize("char", "①㈱㍻№℡髙﨑")
def test_vendor_characters_of_euc_and_jis(char: str) -> None:
    pair = b"\xee\xe0" if char == "髙" else b"\xed\x95" if char == "﨑" else char.encode("cp932")
    euc = sjis_to_euc(pair)
    assert read(PROSE.encode("euc-jp") + euc) == (PROSE + char, False)
    jis = b"\x1b$B" + bytes(byte & 0x7F for byte in euc) + b"\x1b(B"
    assert read(PROSE.encode("iso-2022-jp") + jis) == (PROSE + char, False)


def test_half_width_kana_in_iso_2022_jp_and_cp932() -> None:
    assert read(b"name\x1b(I\x54\x4f\x40\x5e\x1b(B!") == ("nameﾔﾏﾀﾞ!", False)
    bank = "ﾔﾏﾀﾞ ﾀﾛｳ 1234567 ｶ)ﾔﾏﾀﾞｼﾖｳﾃﾝ\r\nｻﾄｳ ﾊﾅｺ 7654321 ﾐｽﾞﾎｷﾞﾝｺｳ\r\n"
    assert read(bank.encode("cp932")) == (bank, False)


def test_a_file_of_nothing_but_half_width_kana_is_cp932() -> None:
    # read in pairs they are kanji of EUC-JP, everyday ones even
    names = "ﾐｽﾞﾎ ﾎﾝﾃﾝ 1234567 ﾔﾏﾀﾞｼﾛ 0000250000\r\n"
    assert read(names.encode("cp932") * 4) == (names * 4, False)


@pytest.mark.parametrize("length", [10, 40, 400])
@pytest.mark.parametrize("codec", ["cp932", "euc-jp"])
def test_short_samples_are_decided_right(codec: str, length: int) -> None:
    source = (
        PROSE * 10 + "個人番号と氏名、住所、生年月日をご記入ください。株式会社山田商店の請求書を送付いたします。" * 10
    )
    chance = random.Random(length)  # noqa: S311 - reproducible, not secret
    for _ in range(200):
        start = chance.randrange(len(source) - length)
        sample = source[start : start + length]
        assert read(sample.encode(codec)) == (sample, False)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["name,tel\n", "氏名,電話\r\n山田", "個人番号、氏名。東京都千代田区丸の内", "A1"])
def test_utf16_without_mark(codec: str, text: str) -> None:
    assert read(text.encode(codec)) == (text, False)


heads = st.one_of(
    st.binary(max_size=80),
    st.text(st.sampled_from("aあ漢ア\x00\x01\x1b\ufffd０\xe9 \n"), max_size=40).flatmap(
        lambda text: st.sampled_from(["utf-8", "cp932", "utf-16-le", "utf-16-be"]).map(
            lambda codec: text.encode(codec, "ignore")
        )
    ),
    st.integers(0, 40).flatmap(lambda count: st.binary(min_size=4, max_size=8).map(lambda tail: b"ab" * count + tail)),
)


@given(heads)
@settings(max_examples=150, deadline=None)
def test_the_short_way_to_say_that_no_utf16_is_there_is_right(head: bytes) -> None:
    sample = head[: len(head) & ~1]
    narrow = plausibility(charset.decode_lossy(sample, charset.decide(sample, final=False)))
    scores = {name: plausibility(charset.decode_lossy(sample, name)) for name in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=scores.__getitem__)
    is_plain = len(sample) < 4 or (sample.isascii() and not charset._count(sample, CONTROLS))
    is_wide = not is_plain and scores[best] >= 0.7 and scores[best] > narrow + 0.5
    assert charset.find_utf16(head) == (best if is_wide else None)


mixtures = st.lists(
    st.one_of(
        st.sampled_from([PROSE, "あ", "漢字カナ", "ｱｲｳ", "髙①㈱", "abc 012\n"]).flatmap(
            lambda text: st.sampled_from(charset.SEARCHABLE).map(lambda codec: text.encode(codec, "ignore"))
        ),
        st.binary(max_size=6),
        st.sampled_from([b"a" * 6, b"\xa0" * 7, b"\x80", b"\xff"]),  # broken in all three: they tie
    ),
    max_size=6,
).map(b"".join)


@given(mixtures)
@example(b"a" * 6 + b"\xa0" * 7)
@settings(max_examples=200, deadline=None)
def test_of_three_readings_the_best_is_taken_though_not_all_are_made(sample: bytes) -> None:
    readings = {name: plausibility(charset.decode_lossy(sample, name)) for name in charset.SEARCHABLE}
    assert charset._most_plausible(sample) == max(readings, key=readings.__getitem__)


def test_text_in_cp932_is_not_read_character_by_character(monkeypatch: pytest.MonkeyPatch) -> None:
    """What EUC-JP lacks is looked up one by one: of a file in CP932, each kana and most kanji."""
    read_as, decode_lossy = list[str](), charset.decode_lossy

    def noted(data: bytes, encoding: str) -> str:
        read_as.append(encoding)
        return decode_lossy(data, encoding)

    monkeypatch.setattr(charset, "decode_lossy", noted)
    assert [charset.decide(PROSE.encode(codec), final=True) for codec in ("cp932", "euc-jp")] == ["cp932", "euc-jp"]
    assert read_as == ["cp932", "cp932", "utf-8", "euc-jp"]


@pytest.mark.parametrize("text", ["0B0D0F0H0J", "deadbeef 0A0B0C0D\n", "x\0y", "\x1b[31mred\x1b[0m", ""])
def test_ascii_is_not_taken_for_utf16_or_jis(text: str) -> None:
    assert read(text.encode()) == (text, False)


def test_lines_of_several_encodings_are_read_and_told() -> None:
    lines = [("電話 090-0000-0001 です\n", codec) for codec in ("utf-8", "cp932", "euc-jp", "iso-2022-jp")]
    for first in range(4):
        order = lines[first:] + lines[:first]
        text, damaged = read(b"".join(line.encode(codec) for line, codec in order))
        assert damaged
        assert text == lines[0][0] * 4


def test_a_foreign_line_in_a_later_block_is_told() -> None:
    data = PROSE.encode("cp932") * 200 + "これはひらがなです\n".encode("euc-jp") + PROSE.encode("cp932")
    text, damaged = read(data, 4096)
    assert damaged
    assert "これはひらがなです\n" in text
    assert text.endswith(PROSE)


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc-jp"])
def test_bad_bytes_are_replaced_and_the_rest_is_kept(codec: str) -> None:
    text, damaged = read(PROSE.encode(codec) + b"\xff\xff090-0000-0002\n" + PROSE.encode(codec))
    assert damaged
    assert "090-0000-0002\n" + PROSE in text


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc-jp", "utf-16", "utf-16-le"])
def test_a_truncated_last_character_is_told(codec: str) -> None:
    text, damaged = read((PROSE + "終").encode(codec)[:-1])
    assert damaged
    assert text.startswith(PROSE)


def test_only_ff_is_never_clean() -> None:
    assert read(b"\xff" * 1000)[1]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x1b\ufeff"), max_size=80), st.integers(1, 9))
def test_utf8_is_always_read_back(text: str, block: int) -> None:
    assert read(("\ufeff" + text).encode(), block) == (text, False)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(1, 9))
def test_any_bytes_are_read_without_error(data: bytes, block: int) -> None:
    read(data, block)


@pytest.mark.parametrize("codec", CODECS)
def test_text_looks_like_text(codec: str) -> None:
    assert charset.is_text(PROSE.encode(codec))
    assert not charset.is_mostly_controls(PROSE.encode(codec))


@pytest.mark.parametrize("head", [b"\0" * 100, bytes(range(256)), b"\xff" * 50, bytes(range(256)) * 16, b"MZ\x90\0"])
def test_binary_does_not_look_like_text(head: bytes) -> None:
    assert not charset.is_text(head)
