"""メールアドレス (e-mail addresses): local part, labels of the domain, and a top-level domain that exists."""

from __future__ import annotations

import re
from functools import lru_cache

from piiscan.data import load_lines
from piiscan.verdict import Verdict

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_MAX_LOCAL, _MAX_ADDRESS = 64, 254
#: Carriers that once gave out addresses with `..` and with `.` before the `@`.
_LOOSE_DOMAINS = frozenset({"docomo.ne.jp", "ezweb.ne.jp", "au.com"})
_LOOSE_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_ROLES = frozenset(
    """
    abuse admin administrator contact help helpdesk hello hostmaster info inquiry jinji kouhou mail
    mailer-daemon marketing no-reply noreply no_reply office otoiawase postmaster pr press privacy recruit
    root sales security shop soumu staff support toiawase webmaster
    """.split()
)
_SAMPLE_LOCALS = frozenset({"foo", "bar", "hoge", "hogehoge", "fuga", "piyo", "xxx", "xxxx", "user", "username"})
#: RFC 2606, RFC 6761 and the names that Japan's registry sets aside for examples.
_SAMPLE_DOMAINS = re.compile(r"(?:.*\.)?(?:example(?:\.(?:com|net|org|jp|co\.jp|ne\.jp))?|test|invalid|localhost)")


@lru_cache(maxsize=1)
def _top_level_domains() -> frozenset[str]:
    return frozenset(load_lines("top_level_domains.txt"))


def email(value: str) -> Verdict:
    """Judge an address by RFC 5321 (64 + 254 characters) and IANA's list of top-level domains.

    >>> email("zz+vec@gmail.com").name, email("zz..vec.@docomo.ne.jp").name, email("a..b@gmail.com").name
    ('LISTED', 'LISTED', 'INVALID')
    >>> email("icon@2x.png").name, email("taro@example.com").name, email("info@piiscan-vec.co.jp").name
    ('INVALID', 'SAMPLE', 'ROLE')
    """
    local, at, domain = value.rpartition("@")
    domain = domain.lower()
    labels = domain.split(".")
    well_formed = (
        at
        and len(local) <= _MAX_LOCAL
        and len(value) <= _MAX_ADDRESS
        and (_LOOSE_LOCAL if domain in _LOOSE_DOMAINS else _LOCAL).fullmatch(local)
        and len(labels) > 1
        and all(map(_LABEL.fullmatch, labels))
    )
    if not well_formed:
        return Verdict.INVALID
    if _SAMPLE_DOMAINS.fullmatch(domain) or local.lower() in _SAMPLE_LOCALS:
        return Verdict.SAMPLE
    if labels[-1] not in _top_level_domains():
        return Verdict.INVALID
    return Verdict.ROLE if local.lower() in _ROLES or local.lower().startswith("ml-") else Verdict.LISTED
