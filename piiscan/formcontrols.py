"""What stands in the controls of a form (ActiveX): the value and captions of text boxes, lists and their like.

Their stream ([MS-OFORMS] 2.2.5) is a mask of the properties that differ from what is usual, those that are numbers,
each at a multiple of its width, and behind them the texts.
"""

from __future__ import annotations

import struct

_VERSION, _MASK_END = b"\0\2", 12
#: Bytes of each property, in the order of the mask's bits.
_WIDTHS = (4, 4, 4, 4, 1, 1, 1, 1, 0, 2, 4, 2, 2, 2, 2, 2, 1, 1, 1, 0, 1, 1, 4, 4, 4, 4, 4, 2, 2, 2, 0, 0, 4)
#: The bits of what is a text: value, caption, group; of the size in front of them; and the one that is always set.
_TEXTS, _SIZE, _ALWAYS = frozenset({22, 23, 32}), 1 << 8, 1 << 31
_NARROW = 1 << 31


def control_text(data: bytes) -> str:
    """Give the texts of the control in `data`, "" for one of another kind: a button has no more than its caption."""
    if not data.startswith(_VERSION) or len(data) < _MASK_END:
        return ""
    (mask,) = struct.unpack_from("<Q", data, 4)
    if not mask & _ALWAYS:
        return ""
    at, counts, texts = _MASK_END, [], []
    for bit, width in enumerate(_WIDTHS):
        if width and mask >> bit & 1:
            at += -at % width
            if bit in _TEXTS:
                counts.append(int.from_bytes(data[at : at + width], "little"))
            at += width
    at += -at % 4 + (8 if mask & _SIZE else 0)
    for count in counts:
        raw = data[at : at + (count & ~_NARROW)]
        texts.append(raw.decode("latin-1" if count & _NARROW else "utf-16-le", "replace").strip("\0"))
        at += len(raw) + -len(raw) % 4
    return "\n".join(filter(None, texts))
