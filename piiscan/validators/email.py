"""メールアドレス (e-mail addresses): local part, labels of the domain, and a top-level domain that exists."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from piiscan.data import load_lines
from piiscan.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_AT = re.compile(r" ?(?:[\[(] ?(?:at|a|@|アット) ?[\])]|[★☆]|_at_| at ) ?")
_DOTS = re.compile(r" ?(?:\.|\[dot\]|\(dot\)) ?")
_NOTHING = re.compile(r"(?!)")
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
_WORDS = _ROLES | _SAMPLE_LOCALS
#: How mailing lists are called.
_LIST = "ml-"
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
    local, _, domain = value.rpartition("@")
    expected, verdict = _domain(domain.lower())
    if len(local) > _MAX_LOCAL or len(value) > _MAX_ADDRESS or not expected.fullmatch(local):
        return Verdict.INVALID
    local = local.lower()
    if verdict is Verdict.SAMPLE or local in _SAMPLE_LOCALS:
        return Verdict.SAMPLE
    if verdict is Verdict.LISTED and (local in _ROLES or local.startswith(_LIST)):
        return Verdict.ROLE
    return verdict


def emails(values: Sequence[str]) -> Iterator[Verdict]:
    """Yield what `email` says of each of many addresses: few domains, and few local parts that mean anything.

    >>> [verdict.name for verdict in emails(["zz@piiscan-vec.jp", "Info@piiscan-vec.jp", "a..b@gmail.com"])]
    ['LISTED', 'ROLE', 'INVALID']
    """
    parts = [value.rpartition("@") for value in values]
    domains = {domain: _domain(domain.lower()) for domain in {domain for _, _, domain in parts}}
    known = {domain: (expected.fullmatch, verdict) for domain, (expected, verdict) in domains.items()}
    for value, (local, _, domain) in zip(values, parts, strict=True):
        expects, verdict = known[domain]
        word = local.lower()
        if len(value) > _MAX_LOCAL or word in _WORDS or word.startswith(_LIST) or not expects(local):
            yield email(value)
        else:
            yield verdict


def email_unusual(value: str) -> Verdict:
    """Judge an address as it would be in ASCII: without quotes and disguises, its Japanese parts encoded.

    >>> email_unusual("山田@例え.jp").name, email_unusual("taro [at] piiscan-vec.co.jp").name
    ('LISTED', 'LISTED')
    >>> email_unusual("taro@piiscan-vec.jp").name, email_unusual("taro ★ kaisha.zz").name
    ('INVALID', 'INVALID')
    """
    plain = _DOTS.sub(".", _AT.sub("@", value)).replace('"', "")
    if plain == value and value.isascii():
        return Verdict.INVALID  # the usual spelling has a pattern of its own
    local, _, domain = plain.rpartition("@")
    try:
        return email(f"{local if local.isascii() else 'x'}@{domain.encode('idna').decode()}")
    except UnicodeError:
        return Verdict.INVALID


@lru_cache(maxsize=4096)
def _domain(domain: str) -> tuple[re.Pattern[str], Verdict]:
    """Give what local parts of a domain look like, and what it means for an address: files name few domains often."""
    expected = _LOOSE_LOCAL if domain in _LOOSE_DOMAINS else _LOCAL
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):  # noqa: PLR2004 - no domain
        return _NOTHING, Verdict.INVALID
    if _SAMPLE_DOMAINS.fullmatch(domain):
        return expected, Verdict.SAMPLE
    return expected, Verdict.LISTED if labels[-1] in _top_level_domains() else Verdict.INVALID
