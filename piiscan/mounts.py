"""Which file system a path lies on, and which of them tell who may read: many make their mode bits up."""

from __future__ import annotations

import os
from typing import NamedTuple

_MOUNTINFO = "/proc/self/mountinfo"
#: File systems whose mode bits and owners come from how they were mounted, and the attribute that holds what is real,
#: where there is one. All of FUSE belongs to them (`fuse`, `fuse.sshfs`).
_MADE_UP = {
    "cifs": "system.cifs_acl",
    "smb3": "system.cifs_acl",
    "smbfs": "",
    "fuseblk": "system.ntfs_acl",
    "ntfs": "system.ntfs_acl",
    "ntfs3": "system.ntfs_security",
    "vfat": "",
    "msdos": "",
    "exfat": "",
    "9p": "",
    "drvfs": "",
    "vboxsf": "",
    "prl_fs": "",
    "hfs": "",
    "iso9660": "",
    "udf": "",
}


class FileSystem(NamedTuple):
    """What a file system says about its files: whether mode bits are real, and where an NT descriptor is."""

    name: str
    is_made_up: bool
    descriptor: str


def file_system(name: str) -> FileSystem:
    """Judge a file system by its type; one without a name is not known, and nothing it says is believed."""
    if name == "fuse" or name.startswith("fuse."):
        return FileSystem(name, is_made_up=True, descriptor="system.ntfs_acl" if "ntfs" in name else "")
    return FileSystem(name, name in _MADE_UP or not name, _MADE_UP.get(name, ""))


class Mounts:
    """The file systems by device, as the kernel lists them; asked again for a device that is new."""

    def __init__(self, mountinfo: str = _MOUNTINFO) -> None:
        self._mountinfo = mountinfo
        self._known: dict[int, FileSystem] = {}

    def of(self, device: int, path: str) -> FileSystem:
        """Give the file system of a device; `path` on it tells where the kernel lists it under another number."""
        known = self._known.get(device)
        if known is None:
            known = self._known[device] = file_system(self._type_of(device, path))
        return known

    def _type_of(self, device: int, path: str) -> str:
        """Look the device up; subvolumes of btrfs and layers have numbers that are in no list, so the path decides."""
        number = f"{os.major(device)}:{os.minor(device)}"
        best, found = "", ""
        try:
            with open(self._mountinfo, encoding="utf-8", errors="surrogateescape") as lines:  # noqa: PTH123
                for line in lines:
                    before, _, behind = line.partition(" - ")
                    fields, kind = before.split(" "), behind.partition(" ")[0]
                    if fields[2] == number:
                        return kind
                    point = _unescape(fields[4])
                    if len(point) >= len(best) and (path == point or path.startswith(point.rstrip("/") + "/")):
                        best, found = point, kind
        except (OSError, IndexError):
            return ""
        return found


def _unescape(point: str) -> str:
    r"""Undo the escapes of mountinfo.

    >>> _unescape("/mnt/a\\040b")
    '/mnt/a b'
    """
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, character)
    return point
