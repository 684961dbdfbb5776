"""The last pages of the findings report as markup: the map of the folders, and the record of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.foldermap import HEIGHT, WIDTH, iter_tiles
from piiscan.frontpage import described, section
from piiscan.markup import name, table, text
from piiscan.model import Outcome, Sensitivity
from piiscan.overviewwords import period, scope
from piiscan.printable import printable
from piiscan.wrap import columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from piiscan.foldermap import Tile
    from piiscan.holdings import FolderFigures, Overview
    from piiscan.overviewwords import Phrases

#: Folders in the table beside the map.
FOLDERS = 40
#: The width of a column of letters in the map, the space around a name, and how few letters still tell something.
LETTER, INSET, LEAST = 6.9, 8.0, 4
GAP = 2.0
#: How far a name stands below the top of its tile, its number below that, and how high a tile must be for each.
BASE, LINE, LOW, HIGH = 17.0, 17.0, 22.0, 42.0


def folder_map(told: Phrases, overview: Overview) -> str:
    """Draw the folders by people and sensitivity, and say the same in a table."""
    _ = told.words.gettext
    title = _("Map of the folders")
    said = _("The larger, the more people; the colour is the highest sensitivity in it. The table below says the same.")
    legend = "".join(
        f'<li><svg class="key" viewBox="0 0 12 12" aria-hidden="true"><rect class="tile" data-v="{level.name.lower()}" '
        f'width="12" height="12"/></svg> {text(told.levels[level])}</li>'
        for level in sorted(Sensitivity, reverse=True)
    )
    tiles = "".join(_tile(told, tile) for tile in iter_tiles(overview.folders))
    drawing = (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(title)}">'
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="{text(f"{title}. {said}")}">'
        f"{tiles}</svg></div>"
    )
    return section(
        "map",
        title,
        f'<p class="note">{text(said)}</p><ul class="legend">{legend}</ul>{drawing}{_folders(told, overview)}',
    )


def _tile(told: Phrases, tile: Tile) -> str:
    box, folder = tile.box, tile.folder
    level = told.levels[folder.sensitivity]
    hint = f"{printable(folder.path)}\n{told.people(folder.people)}\n{told.files(folder.files)}\n{level}"
    kind = f"tile depth{tile.depth}{' outer' if tile.has_inner else ''}"
    inner = "\n".join(map(text, hint.split("\n")))
    width, height = max(box.width - GAP, 0), max(box.height - GAP, 0)
    drawn = (
        f'<g><title>{inner}</title><rect class="{kind}" data-v="{folder.sensitivity.name.lower()}" rx="2" '
        f'x="{box.x + GAP / 2:.1f}" y="{box.y + GAP / 2:.1f}" width="{width:.1f}" height="{height:.1f}"/>'
    )
    room = int((box.width - 2 * INSET) / LETTER)
    shown, number = printable(folder.path.rpartition("/")[2]), f"{folder.people.estimate:,}"
    if box.height >= LOW and room >= LEAST:
        x, y = box.x + INSET, box.y + BASE
        beside = tile.has_inner and columns(shown) + columns(number) + LEAST // 2 <= room
        drawn += f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{text(_short(shown, room))}</text>'
        if beside:
            end = box.x + box.width - INSET
            drawn += f'<text class="{kind} people" x="{end:.1f}" y="{y:.1f}" text-anchor="end">{number}</text>'
        elif not tile.has_inner and box.height >= HIGH and len(number) <= room:
            drawn += f'<text class="{kind} people" x="{x:.1f}" y="{y + LINE:.1f}">{number}</text>'
    return f"{drawn}</g>"


def _short(shown: str, room: int) -> str:
    if columns(shown) <= room:
        return shown
    while shown and columns(shown) >= room:
        shown = shown[:-1]
    return f"{shown}…"


def _folders(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    largest = sorted(
        (folder for folder in overview.folders if folder.path), key=lambda each: (-each.people.estimate, each.path)
    )
    head = (_("folder"), _("sensitivity"), _("files"), _("people"), _("bounds"))
    shown = table(
        _("Folders"), head, (_folder_line(told, each) for each in largest[:FOLDERS]), "figures", numeric=(2, 3, 4)
    )
    if (rest := len(largest) - FOLDERS) > 0:
        more = _("… and {count} more").format(count=f"{rest:,}")
        shown += f'<p class="note">{text(more)}</p>'
    return shown


def _folder_line(told: Phrases, folder: FolderFigures) -> str:
    level = folder.sensitivity
    return (
        f'<tr><th scope="row">{name(folder.path)}</th>'
        f'<td><span class="tag" data-v="{level.name.lower()}">{text(told.levels[level])}</span></td>'
        f'<td class="n">{folder.files:,}</td><td class="n"><b>{folder.people.estimate:,}</b></td>'
        f'<td class="n quiet">{text(told.bounds(folder.people))}</td></tr>'
    )


def run_record(told: Phrases, overview: Overview) -> str:
    """Say who ran what over what, with which versions, and how every path ended."""
    _ = told.words.gettext
    run = overview.run
    facts = (
        (_("Scope"), scope(run)),
        (_("Time"), period(told, run)),
        (_("Account and host"), f"{printable(run.account)} @ {printable(run.host)}"),
        (_("Run"), f"{run.id}"),
        (_("Complete"), _("yes") if run.is_complete else _("no")),
        (_("Versions"), _pairs(run.versions)),
        (_("Lists"), _pairs(run.data)),
        (_("Settings"), _pairs(run.scope)),
        (_("Report of"), f"{overview.today}"),
    )
    listed = described((key, value) for key, value in facts if value)
    lines = [
        f'<tr><th scope="row">{text(told.outcomes[outcome])}</th><td class="n">{run.outcomes[outcome]:,}</td></tr>'
        for outcome in Outcome
        if run.outcomes.get(outcome)
    ]
    whole = _("all paths")
    lines.append(f'<tr class="whole"><th scope="row">{text(whole)}</th><td class="n">{run.enumerated:,}</td></tr>')
    outcomes = table(_("How every path ended"), (_("outcome"), _("paths")), lines, "figures", numeric=(1,))
    return section(
        "run", _("Record of this run"), f'<div class="pair"><dl class="record">{listed}</dl><div>{outcomes}</div></div>'
    )


def _pairs(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{key} {_plain(value)}" for key, value in facts.items())


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
