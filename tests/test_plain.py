"""Plain paragraphs and tables taken out as characters: whatever a part holds, it is read as the parser reads it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from piiscan.plain import MARK, take_plain
from piiscan.selftest import MAX_GROWTH
from tests import slideparts
from tests.doubling import growth
from tests.wordparts import BODY, CELLS, DAMAGE, DOCUMENT, HEAD, PLAIN, PROPERTIES, TAIL, TEXTS, read

if TYPE_CHECKING:
    from collections.abc import Callable

#: What is taken out, all of it.
TAKEN = (
    PLAIN,
    PLAIN * 3,
    f'<w:p w:rsidR="00"/><w:p/>{PLAIN}',
    f"<w:sdt><w:sdtContent>{PLAIN}{CELLS}</w:sdtContent></w:sdt>",
    f"<a:p/>{PLAIN}",
    CELLS,
    f"<w:tbl><w:tr><w:tc>{PLAIN}</w:tc><w:tc><w:p/></w:tc></w:tr><w:tr></w:tr></w:tbl>",
    '<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:cr/><w:noBreakHyphen/><w:br w:type="page"/></w:r></w:p>',
    '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr><w:proofErr/><w:r><w:t>a]]</w:t></w:r></w:p>',
)
#: What must not be taken for what it looks like.
TRAPS = (
    *(PLAIN.replace("一", text) for text in TEXTS),
    *(f"<w:p><w:pPr>{each}</w:pPr><w:r><w:rPr>{each}</w:rPr><w:t>a</w:t></w:r></w:p>" for each in PROPERTIES),
    *(CELLS.replace("<w:tblPr/>", f"<w:tblPr>{each}</w:tblPr>") for each in PROPERTIES),
    *(CELLS.replace("<w:tcPr>", f"<w:tcPr>{each}") for each in PROPERTIES),
    *(CELLS.replace("<w:tr>", f"<w:tr><w:trPr>{each}</w:trPr>") for each in PROPERTIES),
    f"<!--{PLAIN}-->{PLAIN}",
    f"<?x {PLAIN}?>{PLAIN}",
    f"<![CDATA[{PLAIN}]]>{PLAIN}",
    f"<{MARK}/>{PLAIN}",
    f"<a:p x='>'>{PLAIN}<a:p/></a:p>{PLAIN}",
    f'<b:tbl x="/>">{PLAIN}</b:tbl>{PLAIN}',
    f"<w:p>{PLAIN}</w:p>{CELLS}",
    CELLS.replace(PLAIN, CELLS),
    "<w:sdt>" * 300 + PLAIN + "</w:sdt>" * 300,
)


@pytest.mark.parametrize("body", TAKEN)
def test_all_of_what_is_plain_is_taken_out(body: str) -> None:
    data = DOCUMENT.format(body).encode()
    rest = take_plain(data)
    assert rest is not None
    assert b"<w:t" not in rest.data
    assert b"<w:p" not in rest.data
    assert read(data) == read(data, slowly=True)


@pytest.mark.parametrize("body", TRAPS)
def test_what_looks_plain_is_read_as_the_parser_reads_it(body: str) -> None:
    data = DOCUMENT.format(PLAIN + body + PLAIN).encode()
    assert read(data) == read(data, slowly=True)


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("UTF-8", "Shift_JIS"),
        HEAD.replace('="UTF-8"', "='utf-8'"),
        "\ufeff" + HEAD,
        HEAD.replace("<w:document", "<!DOCTYPE x><w:document"),
        HEAD.replace("<w:document", "<!-- c --><w:document"),
        HEAD.replace("xmlns:w=", "xmlns:v="),
        HEAD.replace("w:document", "document"),
        "<w:body xmlns:w='urn:w'>",
        " " + HEAD,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp932"])
def test_a_part_that_begins_in_another_way_is_read_as_the_parser_reads_it(head: str, encoding: str) -> None:
    data = (head + PLAIN + CELLS + TAIL).encode(encoding, "ignore")
    assert read(data) == read(data, slowly=True)


@pytest.mark.parametrize("body", [slideparts.PLAIN * 2, f"{slideparts.PLAIN}<a:p><a:br/></a:p><a:p></a:p>"])
def test_all_of_what_is_plain_on_a_slide_is_taken_out(body: str) -> None:
    data = slideparts.SLIDE.format(body).encode()
    rest = take_plain(data)
    assert rest is not None
    assert b"<a:p" not in rest.data
    assert read(data, part="slide") == read(data, part="slide", slowly=True)


@pytest.mark.parametrize("body", slideparts.TRAPS)
def test_what_looks_plain_on_a_slide_is_read_as_the_parser_reads_it(body: str) -> None:
    data = slideparts.SLIDE.format(slideparts.PLAIN + body + slideparts.PLAIN).encode()
    assert read(data, part="slide") == read(data, part="slide", slowly=True)


@settings(max_examples=200, deadline=None)
@given(slideparts.BODY, st.sampled_from(("", "</a:p>", "<a:r>", "</a:rPr>", *DAMAGE)), st.floats(0, 1))
@example("<a:p><a:r><a:rPr><!-- c --></a:rPr><a:t>a</a:t></a:r></a:p>", "", 0)
def test_a_slide_is_read_as_the_parser_reads_it(body: str, damage: str, place: float) -> None:
    whole = slideparts.SLIDE.format(slideparts.PLAIN + body)
    at = int(len(whole) * place)
    for text in (whole, whole[:at] + damage + whole[at:], whole[:at]):
        assert read(text.encode(), part="slide") == read(text.encode(), part="slide", slowly=True)


@settings(max_examples=200, deadline=None)
@given(BODY)
def test_it_is_read_as_the_parser_reads_it(body: str) -> None:
    data = DOCUMENT.format(body).encode()
    assert read(data) == read(data, slowly=True)


@settings(max_examples=200, deadline=None)
@given(BODY, st.sampled_from(DAMAGE), st.floats(0, 1), st.integers(0, 9))
def test_damage_is_told_as_the_parser_tells_it(body: str, damage: str, place: float, lost: int) -> None:
    whole = HEAD + PLAIN * 2 + body + PLAIN + TAIL
    at = int(len(whole) * place)
    data = (whole[:at] + damage + whole[at + lost :]).encode()
    assert read(data) == read(data, slowly=True)
    assert read(whole.encode()[:at]) == read(whole.encode()[:at], slowly=True)


def _say(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


HOSTILE: dict[str, Callable[[int], str]] = {
    "plain paragraphs": lambda size: PLAIN * (size // 100),
    "paragraphs that do not end": lambda size: "<w:p><w:pPr>" * (size // 12),
    "tables that do not end": lambda size: "<w:tbl><w:tr><w:tc><w:p/>" * (size // 25),
    "a table that is plain but for its end": lambda size: (
        f"<w:tbl><w:tr><w:tc>{PLAIN * (size // 100)}<w:x/></w:tc></w:tr>"
    ),
    "many attributes": lambda size: "<w:p><w:pPr><w:b" + "".join(f' a{at}="1"' for at in range(size // 10)) + "/>",
    "text like attributes": lambda size: _say("".join(f' a{at}="' for at in range(size // 10))),
    "text like tags": lambda size: _say(' a="' + " b" * (size // 2)),
    "tags in quotes": lambda size: '<p "' * (size // 4) + PLAIN,
    "quotes that do not end": lambda size: "<p a='b" * (size // 7) + PLAIN,
}


SLIDES: dict[str, Callable[[int], str]] = {
    "plain paragraphs": lambda size: slideparts.PLAIN * (size // 500),
    "paragraphs that do not end": lambda size: "<a:p><a:pPr>" * (size // 12),
    "colours that do not end": lambda size: "<a:p><a:r><a:rPr>" + "<a:solidFill><a:srgbClr>" * (size // 24),
    "runs that do not end": lambda size: "<a:p>" + "<a:r><a:rPr/><a:t>x</a:t>" * (size // 25),
    "many attributes": lambda size: "<a:p><a:pPr" + "".join(f' a{at}="1"' for at in range(size // 10)) + "/>",
}
GROWING = [
    *((DOCUMENT, make) for make in HOSTILE.values()),
    *((slideparts.SLIDE, make) for make in SLIDES.values()),
]


@pytest.mark.parametrize(("document", "make"), GROWING, ids=[*HOSTILE, *(f"slide of {kind}" for kind in SLIDES)])
def test_cost_is_linear(document: str, make: Callable[[int], str]) -> None:
    def prepare(times: int) -> Callable[[], object]:
        return partial(take_plain, document.format(make(125_000 * times)).encode())

    assert growth(prepare) <= MAX_GROWTH
