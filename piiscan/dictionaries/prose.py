"""Names of people in running text, told by an analysis of its words: a surname that is listed, a given name behind it.

SudachiPy and its small dictionary come with `piiscan[names]` and are loaded with the first word that can be a surname.
What is analysed is a piece of the sentence around that word, always the same one, so that it makes no difference where
a window of the prefilter ends.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from piiscan.data import load_words
from piiscan.spelling import VARIANTS
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sudachipy import Morpheme, Tokenizer

#: So many characters before a name and behind what the regex matched are analysed: less than the context that a window
#: of the prefilter keeps around its events.
_BEFORE, _BEHIND = 40, 20
_SENTENCE_END = re.compile("[\n\r。!?]")
_SURNAME, _GIVEN = ("名詞", "固有名詞", "人名", "姓"), ("名詞", "固有名詞", "人名", "名")
_JOINTS = frozenset(" ・")
#: What may stand right behind a person's name though it is a noun or a suffix. Behind all others the name is part of
#: what a museum, a prize, a company or a dictionary is called.
_OF_PERSON = re.compile(
    "さん|さま|様|氏|君|くん|ちゃん|殿|先生|ら(?![ぁ-ゖ])|たち|達|両|夫妻|夫婦|本人|自身|名義|宛|宅|側|作(?!戦|業)|著(?!作)|選手|監督|教授|准教授"
    "|博士|議員|首相|大臣|外相|知事|市長|町長|村長|記者|弁護士|医師|看護|容疑者|被告|[主担]任|[係課部次室局所社店支院園校学団会班隊議座]長"
    "|理事|監事|委員|代表|取締役|専務|常務|執行|顧問|相談役|担当|作家|画家|歌手|俳優|女優|投手|捕手|騎手|棋士|名人|[初二三四五六七八九]段|[男女]性|[1-9]"
)
#: Companies and goods that are called as a person might be.
_NOT_PEOPLE = frozenset("伊藤忠 森伊蔵 山田錦".split())


def iter_names() -> Iterable[str]:
    """Give nothing: a name may begin with any kanji."""
    return ()


def extend(text: str, start: int, end: int) -> tuple[int, int, Verdict] | None:
    """Tell where the name ends that begins at `start`; VALID, as the lists have the last word. None if none does."""
    surname = _surname(text[start:end])
    if not surname:
        return None
    before = _SENTENCE_END.split(text[max(start - _BEFORE, 0) : start])[-1]
    behind = _SENTENCE_END.split(text[start : end + _BEHIND])[0]
    is_joined = behind[surname : surname + 1] in _JOINTS
    if is_joined:  # a space or a dot would leave each half to itself: 宮崎 is a place more often than somebody
        behind = behind[:surname] + behind[surname + 1 :]
    words = [*_tokenizer().tokenize((before + behind).translate(VARIANTS))]
    size = _name_in(words, len(before), surname if is_joined else 0)
    name = start, start + size + is_joined
    if not size or name[1] > end or text[slice(*name)] in _NOT_PEOPLE:
        return None
    return *name, Verdict.VALID


def _surname(text: str) -> int:
    """Give the length of a listed surname that a text begins with, 0 if none; before a joint if there is one.

    To ask the lists first saves most of the analysis.
    """
    surnames, name = load_words("names.words")["surnames"], text.translate(VARIANTS)
    sizes = [size for size in range(1, len(name)) if name[:size] in surnames]
    return next((size for size in sizes if name[size] in _JOINTS), sizes[-1] if sizes else 0)


def _name_in(words: list[Morpheme], start: int, surname: int) -> int:
    """Give how long the name is that begins with the word at `start`, 0 if none does; `surname` is known if not 0."""
    at = next((at for at, word in enumerate(words) if word.begin() == start), None)
    if at is None or (at and words[at - 1].part_of_speech()[0] == "接頭辞"):
        return 0
    kinds = [word.part_of_speech()[:4] for word in words[at : at + 2]]
    if kinds != [_SURNAME, _GIVEN] or surname not in {0, words[at].end() - start} or _is_part(words[at + 2 :]):
        return 0
    end: int = words[at + 1].end()
    return end - start


def _is_part(behind: list[Morpheme]) -> bool:
    """Tell whether what stands behind a name makes it a part of another one."""
    if not behind or behind[0].part_of_speech()[0] not in {"名詞", "接尾辞", "接頭辞"}:
        return False
    return _OF_PERSON.match("".join(word.surface() for word in behind)) is None


@cache
def _tokenizer() -> Tokenizer:
    import sudachipy  # noqa: PLC0415 - optional

    return sudachipy.Dictionary(dict="small").tokenizer(sudachipy.SplitMode.A)
