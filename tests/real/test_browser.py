"""The findings report in a real browser: no name on it runs, loads or says anything, and its lists can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from piiscan.overviews import render_overview
from piiscan.reports import View
from tests.real.chromium import Tab, open_tab
from tests.synthetic_overview import HOSTILE, make_overview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from piiscan.holdings import Overview

FILES = 1203
ROWS = "[...document.querySelectorAll('#files-table tbody tr')]"
ALL = "JSON.parse(document.getElementById('files-data').textContent)"


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with open_tab(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def overview() -> Overview:
    return make_overview(FILES, 1010, names=HOSTILE)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, overview: Overview) -> Path:
    return _page(tmp_path_factory.mktemp("page") / "report.html", overview)


def _page(file: Path, overview: Overview, language: str = "en") -> Path:
    file.write_text("\n".join(render_overview("html", overview, View(language))), encoding="utf-8")
    return file


def _texts(tab: Tab, slot: str) -> list[str]:
    texts: list[str] = tab.ask(f"{ROWS}.map((row) => row.querySelector('.{slot}').textContent)")
    return texts


def _status(tab: Tab) -> str:
    return str(tab.ask("document.querySelector('#files [role=status]').textContent"))


def _click(tab: Tab, column: str) -> None:
    tab.ask(f"document.querySelector('#files-table th[data-sort={column}] button').click()")


def _search(tab: Tab, words: str) -> None:
    tab.ask(
        "{const box = document.querySelector('#files input'); "
        f"box.value = {words!r}; box.dispatchEvent(new Event('input'));}}"
    )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_hostile_names_do_nothing(tab: Tab, tmp_path: Path, overview: Overview, language: str) -> None:
    file = _page(tmp_path / "hostile.html", overview, language)
    tab.visit(file)
    for column in ("file", "people", "department"):
        _click(tab, column)
    tab.ask("document.querySelectorAll('.pager button').forEach((button) => button.click())")
    assert tab.trouble == []
    assert [url for url in tab.requests if not url.startswith("data:")] == [file.as_uri()]
    assert tab.ask("document.querySelectorAll('img, iframe, object, embed').length") == 0
    assert tab.ask("document.scripts.length") == 4


def test_what_would_be_wrong_is_noticed_and_stopped(tab: Tab, tmp_path: Path) -> None:
    """Were a name not escaped, the policy would still stop it, and the test above would say so."""
    text = "\n".join(render_overview("html", make_overview(3, 0), View()))
    attack = '<script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(2)"><p style="color:red">x</p>'
    file = tmp_path / "attacked.html"
    file.write_text(text.replace("</header>", f"{attack}</header>"), encoding="utf-8")
    tab.visit(file)
    kinds = {kind for kind, _what in tab.trouble}
    assert kinds & {"log", "issue"}
    assert "dialog" not in kinds


def test_all_rows_can_be_paged_through(tab: Tab, page: Path) -> None:
    tab.visit(page)
    assert _status(tab) == "1–100 of 1,203 rows"
    files = _texts(tab, "file")
    for _turn in range(12):
        tab.ask("document.querySelectorAll('#files .pager button')[2].click()")
        files += _texts(tab, "file")
    at = tab.ask(f"{ALL}.columns.indexOf('file')")
    assert files == tab.ask(f"{ALL}.rows.map((row) => row[{at}])")
    assert tab.ask("document.querySelectorAll('#files .pager button')[2].disabled")


def test_the_script_shows_the_rows_as_the_markup_has_them(tab: Tab, page: Path, tmp_path: Path) -> None:
    """The first page of the script equals the first rows without it, to the last attribute."""
    tab.visit(page)
    first = f"{ROWS}.slice(0, 100).map((row) => row.outerHTML)"
    filled = tab.ask(first)
    still = tmp_path / "still.html"
    still.write_text(page.read_text(encoding="utf-8").replace('"use strict"', '"use  strict"'), encoding="utf-8")
    tab.visit(still)
    assert tab.ask(f"{ROWS}.length") == 1000  # the script is another one now, and may not run
    assert tab.ask(first) == filled


def test_columns_sort_both_ways_and_say_so(tab: Tab, page: Path) -> None:
    tab.visit(page)
    head = "document.querySelector('#files-table th[data-sort=people]').getAttribute('aria-sort')"
    assert tab.ask(head) is None
    _click(tab, "people")
    people = [int(text.replace(",", "")) for text in _texts(tab, "people")]
    assert people == sorted(people, reverse=True)
    assert tab.ask(head) == "descending"
    _click(tab, "people")
    people = [int(text.replace(",", "")) for text in _texts(tab, "people")]
    assert people == sorted(people)
    assert tab.ask(head) == "ascending"
    assert tab.ask("document.querySelectorAll('#files-table [aria-sort]').length") == 1
    _click(tab, "level")
    assert set(_texts(tab, "level")) == {"critical"}
    _click(tab, "rank")
    assert _texts(tab, "rank")[:2] == ["1", "2"]


def test_the_keyboard_is_enough(tab: Tab, page: Path) -> None:
    tab.visit(page)
    tab.press("Tab", 9)
    assert tab.ask("document.activeElement.className") == "skip"
    tab.ask("document.querySelector('#files-table th[data-sort=people] button').focus()")
    tab.press("Enter", 13, "\r")
    tab.wait("document.querySelector('#files-table th[data-sort=people]').ariaSort === 'descending'")
    assert tab.ask("document.activeElement.closest('th').dataset.sort") == "people"
    tab.press("Tab", 9)
    assert tab.ask("document.activeElement.closest('th').dataset.sort") == "level"


def test_words_and_choices_leave_the_rows_that_are_like_that(tab: Tab, page: Path) -> None:
    tab.visit(page)
    _search(tab, "ＥＮＣＯＤＥＤ　nowhere")
    tab.wait("document.querySelectorAll('#files-table tbody tr').length === 0")
    assert _status(tab) == "No row is like that."
    _search(tab, "健康 扶養控除 .XLSX")
    tab.wait("document.querySelectorAll('#files-table tbody tr').length > 0")
    assert all("扶養控除" in file and file.endswith("xlsx") for file in _texts(tab, "file"))
    assert all("健康" in row for row in tab.ask(f"{ROWS}.map((row) => row.textContent)"))
    tab.ask("document.querySelector('#files button[type=reset]').click()")
    assert _status(tab) == "1–100 of 1,203 rows"
    tab.ask(
        "{const choice = document.querySelectorAll('#files select')[0]; choice.selectedIndex = 1;"
        "choice.dispatchEvent(new Event('change'));}"
    )
    assert set(_texts(tab, "action")) == {"deletion candidate"}


def test_paper_gets_the_first_rows_and_more_of_a_choice(tab: Tab, page: Path) -> None:
    tab.visit(page)
    tab.ask("dispatchEvent(new Event('beforeprint'))")
    assert tab.ask(f"{ROWS}.length") == 200
    tab.ask("dispatchEvent(new Event('afterprint'))")
    _search(tab, ".csv")
    tab.wait("!document.querySelector('#files [role=status]').textContent.includes('1,203')")
    tab.ask("dispatchEvent(new Event('beforeprint'))")
    assert 200 < tab.ask(f"{ROWS}.length") < 1000
    tab.ask("dispatchEvent(new Event('afterprint'))")
    assert tab.ask(f"{ROWS}.length") == 100


@pytest.mark.parametrize("width", [360, 800, 1440])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_never_scrolls_sideways(tab: Tab, tmp_path: Path, width: int, language: str) -> None:
    tab.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    tab.visit(_page(tmp_path / "wide.html", make_overview(80, 40, names=HOSTILE), language))
    assert tab.ask("document.documentElement.scrollWidth") <= width
    tab.call("Emulation.clearDeviceMetricsOverride")


def test_a_hundred_thousand_files_stay_usable(tab: Tab, tmp_path: Path) -> None:
    file = _page(tmp_path / "large.html", make_overview(100_000, 0))
    tab.visit(file)
    assert _status(tab) == "1–100 of 100,000 rows"
    spent = tab.ask(
        "{const start = performance.now(); document.querySelector('#files-table th[data-sort=file] button').click();"
        "performance.now() - start}"
    )
    assert spent < 5000  # seconds would be too long, and this machine may be busy
    _search(tab, "扶養控除")
    tab.wait("!document.querySelector('#files [role=status]').textContent.includes('100,000')")
    assert all("扶養控除" in text for text in _texts(tab, "file"))
