from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piiscan.holdings import Exposure
from piiscan.ntacl import UNCLEAR, read_descriptor, read_samba_acl
from piiscan.posixacl import SEARCH, exposure_by_acl, exposure_by_nfs
from piiscan.readers import Entry, exposure_by_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

EVERYONE, GROUP, OWNER, UNKNOWN = Exposure.EVERYONE, Exposure.GROUP, Exposure.OWNER, Exposure.UNKNOWN
DOMAIN = "S-1-5-21-1804289383-846930886-1681692777"
READ, FULL, WRITE, EXECUTE = 0x00120089, 0x001F01FF, 0x00000002, 0x00000020
NO_GROUP = 0x7FFFFFF0  # no group of the system has this number
ALLOW, DENY = 0, 1


def sid(text: str) -> bytes:
    _s, revision, authority, *rest = text.split("-")
    numbers = [int(each) for each in rest]
    head = struct.pack("<BB", int(revision), len(numbers)) + int(authority).to_bytes(6, "big")
    return head + struct.pack(f"<{len(numbers)}I", *numbers)


def ace(kind: int, who: str, mask: int = READ, flags: int = 0) -> bytes:
    body = struct.pack("<I", mask) + sid(who)
    return struct.pack("<BBH", kind, flags, 4 + len(body)) + body


def acl(*aces: bytes, count: int | None = None) -> bytes:
    body = b"".join(aces)
    return struct.pack("<BxHH2x", 2, 8 + len(body), len(aces) if count is None else count) + body


def descriptor(dacl: bytes | None, owner: str = f"{DOMAIN}-1104", control: int = 0x8004) -> bytes:
    owner_bytes = sid(owner)
    at = 20 + len(owner_bytes)
    head = struct.pack("<BxHIIII", 1, control, 20, 0, 0, 0 if dacl is None else at)
    return head + owner_bytes + (dacl or b"")


def samba(value: bytes, version: int) -> bytes:
    """Wrap a descriptor as Samba does: pointers, a hash, and in version 4 a text, a time and one more hash."""
    head = struct.pack("<HHI", version, version, 0x00020000)
    pointer = struct.pack("<I", 0x00020004)
    if version == 1:
        return head + value
    if version == 2:
        return head + pointer + b"\x5a" * 16 + value
    hashed = pointer + struct.pack("<H", 1) + b"\x5a" * 64
    if version == 3:
        return head + hashed + b"\0\0" + value
    return head + hashed + b"posix_acl\0" + b"\x11" * 8 + b"\x22" * 64 + value


@pytest.mark.parametrize(
    ("aces", "expected"),
    [
        ([ace(ALLOW, "S-1-1-0")], EVERYONE),
        ([ace(ALLOW, "S-1-5-11")], EVERYONE),
        ([ace(ALLOW, "S-1-5-32-545")], EVERYONE),
        ([ace(ALLOW, f"{DOMAIN}-513")], EVERYONE),
        ([ace(ALLOW, f"{DOMAIN}-514")], EVERYONE),
        ([ace(ALLOW, "S-1-5-7")], EVERYONE),
        ([ace(ALLOW, "S-1-1-0", 0x80000000)], EVERYONE),
        ([ace(ALLOW, "S-1-1-0", 0x10000000)], EVERYONE),
        ([ace(ALLOW, "S-1-1-0", FULL)], EVERYONE),
        ([ace(ALLOW, "S-1-1-0", WRITE | EXECUTE)], OWNER),
        ([ace(ALLOW, "S-1-1-0", flags=0x08)], OWNER),  # only inherited by what is below
        ([ace(ALLOW, "S-1-1-0", flags=0x10)], EVERYONE),  # inherited from above
        ([ace(ALLOW, f"{DOMAIN}-1200")], GROUP),
        ([ace(ALLOW, f"{DOMAIN}-1104"), ace(ALLOW, "S-1-5-18"), ace(ALLOW, "S-1-5-32-544")], OWNER),
        ([ace(ALLOW, f"{DOMAIN}-512"), ace(ALLOW, "S-1-3-4")], OWNER),
        ([ace(ALLOW, "S-1-15-2-1"), ace(ALLOW, "S-1-5-80-1-2-3-4-5")], OWNER),
        ([ace(DENY, "S-1-1-0"), ace(ALLOW, "S-1-1-0")], OWNER),
        ([ace(DENY, "S-1-1-0"), ace(ALLOW, f"{DOMAIN}-513"), ace(ALLOW, f"{DOMAIN}-1200")], OWNER),
        ([ace(DENY, "S-1-5-11"), ace(ALLOW, f"{DOMAIN}-513"), ace(ALLOW, f"{DOMAIN}-1200")], OWNER),
        ([ace(ALLOW, "S-1-1-0"), ace(DENY, "S-1-1-0")], EVERYONE),  # the first that speaks of reading decides
        ([ace(DENY, "S-1-1-0", WRITE), ace(ALLOW, "S-1-1-0")], EVERYONE),
        ([ace(DENY, f"{DOMAIN}-1200"), ace(ALLOW, "S-1-5-11")], EVERYONE),
        ([ace(DENY, f"{DOMAIN}-1200"), ace(ALLOW, f"{DOMAIN}-1200")], OWNER),
        ([ace(DENY, f"{DOMAIN}-513"), ace(ALLOW, f"{DOMAIN}-513")], OWNER),
        ([ace(DENY, f"{DOMAIN}-513"), ace(ALLOW, "S-1-5-32-545")], EVERYONE),
        ([ace(DENY, "S-1-5-32-546"), ace(ALLOW, "S-1-5-11")], EVERYONE),
        ([ace(0x09, "S-1-5-11")], EVERYONE),  # allowed on a condition that may hold
        ([ace(0x0A, "S-1-1-0"), ace(ALLOW, "S-1-1-0")], EVERYONE),  # denied on a condition that may not
        ([ace(0x02, "S-1-1-0", FULL)], OWNER),  # an audit
        ([ace(0x05, "S-1-1-0", FULL)], UNKNOWN),
        ([ace(0x05, "S-1-1-0", FULL), ace(ALLOW, "S-1-1-0")], EVERYONE),
        ([], OWNER),
    ],
)
def test_a_descriptor_says_who_reads(aces: Sequence[bytes], expected: Exposure) -> None:
    value = descriptor(acl(*aces))
    assert read_descriptor(value) == (f"{DOMAIN}-1104", expected)
    assert {read_samba_acl(samba(value, version)) for version in (1, 2, 3, 4)} == {(f"{DOMAIN}-1104", expected)}


