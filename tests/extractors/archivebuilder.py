"""Archives for the tests: written by libarchive where it writes the format, and by hand where nothing free does."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import libarchive

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE, _MODE = 0o100000, 0o644
#: What jlha-utils 0.1.6 makes of `lzh_text()` by each method: there is no free library that packs LZH.
LZH_PACKED = {
    "lh5":
    "0070536db2b6a16dc4880ad92b6db6effa014762202062330606164407900640b8303923a4001200f6e7b7acb5e5e78f8f7d"
    "7a6fdddf86bb5f1a4652259ce95b67f6ab71ee7ede25ff7892de6f79ade8f7a2deaf7aadecf7b2deef7badf0f7c2df47be8b"
    "76df09be1b7c26f1b789bc6de26f1b789bc6de26f1b789bc6de26f1b789bc6de7c6f",
    "lh6":
    "0070536db2b6a16dc4880ad92b6db6effa014762202062330606164407900640b8303923920009007b73dbd65af2f3c7c7be"
    "bd37eeefc35daf8d232912ce74adb3fb55b8f73f6f12ffbc496f37bcd6f47bd16f57bd56f67bd96f77bdd6f87be16fa3df45"
    "bb6f84df0dbe1378dbc4de36f1378dbc4de36f1378dbc4de36f1378dbc4de36f3e3780",
    "lh7":
    "0070536db2b6a16dc4880ad92b6db6effa014762202062330606164407900640b8303923920009007b73dbd65af2f3c7c7be"
    "bd37eeefc35daf8d232912ce74adb3fb55b8f73f6f12ffbc496f37bcd6f47bd16f57bd56f67bd96f77bdd6f87be16fa3df45"
    "bb6f84df0dbe1378dbc4de36f1378dbc4de36f1378dbc4de36f1378dbc4de36f3e3780",
}  # fmt: skip
#: What py7zr 1.1.4 makes of one text under a password: with its entries locked, and with its directory too.
LOCKED_7Z = {
    "entries": bytes.fromhex(
        "377abcaf271c0004d35bd54489000000000000001400000000000000a93258b92f4ee49f05b57786646b9675da138aed"
        "f456073c20c0bf0c72adb77581f62193010064010406000109200a014a74f6b000070b0100022406f1070112530f5f3a"
        "60a7fa7cf0da289282077e6f348e2121011801000c161200080a01e9f4684700000501110d0061002e00740078007400"
        "0000140a010080cfab45cf7fdd01150601002080808100000017062001096900070b010001212101180c650000"
    ),
    "headers": bytes.fromhex(
        "377abcaf271c00040140877690000000000000002800000000000000784fdfa62e6a0ae8ed49ace3b0aaca92ca3c7264"
        "328ff1afb6fef37a42fd88bc68dfbbadf21eb393e08ee4587becdddf5058688c1baf4c4446e610c26d2378f152082736"
        "376e60f54f43847c52ddd6b1262bbdea17e1728fddfe9c3133bc414215f503bff2b202fac9071a9b9a07ec10a3196ad1"
        "6b64d16b4d4543a1ce9f94c2a140d02aaed7b894dbd2348db8c01d217c2c778a17062001097000070b0100012406f107"
        "0112530fca4e25f22a82751d9fe30b81130c5bd20c650000"
    ),
}
#: The system that an LZH header names: DOS.
_DOS = b"M"


def written(members: Mapping[str, bytes], kind: str, packing: str | None = None) -> bytes:
    """Write an archive of libarchive's format `kind`, or one file in `packing` where `kind` is `raw`."""
    blocks: list[bytes] = []

    def write(block: bytes) -> int:
        blocks.append(bytes(block))
        return len(block)

    with libarchive.custom_writer(write, kind, packing) as archive:
        for name, content in members.items():
            archive.add_file_from_memory(name, len(content), content, _FILE, _MODE)
    return b"".join(blocks)


