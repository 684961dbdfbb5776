"""Parts of slides as nobody would write them: DrawingML, plain and other."""

from __future__ import annotations

from hypothesis import strategies as st

from piiscan.plain import MARK
from tests.wordparts import SAID, TEXTS, several

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    '<p:sld xmlns:a="urn:a" xmlns:r="urn:r" xmlns:p="urn:p"><p:cSld><p:spTree>'
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="本文"/></p:nvSpPr><p:txBody><a:bodyPr/><a:lstStyle/>'
)
TAIL = "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
SLIDE = HEAD + "{}" + TAIL
COLOUR = '<a:schemeClr val="tx1"><a:lumMod val="75000"/></a:schemeClr>'
FILL = f"<a:solidFill>{COLOUR}</a:solidFill>"
LINE, FONT = f'<a:ln w="1">{FILL}</a:ln>', '<a:latin typeface="見本"/>'
LOOK = f'<a:rPr lang="ja-JP" sz="1800" b="1">{LINE}{FILL}<a:effectLst/>{FONT}</a:rPr>'
ORDER = (
    '<a:pPr marL="0" indent="0"><a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
    f"<a:buClr>{COLOUR}</a:buClr><a:buNone/></a:pPr>"
)
PLAIN = f'<a:p>{ORDER}<a:r>{LOOK}<a:t>見本 &amp; 一</a:t></a:r><a:endParaRPr lang="en-US" dirty="0"/></a:p>'
CELLS = f"<a:tbl><a:tblPr/><a:tblGrid/><a:tr><a:tc><a:txBody>{PLAIN}</a:txBody><a:tcPr/></a:tc></a:tr></a:tbl>"
# What stands in a run, in a paragraph, or beside one.
PIECES = (
    "<a:br/>",
    f"<a:br>{LOOK}</a:br>",
    "<a:br>x</a:br>",
    '<a:br a="1"/>',
    "<a:tab/>",
    '<a:fld id="{0}" type="slidenum"><a:rPr/><a:t>7</a:t></a:fld>',
    "<!-- c -->",
    "<![CDATA[<a:p>]]>",
    "<?x <a:p> ?>",
    "tail",
    "\n ",
    "<a:p/>",
    "<a:p><a:endParaRPr/></a:p>",
    '<a:p id="1"/>',
    "<w:p/>",
    f"<{MARK}/>",
    '<p:cNvPr id="3" name="n" descr="d"/>',
    '<p:cNvPr id="3" val="v"/>',
    '<p:tag value="v"/>',
    '<p:tag val="v"/>',
    '<p:x title="t"/>',
)
# What stands in properties.
INSIDE = (
    "",
    "<a:noFill/>",
    FILL,
    COLOUR,
    '<a:hlinkClick r:id="rId2"/>',
    '<a:hlinkClick r:id="rId2" tooltip="t"/>',
    '<a:latin typeface="a" typeface="b"/>',
    "<a:latin typeface='a'/>",
    "<a:t>9</a:t>",
    "<a:r/>",
    "<a:solidFill><a:schemeClr></a:solidFill></a:schemeClr>",
    "<a:extLst><a:ext uri='u'/></a:extLst>",
    "said",
)


def _properties(name: str) -> st.SearchStrategy[str]:
    inside = st.lists(st.sampled_from(INSIDE), max_size=2).map("".join)
    tags = st.sampled_from((f"<a:{name}>", f'<a:{name} lang="ja-JP">', f'<a:{name} lang="a" lang="b">'))
    whole = st.tuples(tags, inside, st.just(f"</a:{name}>")).map("".join)
    return st.one_of(st.just(""), st.just(f"<a:{name}/>"), whole)


TEXT = st.tuples(st.sampled_from(("<a:t>", "<a:t>", "<a:t x='1'>")), SAID, st.just("</a:t>")).map("".join)
RUN = st.tuples(
    st.sampled_from(("<a:r>", "<a:r>", '<a:r a="1">')),
    _properties("rPr"),
    several(TEXT, size=2),
    st.just("</a:r>"),
).map("".join)
PARAGRAPH = st.tuples(
    st.sampled_from(("<a:p>", "<a:p>", '<a:p title="t">')),
    _properties("pPr"),
    several(RUN, RUN, st.sampled_from(PIECES)),
    _properties("endParaRPr"),
    st.just("</a:p>"),
).map("".join)
BODY = several(PARAGRAPH, PARAGRAPH, st.sampled_from((PLAIN, CELLS, *PIECES)), size=5)

#: What must not be taken for what it looks like.
TRAPS = (
    *(PLAIN.replace("一", text) for text in TEXTS),
    *(PLAIN.replace("<a:t>", f"{each}<a:t>") for each in PIECES),
    *(PLAIN.replace("<a:effectLst/>", each) for each in INSIDE),
    *(PLAIN.replace("<a:buNone/>", each) for each in INSIDE),
    CELLS,
    f"<!--{PLAIN}-->{PLAIN}",
    f"<?x {PLAIN}?>{PLAIN}",
    f"<![CDATA[{PLAIN}]]>{PLAIN}",
    f"<a:p x='>'>{PLAIN}</a:p>{PLAIN}",
    f"<a:p>{PLAIN}</a:p>{CELLS}",
    "<p:grpSp>" * 300 + PLAIN + "</p:grpSp>" * 300,
    "<p:grpSp>" * 150 + PLAIN + "</p:grpSp>" * 150,
)
