"""A file of every format, made on the spot with given values: the one table of them, by the row of the extractor.

Who adds an extractor adds its specimen here, and gets with it the seeds of its fuzzer and its share of the search for
leaks. `tests/test_specimens.py` holds the table to the formats, and each specimen to being read whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.specimens import containers, databases, documents, plain, post

if TYPE_CHECKING:
    from tests.specimens.specimen import Specimens

SPECIMENS: dict[str, Specimens] = {
    **plain.SPECIMENS,
    **documents.SPECIMENS,
    **post.SPECIMENS,
    **databases.SPECIMENS,
    **containers.SPECIMENS,
}
