"""Columns of companies and departments that tell where people work: they stand in a table of people.

What companies are called is public, and a list of suppliers is nobody's data. So 会社名, 所属 or company count where
another column of the table holds names of people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from piiscan.headers import as_words, squeezed, without_marks
from piiscan.namecolumns import share_of_names

if TYPE_CHECKING:
    from piiscan.context import Labels
    from piiscan.piece import Table

#: The header that such a column is read under.
HEADER = "勤務先"
_COMPANIES = frozenset(
    "会社 会社名 会社名称 貴社名 御社名 企業名 所属 所属名 所属先 所属会社 所属会社名"
    " 所属団体 所属機関 所属組織 会社・団体名 会社名・団体名 法人名・団体名 会社・部署 会社・部署名"
    " company companyname employedby affiliation organization organisation organizationname"
    " kaisha kaishamei shozoku".split()
)
#: Headers of names of people, and of much else: there the cells have to be names.
_ANYTHING = frozenset({"name", "fullname", "displayname", "名前", "カナ", "kana", "担当", "宛名"})
_NAMES = frozenset({"person_name", "person_name_part"})


def with_employers(table: Table, labels: Labels) -> Table:
    """Give the table with the columns that tell where its people work called so."""
    keys = [squeezed(without_marks(as_words(header))).lower().rpartition(".")[2] for header in table.headers]
    if _COMPANIES.isdisjoint(keys) or not any(_has_people(table, at, key, labels) for at, key in enumerate(keys)):
        return table
    named = zip(table.headers, keys, strict=True)
    return replace(table, headers=tuple(HEADER if key in _COMPANIES else header for header, key in named))


def _has_people(table: Table, column: int, key: str, labels: Labels) -> bool:
    header = table.headers[column]
    if _NAMES.isdisjoint(labels.owners_in(header)) or column >= len(table.columns):
        return False
    return key not in _ANYTHING or share_of_names("", table.columns[column]) > 0
