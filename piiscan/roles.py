"""Several people in one row: which column of a table tells of whom, by its header.

A row of a school's list holds a guardian and a child, one of a courier's a sender and a recipient. A header that names
somebody (保護者氏名) opens a role; a number that is called after somebody (被保険者番号) does not, for it mostly is
that of the person whom the row is about.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Who it may be, and what headers call them.
ROLES = {
    "guardian": "保護者 親権者 後見人 保護人 guardian parent",
    "child": "児童 生徒 園児 幼児 子ども 子供 お子様 お子さま child",
    "spouse": "配偶者 spouse",
    "dependant": "被扶養者 扶養親族 扶養家族 dependant dependent",
    "householder": "世帯主 筆頭者 householder",
    "applicant": "申請者 申込者 申込人 届出人 届出者 applicant",
    "contractor": "契約者 policyholder",
    "insured": "被保険者 insured",
    "beneficiary": "受取人 受益者 beneficiary",
    "guarantor": "保証人 guarantor",
    "patient": "患者 patient",
    "sender": "差出人 依頼主 送り主 sender",
    "recipient": "届け先 届先 送付先 配送先 recipient",
    "agent": "代理人",
}
_WORDS = tuple((word, role) for role, words in ROLES.items() for word in words.split())
# These are compiled when a header holds such a word: most runs never need them.
_PERSON = (
    r"氏名|名前|姓名|フリガナ|ふりがな|カナ|かな|生年月日|誕生日|full[ _-]?name|name[ _-]?kana|birth|(?:^|[ ._-])name$"
)
#: What stands behind a role where the whole header is its name.
_ITSELF = r"(?:の?名|様|さま)?[ 　]*"
#: A header that tells how somebody is related to a role is not that role's.
_RELATION = "との|続柄|関係"


@lru_cache(maxsize=256)
def roles_of(headers: Sequence[str]) -> tuple[str, ...]:
    """Give the role of each column, or nothing where all columns tell of one person.

    >>> roles_of(("保護者氏名", "続柄", "児童氏名", "性別", "住所"))
    ('guardian', 'guardian', 'child', 'child', 'child')
    >>> roles_of(("氏名", "配偶者氏名", "住所")), roles_of(("氏名", "被保険者番号", "保護者電話番号"))
    (('', 'spouse', ''), ())
    """
    named = [_role_of(header.lower()) for header in headers]
    opened = {role for role, is_name in named if role and is_name}
    roles = [role if role in opened else "" for role, _ in named]
    if not opened:
        return ()
    first = next(index for index, role in enumerate(roles) if role)
    if any(re.search(_PERSON, header.lower()) for header in headers[:first]):
        return tuple(roles)
    if len(opened) == 1:
        return ()
    for index, role in enumerate(roles):
        roles[index] = role or roles[index - 1 if index else first]
    return tuple(roles)


def _role_of(header: str) -> tuple[str, bool]:
    """Give the role that a header names, if any, and whether it is somebody that it names."""
    found = [(header.find(word), -len(word), role) for word, role in _WORDS if word in header]
    if not found or re.search(_RELATION, header):
        return "", False
    start, size, role = min(found)
    rest = header[start - size :]
    return role, bool(re.fullmatch(_ITSELF, rest) or re.search(_PERSON, rest))
