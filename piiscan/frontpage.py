"""The first page of the findings report as markup, in the order in which it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.markup import bar, name, numbers, table, text
from piiscan.overviewwords import iter_facts, iter_first, period, scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from piiscan.filerows import FileRows
    from piiscan.holdings import Advice, ClassFigures, DepartmentFigures, Overview, Trigger
    from piiscan.overviewwords import Phrases
    from piiscan.people import People

#: What of each list stands on the first page.
FIRST, CAUSES = 8, 7
NUMBERS = "①②③④⑤"


def iter_front(told: Phrases, overview: Overview, rows: FileRows) -> Iterator[str]:
    """Yield the title and the five parts of the first page."""
    yield _title(told, overview)
    yield '<main id="main">'
    yield '<div class="pair">'
    yield _unread(told, overview)
    yield _found(told, overview)
    yield "</div>"
    yield _first(told, overview, rows)
    yield '<div class="pair">'
    yield _departments(told, overview)
    yield _triggers(told, overview)
    yield "</div>"
    yield _links(told, overview)


def section(key: str, title: str, body: str) -> str:
    """Put a part of the page under its title."""
    return f"{section_start(key, title)}{body}</section>"


def section_start(key: str, title: str) -> str:
    """Begin a part of the page; a number in front of its title stands out."""
    number, _, rest = title.partition(" ") if title[0] in NUMBERS else ("", "", title)
    shown = f'<span class="number">{number}</span> {text(rest)}' if number else text(rest)
    return f'<section id="{key}" aria-labelledby="{key}-title"><h2 id="{key}-title">{shown}</h2>'


def described(facts: Iterable[tuple[str, str]]) -> str:
    """Give facts and their names as the rows of a description list."""
    return "".join(f"<div><dt>{text(key)}</dt><dd>{text(value)}</dd></div>" for key, value in facts)


def _title(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    facts = described(iter_facts(told, overview))
    stopped = ""
    if overview.run.interrupted or not overview.run.ended:
        message = _("NOT complete: the run was interrupted, and nothing is known of files it did not reach.")
        stopped = f'<p class="stopped" role="note">{text(message)}</p>'
    title, estimates = _("piiscan findings report"), _("estimates, no legal advice")
    return (
        f"<header><h1>{text(title)} {name(scope(overview.run), 'scope')}</h1>"
        f'<div class="facts"><p>{text(period(told, overview.run))}</p>'
        f'<p class="estimates">{text(estimates)}</p><dl>{facts}</dl></div>{stopped}</header>'
    )


def _unread(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    title, count = _("① Not read"), len(overview.unread)
    if not count:
        said = _("nothing: every file was read, except those skipped on purpose")
        return section("unread-sum", title, f'<p class="good">{text(said)}</p>')
    share = _("{share} % of {all} paths").format(
        share=f"{100 * count / max(overview.run.enumerated, count):.1f}", all=f"{overview.run.enumerated:,}"
    )
    share = "; ".join(filter(None, (share, told.unread_pages(overview.unread))))
    more = _("list")
    left = _("{open} of them not accounted for").format(open=f"{count - overview.acknowledged:,}")
    causes = told.causes(overview.unread)
    if rest := sum(number for _cause, number in causes[CAUSES:]):
        causes = [*causes[:CAUSES], (_("others"), rest)]
    lines = [
        f'<tr><th scope="row">{text(cause)}</th><td class="n">{number:,}</td>'
        f'<td class="drawn">{bar(number, count)}</td></tr>'
        for cause, number in causes
    ]
    return section(
        "unread-sum",
        title,
        f'<div class="sums"><p class="sum">{numbers(told.files(count))} <span>{text(share)}</span> '
        f'<a href="#unread">{numbers(left)} <span aria-hidden="true">→</span> {text(more)}</a></p></div>'
        + table(_("Causes"), (_("cause"), _("files"), ""), lines, "figures", numeric=(1,)),
    )


def _found(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    of = _("of {read} files that were read").format(read=f"{overview.read:,}")
    bounds = told.bounds(overview.people)
    most = max((each.people.high for each in overview.classes), default=0)
    head = (_("legal class"), _("files"), _("change"), _("people"), _("bounds"), "")
    body = (
        f'<div class="sums"><p class="sum">{numbers(told.files(overview.with_findings))} <span>{text(of)}</span></p>'
        f'<p class="sum">{numbers(told.people(overview.people._replace(low=0, high=0)))} '
        f"<span>{text(f'({bounds})') if bounds else ''}</span></p></div>"
    )
    if overview.classes:
        lines = [_class_line(told, each, most) for each in overview.classes]
        note = _("Somebody may be counted in several of these classes.")
        body += table(_("By legal class"), head, lines, "figures", numeric=(1, 2, 3, 4))
        body += f'<p class="note">{text(note)}</p>'
    return section("found", _("② Found"), body)


def _class_line(told: Phrases, each: ClassFigures, most: int) -> str:
    return (
        f'<tr><th scope="row">{text(told.legal_class(each.legal_class))}</th><td class="n">{each.files:,}</td>'
        f'<td class="n">{told.change(each.files, each.before)}</td>{_people(told, each.people)}'
        f'<td class="drawn">{bar(each.people.estimate, most)}</td></tr>'
    )


def _people(told: Phrases, people: People) -> str:
    return f'<td class="n"><b>{people.estimate:,}</b></td><td class="n quiet">{text(told.bounds(people))}</td>'


def _first(told: Phrases, overview: Overview, rows: FileRows) -> str:
    _ = told.words.gettext
    first = [*iter_first(overview, FIRST)]
    if not first:
        return section("first", _("③ To do first"), _nothing(told))
    head = (_("to do"), _("file"), _("people"), _("basis"), _("open to"), _("department"), _("decision"))
    lines = [_first_line(rows, advice) for advice in first]
    return section("first", _("③ To do first"), table(_("To do first"), head, lines, "list", numeric=(2,)))


def _first_line(rows: FileRows, advice: Advice) -> str:
    row = rows.advice(advice)
    return (
        f'<tr><td><span class="tag" data-v="{advice.action.value}">{text(row.action)}</span></td>'
        f'<th scope="row">{name(row.file, "file")} {name(row.folder, "folder")}</th>'
        f'<td class="n"><b>{row.people:,}</b> <small>{text(row.range)}</small></td>'
        f"<td>{text(row.basis)} <small>{text(row.due)}</small></td>"
        f'<td><span data-v="{advice.holding.exposure.value}">{text(row.exposure)}</span></td>'
        f"<td>{name(row.department)}</td><td>{text(row.decision)} <small>{text(row.by)}</small></td></tr>"
    )


def _departments(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    if not overview.departments:
        return section("departments", _("④ By department"), _nothing(told))
    head = (_("department"), _("files"), _("change"), _("people"), _("bounds"), _("no answer"), "")
    lines = [_department_line(told, each) for each in overview.departments]
    body = table(_("By department"), head, lines, "figures long", numeric=(1, 2, 3, 4, 5))
    return section("departments", _("④ By department"), body)


def _department_line(told: Phrases, each: DepartmentFigures) -> str:
    shown = name(each.name) if each.name else text(told.words.gettext("(nobody named)"))
    return (
        f'<tr><th scope="row">{shown}</th><td class="n">{each.files:,}</td>'
        f'<td class="n">{told.change(each.files, each.before)}</td>{_people(told, each.people)}'
        f'<td class="n">{each.undecided:,}</td><td class="drawn">{bar(each.undecided, each.files)}</td></tr>'
    )


def _triggers(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    note = _("what would have to be reported, judged by the upper bound")
    body = f'<p class="note">{text(note)}</p>'
    if overview.triggers:
        head = (_("applies"), _("condition and law"), _("people at most"))
        body += table(_("Duties to report"), head, [_trigger_line(told, each) for each in overview.triggers], "figures",
                      numeric=(2,))  # fmt: skip
    if overview.unread:
        missing = _("What was not read is not part of this: {files}.").format(files=told.files(len(overview.unread)))
        body += f'<p class="note missing">{text(missing)}</p>'
    return section("leak", _("⑤ If all this leaked"), body)


def _trigger_line(told: Phrases, each: Trigger) -> str:
    key = "ask" if each.question else "yes" if each.is_met else "no"
    question = f"<small><i>{text(told.of(each.question))}</i></small>" if each.question else ""
    people = "" if each.question else f"<b>{each.people.high:,}</b>"
    return (
        f'<tr><td><span class="met" data-v="{key}">{text(told.verdict(each))}</span></td>'
        f'<th scope="row">{text(told.of(each.title))} <small>{text(told.of(each.law))}</small> {question}</th>'
        f'<td class="n">{people}</td></tr>'
    )


def _links(told: Phrases, overview: Overview) -> str:
    _ = told.words.gettext
    links: Sequence[tuple[str, str]] = (
        ("files", _("All files with findings")),
        *((("unread", _("List of what was not read")),) if overview.unread else ()),
        *((("map", _("Map of the folders")),) if overview.folders else ()),
        ("run", _("Record of this run")),
    )
    shown = "".join(f'<li><a href="#{key}">{text(title)}</a></li>' for key, title in links)
    title = _("Parts of this report")
    return f'<nav aria-label="{text(title)}"><ul>{shown}</ul></nav>'


def _nothing(told: Phrases) -> str:
    said = told.words.gettext("nothing")
    return f'<p class="note">{text(said)}</p>'
