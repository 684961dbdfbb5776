"""What the findings report says in words, the same in a terminal as in a browser.

Names of people, departments and files come from outside and are given printable.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from piiscan.holdings import Action, Exposure
from piiscan.messages import catalogue
from piiscan.model import Outcome
from piiscan.printable import printable
from piiscan.wording import outcome_words, reason_words, sensitivity_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime
    from gettext import NullTranslations

    from piiscan.holdings import Advice, Decision, Overview, RunFigures, Trigger, UnreadFile, Words
    from piiscan.model import Sensitivity
    from piiscan.people import People

#: Outcomes that are cause enough, whatever the reason beside them.
_PLAIN_OUTCOMES = frozenset({Outcome.ENCRYPTED, Outcome.TIMEOUT, Outcome.CRASH, Outcome.CHANGED, Outcome.ERROR})
#: The day of a list of data says more than a reader needs: its month is enough.
_MONTH = 7
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def action_words(_: Callable[[str], str]) -> Mapping[Action, str]:
    """Name what can be done with a file. Nothing is ever called deleted: that takes an approval."""
    return {
        Action.DELETE: _("deletion candidate"),
        Action.MOVE: _("move candidate"),
        Action.CHECK: _("to be checked"),
        Action.KEEP: _("keep"),
        Action.FALSE_ALARM: _("false alarm"),
    }


def exposure_words(_: Callable[[str], str]) -> Mapping[Exposure, str]:
    """Name who can read a file."""
    return {
        Exposure.EVERYONE: _("everyone"),
        Exposure.GROUP: _("a group"),
        Exposure.OWNER: _("owner only"),
        Exposure.UNKNOWN: _("unknown"),
    }


def class_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Name the legal classes and the groups of the first page, which go by their Japanese names."""
    return {
        "特定個人情報": _("My Number"),
        "個人識別符号": _("identification codes"),
        "要配慮個人情報": _("special care-required"),
        "機微情報": _("sensitive (finance)"),
        "個人情報": _("personal"),
        "個人関連情報": _("person-related"),
        "財産的被害のおそれ": _("property damage feared"),
        "その他": _("other"),
    }


def operator_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Name the two kinds of operator whom the law tells apart."""
    return {"private": _("private business"), "public": _("public body")}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language, looked up once for a report of many rows."""

    language: str
    words: NullTranslations
    actions: Mapping[Action, str]
    exposures: Mapping[Exposure, str]
    levels: Mapping[Sensitivity, str]
    classes: Mapping[str, str]
    operators: Mapping[str, str]
    outcomes: Mapping[str, str]
    reasons: Mapping[str, str]

    def of(self, words: Words) -> str:
        """Choose the sentence of this language."""
        return printable(words.ja if self.language == "ja" else words.en)

    def legal_class(self, name: str) -> str:
        """Name a legal class; one that is not known keeps its name."""
        return self.classes.get(name) or printable(name)

    def range(self, low: str, high: str) -> str:
        """Write from what to what something reaches."""
        return low if low == high else self.words.gettext("{low}–{high}").format(low=low, high=high)

    def bounds(self, people: People) -> str:
        """Give the bounds of an estimate, or "" where they say no more than it does."""
        return "" if people.low == people.high else self.range(f"{people.low:,}", f"{people.high:,}")

    def people(self, people: People) -> str:
        """Write an estimate with its bounds."""
        about = people.estimate
        message = self.words.ngettext("about {about} person", "about {about} people", about).format(about=f"{about:,}")
        return f"{message} ({self.bounds(people)})" if self.bounds(people) else message

    def files(self, count: int) -> str:
        """Write a number of files."""
        return self.words.ngettext("{count} file", "{count} files", count).format(count=f"{count:,}")

    def change(self, now: int, before: int | None) -> str:
        """Write how a number of files has changed since the run before, "–" where there is none."""
        if before is None:
            return "–"
        return f"{now - before:+,}".replace("-", "−") if now != before else "±0"

    def cause(self, outcome: Outcome, reason: str) -> str:
        """Say in a few words why something was not read."""
        if outcome in _PLAIN_OUTCOMES:
            return self.outcomes[outcome]
        if (known := self.reasons.get(reason, "")) or not reason or reason in self.reasons:
            return known or self.outcomes[outcome]
        return f"{self.outcomes[outcome]}: {printable(reason)}"

    def causes(self, unread: Iterable[UnreadFile]) -> list[tuple[str, int]]:
        """Count what was not read by cause, the most frequent first."""
        kinds = Counter((file.outcome, file.reason) for file in unread)
        causes: Counter[str] = Counter()
        for (outcome, reason), count in kinds.items():
            causes[self.cause(outcome, reason)] += count
        return sorted(causes.items(), key=lambda cause: (-cause[1], cause[0]))

    def unread_pages(self, unread: Iterable[UnreadFile]) -> str:
        """Say how many pages of such files are known and were not read; "" for none."""
        count = sum(file.pages.unread for file in unread)
        message = self.words.ngettext("at least {count} page", "at least {count} pages", count)
        return message.format(count=f"{count:,}") if count else ""

    def decision(self, advice: Advice) -> str:
        """Name the decision about a file, or say that there is none."""
        return self.actions[advice.decision.action] if advice.decision else self.words.gettext("no answer")

    def decided(self, decision: Decision | None) -> str:
        """Say by whom, when, until when and why something was decided."""
        if not decision:
            return ""
        until = self.words.gettext("until {day}").format(day=decision.until) if decision.until else ""
        return " ".join(
            filter(None, (printable(decision.person), f"{decision.day}", until, printable(decision.reason)))
        )

    def basis(self, advice: Advice) -> str:
        """Say from which day on the reason holds, unless it names a day itself, and what speaks against it."""
        _ = self.words.gettext
        day = f"{advice.due}" if advice.due else ""
        estimated = _("by the file's date only") if advice.is_estimated else ""
        held = _("legal hold: not to be deleted") if advice.is_held else ""
        dated = f"{day} ({estimated})" if day and estimated else day or estimated
        return " ".join(filter(None, ("" if _DAY.search(self.of(advice.basis)) else dated, held)))

    def verdict(self, trigger: Trigger) -> str:
        """Say whether a leak would have to be reported for this; some conditions only a person can judge."""
        _ = self.words.gettext
        if trigger.question:
            return _("? to be judged")
        return _("○ applies") if trigger.is_met else _("– does not")


