"""Who can read a file: what its mode bits, its access lists and the folders above it say together.

What the system does not tell truly is UNKNOWN, and never taken for narrow. A real NT descriptor decides alone where
the mode bits are made up. Where they are real (a share of Samba), the kernel asks both, but shares are mostly set up so
that the bits are wide open and the descriptor is what counts. Folders count by their right to search, because Windows
lets everybody pass through: a descriptor of a folder does not keep anybody from a file whose name he knows. What a
share's own configuration adds or takes away (`force user`, rights of the share) stands in no file, and is not seen.
"""

from __future__ import annotations

import errno
import os
from pwd import getpwuid
from typing import TYPE_CHECKING, NamedTuple

from piiscan.holdings import Exposure
from piiscan.mounts import Mounts
from piiscan.ntacl import UNCLEAR, read_descriptor, read_samba_acl
from piiscan.posixacl import READ, SEARCH, exposure_by_acl, exposure_by_mode, exposure_by_nfs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


#: From narrow to wide; UNKNOWN stands outside.
_WIDTH: Mapping[Exposure, int] = {Exposure.OWNER: 0, Exposure.GROUP: 1, Exposure.EVERYONE: 2}
_SAMBA = "security.NTACL"
#: What the system says of an attribute that is not there, or that its file system does not know.
_ABSENT = frozenset({errno.ENODATA, errno.EOPNOTSUPP, errno.ENOSYS})
#: Folders that are remembered; a walk goes through them one after the other, so that few are asked for again.
_MOST_FOLDERS = 50_000


class Access(NamedTuple):
    """Whose a file is ("" where that is not known), and who can read it."""

    owner: str
    exposure: Exposure


NOT_KNOWN = Access("", Exposure.UNKNOWN)


class AccessReader:
    """Tells who can read files below the roots of a scan; what lies above a root is not looked at. Raises nothing."""

    def __init__(self, roots: Iterable[str], mounts: Mounts | None = None) -> None:
        self._roots = frozenset(root.rstrip("/") or "/" for root in roots)
        self._mounts = mounts or Mounts()
        self._folders: dict[str, Exposure] = {}
        self._owners: dict[int, str] = {}

    def access(self, source: str, status: os.stat_result | None = None) -> Access:
        """Tell of one file; `status` is what is known of it already (of the name itself, not of what it links to)."""
        try:
            status = status or os.stat(source, follow_symlinks=False)  # noqa: PTH116
            system = self._mounts.of(status.st_dev, source)
            if system.is_made_up:
                value = _attribute(source, system.descriptor) if system.descriptor else None
                said = UNCLEAR if value is None else read_descriptor(value)
                return Access(said.owner, said.exposure)
            return Access(self._owner(status.st_uid), self._real(source, status, system.name))
        except (OSError, ValueError):  # ValueError: a name with a NUL in it
            return NOT_KNOWN

    def _real(self, source: str, status: os.stat_result, system: str) -> Exposure:
        """Judge a file where the mode bits are real."""
        if _SAMBA in _attributes(source):
            own = read_samba_acl(_attribute(source, _SAMBA) or b"").exposure
        else:
            own = _exposure(source, status, system)
        return own if own is Exposure.OWNER else narrower(own, self._above(source))

    def _owner(self, uid: int) -> str:
        name = self._owners.get(uid)
        if name is None:
            name = self._owners[uid] = _account(uid)
        return name

    def _above(self, source: str) -> Exposure:
        """Tell who can pass through the folders above a path, up to its root; nothing where it is below no root."""
        missing: list[str] = []
        path, reach = source, Exposure.EVERYONE
        while path not in self._roots:
            path = os.path.dirname(path)  # noqa: PTH120 - a string, for speed
            known = self._folders.get(path)
            if known is not None:
                reach = known
                break
            if path in {"", "/"} and path not in self._roots:
                return Exposure.EVERYONE
            missing.append(path)
        for folder in reversed(missing):
            reach = narrower(reach, self._folder(folder))
            if len(self._folders) >= _MOST_FOLDERS:
                self._folders.clear()
            self._folders[folder] = reach
        return reach

    def _folder(self, folder: str) -> Exposure:
        try:
            status = os.stat(folder)  # noqa: PTH116
            system = self._mounts.of(status.st_dev, folder)
        except (OSError, ValueError):
            return Exposure.UNKNOWN
        return Exposure.EVERYONE if system.is_made_up else _exposure(folder, status, system.name, SEARCH)


def narrower(one: Exposure, other: Exposure) -> Exposure:
    """Give what is left of two that both have to let somebody through; of something unknown only the owner is sure.

    >>> narrower(Exposure.EVERYONE, Exposure.UNKNOWN), narrower(Exposure.OWNER, Exposure.UNKNOWN)
    (<Exposure.UNKNOWN: 'unknown'>, <Exposure.OWNER: 'owner'>)
    """
    if other is Exposure.EVERYONE:
        return one
    if Exposure.UNKNOWN in {one, other}:
        return Exposure.OWNER if Exposure.OWNER in {one, other} else Exposure.UNKNOWN
    return min(one, other, key=_WIDTH.__getitem__)


def _exposure(path: str, status: os.stat_result, system: str, right: int = READ) -> Exposure:
    """Judge one path by itself. Its lists are asked only where they can say something else than the mode bits."""
    by_mode = exposure_by_mode(status.st_mode, status.st_gid, right)
    if status.st_mode & right:
        return by_mode
    if system == "nfs4":
        value = _attribute(path, "system.nfs4_acl")
        return by_mode if value is None else exposure_by_nfs(value, right)
    # With a list the bits of the group are its mask: where they are off, nobody named in it has the right.
    value = _attribute(path, "system.posix_acl_access") if status.st_mode >> 3 & right else None
    return by_mode if value is None else exposure_by_acl(value, status.st_gid, right)


def _attributes(path: str) -> list[str]:
    """List the extended attributes: one question, mostly without an answer, for a third of what a refusal costs.

    Where the list cannot be had, each attribute is still asked for by its name.
    """
    try:
        return os.listxattr(path, follow_symlinks=False)
    except OSError as problem:
        return [] if problem.errno in _ABSENT else [_SAMBA]


def _attribute(path: str, name: str) -> bytes | None:
    """Give an extended attribute; None where there is none, and nothing (which no reader understands) if in doubt."""
    try:
        return os.getxattr(path, name, follow_symlinks=False)
    except OSError as problem:
        return None if problem.errno in _ABSENT else b""


def _account(uid: int) -> str:
    """Name an account; one that the system does not know keeps its number."""
    try:
        return getpwuid(uid).pw_name
    except (KeyError, OSError, OverflowError):
        return str(uid)
