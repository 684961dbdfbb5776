"""A gzip file that holds itself: however often it is unpacked, there is always one more to unpack.

The construction is Russ Cox's (https://research.swtch.com/zip, "Zip Files All The Way Down"). Deflate knows two
orders: print these bytes, and repeat what came last. With both written in five bytes each, a program that prints
itself can be made of them, and the head and the tail of the file are printed twice on the way. The checksum of the
file stands in the file: it is a linear function of its own bits, so that 32 equations tell what it must be.
"""

from __future__ import annotations

import struct
import zlib

_ORDER = 5  # bytes
_LAST_BLOCK = b"\x01\x00\x00\xff\xff"  # empty, and marked as the last one


def gzip_quine() -> bytes:
    """Give a gzip file that unpacks to itself, checksum and all."""
    for moment in range(64):  # the equations may have no answer; another time stamp gives others
        constant = _checksum(moment, 0)
        columns = [_checksum(moment, 1 << bit) ^ constant ^ 1 << bit for bit in range(32)]
        checksum = _solve(columns, constant)
        if checksum is not None:
            return _file(moment, checksum)
    raise AssertionError


def _file(moment: int, checksum: int, size: int | None = None) -> bytes:
    head = struct.pack("<4sLBB", b"\x1f\x8b\x08\x08", moment, 0, 255) + b"r.gz\0"
    if size is None:
        size = len(_file(moment, 0, 0))
    tail = _LAST_BLOCK + struct.pack("<LL", checksum, size)
    first, last, four = len(head) + _ORDER, len(tail) + _ORDER, 4 * _ORDER
    return b"".join(
        (
            # What is printed lags behind what is written, by less and less.
            *(head, _print(first), head, _print(first), _repeat(first)),
            *(_print(_ORDER), _repeat(first), _print(_ORDER), _print(_ORDER)),
            *(_print(four), _repeat(first), _print(_ORDER), _print(_ORDER), _print(four), _repeat(four)),
            *(_print(four), _repeat(four), _print(four), _repeat(four), _print(four), _repeat(four)),
            # Here it catches up, and goes ahead by the orders that print the tail.
            *(_print(four), _repeat(four), _print(0), _print(0), _print(last), _repeat(four), _print(0), _print(0)),
            *(_print(last), _repeat(last), tail, _repeat(last), tail),
        )
    )


def _print(count: int) -> bytes:
    """Order the next `count` bytes to be printed: a stored block."""
    return struct.pack("<BHH", 0, count, count ^ 0xFFFF)


def _repeat(count: int) -> bytes:
    """Order the last `count` bytes (18 or 20) to be printed again, in two halves: a block of exactly 40 bits."""
    half = f"{count // 2 - 2:07b}" + "01000" + f"{count - 17:03b}"[::-1]
    bits = "010" + half * 2 + "0000000"  # not the last block, the fixed code, its end
    return int(bits[::-1], 2).to_bytes(_ORDER, "little")


def _checksum(moment: int, checksum: int) -> int:
    return zlib.crc32(_file(moment, checksum))


def _solve(columns: list[int], wanted: int) -> int | None:
    """Give the bits whose columns add up (without carrying) to `wanted`, None where there are none."""
    basis: dict[int, tuple[int, int]] = {}
    for bit, column in enumerate(columns):
        left, used = _reduce(column, 1 << bit, basis)
        if left:
            basis[left.bit_length()] = left, used
    left, used = _reduce(wanted, 0, basis)
    return None if left else used


def _reduce(left: int, used: int, basis: dict[int, tuple[int, int]]) -> tuple[int, int]:
    while left and (step := basis.get(left.bit_length())):
        left, used = left ^ step[0], used ^ step[1]
    return left, used
