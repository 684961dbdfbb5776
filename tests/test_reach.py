from __future__ import annotations

import pytest

from piiscan.reach import Lines

LABEL = "電話"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc-jp"])
@pytest.mark.parametrize(
    ("before", "after", "start", "end"),
    [
        ("前の行\n私の", "は秘密\n次の行\nその次", "私の", "次の行"),
        ("前の行\r\n", "\r\n\r\n次の行\r\nその次", "", "次の行\r"),
        ("03-\n", "\n090-\n1234\nその次", "03-\n", "1234"),
        ("03ー\r\n", "-\n", "03ー\r\n", "-\n"),
        ("", "", "", ""),
    ],
)
def test_a_label_reaches_over_its_line_and_the_next(
    encoding: str, before: str, after: str, start: str, end: str
) -> None:
    lines, data = Lines(encoding), (before + LABEL + after).encode(encoding)
    at = len((before + LABEL).encode(encoding))
    first, last = lines.start(data, 0, at), lines.end_of_next(data, at, len(data))
    text = data[first:last].decode(encoding)
    assert text.startswith(start + LABEL)
    assert text.endswith(end)
    assert len(text) == len(start + LABEL) + (after.rindex(end) + len(end) if end else len(after))