def test_a_descriptor_without_a_list_is_open_and_one_whose_list_was_not_asked_for_is_not_known() -> None:
    assert read_descriptor(descriptor(None)).exposure is EVERYONE
    assert read_descriptor(descriptor(None, control=0x8000)).exposure is UNKNOWN
    assert read_descriptor(descriptor(acl(), control=0x0004)) == UNCLEAR  # absolute: pointers of a foreign memory


def _with(value: bytes, at: int, form: str, number: int) -> bytes:
    copy = bytearray(value)
    struct.pack_into(form, copy, at, number)
    return bytes(copy)


PLAIN = descriptor(acl(ace(ALLOW, f"{DOMAIN}-1104")))
DACL = 20 + len(sid(f"{DOMAIN}-1104"))


@pytest.mark.parametrize(
    "broken",
    [
        _with(PLAIN, 16, "<I", 0xFFFFFFF0),  # a list outside
        _with(PLAIN, 16, "<I", len(PLAIN) - 2),
        _with(PLAIN, 16, "<I", 4),  # a list in the header
        _with(PLAIN, 4, "<I", 0xFFFFFFFF),  # an owner outside
        _with(PLAIN, 21, "<B", 200),  # a SID of 200 numbers
        _with(PLAIN, 0, "<B", 7),
        _with(PLAIN, DACL + 2, "<H", 0xFFFF),  # a list longer than all
        _with(PLAIN, DACL + 2, "<H", 8),  # a list shorter than its entry
        _with(PLAIN, DACL + 4, "<H", 0xFFFF),  # entries that are not there
        _with(PLAIN, DACL + 10, "<H", 0),  # an entry without length, met for ever
        _with(PLAIN, DACL + 10, "<H", 0xFFFF),
        _with(PLAIN, DACL + 17, "<B", 15),  # a SID that reaches out of its entry
    ],
)
def test_a_descriptor_that_is_not_in_order_is_unknown(broken: bytes) -> None:
    assert read_descriptor(PLAIN).exposure is OWNER
    assert read_descriptor(broken).exposure is UNKNOWN
    assert read_samba_acl(samba(broken, 4)).exposure is UNKNOWN


def test_a_descriptor_cut_off_anywhere_is_unknown() -> None:
    wrapped = samba(PLAIN, 4)
    assert {read_descriptor(PLAIN[:end]).exposure for end in range(len(PLAIN))} == {UNKNOWN}
    assert {read_samba_acl(wrapped[:end]).exposure for end in range(len(wrapped))} == {UNKNOWN}


@pytest.mark.parametrize("head", [b"\x05\0\x05\0\0\0\2\0", b"\3\0\4\0\0\0\2\0", b"\3\0\3\0\0\0\0\0"])
def test_a_version_that_is_not_known_or_has_no_descriptor_is_unknown(head: bytes) -> None:
    assert read_samba_acl(head + samba(PLAIN, 3)[8:]) == UNCLEAR


