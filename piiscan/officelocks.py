"""Office documents with a password, unlocked in memory: OOXML in its OLE2 wrapper, and doc, xls, ppt of old."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile

from piiscan.compound import Compound, open_compound
from piiscan.model import Outcome
from piiscan.piece import Problem

if TYPE_CHECKING:
    from typing import BinaryIO

_ENCRYPTED, _DAMAGED = Problem(Outcome.ENCRYPTED, "password"), Problem(Outcome.PARTIAL, "damaged")


def unlocked(source: BinaryIO, passwords: tuple[str, ...]) -> io.BytesIO | Problem:
    """Give the document as it is without its lock, by the first password that fits, or why there is none.

    It is as large as `source`, which has to seek.
    """
    try:
        document = msoffcrypto.OfficeFile(source)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library's code do; the message may quote it
        return _DAMAGED
    # the older kinds always compare, and take no word for it; they are written in place
    verify = {"verify_password": True} if isinstance(document, OOXMLFile) else {}
    if not verify and (not isinstance(compound := open_compound(source), Compound) or compound.has_loop):
        return _DAMAGED
    for password in passwords:
        target = io.BytesIO()
        try:
            document.load_key(password=password, **verify)
            document.decrypt(target)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - a wrong password, or one kind of lock that the library does not know
            continue
        target.seek(0)
        return target
    return _ENCRYPTED
