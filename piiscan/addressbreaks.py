"""Addresses that go on in the next line: behind a prefecture and its municipality, a town, or a block.

A place with its prefecture goes on in a town (東京都千代田区 / 丸の内1-2-3); 横浜市 alone on its line is the head of a
list as often. A town of the list, behind its municipality, goes on in its block, and such a block in its building. That
the next line is a block, and no telephone number, date or item of a list, is told by all of it.
"""

from __future__ import annotations

import re
from functools import cache

#: What stands before such a line end: of a place, and of a block.
PLACE_ENDS = "市区町村都道府県"
_PLACE = "[一-鿿ぁ-ゖァ-ヺー々]"
_DIGIT, _SPACE = "[0-9０-９]", "[ \\t\u3000]"
#: What is typed for a hyphen within numbers, the common one first, as classes want it.
HYPHENS = "-－ー‐−–―"
_KANJI_NUMERALS = "一二三四五六七八九十百"
_PLACE_AT_END = re.compile(f"[都道府県](?:{_PLACE}{{1,10}}[市区町村])?$")

#: A line that is the room, the floor or the building of an address, up to its end; first, what each has somewhere.
_LETTER = "A-ZＡ-Ｚ"
_SUFFIX = "(?:号[室棟]?|[階FＦ棟室])"
_ROOM = f"(?:[{_LETTER}東西南北]?[-－ー]?{_DIGIT}{{1,4}}(?:[-－ー]{_DIGIT}{{1,4}})?{_SUFFIX}?|[{_LETTER}東西南北]棟)"
_SURE_ROOM = (
    f"{_SPACE}?(?:[{_LETTER}][-－ー]?)?(?:[1-9１-９]{_DIGIT}{{2,3}}|{_DIGIT}{{1,4}}{_SUFFIX})(?:{_SPACE}?{_ROOM})?"
)
_NAME = f"[一-鿿ぁ-ゖァ-ヺー々・〇○{_LETTER}a-zａ-ｚ0-9０-９]"
_HOUSE = "(?:マンション|アパート|ハイ[ツム]|コーポ|[荘寮]|ビル|メゾン|レジデンス)"
_BLOCK_OF_FLATS = "(?:住宅|団地|タワー|ヒルズ|パレス|コート|ガーデン|プラザ|ハウス)"
_WING = "(?:[デヂ]ィ?ング|[ァ-ヺー]{1,8}|[東西南北新本別]?[館棟])?"
_END = f"{_SPACE}{{0,8}}(?=\\r?\\n|\\Z|[\"'」)）,、;|<])"
_BUILDING = (
    "(?=[^\\n]{0,24}?[ンポトツム荘寮ビ宅地ワズスザ階FＦ号棟方])"
    "(?![^\\n]{0,14}(?:会社|法人|組合|[^\\n][はをで][一-鿿ァ-ヺ]))"
    f"(?:{_NAME}{{1,14}}?(?:{_HOUSE}|{_BLOCK_OF_FLATS}){_WING}(?:{_SPACE}?{_ROOM}){{1,2}}{_END}"
    f"|{_NAME}{{0,14}}?(?:{_HOUSE}|{_BLOCK_OF_FLATS})[一-鿿ぁ-ゖァ-ヺー・]{{0,8}}{_SURE_ROOM}{_END}"
    f"|(?!賃貸|中古|新築|分譲|一棟|投資|貸){_NAME}{{2,14}}?{_HOUSE}{_WING}{_END}(?!\\r?\\n[^\\n]{{0,16}}[{PLACE_ENDS}])"
    f"|(?!全|地上)[一-鿿ァ-ヺー々・{_LETTER}]{{0,16}}?(?<!第){_SPACE}?{_DIGIT}{{1,4}}(?:号室|[階FＦ])(?:{_SPACE}?{_ROOM})?{_END}"
    f"|[ァ-ヺー・]{{3,15}}[一-鿿ぁ-ゖ]{{0,6}}(?<!第){_SPACE}?[1-9１-９]{_DIGIT}{{2,3}}号{_END}"
    f"|[{_LETTER}東西南北]棟(?:{_SPACE}?{_ROOM})?{_END}"
    f"|[一-鿿]{{1,6}}様方(?:{_SPACE}?{_ROOM})?{_END})"
)
#: A line that is a block, or a block and a building; the next one, which goes on like it, would make it a list.
_FIRST = f"(?:[1-9１-９]{_DIGIT}{{0,3}}|[{_KANJI_NUMERALS}]{{1,4}})"
_LATER = f"(?:[1-9１-９]{_DIGIT}{{0,2}}|[{_KANJI_NUMERALS}〇]{{1,4}})"
_HYPHEN = f"[{HYPHENS}のノ]"
_BLOCK = (
    f"(?!(?:19|20|１９|２０){_DIGIT}{{2}}(?!{_DIGIT}|番))"
    f"(?:{_FIRST}丁目{_LATER}(?:番地?(?:{_HYPHEN}?{_LATER}号?)?|(?:{_HYPHEN}{_LATER}){{1,2}}号?)"
    f"|{_FIRST}番地(?:{_HYPHEN}?{_LATER}号?)?|{_FIRST}番{_LATER}号?|{_FIRST}(?:{_HYPHEN}{_LATER}){{1,2}}号?)"
    f"(?:{_SPACE}{{0,2}}{_BUILDING}|{_END}(?!\\r?\\n{_SPACE}{{0,8}}[1-9１-９]{_DIGIT}{{0,2}}{_HYPHEN}{_DIGIT}{{1,3}}(?!{_DIGIT})))"
)
#: The town and the beginning of its block, and a town whose block may stand in the line after it.
_TOWN = f"{_PLACE}{{1,16}}(?:[1-9１-９]|[一二三四五六七八九十](?:丁目|番|条))"
_TOWN_ALONE = f"{_PLACE}{{1,16}}\\r?\\n{_SPACE}{{0,8}}"
#: What some address that goes on has before its line's end: a place, a label, or a postal code and a town. To compile
#: the expressions of blocks and buildings takes as long as to scan three small files.
_WORTH = re.compile(
    f"[{PLACE_ENDS}〒]|住所|所在地|{_DIGIT}{{3}}[-－‐−–―]{_DIGIT}{{4}}[ \u3000]{{0,3}}[^\x00-\x7f\u3000０-９－‐−–―]"
)
_LINE_FEED = re.compile(f"\\n{_SPACE}{{0,8}}")
_BEGINS_BLOCK = frozenset(f"123456789１２３４５６７８９{_KANJI_NUMERALS}")
_BLOCK_ENDS = f"0123456789０１２３４５６７８９{_KANJI_NUMERALS}〇号地番目"
_ENDS_PART = frozenset(PLACE_ENDS + _BLOCK_ENDS)
_IN_TOWN, _IN_BLOCK = re.compile(_PLACE), re.compile(f"[{_BLOCK_ENDS}]")
#: Any line end and the spaces behind it, which are those of find_breaks.
INDENT = f"{_SPACE}{{0,8}}"
LINE_BREAK = f"(?P<line>\\r?\\n{INDENT})"
#: So much of an address is looked at before the end of its line.
_REACH = 60
_PLAINLY = str.maketrans("０１２３４５６７８９　：－‐−–―", "0123456789 :-----")


