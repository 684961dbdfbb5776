"""Who may read a thing, judged from a list of entries that are asked in order, as NT and NFSv4 keep them.

What is wide is everybody who has an account, not only the world: a share that all staff can read is read by everyone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from piiscan.holdings import Exposure

if TYPE_CHECKING:
    from collections.abc import Iterable

_EVERYBODY = "everybody"
_ACCOUNTS = "accounts"
_GUESTS = "guests"
#: Who is the world, who everybody with an account, and who those without one.
_WIDE = {
    "S-1-1-0": _EVERYBODY,  # Everyone
    "S-1-5-11": _ACCOUNTS,  # Authenticated Users
    "S-1-5-15": _ACCOUNTS,  # This Organization
    "S-1-5-2": _ACCOUNTS,  # Network: whoever came through it
    "S-1-5-4": _ACCOUNTS,  # Interactive
    "S-1-2-0": _ACCOUNTS,  # Local
    "S-1-5-32-545": _ACCOUNTS,  # BUILTIN\Users
    "S-1-5-7": _GUESTS,  # Anonymous
    "S-1-5-32-546": _GUESTS,  # BUILTIN\Guests
    "S-1-5-32-554": _ACCOUNTS,  # Pre-Windows 2000 Compatible Access
    "EVERYONE@": _EVERYBODY,
    "AUTHENTICATED@": _ACCOUNTS,
    "NETWORK@": _ACCOUNTS,
    "INTERACTIVE@": _ACCOUNTS,
    "ANONYMOUS@": _GUESTS,
}
_WIDE_IN_DOMAIN = {
    "513": _ACCOUNTS,  # Domain Users
    "501": _GUESTS,  # Guest
    "514": _GUESTS,  # Domain Guests
}
#: Whose denial is one of the world or of all accounts; that of Domain Users, say, leaves other accounts.
_WHOLE = frozenset({"S-1-1-0", "S-1-5-11", "EVERYONE@", "AUTHENTICATED@"})
#: Who reads everything anyway, as root does, or stands for the owner.
_OWN = frozenset(
    {
        "S-1-3-0",  # Creator Owner
        "S-1-3-4",  # Owner Rights
        "S-1-5-18",  # Local System
        "S-1-5-19",  # Local Service
        "S-1-5-20",  # Network Service
        "S-1-5-32-544",  # BUILTIN\Administrators
        "S-1-5-32-551",  # BUILTIN\Backup Operators
        "OWNER@",
    }
)
_OWN_IN_DOMAIN = frozenset({"500", "512", "518", "519"})  # Administrator; Domain, Schema and Enterprise Admins
_NO_PERSON = ("S-1-15-", "S-1-5-80-")  # packages of applications, services
_DOMAIN = re.compile("S-1-5-21-[0-9]+-[0-9]+-[0-9]+-([0-9]+)")
#: Names of groups that hold everybody with an account, in any domain (CORP\Domain Users, CORP+domain users).
_WIDE_GROUPS = frozenset({"domain users", "domain guests", "authenticated users", "everyone", "users"})


class Entry(NamedTuple):
    """One entry about reading: allowed or denied, and who; `who` is a SID or a name of NFSv4."""

    is_allowed: bool
    who: str


def exposure_by_entries(entries: Iterable[Entry], owner: str = "") -> Exposure:
    """Judge who reads: the first entry about somebody decides. A denial of some accounts narrows nothing for others.

    >>> exposure_by_entries([Entry(True, "S-1-1-0")]), exposure_by_entries([Entry(False, "S-1-1-0")])
    (<Exposure.EVERYONE: 'everyone'>, <Exposure.OWNER: 'owner'>)
    """
    denied: set[str] = set()
    reach = Exposure.OWNER
    for entry in entries:
        width = _width(entry.who)
        # Whoever is neither the world nor a guest has an account, so that a denial of all accounts holds for him too.
        if not denied.isdisjoint({entry.who, width or _ACCOUNTS, _EVERYBODY}):
            continue
        if not entry.is_allowed:
            denied.add(width if width and entry.who in _WHOLE else entry.who)
        elif width:
            return Exposure.EVERYONE
        elif not _is_own(entry.who, owner):
            reach = Exposure.GROUP
    return reach


def _width(who: str) -> str | None:
    if width := _WIDE.get(who):
        return width
    if domain := _DOMAIN.fullmatch(who):
        return _WIDE_IN_DOMAIN.get(domain[1])
    return _ACCOUNTS if "@" in who and is_wide_group(who.partition("@")[0]) else None


def _is_own(who: str, owner: str) -> bool:
    if who in _OWN or who == owner or who.startswith(_NO_PERSON):
        return True
    domain = _DOMAIN.fullmatch(who)
    return domain is not None and domain[1] in _OWN_IN_DOMAIN


def is_wide_group(name: str) -> bool:
    r"""Tell whether a group of this name holds everybody with an account.

    >>> is_wide_group("CORP\\Domain Users"), is_wide_group("users"), is_wide_group("jinji")
    (True, True, False)
    """
    return re.split(r"[\\+]", name.lower())[-1] in _WIDE_GROUPS
