"""Parts of Word documents as nobody would write them, and how they are read with and without the fast way."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from piiscan import paragraphs
from piiscan.grids import iter_table
from piiscan.piece import Piece, Table
from piiscan.plain import MARK

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    '<w:document xmlns:w="urn:w" xmlns:w14="urn:w14"><w:body>'
)
TAIL = "</w:body></w:document>"
DOCUMENT = HEAD + "{}" + TAIL
PLAIN = (
    '<w:p w14:paraId="0A"><w:pPr><w:pStyle w:val="a"/></w:pPr>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>見本 &amp; 一</w:t></w:r></w:p>"
)
SPAN = '<w:tcPr><w:tcW w:w="9" w:type="dxa"/><w:gridSpan w:val="3"/></w:tcPr>'
TEXTS = (
    "",
    " ",
    "見本",
    "a]]b",
    "]]&gt;",
    "&lt;b&gt; &quot;&apos;&amp;lt;",
    "x > y",
    "一\r\n二",
    "\u3000",
    "]]>",
    "\ufffe",
    "&#12354;",
    "&x;",
    "\x0b",
)
# What a run, a paragraph, a row or the body holds beside what is generated, plain and other.
PIECES = (
    "<w:tab/>",
    "<w:br/>",
    '<w:br w:type="page"/>',
    "<w:cr/>",
    "<w:noBreakHyphen/>",
    "<w:lastRenderedPageBreak/>",
    "<w:fldChar/>",
    "<w:instrText>x</w:instrText>",
    "<w:proofErr/>",
    '<w:bookmarkStart w:id="1" w:name="n"/>',
    '<w:bookmarkStart w:title="t"/>',
    "<!-- c -->",
    "<!--<w:p/>-->",
    "<![CDATA[<w:p>]]>",
    "<?x <w:p> ?>",
    "tail",
    "\n ",
    "<w:p/>",
    '<w:p w:rsidR="00"/>',
    "<a:p/>",
    f"<{MARK}/>",
    "<w:sectPr><w:pgSz/></w:sectPr>",
    "<w:docPr descr='d'/>",
)
PROPERTIES = (
    "",
    "<w:b/>",
    '<w:tabs><w:tab/><w:tab w:val="left" w:pos="9"/></w:tabs>',
    "<w:rPr><w:br/></w:rPr>",
    "<w:rPr><w:b></w:rPr></w:b>",
    '<w:sz w:val="1" w:val="2"/>',
    '<w:sz w:val="1" w:a=" w:val="/>',
    "<w:sz w:val='1'/>",
    '<w:gridSpan w:val="2"/>',
    '<w:gridSpan w:val="70"/>',
    '<w:gridSpan w:val="0"/>',
    '<w:gridBefore w:val="2"/>',
    "<w:tcPrChange><w:tcPr><w:gridSpan w:val='2'/></w:tcPr></w:tcPrChange>",
    '<w:rFonts w:ascii="ＭＳ 明朝"/>',
    '<w:p w:rsidR="1"/>',
    '<w:cellIns w:id="1" w:author="a"/>',
    '<w:tag w:val="t"/>',
    "<w:t>9</w:t>",
    "said",
)
DAMAGE = (
    *"<>&\"' ",
    "",
    "\x01",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "?>",
    "</w:p>",
    "<w:p>",
    "<w:tc>",
    "</w:tr>",
    "<w:p ",
    ' w:val="1"',
    "/>",
)


def _element(
    name: str, properties: str, content: st.SearchStrategy[str], attributes: str = ""
) -> st.SearchStrategy[str]:
    kept = st.lists(st.sampled_from(PROPERTIES), max_size=2).map("".join)
    own = st.one_of(
        st.just(""), st.just(f"<w:{properties}/>"), kept.map(f"<w:{properties}>{{}}</w:{properties}>".format)
    )
    tags = st.sampled_from((f"<w:{name}>", f"<w:{name}{attributes}>", f'<w:{name} w:rsidR="00A1" w14:textId="1">'))
    return st.tuples(tags, own, content, st.just(f"</w:{name}>")).map("".join)


def several(*kinds: st.SearchStrategy[str], size: int = 3) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(*kinds), max_size=size).map("".join)


SAID = st.sampled_from(TEXTS[:9]) | st.sampled_from(TEXTS)
TEXT = st.tuples(st.sampled_from(("<w:t>", '<w:t xml:space="preserve">')), SAID, st.just("</w:t>")).map("".join)
RUN = _element("r", "rPr", several(TEXT, TEXT, st.sampled_from(PIECES[:6]), st.sampled_from(PIECES)), ' w:title="t"')
PARAGRAPH = _element("p", "pPr", several(RUN, RUN, RUN, st.sampled_from(PIECES)), ' a="x>y"')


def _nest(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    paragraph = st.one_of(st.just(PLAIN), block)
    cell = _element("tc", "tcPr", several(paragraph, st.sampled_from(PIECES[-6:])))
    row = _element("tr", "trPr", several(cell, cell, st.just(f"<w:tc>{SPAN}{PLAIN}</w:tc>"), st.sampled_from(PIECES)))
    table = _element("tbl", "tblPr", several(row))
    wrappers = ("w:sdt", "w:ins", "w:del", "w:txbxContent", "a:p", "w:p", "w:r", "b:tbl x='>'")
    wrapped = st.tuples(st.sampled_from(wrappers), several(block, table)).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
    )
    return st.one_of(st.just(PLAIN), table, wrapped)


BODY = several(st.recursive(PARAGRAPH, _nest, max_leaves=6), st.just(PLAIN), st.sampled_from(PIECES), size=5)


CELLS = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{SPAN}{PLAIN}<w:p/>{PLAIN}</w:tc><w:tc>{PLAIN}</w:tc></w:tr></w:tbl>"


def read(data: bytes, *, slowly: bool = False, part: str = "body") -> list[object]:
    """Read a part; with `slowly` by the parser alone."""
    with pytest.MonkeyPatch.context() as patch:
        if slowly:
            patch.setattr(paragraphs, "take_plain", lambda _: None)
            patch.setattr(paragraphs, "is_silent", lambda *_: False)
        return list(map(_values, paragraphs.iter_pieces(data, part, iter_table)))


def _values(piece: Piece) -> object:
    if not isinstance(piece, Table):
        return piece
    places = [piece.locate(at, row, 0) for at, cells in enumerate(piece.columns) for row in range(len(cells))]
    return piece.headers, piece.columns, piece.part, places
