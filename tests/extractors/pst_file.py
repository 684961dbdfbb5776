"""Builds small Outlook data files (MS-PST, Unicode, no encryption) by hand."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

LONG, BOOLEAN, STRING8, STRING, TIME, BINARY, OBJECT = 0x03, 0x0B, 0x1E, 0x1F, 0x40, 0x102, 0x0D
Properties = dict[tuple[int, int], str | bytes | int]
_PAGE, _TRAILER, _MOST = 512, 16, 8176


def _crc(data: bytes) -> int:
    return zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF


def _signature(place: int, number: int) -> int:
    mixed = (place ^ number) & 0xFFFFFFFF
    return (mixed >> 16 ^ mixed) & 0xFFFF


@dataclass
class Store:
    """Blocks and nodes of the file, in the order in which they are written."""

    body: bytearray = field(default_factory=lambda: bytearray(0x4600))
    blocks: list[tuple[int, int, int]] = field(default_factory=list)
    nodes: list[tuple[int, int, int, int]] = field(default_factory=list)
    next_block: int = 4

    def block(self, data: bytes, *, is_inner: bool = False) -> int:
        """Write a block; give its number."""
        number = self.next_block | (2 if is_inner else 0)
        self.next_block += 4
        place = len(self.body)
        size = -(-(len(data) + _TRAILER) // 64) * 64
        trailer = struct.pack("<HHLQ", len(data), _signature(place, number), _crc(data), number)
        self.body += data + bytes(size - _TRAILER - len(data)) + trailer
        self.blocks.append((number, place, len(data)))
        return number

    def data(self, data: bytes) -> int:
        """Write data of any length."""
        if len(data) <= _MOST:
            return self.block(data)
        parts = [self.block(data[at : at + _MOST]) for at in range(0, len(data), _MOST)]
        head = struct.pack("<BBHL", 1, 1, len(parts), len(data))
        return self.block(head + struct.pack(f"<{len(parts)}Q", *parts), is_inner=True)

    def subnodes(self, nodes: list[tuple[int, int, int]]) -> int:
        """Write the block of subnodes (number, data, their subnodes); 0 for none."""
        if not nodes:
            return 0
        entries = b"".join(struct.pack("<QQQ", *node) for node in sorted(nodes))
        return self.block(struct.pack("<BBHL", 2, 0, len(nodes), 0) + entries, is_inner=True)

    def page(self, kind: int, entries: list[bytes], size: int, level: int) -> tuple[int, int]:
        """Write a page of a tree; give its number and place."""
        number = self.next_block
        self.next_block += 4
        self.body += bytes(-len(self.body) % _PAGE)
        place = len(self.body)
        most = 488 // size
        data = b"".join(entries).ljust(488, b"\0") + struct.pack("<BBBBL", len(entries), most, size, level, 0)
        trailer = struct.pack("<BBHLQ", kind, kind, _signature(place, number), _crc(data), number)
        self.body += data + trailer
        return number, place

    def tree(self, kind: int, entries: list[bytes], size: int) -> tuple[int, int]:
        """Write a tree of one or two levels; give its root."""
        most = 488 // size
        if len(entries) <= most:
            return self.page(kind, entries, size, 0)
        inner = []
        for at in range(0, len(entries), most):
            part = entries[at : at + most]
            inner.append(part[0][:8] + struct.pack("<QQ", *self.page(kind, part, size, 0)))
        return self.page(kind, inner, 24, 1)

    def file(self) -> bytes:
        """Give the bytes of the whole file."""
        self.nodes.sort()
        nodes = [struct.pack("<QQQLL", number, data, sub, parent, 0) for number, data, sub, parent in self.nodes]
        node_root = self.tree(0x81, nodes, 32)
        blocks = [struct.pack("<QQHHL", number, place, size, 2, 0) for number, place, size in sorted(self.blocks)]
        block_root = self.tree(0x80, blocks, 24)
        self.body += bytes(-len(self.body) % _PAGE)
        amap = b"\xff" * 496
        self.body[0x4400:0x4600] = amap + struct.pack("<BBHLQ", 0x84, 0x84, 0, _crc(amap), 0x4400)
        root = struct.pack("<LQQQQ", 0, len(self.body), 0x4400, 0, 0)
        root += struct.pack("<QQQQ", *node_root, *block_root) + struct.pack("<BBH", 2, 0, 0)
        numbers = struct.pack("<32L", *[0x400] * 32)
        tail = struct.pack("<HHHBBLLQQL", 0x4D53, 23, 19, 1, 1, 0, 0, 0, self.next_block, 1)
        tail += numbers + bytes(8) + root + bytes(4) + b"\xff" * 256
        tail += struct.pack("<BBHQ", 0x80, 0, 0, self.next_block)
        header = b"!BDN" + struct.pack("<L", _crc(tail[:471])) + tail + struct.pack("<L", _crc(tail)) + bytes(36)
        self.body[: len(header)] = header
        return bytes(self.body)


class _Heap:
    """A heap on a node, of one block."""

    def __init__(self, kind: int) -> None:
        self._kind, self.items = kind, list[bytes]()

    def add(self, data: bytes) -> int:
        if not data:
            return 0
        self.items.append(data)
        return len(self.items) << 5

    def bytes(self, root: int) -> bytes:
        places, at = [], 12
        for item in self.items:
            places.append(at)
            at += len(item)
        places.append(at)
        odd = at % 2
        head = struct.pack("<HBBLL", at + odd, 0xEC, self._kind, root, 0)
        table = struct.pack("<HH", len(self.items), 0) + struct.pack(f"<{len(places)}H", *places)
        return head + b"".join(self.items) + bytes(odd) + table


def _encoded(kind: int, value: str | bytes | int) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-16-le" if kind == STRING else "cp932")
    return value if isinstance(value, bytes) else struct.pack("<Q", value)


def context(store: Store, properties: Properties, subnodes: list[tuple[int, int, int]]) -> bytes:
    """Give a property context; long values become subnodes."""
    heap, records = _Heap(0xBC), b""
    header = heap.add(bytes(8))  # filled in below
    for (number, kind), value in sorted(properties.items()):
        if isinstance(value, int):
            handle = value
        elif len(data := _encoded(kind, value)) > 3000:
            handle = 0x8000 + 0x20 * len(subnodes) + 0x1F
            subnodes.append((handle, store.data(data), 0))
        else:
            handle = heap.add(data)
        records += struct.pack("<HHL", number, kind, handle)
    heap.items[0] = struct.pack("<BBBBL", 0xB5, 2, 6, 0, heap.add(records))
    return heap.bytes(header)


def table(columns: list[tuple[int, int]], rows: list[tuple[int, Properties]]) -> bytes:
    """Give a table context of strings and numbers of four bytes."""
    heap = _Heap(0x7C)
    columns = [(0x67F2, LONG), (0x67F3, LONG), *columns]
    width = 4 * len(columns)
    mask = -(-len(columns) // 8)
    info, index = heap.add(bytes(1)), heap.add(bytes(8))
    heap.items[index // 32 - 1] = struct.pack(
        "<BBBBL", 0xB5, 4, 4, 0, heap.add(b"".join(struct.pack("<LL", row, at) for at, (row, _) in enumerate(rows)))
    )
    matrix = b""
    for row, properties in rows:
        cells = struct.pack("<LL", row, 1)
        exists = [7, 6]
        for at, column in enumerate(columns[2:], 2):
            value = properties.get(column)
            if value is None:
                cells += bytes(4)
                continue
            exists.append(7 - at % 8 + 8 * (at // 8))
            cells += struct.pack("<L", value if isinstance(value, int) else heap.add(_encoded(column[1], value)))
        bits = sum(1 << bit for bit in exists)
        matrix += cells + bits.to_bytes(mask, "little")
    rows_handle = heap.add(matrix)
    descriptions = b"".join(
        struct.pack("<HHHBB", kind, number, 4 * at, 4, at)
        for at, (number, kind) in sorted(enumerate(columns), key=lambda c: c[1][0])
    )
    heap.items[info // 32 - 1] = (
        struct.pack("<BBHHHHLLL", 0x7C, len(columns), width, width, width, width + mask, index, rows_handle, 0)
        + descriptions
    )
    return heap.bytes(info)


@dataclass
class Mail:
    """A message with its recipients and attachments; an attachment is its properties, or those and a message."""

    properties: Properties
    recipients: list[Properties] = field(default_factory=list)
    attachments: list[Properties | tuple[Properties, Mail]] = field(default_factory=list)


_RECIPIENT = [(0x0C15, LONG), (0x3001, STRING), (0x3002, STRING), (0x3003, STRING), (0x39FE, STRING)]


def _message(store: Store, mail: Mail) -> tuple[int, int]:
    """Write a message; give its data and subnodes."""
    subnodes: list[tuple[int, int, int]] = []
    data = store.data(context(store, {(0x001A, STRING): "IPM.Note", **mail.properties}, subnodes))
    rows = [(number, one) for number, one in enumerate(mail.recipients)]
    subnodes.append((0x692, store.data(table(_RECIPIENT, rows)), 0))
    attached = []
    for number, attachment in enumerate(mail.attachments, 1):
        properties, inner = attachment if isinstance(attachment, tuple) else (attachment, None)
        node, below = number << 5 | 5, list[tuple[int, int, int]]()
        if inner:
            below.append((0x10004, *_message(store, inner)))
            properties = {**properties, (0x3701, OBJECT): struct.pack("<LL", 0x10004, 0)}
        content = store.data(context(store, properties, below))
        subnodes.append((node, content, store.subnodes(below)))
        attached.append((node, {(0x0E20, LONG): 1, (0x3705, LONG): properties[0x3705, LONG]}))
    if attached:
        subnodes.append((0x671, store.data(table([(0x0E20, LONG), (0x3705, LONG)], attached)), 0))
    return data, store.subnodes(subnodes)


_FOLDER = [(0x3001, STRING), (0x3602, LONG), (0x3603, LONG)]
_CONTENTS = [(0x001A, STRING), (0x0037, STRING)]


def _named(folders: dict[int, str]) -> list[tuple[int, Properties]]:
    return [(number, {(0x3001, STRING): name}) for number, name in folders.items()]


def pst_file(folders: dict[str, list[Mail]]) -> bytes:
    """Give a data file with these folders."""
    store = Store()

    def node(number: int, data: bytes, parent: int) -> None:
        store.nodes.append((number, store.data(data), 0, parent))

    key = b"piiscan-demo-pst"
    entry = bytes(4) + key + struct.pack("<L", 0x8022)
    node(0x21, context(store, {(0x0FF9, BINARY): key, (0x3001, STRING): "demo", (0x35E0, BINARY): entry}, []), 0)
    names: Properties = {(1, LONG): 251, (2, BINARY): bytes(16), (3, BINARY): bytes(8), (4, BINARY): bytes(4)}
    node(0x61, context(store, names, []), 0)

    def folder(number: int, parent: int, name: str, below: list[tuple[int, Properties]], mails: list[Mail]) -> None:
        own: Properties = {
            (0x3001, STRING): name,
            (0x3602, LONG): len(mails),
            (0x3603, LONG): 0,
            (0x360A, BOOLEAN): bool(below),
        }
        node(number, context(store, own, []), parent)
        node(number & ~31 | 0x0D, table(_FOLDER, below), 0)
        listed: list[tuple[int, Properties]] = []
        for mail in mails:
            mail_node = 0x200004 + 0x20 * (1 + sum(n & 31 == 4 for n, *_ in store.nodes))
            store.nodes.append((mail_node, *_message(store, mail), number))
            listed.append((mail_node, {(0x001A, STRING): "IPM.Note"}))
        node(number & ~31 | 0x0E, table(_CONTENTS, listed), 0)
        node(number & ~31 | 0x0F, table(_CONTENTS, []), 0)

    numbers = {0x8042 + 0x20 * at: name for at, name in enumerate(folders)}
    folder(0x122, 0x122, "", [(0x8022, {(0x3001, STRING): "top"})], [])
    folder(0x8022, 0x122, "top", _named(numbers), [])
    for number, name in numbers.items():
        folder(number, 0x8022, name, [], folders[name])
    return store.file()
