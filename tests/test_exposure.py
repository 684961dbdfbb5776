from __future__ import annotations

import errno
import os
import stat
import struct
from pwd import getpwuid
from typing import TYPE_CHECKING

import pytest

from piiscan import posixacl
from piiscan.exposure import NOT_KNOWN, Access, AccessReader, narrower
from piiscan.holdings import Exposure
from piiscan.mounts import Mounts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVERYONE, GROUP, OWNER, UNKNOWN = Exposure.EVERYONE, Exposure.GROUP, Exposure.OWNER, Exposure.UNKNOWN
ME = getpwuid(os.getuid()).pw_name


def _sd(kind: int, *, who: bytes = bytes.fromhex("010100000000000100000000")) -> bytes:
    """Give a descriptor that allows (0) or denies (1) everyone to read, owned by S-1-5-18."""
    owner = bytes.fromhex("010100000000000512000000")
    ace = struct.pack("<BBHI", kind, 0, 8 + len(who), 0x80000000) + who
    acl = struct.pack("<BxHH2x", 2, 8 + len(ace), 1) + ace
    return struct.pack("<BxHIIII", 1, 0x8004, 20, 0, 0, 20 + len(owner)) + owner + acl


@pytest.fixture
def attributes(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], bytes | int]:
    """Let a test say what attributes a path has, or which error asking for one gives."""
    said: dict[tuple[str, str], bytes | int] = {}

    def getxattr(path: str, name: str, *, follow_symlinks: bool = True) -> bytes:
        assert not follow_symlinks
        value = said.get((path, name), errno.ENODATA)
        if isinstance(value, int):
            raise OSError(value, os.strerror(value))
        return value

    def listxattr(path: str, *, follow_symlinks: bool = True) -> list[str]:
        assert not follow_symlinks
        if (refused := said.get((path, ""))) is not None:
            assert isinstance(refused, int)
            raise OSError(refused, os.strerror(refused))
        return [name for owner, name in said if owner == path]

    monkeypatch.setattr(os, "getxattr", getxattr)
    monkeypatch.setattr(os, "listxattr", listxattr)
    return said


