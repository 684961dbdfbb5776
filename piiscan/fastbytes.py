"""What numpy tells of bytes several times as fast as anything else: for large files, which pay for loading it."""

from __future__ import annotations

import numpy as np

_LINE_FEED = 10
#: Bytes behind which, or which themselves, not everything is allowed that their kind allows; and the last of no doubt.
_SPECIAL = (b"\xc0", b"\xc1", b"\xe0", b"\xed")
_LAST = 0xEF


def count_line_feeds(data: bytes) -> int:
    r"""Count the line feeds.

    >>> count_line_feeds(b"a\n\nb")
    2
    """
    return int(np.count_nonzero(np.frombuffer(data, np.uint8) == _LINE_FEED))


def is_utf8(data: bytes) -> bool | None:
    r"""Tell whether bytes are UTF-8; None where characters of four bytes or of rare kinds leave it open.

    Continuation bytes have to stand where a leading byte asks for them, and nowhere else (RFC 3629, section 4).

    >>> is_utf8("あä".encode()), is_utf8(b"\xe3\x81"), is_utf8(b"a\x81"), is_utf8(b"\xc0\x80")
    (True, False, False, None)
    """
    codes = np.frombuffer(data, np.uint8)
    if codes.max(initial=0) > _LAST or any(byte in data for byte in _SPECIAL):
        return None
    wanted = np.zeros(len(codes) + 2, np.bool_)
    wanted[1:-1] = codes >= 0xC0  # noqa: PLR2004 - two bytes and more
    wanted[2:] |= codes >= 0xE0  # noqa: PLR2004 - three bytes
    continued = codes.view(np.int8) < -0x40  # noqa: PLR2004 - 80 to BF
    return not wanted[len(codes) :].any() and bool((continued == wanted[: len(codes)]).all())