def posix(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NOBODY = 0xFFFFFFFF
USER_OBJ, USER, GROUP_OBJ, GROUP_TAG, MASK, OTHER = 1, 2, 4, 8, 16, 32


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([(GROUP_OBJ, 4, NOBODY), (OTHER, 4, NOBODY)], EVERYONE),
        ([(GROUP_OBJ, 4, NOBODY), (OTHER, 0, NOBODY)], GROUP),
        ([(GROUP_OBJ, 0, NOBODY), (OTHER, 3, NOBODY)], OWNER),
        ([(GROUP_OBJ, 0, NOBODY), (GROUP_TAG, 4, NO_GROUP), (MASK, 7, NOBODY), (OTHER, 0, NOBODY)], GROUP),
        ([(GROUP_OBJ, 4, NOBODY), (GROUP_TAG, 4, NO_GROUP), (MASK, 3, NOBODY), (OTHER, 0, NOBODY)], OWNER),
        ([(USER, 4, NO_GROUP), (GROUP_OBJ, 0, NOBODY), (MASK, 4, NOBODY), (OTHER, 0, NOBODY)], GROUP),
        ([(USER, 4, NO_GROUP), (GROUP_OBJ, 4, NOBODY), (MASK, 0, NOBODY), (OTHER, 4, NOBODY)], EVERYONE),
    ],
)
def test_a_posix_list_says_who_reads(entries: Sequence[tuple[int, int, int]], expected: Exposure) -> None:
    value = posix((USER_OBJ, 6, NOBODY), *entries)
    assert exposure_by_acl(value, NO_GROUP) is expected
    assert {exposure_by_acl(value[:end], NO_GROUP) for end in range(len(value))} == {UNKNOWN}


def test_a_posix_list_of_a_folder_says_who_passes() -> None:
    value = posix((USER_OBJ, 7, NOBODY), (GROUP_OBJ, 1, NOBODY), (OTHER, 4, NOBODY))
    assert exposure_by_acl(value, NO_GROUP, SEARCH) is GROUP


@pytest.mark.parametrize("broken", [b"", b"\3\0\0\0", posix((99, 7, 0)), posix(), posix(*[(OTHER, 0, 0)] * 3)])
def test_a_posix_list_that_is_not_in_order_is_unknown(broken: bytes) -> None:
    assert exposure_by_acl(broken, NO_GROUP) is UNKNOWN


def nfs(*entries: tuple[int, int, int, bytes]) -> bytes:
    rows = (
        struct.pack(">IIII", *entry[:3], len(entry[3])) + entry[3] + b"\0" * (-len(entry[3]) % 4) for entry in entries
    )
    return struct.pack(">I", len(entries)) + b"".join(rows)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([(0, 0, 1, b"OWNER@"), (0, 0, 1, b"EVERYONE@")], EVERYONE),
        ([(0, 0, 1, b"OWNER@"), (0, 0x40, 1, b"GROUP@"), (0, 0, 2, b"EVERYONE@")], GROUP),
        ([(0, 0, 1, b"OWNER@"), (0, 8, 1, b"EVERYONE@")], OWNER),
        ([(1, 0, 1, b"EVERYONE@"), (0, 0, 1, b"EVERYONE@")], OWNER),
        ([(0, 0x40, 1, b"Domain Users@corp.example")], EVERYONE),
        ([(0, 0x40, 1, b"jinji@corp.example")], GROUP),
        ([(2, 0, 1, b"EVERYONE@")], OWNER),
    ],
)
def test_a_list_of_nfs_says_who_reads(entries: Sequence[tuple[int, int, int, bytes]], expected: Exposure) -> None:
    value = nfs(*entries)
    assert exposure_by_nfs(value) is expected
    assert exposure_by_nfs(value[:-9]) is UNKNOWN
    assert exposure_by_nfs(value[:16] + b"\xff\xff\xff\xf0" + value[20:]) is UNKNOWN


@given(st.binary(max_size=200), st.integers(1, 4))
def test_random_bytes_raise_nothing(value: bytes, version: int) -> None:
    for shown in (value, PLAIN[: len(PLAIN) // 2] + value, descriptor(value)):
        assert read_descriptor(shown).exposure in Exposure
        assert read_samba_acl(samba(shown, version)).exposure in Exposure
    assert read_samba_acl(value).exposure in Exposure
    assert exposure_by_acl(value, NO_GROUP) in Exposure
    assert exposure_by_acl(posix() + value, NO_GROUP) in Exposure
    assert exposure_by_nfs(value) in Exposure
    assert exposure_by_nfs(b"\0\0\0\2" + value) in Exposure


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["S-1-1-0", "S-1-5-11", f"{DOMAIN}-513", f"{DOMAIN}-1200"]))))
def test_one_more_permission_never_makes_it_narrower(entries: list[tuple[bool, str]]) -> None:
    width = [OWNER, GROUP, EVERYONE].index
    before = [Entry(*entry) for entry in entries]
    after = [*before, Entry(is_allowed=True, who="S-1-5-11")]
    assert width(exposure_by_entries(after)) >= width(exposure_by_entries(before))