def crc16(data: bytes) -> int:
    """Give the CRC-16 of LZH (polynomial 0xA001, beginning with 0)."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def lzh_text() -> bytes:
    """Give the list that was packed: 20 people with their telephone numbers, in CP932."""
    rows = "".join(f"担当{number},090-1234-{number}\r\n" for number in range(5678, 5698))
    return ("氏名,電話番号\r\n" + rows).encode("cp932")


def lzh(members: Mapping[str, bytes], level: int, method: str = "lh0") -> bytes:
    """Build an LZH archive of stored members, or of `lzh_text()` packed by `method`; names in CP932."""
    entries = []
    for name, content in members.items():
        packed = content if method == "lh0" else bytes.fromhex(LZH_PACKED[method])
        entries.append(_lzh_header(name.encode("cp932"), level, method, packed, content) + packed)
    return b"".join(entries) + b"\0"


def _lzh_header(name: bytes, level: int, method: str, packed: bytes, content: bytes) -> bytes:
    mark, crc = b"-" + method.encode() + b"-", struct.pack("<H", crc16(content))
    if level == 2:
        # what extends the header: its own checksum, taken while it is 0, and the name; 0 ends the list
        before, behind = struct.pack("<HB", 5, 0), struct.pack("<HB", 3 + len(name), 1) + name + struct.pack("<H", 0)
        sizes = struct.pack("<LLLBB", len(packed), len(content), 1_700_000_000, 0x20, 2)
        size = 2 + 5 + len(sizes) + 2 + 1 + len(before) + 2 + len(behind)
        before = struct.pack("<H", size) + mark + sizes + crc + _DOS + before
        return before + struct.pack("<H", crc16(before + bytes(2) + behind)) + behind
    base = mark + struct.pack("<LLLBB", len(packed), len(content), 0x5D7D3287, 0x20, level)
    base += bytes([len(name)]) + name + crc + (_DOS + struct.pack("<H", 0) if level else b"")
    return bytes([len(base), sum(base) & 0xFF]) + base


def rar4(members: Mapping[str, bytes], *, is_volume: bool = False, is_encrypted: bool = False) -> bytes:
    """Build a RAR archive of version 4 with stored members; names in CP932."""
    blocks = [b"Rar!\x1a\x07\x00", _rar4_block(0x73, int(is_volume), b"\0" * 6)]
    for raw, content in ((name.encode("cp932"), content) for name, content in members.items()):
        fields = struct.pack("<LBLLBBHL", len(content), 2, zlib.crc32(content), 0x5D7D3287, 20, 0x30, len(raw), 0x20)
        blocks.append(_rar4_block(0x74, 0x8000 | 4 * is_encrypted, struct.pack("<L", len(content)) + fields + raw))
        blocks.append(content)
    return b"".join([*blocks, _rar4_block(0x7B, 0x4000, b"")])


def _rar4_block(kind: int, flags: int, fields: bytes) -> bytes:
    block = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
    return struct.pack("<H", zlib.crc32(block) & 0xFFFF) + block


def rar5(members: Mapping[str, bytes], *, is_volume: bool = False, is_locked: bool = False) -> bytes:
    """Build a RAR archive of version 5 with stored members; `is_locked` says that its headers are encrypted."""
    blocks = [b"Rar!\x1a\x07\x01\x00"]
    if is_locked:
        blocks.append(_rar5_block(vint(4) + vint(0) + vint(0) + vint(0) + bytes([15]) + bytes(16)))
    blocks.append(_rar5_block(vint(1) + vint(0) + vint(int(is_volume))))
    for raw, content in ((name.encode(), content) for name, content in members.items()):
        fields = vint(4) + vint(len(content)) + vint(0x20) + struct.pack("<L", zlib.crc32(content))
        fields += vint(0) + vint(1) + vint(len(raw)) + raw
        blocks += [_rar5_block(vint(2) + vint(2) + vint(len(content)) + fields), content]
    return b"".join([*blocks, _rar5_block(vint(5) + vint(0) + vint(0))])


def _rar5_block(fields: bytes) -> bytes:
    sized = vint(len(fields)) + fields
    return struct.pack("<L", zlib.crc32(sized)) + sized


def vint(number: int) -> bytes:
    """Give a number as RAR writes it: seven bits a byte, the lowest first."""
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*encoded, number])


def cab(members: Mapping[str, bytes]) -> bytes:
    """Build a cabinet of one folder with stored members; names in UTF-8, as their attribute says."""
    data = b"".join(members.values())
    files, at = b"", 0
    for name, content in members.items():
        files += struct.pack("<LLHHHH", len(content), at, 0, 0x5D7D, 0x3287, 0xA0) + name.encode() + b"\0"
        at += len(content)
    start = 36 + 8 + len(files)
    head = struct.pack("<LLLLLBBHHHHH", 0, start + 8 + len(data), 0, 44, 0, 3, 1, 1, len(members), 0, 1, 0)
    block = struct.pack("<LHH", 0, len(data), len(data)) + data  # a checksum of 0 is none
    return b"MSCF" + head + struct.pack("<LHH", start, 1, 0) + files + block


def rpm(members: Mapping[str, bytes]) -> bytes:
    """Build an RPM: its lead, two empty headers, and the files as a cpio in gzip."""
    header = b"\x8e\xad\xe8\x01" + bytes(4) + struct.pack(">LL", 0, 0)
    lead = b"\xed\xab\xee\xdb\x03\x00" + bytes(90)
    return lead + header + header + written(members, "cpio_newc", "gzip")
