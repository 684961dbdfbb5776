"""A PDF that lost its end, and with it the tables of its objects and pages, gets a new page tree.

Readers rebuild the table of objects themselves, but only where a trailer tells the root; a copy that was broken
off has none.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

#: Bytes of a broken file that are looked through; what is longer is left to the second opinion.
_LIMIT = 100 << 20
#: Object numbers that no document reaches and that readers still accept.
_ROOT, _TREE = 4_000_000, 4_000_001
_OBJECT = re.compile(rb"\b(\d{1,7})\s+(\d{1,5})\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
#: How far behind its beginning an object says that it is a page.
_REACH = 2_000


def mend(source: BinaryIO) -> bytes | None:
    """Give the file with a tree of the pages it shows, or None. Encrypted files stay as they are.

    >>> import io
    >>> mended = mend(io.BytesIO(b"%PDF-1.4 7 0 obj <</Type/Page>> endobj 8 0 obj <</Ty"))
    >>> b"/Count 1 /Kids [7 0 R]" in mended
    True
    """
    if source.seek(0, io.SEEK_END) > _LIMIT:
        return None
    source.seek(0)
    data = source.read()
    if b"/Encrypt" in data:
        return None
    pages = [found.group(1, 2) for found in _OBJECT.finditer(data) if _is_page(data, found.end())]
    if not pages:
        return None
    kids = b" ".join(b"%b %b R" % page for page in dict.fromkeys(pages))
    tree = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(set(pages)), kids)
    root = b"<< /Type /Catalog /Pages %d 0 R >>" % _TREE
    objects = b"%d 0 obj\n%b\nendobj\n%d 0 obj\n%b\nendobj\n" % (_ROOT, root, _TREE, tree)
    return b"%b\nendobj\n%btrailer\n<< /Root %d 0 R >>\n%%%%EOF\n" % (data, objects, _ROOT)


def _is_page(data: bytes, start: int) -> bool:
    end = data.find(b"endobj", start, start + _REACH)
    return _PAGE.search(data, start, end if end >= 0 else start + _REACH) is not None