@cache
def phrases(language: str) -> Phrases:
    """Give the words of the language, "en" or "ja"."""
    words = catalogue(language)
    _ = words.gettext
    return Phrases(
        language,
        words,
        action_words(_),
        exposure_words(_),
        sensitivity_words(_),
        class_words(_),
        operator_words(_),
        outcome_words(_),
        reason_words(_),
    )


def scope(run: RunFigures) -> str:
    """Say over what a run went."""
    return ", ".join(map(printable, run.roots))


def period(told: Phrases, run: RunFigures) -> str:
    """Say when a run was: the second time without its day where that is the same."""
    began = _minute(run.began)
    if not run.ended:
        interrupted = told.words.gettext("interrupted")
        return f"{began} ({interrupted})"
    ended = _minute(run.ended) if run.ended.date() != run.began.date() else f"{run.ended:%H:%M}"
    return told.range(began, ended)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def data_months(told: Phrases, run: RunFigures) -> str:
    """Say how old the lists are by which values were judged: the oldest month, and the newest if it is another."""
    months = sorted(printable(day[:_MONTH]) for day in run.data.values())
    return told.range(months[0], months[-1]) if months else "–"


def iter_facts(told: Phrases, overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield what stands beside the title: who is judged, by which lists, and since when."""
    _ = told.words.gettext
    yield _("Operator"), told.operators.get(overview.operator, printable(overview.operator))
    yield _("Lists of"), data_months(told, overview.run)
    yield _("Previous run"), f"{overview.before.began:%Y-%m-%d}" if overview.before else _("none")


def iter_first(overview: Overview, limit: int) -> Iterator[Advice]:
    """Yield what has to be dealt with first: not what may stay, nor what somebody has settled."""
    settled = {Action.KEEP, Action.FALSE_ALARM}
    left = (advice for advice in overview.advice if not _is_settled(advice, overview.today, settled))
    for _number, advice in zip(range(limit), left, strict=False):
        yield advice


def _is_settled(advice: Advice, today: date, settled: set[Action]) -> bool:
    decision = advice.decision
    if not decision or (decision.until and decision.until < today):
        return advice.action in settled
    return decision.action in settled
