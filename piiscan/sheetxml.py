"""A workbook's XML: the rows of its sheets where no library may be asked, and the text of other parts."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from piiscan.digitformats import read_format, show_digits
from piiscan.gauge import column_number
from piiscan.linkformulas import quoted
from piiscan.workbook import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from piiscan.digitformats import Format
    from piiscan.package import Capped

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no zone
_DAYS_1904, _LAST_DAY = 1462, 2_958_466
_DATE_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)
#: Attributes that hold what somebody wrote; all others are the format's own words.
_WRITTEN = frozenset({"name", "v", "descr", "title", "displayName", "tooltip", "display", "comment", "prompt", "error"})
_WRITTEN |= {"promptTitle", "errorTitle", "userId", "author", "location", "caption", "u"}
_BEHIND = re.compile(
    rb"""\b(?:tooltip|display|location|prompt|promptTitle|error|errorTitle)\s*=\s*"([^"]+)"|>([^<]+)<"""
)


class Styles(NamedTuple):
    """The cell styles, by number, that show a number as a date or as digits."""

    dates: frozenset[int] = frozenset()
    digits: Mapping[int, Format] = {}


_NO_STYLES = Styles()


@dataclass(frozen=True, slots=True)
class Book:
    """What a sheet's cells refer to."""

    strings: Sequence[str] = ()
    styles: Styles = _NO_STYLES
    is_1904: bool = False


def parse(content: bytes) -> etree._Element | None:
    """Parse a part; what is broken is read as far as it goes, entities stay unread."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        return etree.fromstring(content, parser) if content else None
    except etree.XMLSyntaxError:
        return None


def read_strings(stream: Capped) -> list[str]:
    """Give the shared strings; readings of their characters (furigana) stand behind them."""
    strings = []
    for _, item in _iterparse(stream, ("{*}si",)):
        strings.append(_join(item))
        _drop(item)
    return strings


def read_styles(content: bytes) -> Styles:
    """Give the cell styles that show a number as a date, and those that show it as digits."""
    root = parse(content)
    if root is None:
        return _NO_STYLES
    codes = {item.get("numFmtId", ""): str(item.get("formatCode", "")) for item in root.iter("{*}numFmt")}
    formats = [item.get("numFmtId", "0") for group in root.iter("{*}cellXfs") for item in group.iter("{*}xf")]
    return make_styles(codes, formats)


def make_styles(codes: Mapping[str, str], formats: Sequence[str]) -> Styles:
    """Give the styles for the codes of formats by number, and the number of the format that each style has."""
    dates = frozenset(
        style
        for style, number in enumerate(formats)
        if (number in codes and re.search("[ymdge]", _NO_DATE.sub("", codes[number]), re.IGNORECASE))
        or (number.isdecimal() and int(number) in _DATE_IDS)
    )
    known = {number: found for number, code in codes.items() if (found := read_format(code))}
    return Styles(dates, {style: known[number] for style, number in enumerate(formats) if number in known})


def find_digits(styles: Styles) -> re.Pattern[bytes] | None:
    """Give the pattern of a cell with one of the styles for digits: only a sheet's XML says so."""
    numbers = b"|".join(b"%d" % style for style in sorted(styles.digits))
    return re.compile(rb"\ss\s*=\s*[\"'](?:%s)[\"']" % numbers) if numbers else None


def iter_rows(stream: Capped, book: Book) -> Iterator[Row]:
    """Yield the rows of a sheet as they are, however far apart; memory holds one row."""
    number, columns, cells = 0, list[int](), list[str]()
    last = 0
    for _, item in _iterparse(stream, ("{*}c", "{*}row")):
        if etree.QName(item).localname == "row":
            number = _number(item.get("r"), number + 1)
            if cells:
                yield Row(number, tuple(columns), cells)
            columns, cells, last = [], [], 0
        else:
            found = _REFERENCE.match(item.get("r", ""))
            last = column_number(found[1].encode()) if found else last + 1
            if text := _text_of(item, book):
                columns.append(last)
                cells.append(text)
        _drop(item)


def list_texts(root: etree._Element) -> list[str]:
    """Give what somebody wrote anywhere in a part: text, paragraph by paragraph, and telling attributes."""
    texts = []
    for item in root.iter(etree.Element):
        texts += [str(value) for key, value in item.attrib.items() if str(key) in _WRITTEN]
        name = etree.QName(item).localname
        if name in {"p", "si", "text"} and len(item):
            texts.append(_join(item))
        elif item.text and item.text.strip() and name != "t":
            texts.append(item.text)
        elif name == "t" and not any(etree.QName(up).localname in {"p", "si", "text"} for up in item.iterancestors()):
            texts.append(item.text or "")
    return [text for text in texts if text.strip()]


def list_behind(tail: bytes) -> list[str]:
    """Give what somebody wrote behind the cells of a sheet: on links, choices and checks, in headers and footers."""
    texts = (html.unescape((a or b).decode("utf-8", "replace")) for a, b in _BEHIND.findall(tail))
    return [text for text in texts if text.strip()]


def list_links(formulas: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, str]]:
    """Yield the cell of each formula that is a link, and what is quoted in it: where it leads to, and what it shows."""
    for cell, formula in formulas:
        if text := quoted(html.unescape(formula.decode("utf-8", "replace"))):
            yield cell.decode(), text


def list_comments(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each comment's cell and text, of the old kind and of the threaded."""
    for item in root.iter("{*}comment", "{*}threadedComment"):
        yield str(item.get("ref", "")), _join(item).strip() or item.findtext("{*}text", "").strip()


def show_number(value: float) -> str:
    """Write a number as people see it: a whole one has no point."""
    return str(int(value)) if value == value // 1 and abs(value) < 1e15 else f"{value:.15g}"  # noqa: PLR2004


def show_moment(moment: dt.datetime) -> str:
    """Write a date, with its time where it has one."""
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ", "seconds")


def _iterparse(stream: Capped, tags: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    try:
        yield from etree.iterparse(
            stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
    except etree.XMLSyntaxError:
        return


def _drop(item: etree._Element) -> None:
    """Forget an element and what stood before it, or a long part would be kept whole."""
    item.clear()
    parent = item.getparent()
    while parent is not None and item.getprevious() is not None:
        del parent[0]


def _join(item: etree._Element) -> str:
    parts, readings = list[str](), list[str]()
    for text in item.iter("{*}t"):
        up = text.getparent()
        is_reading = up is not None and etree.QName(up).localname == "rPh"
        (readings if is_reading else parts).append(text.text or "")
    return "".join(parts) + ("\n" + "".join(readings) if readings else "")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else default  # noqa: PLR2004


def _text_of(cell: etree._Element, book: Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _join(cell)
    text = cell.findtext("{*}v") or ""
    if kind == "s":
        index = _number(text, len(book.strings))
        return book.strings[index] if index < len(book.strings) else ""
    if kind != "n" or not text:
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return show_value(value, _number(cell.get("s"), 0), book) if abs(value) < float("inf") else text


def show_value(value: float, style: int, book: Book) -> str:
    """Write a number as its cell's style shows it, as far as styles are known here."""
    digits = book.styles.digits.get(style)
    if digits and value == value // 1 and value < 1e15:  # noqa: PLR2004 - its digits are its own
        return show_digits(int(value), digits) or show_number(value)
    if style in book.styles.dates and 0 < value < _LAST_DAY:
        return show_moment(_EPOCH + dt.timedelta(days=value + _DAYS_1904 * book.is_1904))
    return show_number(value)
