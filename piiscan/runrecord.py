"""The record of a run (点検記録) as rows: who, when, over what, with which means, and what was left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from piiscan.model import Outcome
from piiscan.overviewwords import data_months
from piiscan.sheets import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from piiscan.holdings import Overview
    from piiscan.overviewwords import Phrases
    from piiscan.sheets import Cell


def record_rows(overview: Overview, told: Phrases) -> Iterator[Sequence[Cell]]:
    """Yield what an auditor asks: who, when, what, with which means, and what was left out."""
    _ = told.words.gettext
    run = overview.run
    yield (Heading(_("Run record")),)
    yield _("Run"), run.id
    yield _("Began"), f"{run.began:%Y-%m-%d %H:%M:%S %z}"
    yield _("Ended"), f"{run.ended:%Y-%m-%d %H:%M:%S %z}" if run.ended else _("interrupted")
    yield _("Account"), run.account
    yield _("Host"), run.host
    yield from ((_("Scope"), root) for root in run.roots)
    yield _("Report of"), overview.today
    yield ()
    yield (Heading(_("Coverage")),)
    reached = run.enumerated - len(overview.unread)
    yield _("Paths met"), run.enumerated
    yield from ((told.outcomes[Outcome(name)], count) for name, count in run.outcomes.items() if count)
    if run.enumerated:
        # Rounded down: 100 % is said of nothing less.
        yield _("Read, or left out on purpose"), f"{10_000 * reached // run.enumerated / 100:.2f} %"
    yield _("Complete"), _("yes") if run.is_complete else _("no")
    if run.interrupted:
        yield _("Interrupted by"), run.interrupted
    yield (
        _("Previous run"),
        f"{overview.before.id} ({overview.before.began:%Y-%m-%d})" if overview.before else _("none"),
    )
    yield ()
    yield (Heading(_("Settings and exclusions")),)
    yield from ((name, _setting(value)) for name, value in run.scope.items())
    yield ()
    yield (Heading(_("Versions")),)
    yield from run.versions.items()
    yield ()
    yield (Heading(_("Lists of data")),)
    yield _("Lists of"), data_months(told, run)
    yield from run.data.items()


def _setting(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
