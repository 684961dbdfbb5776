"""What nearly all of a document or slide is, taken out of its XML as characters; the rest is left to the parser.

Elements cost ten times what their text does. So one expression finds the paragraphs and tables that hold nothing but
text, and proves as a parser would that they are well-formed; an empty element stands in the rest for each stretch of
them. Whatever else there may be in a part (a link, a field, a change) is in the rest. A part with damage, with a
comment or in another spelling than Word's and PowerPoint's is not touched: it is read as if this module were not there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from piiscan import possessive
from piiscan.runs import NAMELESS, TOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The name of the element that stands for what was taken out.
MARK = "piiscan-plain"
Rows = list[list[str]]

#: A part of more bytes is left to the parser, which streams it.
_WHOLE = 16_000_000
_HEAD = re.compile(
    r"""(?:<\?xml\ version=["']1\.0["'](?:\ encoding=["'](?i:utf-8)["'])?(?:\ standalone=["'](?:yes|no)["'])?\s*\?>)?\s*
    <(?:w:[A-Za-z]+\s[^<>]*?\bxmlns:(w)=|[a-z]+:[A-Za-z]+\s[^<>]*?\bxmlns:(a)=)""",
    re.VERBOSE,
)
# No value of an attribute holds "<", so that it begins a tag wherever there are no comments and the like.
_BLOCK = possessive.compiled(r"""<(/?)(?:[^\s<>/:"']+:)?(?:p|tbl)(?=[\s/>])(?:[^<>"']|"[^<"]*"|'[^<']*')*+>""")
_NAME = r"[A-Za-z][\w.:-]*+"
_TWICE = re.compile(rf' ({_NAME})="[^<>"]*+"(?: {_NAME}="[^<>"]*+"){{0,15}}? \1="', re.ASCII)
_START = re.compile(r"<\w[^<> ]*+ [^<>]++>")
#: A tag that may name an attribute twice; those of a slide's runs and paragraphs come in one order, once each.
_LOOSE = {"w": re.compile(r"<\w[^<> ]*+ "), "a": re.compile(r"<(?!a:(?:rPr|pPr|endParaRPr) )\w[^<> ]*+ ")}
_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_ENTITY = re.compile(rf"&({'|'.join(_ENTITIES)});")
#: Tags that stand for a character, by the prefix of the words.
_BREAKS = {
    "w": (("</w:p>", "\n"), ("<w:tab/>", "\t"), ("<w:cr/>", "\n"), ("<w:noBreakHyphen/>", "-")),
    "a": (("</a:p>", "\n"), ("</a:br>", "\n"), ("<a:br/>", "\n")),
}
_BREAK, _EMPTY = re.compile(r"<w:br(?: [^>]*)?/>"), re.compile(r"<w:p(?: [^>]*)?/>")
_SPAN = re.compile(r'<w:gridSpan w:val="(\d+)"/>')
_TAG = re.compile(r"<[^>]*+>")
# No XML holds them, so that they can part rows and cells, and stand around the number of columns that a cell spans.
_ROW, _CELL, _WIDE = "\x1e", "\x1f", "\x1d"


class Rest(NamedTuple):
    """A part without what is plain in it, and that, in order: text with a line for each paragraph, or a table."""

    data: bytes
    plain: list[str | Rows]


def take_plain(data: bytes) -> Rest | None:
    """Take out the plain paragraphs and tables, but not those inside others; None where that is not safe to do."""
    text, prefix = _decode(data)
    if not prefix:
        return None
    kept: list[str] = []
    plain: list[str | Rows] = []
    start = end = depth = 0
    is_loose = _LOOSE[prefix].search
    said = _BARE if _is_bare(data, text) else _SAID
    for found in _GRAMMARS[prefix](said).finditer(text):
        for tag in _BLOCK.finditer(text, end, found.start()):
            depth += -1 if tag[1] else not tag[0].endswith("/>")
        end = found.end()
        tags = {*_START.findall(found[0])} if is_loose(found[0]) else ()
        if not depth and not any(map(_TWICE.search, tags)):
            kept += text[start : found.start()], f"<{MARK}/>"
            start, markup = end, found[0]
            for each, character in _BREAKS[prefix]:
                markup = markup.replace(each, character)
            plain.append(_READERS[found.lastgroup](markup))
    kept.append(text[start:])
    rest = "".join(kept)
    # What looks like tags in comments and CDATA sections is none, and an instruction may hold anything.
    is_safe = plain and "<!" not in rest and rest.find("<?", 1) < 0 and rest.count(MARK) == len(plain)
    return Rest(rest.encode(), plain) if is_safe else None


def _decode(data: bytes) -> tuple[str, str]:
    """Give a part's text and the prefix of its words (WordprocessingML, DrawingML); none where something may hide."""
    try:
        text = data.decode().removeprefix("\ufeff") if len(data) <= _WHOLE else ""
    except UnicodeDecodeError:
        return "", ""
    head = _HEAD.match(text)
    if head is None or "\ufffe" in text or "\uffff" in text:
        return "", ""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text, head[1] or head[2]


def _is_bare(data: bytes, text: str) -> bool:
    """Tell whether what stands between tags needs no second look: to ask of each character takes ten times as long."""
    is_sound = (b"]" not in data or "]]>" not in text) and len(data.translate(None, _CONTROLS)) == len(data)
    return is_sound and (b"&" not in data or text.count("&") == len(_ENTITY.findall(text)))


def _read_text(markup: str) -> str:
    """Give the text of paragraphs, of which each ends in a line feed by now."""
    if "<w:br" in markup:
        markup = _BREAK.sub("\n", markup)
    text = _TAG.sub("", markup)
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text) if "&" in text else text


def _read_empty(markup: str) -> str:
    return "\n" * markup.count("<")


def _read_rows(markup: str) -> Rows:
    markup = _EMPTY.sub("\n", markup).replace("</w:tc>", _CELL).replace("</w:tr>", _ROW)
    has_wide = "<w:gridSpan" in markup
    text = _read_text(_SPAN.sub(rf"{_WIDE}\1{_WIDE}", markup) if has_wide else markup)
    rows = [row.split(_CELL)[:-1] for row in text.split(_ROW)[:-1]]
    return [_spread(row) if has_wide else [cell.strip() for cell in row] for row in rows]


def _spread(row: list[str]) -> list[str]:
    """Put empty cells behind those that span some columns."""
    cells: list[str] = []
    for cell in row:
        _, span, *_, said = cell.split(_WIDE) if _WIDE in cell else ("", "1", cell)
        cells += said.strip(), *[""] * (int(span) - 1)
    return cells


_READERS: Mapping[str | None, Callable[[str], str | Rows]] = {
    "text": _read_text,
    "empty": _read_empty,
    "table": _read_rows,
}

# What no XML may hold, or has a meaning of its own.
_SPECIAL = r"\]<&\x00-\x08\x0b\x0c\x0e-\x1f"
_VALUE = rf'="[^">{_SPECIAL}]*+"'
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
#: What stands between tags: as XML allows it, and where nothing in a part is forbidden.
_SAID = rf"[^{_SPECIAL}]*+(?:(?:\](?!\]>)|&(?:{'|'.join(_ENTITIES)});)[^{_SPECIAL}]*+)*+"
_BARE = r"[^<]*+"
# What properties hold is never text, but nothing there may look like what the readers go by, or may tell something.
_KNOWN = rf"(?:\w+:)?(?:p|t|r|tr|tc|tbl|br|gridSpan|gridBefore|{'|'.join(NAMELESS)})[ />]|w:(?:tab|cr|noBreakHyphen)/"
_ATTRIBUTE = rf" (?!(?:\w+:)?(?:{'|'.join(TOLD)})=){_NAME}{_VALUE}"
_PROPERTY = rf"<(?!{_KNOWN}){_NAME}(?:{_ATTRIBUTE}){{0,16}}+/>"


def _properties(name: str, groups: str = "", more: str = "") -> str:
    """Give the expression for an element of properties; `groups` are those that may hold others, `more` is added."""
    inside = more + "".join(rf"|<w:{group}>(?:{_PROPERTY})*+</w:{group}>" for group in groups.split())
    return rf"(?:<w:{name}(?:/>|>(?:{_PROPERTY}{inside})*+</w:{name}>))?+"


def _drawn(names: str, inside: str = "", keys: str = "") -> str:
    """Give the expression for one of some elements of DrawingML that hold properties, and maybe what is `inside`.

    Of the `keys` of its attributes, if they are told, each may stand there once, in their order.
    """
    held = rf"(?:{_PROPERTY}{inside})*+"
    own = "".join(rf"(?: {key}{_VALUE})?+" for key in keys.split()) or rf"(?:{_ATTRIBUTE}){{0,16}}+"
    return "|".join(rf"<a:{name}{own}(?:/>|>{held}</a:{name}>)" for name in names.split())


def _tag(name: str, attributes: str = r"w(?:14)?:(?:rsid[A-Za-z]*+|paraId|textId)") -> str:
    """Give the expression for the start of a tag, with nothing in it but numbers of revisions and paragraphs."""
    return rf"<w:{name}(?: {attributes}{_VALUE}){{0,16}}+"


@lru_cache(maxsize=2)  # it takes some milliseconds to compile, and many workers never meet a document
def _written(text: str) -> re.Pattern[str]:
    """Give the expression for stretches of paragraphs, of empty ones, and for tables, all plain, with `text` in them.

    It is possessive throughout, so that it looks at no character more than a few times. Nothing is captured in what
    repeats: until Python 3.13 that may raise SystemError.
    """
    mark = _tag("(?:proofErr|bookmarkStart|bookmarkEnd)", r"w:(?:id|name|type|colFirst|colLast)") + "/>"
    said = rf'<w:t(?: xml:space="preserve")?+>{text}</w:t>'
    breaks = rf"<w:(?:tab|cr|noBreakHyphen|lastRenderedPageBreak)/>|{_tag('br', 'w:(?:type|clear)')}/>"
    run = rf"{_tag('r')}>{_properties('rPr')}(?:{said}|{breaks})*+</w:r>"
    paragraph = rf"{_tag('p')}>{_properties('pPr', 'rPr numPr pBdr tabs')}(?:{run}|{mark})*+</w:p>"
    empty = rf"{_tag('p')}/>"
    span = r'|<w:gridSpan w:val="[1-5]?[1-9]"/>'
    cell = rf"{_tag('tc')}>{_properties('tcPr', 'tcBorders tcMar', span)}(?:{paragraph}|{empty}|{mark})*+</w:tc>"
    row = rf"{_tag('tr')}>{_properties('tblPrEx')}{_properties('trPr')}(?:{cell}|{mark})*+</w:tr>"
    properties = _properties("tblPr", "tblBorders tblCellMar") + _properties("tblGrid")
    table = rf"<w:tbl>{properties}(?:{row}|{mark})*+</w:tbl>"
    return possessive.compiled(rf"(?a)(?P<text>(?:{paragraph})++)|(?P<empty>(?:{empty})++)|(?P<table>{table})")


#: The attributes of runs and of paragraphs in the order of ECMA-376-1, 21.1.2.3.9 and 21.1.2.2.7.
_LOOKS = "kumimoji lang altLang sz b i u strike kern cap spc normalizeH baseline noProof dirty err smtClean smtId bmk"
_PLACES = "marL marR lvl indent algn defTabSz rtl eaLnBrk fontAlgn latinLnBrk hangingPunct"


@lru_cache(maxsize=2)
def _shown(text: str) -> re.Pattern[str]:
    """Give the expression for stretches of plain paragraphs on a slide; its tables are left to the parser."""
    colour = _drawn("schemeClr srgbClr")
    fill = _drawn("solidFill", f"|{colour}")
    look = _drawn("rPr", f"|{fill}|{_drawn('ln', f'|{fill}')}|{_drawn('effectLst')}", _LOOKS)
    order = _drawn("pPr", f"|{_drawn('lnSpc spcBef spcAft tabLst')}|{_drawn('buClr', f'|{colour}')}", _PLACES)
    piece = rf"<a:r>(?:{look})?+<a:t>{text}</a:t></a:r>|<a:br(?:/>|>(?:{look})?+</a:br>)"
    last = look.replace("rPr", "endParaRPr")
    return possessive.compiled(rf"(?a)(?P<text>(?:<a:p>(?:{order})?+(?:{piece})*+(?:{last})?+</a:p>)++)")


_GRAMMARS: Mapping[str, Callable[[str], re.Pattern[str]]] = {"w": _written, "a": _shown}
