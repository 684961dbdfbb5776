"""Addresses that go on in the next line: behind a prefecture, or behind a municipality with its prefecture before it.

Only what has its prefecture is joined: 横浜市 alone on its line is the head of a list as often.
"""

from __future__ import annotations

import re

#: What stands before such a line end.
PLACE_ENDS = "市区町村都道府県"
_PLACE = "[一-鿿ぁ-ゖァ-ヺー々]"
_BLOCK = "(?:[1-9１-９]|[一二三四五六七八九十](?:丁目|番|条))"
#: The line end that goes, and the spaces behind it; `place` stays.
BROKEN_ADDRESS = re.compile(
    rf"(?P<place>[都道府県](?:{_PLACE}{{1,10}}[市区町村])?)\r?\n[ \t\u3000]{{0,8}}(?={_PLACE}{{1,16}}{_BLOCK})"
)


def breaks_address(text: str) -> bool:
    """Tell whether an address goes on in the next line somewhere in a text."""
    return BROKEN_ADDRESS.search(text) is not None


def unbroken(cell: str) -> str:
    r"""Give a cell with its addresses in one line each.

    >>> unbroken("東京都千代田区\n丸の内1-2-3"), unbroken("横浜市\n人口3-4")
    ('東京都千代田区丸の内1-2-3', '横浜市\n人口3-4')
    """
    return BROKEN_ADDRESS.sub(r"\g<place>", cell)
