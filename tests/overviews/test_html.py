from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html as lxml_html

from piiscan.overviews import OVERVIEWS, render_overview
from piiscan.printable import printable
from piiscan.reports import View
from tests.synthetic_overview import HOSTILE, make_overview

if TYPE_CHECKING:
    from piiscan.holdings import Overview

STYLE = (Path(__file__).parent.parent.parent / "piiscan/overviews/page.css").read_text(encoding="utf-8")
#: What loads something or runs something, in elements and attributes that HTML knows for it.
LOADING = {"src", "srcset", "action", "formaction", "poster", "data", "background", "ping", "manifest", "xlink:href"}
PARTS = ("unread-sum", "found", "first", "departments", "leak", "files", "unread", "map", "run")


class _Reader(HTMLParser):
    """Collects elements with their attributes, and the text of scripts and styles as a browser takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.raw:
            self._open = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.raw:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw[self._open][-1] += data
        else:
            self.text.append(data)


def _page(overview: Overview, language: str = "en") -> str:
    return "\n".join(render_overview("html", overview, View(language)))


def _tree(page: str) -> Any:  # noqa: ANN401 - an XPath may give anything
    return lxml_html.fromstring(page)


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def _island(page: str, key: str) -> Any:  # noqa: ANN401 - JSON
    content = re.search(f'<script type="application/json" id="{key}">(.*?)</script>', page, re.DOTALL)
    assert content
    return json.loads(content[1])


@cache
def _many() -> str:
    return _page(make_overview(1203, 1010))


@pytest.fixture(params=["en", "ja"])
def hostile(request: pytest.FixtureRequest) -> str:
    return _page(make_overview(60, 30, names=HOSTILE), request.param)


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(hostile: str) -> None:
    reader = _read(hostile)
    policies = [found["content"] for _tag, found in reader.elements if found.get("http-equiv")]
    digests = [
        f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
        for content in (reader.raw["style"][0], reader.raw["script"][-1])
    ]
    assert policies == [
        (
            f"default-src 'none'; style-src {digests[0]}; script-src {digests[1]}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )
    ]


def test_nothing_is_loaded_and_no_markup_comes_out_of_a_name(hostile: str) -> None:
    reader = _read(hostile)
    tags = [tag for tag, _found in reader.elements]
    assert tags.count("script") == 4  # two lists, the words, and the one that runs
    assert not {"img", "iframe", "object", "embed", "base", "form", "math", "video", "audio"} & {*tags}
    for tag, found in reader.elements:
        assert not LOADING & found.keys(), tag
        assert not [name for name in found if name.startswith("on") or name == "style"], tag
        if "href" in found:
            assert found["href"] == "data:," if tag == "link" else str(found["href"]).startswith("#")
    runs = [found for tag, found in reader.elements if tag == "script" and found.get("type") != "application/json"]
    assert runs == [{}]
    assert not re.search(r"url[(]|@import", STYLE)


def test_every_hostile_name_is_shown_printable_in_the_markup_and_in_the_data(hostile: str) -> None:
    shown = "".join(_read(hostile).text)
    data = _island(hostile, "files-data")
    files = {row[data["columns"].index("file")] for row in data["rows"]}
    for name in HOSTILE:
        last = printable(name.rpartition("/")[2])
        assert last in shown
        assert last in files
    hostile.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", hostile)


def test_the_first_page_stands_in_its_order_and_every_link_leads_somewhere(hostile: str) -> None:
    tree = _tree(hostile)
    assert tree.xpath("//section/@id") == [*PARTS]
    there = set(tree.xpath("//@id"))
    assert len(tree.xpath("//@id")) == len(there)
    for link in tree.xpath("//a/@href"):
        assert link[1:] in there


def test_tables_tell_what_they_are(hostile: str) -> None:
    tree = _tree(hostile)
    tables = tree.xpath("//table")
    assert len(tables) == 9
    for table in tables:
        assert "".join(table.xpath("./caption//text()"))
        assert all(cell.get("scope") == "col" for cell in table.xpath("./thead//th"))
        rows = table.xpath("./tbody/tr")
        width = len(table.xpath("./thead//th"))
        assert rows
        for row in rows:
            assert len(row) == width
            assert [cell.get("scope") for cell in row.xpath("./th")] == ["row"]
    assert [heading.tag for heading in tree.xpath("//h1 | //h2")] == ["h1", *["h2"] * len(PARTS)]
    assert tree.xpath("//body/*[1]/@href") == ["#main"]
    assert tree.xpath("//main/@id") == ["main"]


@pytest.mark.parametrize(("language", "title"), [("en", "piiscan findings report"), ("ja", "piiscan 点検結果")])
def test_the_page_says_its_language(language: str, title: str) -> None:
    tree = _tree(_page(make_overview(3, 3), language))
    assert tree.get("lang") == language
    assert tree.xpath("string(//title)").startswith(title)
    assert ("Skip to the contents" in tree.xpath("string(//body)")) == (language == "en")


def test_a_thousand_rows_stand_in_the_markup_and_all_in_the_data() -> None:
    tree = _tree(_many())
    assert len(tree.xpath('//table[@id="files-table"]/tbody/tr')) == 1000
    assert len(tree.xpath('//table[@id="unread-table"]/tbody/tr')) == 1000
    files, unread = _island(_many(), "files-data"), _island(_many(), "unread-data")
    assert (len(files["rows"]), len(unread["rows"])) == (1203, 1010)
    assert {len(row) for row in files["rows"]} == {len(files["columns"])}


def test_the_markup_and_the_data_say_the_same() -> None:
    tree, data = _tree(_many()), _island(_many(), "files-data")
    for row, held in zip(tree.xpath('//table[@id="files-table"]/tbody/tr'), data["rows"], strict=False):
        for column, value in zip(data["columns"], held, strict=True):
            words = data["lists"].get(column)
            shown = words[value] if words else f"{value:,}" if isinstance(value, int) else value
            assert row.xpath(f'string(.//*[contains(concat(" ", @class, " "), " {column} ")])') == shown
    template = tree.xpath('//template[@id="files-row"]/tr') or tree.xpath('//template[@id="files-row"]//tr')
    assert len(template) == 1


def test_nothing_found_and_nothing_unread_is_a_page_as_well() -> None:
    empty = replace(make_overview(0, 0), before=None, folders=(), departments=(), classes=(), triggers=())
    tree = _tree(_page(empty))
    assert "every file was read" in tree.xpath('string(//section[@id="unread-sum"])')
    assert not tree.xpath('//*[@id="unread"] | //*[@id="map"]')
    for link in tree.xpath("//a/@href"):
        assert tree.xpath(f'//*[@id="{link[1:]}"]'), link


def test_an_interrupted_run_is_said_to_be_one() -> None:
    overview = make_overview(3, 3)
    page = _page(replace(overview, run=replace(overview.run, ended=None, interrupted="SIGINT")))
    assert "NOT complete" in page
    assert "NOT complete" not in _page(overview)


def test_a_file_whose_clock_is_mad_has_no_day() -> None:
    overview = make_overview(1, 0)
    held = replace(overview.advice[0].holding, mtime_ns=10**30)
    page = _page(replace(overview, advice=(replace(overview.advice[0], holding=held),)))
    assert '<td class="day n"></td>' in page


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "print"])
@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        *((word, "paper") for word in ("ink", "quiet", "link", "rule", "critical", "high", "moderate", "good")),
        *((level, f"{level}-ground") for level in ("critical", "high", "moderate", "low")),
        *((word, "stripe") for word in ("ink", "quiet", "link", "high")),
        ("on-critical", "tile-critical"),
        *(("on-tile", f"tile-{level}") for level in ("high", "moderate", "low")),
        ("ink", "ground"),
    ],
)
def test_letters_stand_out_from_their_ground(theme: int, letters: str, ground: str) -> None:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[theme]))
    light, dark = sorted((_luminance(colours[letters]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_format_has_its_row() -> None:
    assert {"html", "human", "csv", "json"} <= {*OVERVIEWS}