#: By where line ends begin, where the spaces behind each end, and what takes its place.
Breaks = dict[int, tuple[int, str]]


def find_breaks(text: str) -> Breaks:
    r"""Find the line ends within addresses.

    >>> find_breaks("東京都千代田区丸の内\n1-2-3\n　青葉ビル5階")
    {10: (11, ''), 16: (18, ' ')}
    """
    found: Breaks = {}
    joined, last = "", 0
    if "\n" not in text:
        return found
    ends = [(match.start() - text.endswith("\r", 0, match.start()), match.end()) for match in _LINE_FEED.finditer(text)]
    ends = [each for each in ends if _may_go_on(text, *each)]
    if not ends or not _WORTH.search(text):
        return found
    for start, end in ends:
        kind = _kind(text, start, end)
        if not kind:
            continue
        line = text[max(start - _REACH, last, 0) : start]
        line = line[line.rfind("\n") + 1 :] if "\n" in line else joined + line
        line = line[-_REACH:].translate(_PLAINLY)
        joined, last = "", end
        if _goes_on(line, kind):
            found[start] = end, " " if kind == "block" else ""
            joined = line + found[start][1]
    return found


def _may_go_on(text: str, start: int, end: int) -> bool:
    """Tell what the characters at both sides of a line's end can tell: hardly any is one that _kind has to see."""
    return text[end : end + 1] in _BEGINS_BLOCK or text[start - 1 : start] in _ENDS_PART


def _kind(text: str, start: int, end: int) -> str:
    """Tell by what stands before and behind a line's end whether a town, another place or a block may go on there."""
    before = text[start - 1 : start]
    if _IN_TOWN.match(before) and _is_block(text, end):
        return "town"
    if before and before in PLACE_ENDS:
        alone = _expression(_TOWN_ALONE).match(text, end)
        if _expression(_TOWN).match(text, end) or (alone and _is_block(text, alone.end())):
            return "place"
    return "block" if _IN_BLOCK.match(before) and _expression(_BUILDING).match(text, end) else ""


def _is_block(text: str, at: int) -> bool:
    """Tell whether a line is a block; hardly one that begins with something else has the expression compiled."""
    return text[at : at + 1] in _BEGINS_BLOCK and _expression(_BLOCK).match(text, at) is not None


_expression = cache(re.compile)


def _goes_on(line: str, kind: str) -> bool:
    if kind == "place":
        return _PLACE_AT_END.search(line) is not None
    from piiscan import places  # noqa: PLC0415 - hardly any text asks for the lists

    if kind == "town":
        return places.ends_in_town(line)
    return places.ends_in_block(line) or places.ends_in_short_block(line)


def unbroken(cell: str) -> str:
    r"""Give a cell with its addresses in one line each.

    >>> unbroken("東京都千代田区\n丸の内1-2-3"), unbroken("横浜市\n人口3-4")
    ('東京都千代田区丸の内1-2-3', '横浜市\n人口3-4')
    """
    for start, (end, joint) in reversed(find_breaks(cell).items()):
        cell = cell[:start] + joint + cell[end:]
    return cell


def place_before(cell: str, at: int) -> int:
    r"""Give the place in a cell of a character that has another one where addresses are in one line.

    >>> place_before("千代田区丸の内\n1-2-3\n03-1234-5678", 13), place_before("03-1234-5678", 11)
    (14, 11)
    """
    for start, (end, joint) in find_breaks(cell).items():
        if at >= start + len(joint):
            at += end - start - len(joint)
    return at
