"""Who may read a file, or pass through a folder, by mode bits and POSIX access control lists, and by lists of NFSv4."""

from __future__ import annotations

import stat
from functools import lru_cache
from struct import error, iter_unpack, unpack_from
from typing import TYPE_CHECKING

from piiscan.holdings import Exposure
from piiscan.readers import Entry, exposure_by_entries, is_wide_group

if TYPE_CHECKING:
    from collections.abc import Iterator

READ, SEARCH = 4, 1
#: The same rights in a list of NFSv4.
_NFS_RIGHTS = {READ: 0x01, SEARCH: 0x20}
_VERSION = 2
_HEADER = 4
_USER_OBJ, _USER, _GROUP_OBJ, _GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_TAGS = frozenset({_USER_OBJ, _USER, _GROUP_OBJ, _GROUP, _MASK, _OTHER})
_ALL = 7
_NFS_INHERIT_ONLY, _NFS_ALLOW, _NFS_DENY = 0x8, 0, 1
_MOST_WHO = 1024


@lru_cache(maxsize=1024)
def is_wide(gid: int) -> bool:
    """Tell whether a group, by its number, holds everybody with an account."""
    from grp import getgrgid  # noqa: PLC0415 - asked for when the first group can read

    try:
        return is_wide_group(getgrgid(gid).gr_name)
    except (KeyError, OSError, OverflowError):
        return False


def exposure_by_mode(mode: int, gid: int, right: int = READ) -> Exposure:
    """Judge by the mode bits; `right` is READ for a file, SEARCH for a folder on the way to it.

    >>> exposure_by_mode(0o604, 54321), exposure_by_mode(0o640, 54321), exposure_by_mode(0o751, 54321, SEARCH)
    (<Exposure.EVERYONE: 'everyone'>, <Exposure.GROUP: 'group'>, <Exposure.EVERYONE: 'everyone'>)
    """
    bits = stat.S_IMODE(mode)
    if bits & right:
        return Exposure.EVERYONE
    if not bits >> 3 & right:
        return Exposure.OWNER
    return Exposure.EVERYONE if is_wide(gid) else Exposure.GROUP


def exposure_by_acl(value: bytes, gid: int, right: int = READ) -> Exposure:
    """Judge by the attribute `system.posix_acl_access`; a named user beside the owner counts as a group."""
    if len(value) < _HEADER or (len(value) - _HEADER) % 8 or unpack_from("<I", value)[0] != _VERSION:
        return Exposure.UNKNOWN
    entries = list(iter_unpack("<HHI", value[_HEADER:]))
    tags = [tag for tag, _rights, _id in entries]
    if not _TAGS.issuperset(tags) or any(tags.count(tag) != 1 for tag in (_USER_OBJ, _GROUP_OBJ, _OTHER)):
        return Exposure.UNKNOWN
    mask = next((rights for tag, rights, _id in entries if tag == _MASK), _ALL)
    reach = Exposure.OWNER
    for tag, rights, number in entries:
        if tag == _OTHER and rights & right:
            return Exposure.EVERYONE
        if tag in {_USER, _GROUP_OBJ, _GROUP} and rights & mask & right:
            if tag != _USER and is_wide(gid if tag == _GROUP_OBJ else number):
                return Exposure.EVERYONE
            reach = Exposure.GROUP
    return reach


def exposure_by_nfs(value: bytes, right: int = READ) -> Exposure:
    """Judge by the attribute `system.nfs4_acl`, whose entries NFS writes as it sends them."""
    try:
        return exposure_by_entries(_nfs_entries(value, _NFS_RIGHTS[right]))
    except (error, ValueError):
        return Exposure.UNKNOWN


def _nfs_entries(value: bytes, right: int) -> Iterator[Entry]:
    at = 4
    for _number in range(unpack_from(">I", value)[0]):
        kind, flags, mask, length = unpack_from(">IIII", value, at)
        at += 16
        if length > _MOST_WHO or at + length > len(value):
            raise ValueError
        who = value[at : at + length].decode(errors="replace")
        at += (length + 3) // 4 * 4
        if kind in {_NFS_ALLOW, _NFS_DENY} and mask & right and not flags & _NFS_INHERIT_ONLY:
            yield Entry(kind == _NFS_ALLOW, who)
