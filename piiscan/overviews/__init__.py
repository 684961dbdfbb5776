"""How the findings report is shown: one row per format. A renderer is a pure generator from an overview to text.

What one item of it holds is for the renderer to choose; a sink ends each with a line end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.registry import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from piiscan.holdings import Overview
    from piiscan.reports import View

OVERVIEWS: Mapping[str, str] = {
    "human": "human:render_human",
    "html": "html:render_html",
    "csv": "csv:render_csv",
    "json": "json:render_json",
}


def render_overview(name: str, overview: Overview, view: View) -> Iterator[str]:
    """Render the findings report in the format `name` of OVERVIEWS, piece by piece without line ends."""
    pieces: Iterator[str] = resolve(__name__, OVERVIEWS[name])(overview, view)
    return pieces
