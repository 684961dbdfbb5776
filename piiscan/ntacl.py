"""Who may read a file by its NT security descriptor: self-relative, bare or as Samba wraps it.

What is not wholly in order is UNKNOWN: a reader that guesses would call a file narrow that is not.
"""

from __future__ import annotations

from struct import error, unpack_from
from typing import TYPE_CHECKING, NamedTuple

from piiscan.holdings import Exposure
from piiscan.readers import Entry, exposure_by_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

_DACL_PRESENT, _SELF_RELATIVE = 0x0004, 0x8000
_HEADER, _ACL_HEADER, _ACE_HEADER, _SID_HEADER = 20, 8, 8, 8
_READ = 0x00000001 | 0x80000000 | 0x10000000  # READ_DATA, GENERIC_READ, GENERIC_ALL
_INHERIT_ONLY = 0x08
#: Types of entries. Conditional ones (callback) may allow, and their denials may not hold; those for objects of a
#: directory say nothing that we could judge. All others allow and deny nothing (audit, alarm, label).
_ALLOWED, _DENIED = frozenset({0x00, 0x09}), frozenset({0x01})
_UNCLEAR = frozenset({0x04, 0x05, 0x0B})
_MOST_SUBAUTHORITIES = 15
#: Where the descriptor begins in Samba's attribute, by its version: behind version, switch, pointers and a hash of
#: 16 or 64 bytes. In version 4, a text, a time and one more hash follow.
_WRAPPED = {1: 8, 2: 28, 3: 80}
_DESCRIPTION, _BEHIND_DESCRIPTION = 78, 8 + 64


class Descriptor(NamedTuple):
    """What a security descriptor says: the owner's SID ("" where it names none), and who can read."""

    owner: str
    exposure: Exposure


UNCLEAR = Descriptor("", Exposure.UNKNOWN)


def read_samba_acl(value: bytes) -> Descriptor:
    """Read the attribute `security.NTACL` of Samba, versions 1 to 4."""
    try:
        version, switch, pointer = unpack_from("<HHI", value)
        start = _behind_text(value) if version == 4 else _WRAPPED[version]  # noqa: PLR2004 - the version with a text
        if switch != version or not pointer:
            return UNCLEAR
    except (error, KeyError, ValueError):
        return UNCLEAR
    return read_descriptor(value[start:])


def _behind_text(value: bytes) -> int:
    """Give where the descriptor begins in version 4, behind the aligned end of the description."""
    end = value.index(b"\0", _DESCRIPTION) + 1
    return (end + 3) // 4 * 4 + _BEHIND_DESCRIPTION


def read_descriptor(value: bytes) -> Descriptor:
    """Read a self-relative security descriptor, as SMB and NTFS keep it."""
    try:
        revision, control, owner_at, _group_at, _sacl_at, dacl_at = unpack_from("<BxHIIII", value)
        if revision != 1 or not control & _SELF_RELATIVE or not control & _DACL_PRESENT:
            return UNCLEAR
        owner = _sid(value, owner_at) if owner_at else ""
        # A descriptor with a list that is no list gives everybody everything; an empty list gives nobody anything.
        return Descriptor(owner, _exposure(value, dacl_at, owner) if dacl_at else Exposure.EVERYONE)
    except (error, ValueError):
        return UNCLEAR


def _exposure(value: bytes, at: int, owner: str) -> Exposure:
    """Judge the access list at an offset; raises ValueError or struct.error where it is not in order."""
    entries: list[Entry] = []
    is_clear = True
    for kind, mask, sid_at, end in _aces(value, at):
        if kind in _UNCLEAR:
            is_clear = False
        elif kind in _ALLOWED | _DENIED and mask & _READ:
            entries.append(Entry(kind in _ALLOWED, _sid(value, sid_at, end)))
    exposure = exposure_by_entries(entries, owner)
    return exposure if is_clear or exposure is Exposure.EVERYONE else Exposure.UNKNOWN


def _aces(value: bytes, at: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield type, rights, and from where to where the rest of each entry that holds for the file itself."""
    size, count = unpack_from("<2xHH2x", value, at)
    end = at + size
    if at < _HEADER or end > len(value):
        raise ValueError
    at += _ACL_HEADER
    for _number in range(count):
        kind, flags, length, mask = unpack_from("<BBHI", value, at)
        if length < _ACE_HEADER or at + length > end:
            raise ValueError
        if not flags & _INHERIT_ONLY:
            yield kind, mask, at + _ACE_HEADER, at + length
        at += length


def _sid(value: bytes, at: int, end: int | None = None) -> str:
    r"""Write the SID at an offset.

    >>> _sid(bytes.fromhex("0102000000000005 20000000 21020000"), 0)
    'S-1-5-32-545'
    """
    revision, count = unpack_from("<BB", value, at)
    stop = at + _SID_HEADER + 4 * count
    if revision != 1 or count > _MOST_SUBAUTHORITIES or stop > (len(value) if end is None else end):
        raise ValueError
    authority = int.from_bytes(value[at + 2 : at + _SID_HEADER], "big")
    return "-".join(map(str, ("S", revision, authority, *unpack_from(f"<{count}I", value, at + _SID_HEADER))))