@pytest.fixture(autouse=True)
def plain_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the groups of this machine are called."""
    monkeypatch.setattr(posixacl, "is_wide", lambda _gid: False)


def _mounts(tmp_path: Path, kind: str, point: str = "/", number: str = "99:99") -> Mounts:
    listing = tmp_path / "mountinfo"
    listing.write_text(
        f"21 20 0:20 / /proc rw - proc proc rw\n22 20 {number} / {point} rw,relatime shared:1 - {kind} /dev/x rw\n",
        encoding="utf-8",
    )
    return Mounts(str(listing))


@pytest.fixture
def make(tmp_path: Path) -> Callable[[int, int], str]:
    """Make a file with the mode bits of the file and of the folder above it."""

    def _make(mode: int, folder_mode: int = 0o755) -> str:
        folder = tmp_path / "root" / "dept" / "inner"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "a.csv"
        path.touch()
        path.chmod(mode)
        for above in (tmp_path / "root", folder):
            above.chmod(0o755)
        (tmp_path / "root" / "dept").chmod(folder_mode)
        return str(path)

    return _make


@pytest.fixture
def reader(tmp_path: Path) -> AccessReader:
    return AccessReader([str(tmp_path / "root")], _mounts(tmp_path, "ext4"))


@pytest.mark.usefixtures("attributes")
@pytest.mark.parametrize(
    ("mode", "folder_mode", "expected"),
    [
        (0o644, 0o755, EVERYONE),
        (0o604, 0o711, EVERYONE),
        (0o640, 0o755, GROUP),
        (0o600, 0o755, OWNER),
        (0o000, 0o777, OWNER),
        (0o644, 0o700, OWNER),  # nobody gets there
        (0o644, 0o744, OWNER),  # listing a folder is not passing through it
        (0o644, 0o750, GROUP),
        (0o640, 0o701, GROUP),
        (0o600, 0o777, OWNER),
    ],
)
def test_mode_bits_and_the_folders_above(
    make: Callable[[int, int], str], reader: AccessReader, mode: int, folder_mode: int, expected: Exposure
) -> None:
    assert reader.access(make(mode, folder_mode)) == Access(ME, expected)


@pytest.mark.usefixtures("attributes")
def test_what_lies_above_the_root_is_not_looked_at(make: Callable[[int, int], str], tmp_path: Path) -> None:
    path = make(0o644, 0o700)
    mounts = _mounts(tmp_path, "ext4")
    for root in (tmp_path / "root/dept/inner", path):
        assert AccessReader([str(root)], mounts).access(path).exposure is EVERYONE
    assert AccessReader([], mounts).access(path).exposure is EVERYONE
    assert AccessReader(["/", str(tmp_path / "elsewhere")], mounts).access(path).exposure is OWNER
    assert AccessReader([f"{tmp_path}/root/"], mounts).access(path).exposure is OWNER


@pytest.mark.usefixtures("attributes")
def test_a_folder_is_asked_once(
    make: Callable[[int, int], str], reader: AccessReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(0o644, 0o750)
    asked: list[str] = []
    real = os.stat

    def counted(name: str, *, follow_symlinks: bool = True) -> os.stat_result:
        asked.append(name)
        return real(name, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(os, "stat", counted)
    answers = {reader.access(path) for _ in range(5)}
    assert answers == {Access(ME, GROUP)}
    assert len(asked) == 5 + 3  # five times the file, once each folder


def test_the_deepest_path_is_no_trouble(attributes: object, tmp_path: Path) -> None:
    assert attributes == {}
    reader = AccessReader(["/gone"], _mounts(tmp_path, "ext4"))
    path = "/gone" + "/a" * 1900
    assert reader.access(path) == NOT_KNOWN
    assert reader.access(path, os.stat(tmp_path)).exposure in {OWNER, UNKNOWN}  # noqa: PTH116


def test_a_file_that_is_gone_is_not_known(reader: AccessReader, tmp_path: Path) -> None:
    for name in ("gone", "nul\0", "raw\udcff"):
        assert reader.access(str(tmp_path / "root") + "/" + name) == Access("", UNKNOWN)


@pytest.mark.usefixtures("attributes")
def test_a_link_is_not_followed(make: Callable[[int, int], str], reader: AccessReader, tmp_path: Path) -> None:
    make(0o600, 0o755)
    (tmp_path / "root/link").symlink_to("gone")
    assert reader.access(str(tmp_path / "root/link")).owner == ME


@pytest.mark.usefixtures("attributes")
def test_an_account_that_is_not_known_keeps_its_number(make: Callable[[int, int], str], reader: AccessReader) -> None:
    path = make(0o644, 0o755)
    status = list(os.stat(path))  # noqa: PTH116
    status[stat.ST_UID] = 4_000_000_001
    assert reader.access(path, os.stat_result(status)).owner == "4000000001"


def test_a_group_of_all_accounts_is_everyone(
    attributes: object, make: Callable[[int, int], str], reader: AccessReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attributes == {}
    monkeypatch.setattr(posixacl, "is_wide", lambda _gid: True)
    assert reader.access(make(0o640, 0o750)).exposure is EVERYONE


USER_OBJ, USER, GROUP_OBJ, MASK, OTHER = 1, 2, 4, 16, 32


def _posix(**rights: int) -> bytes:
    tags = {"owner": USER_OBJ, "named": USER, "group": GROUP_OBJ, "mask": MASK, "other": OTHER}
    entries = ((tags[name], right, 65_000 if name == "named" else 0xFFFFFFFF) for name, right in rights.items())
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def test_a_posix_list_tells_whom_the_group_bits_stand_for(
    attributes: dict[tuple[str, str], bytes | int], make: Callable[[int, int], str], reader: AccessReader
) -> None:
    path = make(0o640, 0o755)
    attributes[path, "system.posix_acl_access"] = _posix(owner=6, group=0, mask=4, other=0)
    assert reader.access(path).exposure is OWNER
    attributes[path, "system.posix_acl_access"] = _posix(owner=6, named=4, group=0, mask=4, other=0)
    assert reader.access(path).exposure is GROUP
    attributes[path, "system.posix_acl_access"] = b"broken"
    assert reader.access(path).exposure is UNKNOWN
    attributes[path, "system.posix_acl_access"] = errno.EIO
    assert reader.access(path) == Access(ME, UNKNOWN)


def test_a_posix_list_set_for_real_is_read(make: Callable[[int, int], str], reader: AccessReader) -> None:
    path = make(0o640, 0o755)
    value = _posix(owner=6, group=0, mask=4, other=0)
    try:
        os.setxattr(path, "system.posix_acl_access", value)
    except OSError:  # a file system without lists: its mode bits are all there is
        assert reader.access(path).exposure is GROUP
    else:
        assert reader.access(path).exposure is OWNER


def test_a_descriptor_of_samba_counts_more_than_mode_bits_but_folders_stay_shut(
    attributes: dict[tuple[str, str], bytes | int], make: Callable[[int, int], str], tmp_path: Path
) -> None:
    path = make(0o777, 0o755)
    root = [str(tmp_path / "root")]
    mounts = _mounts(tmp_path, "ext4")
    head = struct.pack("<HHI", 1, 1, 0x00020000)
    for kind, expected in ((0, EVERYONE), (1, OWNER)):
        attributes[path, "security.NTACL"] = head + _sd(kind)
        assert AccessReader(root, mounts).access(path) == Access(ME, expected)
    attributes[path, "security.NTACL"] = head + _sd(0)[:-1]
    assert AccessReader(root, mounts).access(path).exposure is UNKNOWN
    attributes[path, "security.NTACL"] = head + _sd(0)
    make(0o777, 0o700)
    assert AccessReader(root, mounts).access(path).exposure is OWNER


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("cifs", "system.cifs_acl"),
        ("smb3", "system.cifs_acl"),
        ("fuseblk", "system.ntfs_acl"),
        ("fuse.ntfs-3g", "system.ntfs_acl"),
        ("ntfs3", "system.ntfs_security"),
    ],
)
def test_made_up_mode_bits_say_nothing_and_a_real_descriptor_says_all(
    attributes: dict[tuple[str, str], bytes | int],
    make: Callable[[int, int], str],
    tmp_path: Path,
    kind: str,
    attribute: str,
) -> None:
    path = make(0o600, 0o700)
    reader = AccessReader([str(tmp_path / "root")], _mounts(tmp_path, kind))
    assert reader.access(path) == NOT_KNOWN
    attributes[path, attribute] = _sd(0)
    assert reader.access(path) == Access("S-1-5-18", EVERYONE)
    attributes[path, attribute] = _sd(1)
    assert reader.access(path) == Access("S-1-5-18", OWNER)
    attributes[path, attribute] = errno.EIO
    assert reader.access(path) == NOT_KNOWN


@pytest.mark.usefixtures("attributes")
@pytest.mark.parametrize("kind", ["vfat", "exfat", "9p", "drvfs", "fuse", "fuse.sshfs", "fuse.gvfsd-fuse", "iso9660"])
def test_other_made_up_mode_bits_are_not_known(make: Callable[[int, int], str], tmp_path: Path, kind: str) -> None:
    for mode in (0o600, 0o777):
        path = make(mode, 0o700)
        assert AccessReader([str(tmp_path / "root")], _mounts(tmp_path, kind)).access(path) == NOT_KNOWN


@pytest.mark.parametrize(("refused", "expected"), [(errno.EOPNOTSUPP, EVERYONE), (errno.EIO, UNKNOWN)])
def test_attributes_that_cannot_be_listed(
    attributes: dict[tuple[str, str], bytes | int],
    make: Callable[[int, int], str],
    reader: AccessReader,
    refused: int,
    expected: Exposure,
) -> None:
    path = make(0o644, 0o755)
    attributes[path, ""] = refused
    assert reader.access(path) == Access(ME, expected)


def test_lists_of_nfs_are_asked_where_mode_bits_are_narrow(
    attributes: dict[tuple[str, str], bytes | int], make: Callable[[int, int], str], tmp_path: Path
) -> None:
    path = make(0o600, 0o755)
    reader = AccessReader([str(tmp_path / "root")], _mounts(tmp_path, "nfs4"))
    assert reader.access(path).exposure is OWNER
    attributes[path, "system.nfs4_acl"] = struct.pack(">IIIII", 1, 0, 0x40, 1, 6) + b"jinji@\0\0"
    assert reader.access(path).exposure is GROUP


@pytest.mark.usefixtures("attributes")
def test_the_mounts_are_told_by_device_else_by_path(make: Callable[[int, int], str], tmp_path: Path) -> None:
    path = make(0o600, 0o755)
    device = os.stat(path).st_dev  # noqa: PTH116
    number = f"{os.major(device)}:{os.minor(device)}"
    assert _mounts(tmp_path, "cifs", "/elsewhere", number).of(device, path).name == "cifs"
    assert _mounts(tmp_path, "btrfs", str(tmp_path / "root")).of(device, path).name == "btrfs"
    for mounts in (_mounts(tmp_path, "xfs", "/elsewhere"), Mounts(str(tmp_path / "gone"))):
        assert mounts.of(device, path).is_made_up  # no mount is known, so nothing is believed
        assert AccessReader([], mounts).access(path) == NOT_KNOWN


def test_this_machine_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.touch()
    path.chmod(0o600)
    assert AccessReader([str(tmp_path)]).access(str(path)) in {Access(ME, OWNER), NOT_KNOWN}


def test_what_both_let_through_is_left() -> None:
    assert narrower(EVERYONE, GROUP) is GROUP
    assert narrower(UNKNOWN, GROUP) is UNKNOWN
    assert narrower(UNKNOWN, OWNER) is OWNER
