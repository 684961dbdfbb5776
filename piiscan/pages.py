"""How many pages a document has that were looked at, and how many that were not."""

from __future__ import annotations

from typing import NamedTuple


class Pages(NamedTuple):
    """Pages, slides and pictures of a file, and of files in archives and mail: those read, and those known not to be.

    Nothing is known of what has no pages of its own, such as a text, and of what could not be opened.
    """

    read: int = 0
    unread: int = 0

    @classmethod
    def sum(cls, *several: Pages) -> Pages:
        """Add pages up.

        >>> Pages.sum(Pages(1, 2), Pages(3))
        Pages(read=4, unread=2)
        """
        return cls(sum(each.read for each in several), sum(each.unread for each in several))


NO_PAGES = Pages()
