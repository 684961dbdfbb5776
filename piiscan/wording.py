"""What outcomes, reasons and levels are called in a person's language.

Each function takes the translator of that language; the keys are the English words of the machine formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.model import Confidence, Outcome, Sensitivity
from piiscan.printable import place_name, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from gettext import NullTranslations

    from piiscan.gaps import Acknowledged
    from piiscan.model import Location
    from piiscan.people import People


def outcome_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Name every outcome."""
    return {
        Outcome.COMPLETE: _("read"),
        Outcome.PARTIAL: _("read in part"),
        Outcome.UNCHANGED: _("unchanged since the last run"),
        Outcome.SKIPPED: _("skipped"),
        Outcome.UNREADABLE: _("cannot be opened"),
        Outcome.ENCRYPTED: _("encrypted"),
        Outcome.UNSUPPORTED: _("format not supported"),
        Outcome.TIMEOUT: _("took too long"),
        Outcome.CRASH: _("scan crashed"),
        Outcome.CHANGED: _("changed while it was read"),
        Outcome.ERROR: _("error"),
    }


def reason_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Name the reasons that have a plain word; others (`signal 11`, `7z`) are shown as they are."""
    return {
        "encoding": _("characters could not be decoded"),
        "glyphs": _("characters could not be decoded"),
        "binary": _("not a text, and of no known format"),
        "size": _("larger than --max-file-size"),
        "memory": _("needs more memory than allowed"),
        "vanished": _("deleted meanwhile"),
        "permission": _("no permission"),
        "json": _("the file is damaged"),
        "html": _("the file is damaged"),
        "xml": _("the file is damaged"),
        "pdf": _("the file is damaged"),
        "sqlite": _("the file is damaged"),
        "parquet": _("the file is damaged"),
        "plist": _("the file is damaged"),
        "docx": _("the file is damaged"),
        "pptx": _("the file is damaged"),
        "xlsx": _("the file is damaged"),
        "mail": _("the file is damaged"),
        "base64": _("the file is damaged"),
        "boundary": _("the file is damaged"),
        "header": _("the file is damaged"),
        "uuencode": _("the file is damaged"),
        "lost digits": _("numbers stored as floats: their value is lost"),
        "no text layer": _("a page is only a picture"),
        "pages": _("too many pages"),
        "damaged": _("the file is damaged"),
        "password": _("password-protected"),
        "members": _("not all of the files inside"),
        "bytes": _("too large when unpacked"),
        "ratio": _("too large when unpacked"),
        "entries": _("too many files inside"),
        "depth": _("nested too deeply"),
        "overlap": _("its entries overlap, as in a zip bomb"),
        "volume": _("one part of a split archive: the rest lies in other files"),
        "compression": _("unknown compression"),
        "ole2": _("compound file of another program (ole2)"),
        "ichitaro": _("Ichitaro document: save it as docx or PDF"),
        "docuworks": _("DocuWorks document: export it as PDF"),
        "visio": _("Visio drawing: export it as PDF"),
        "publisher": _("Publisher document: export it as PDF"),
        "access": _("Access database: export its tables as CSV"),
        "onenote": _("OneNote notebook: export it as PDF"),
        "hwp": _("Hangul document: save it as docx or PDF"),
        "lotus": _("Lotus 1-2-3 sheet: save it as xlsx"),
        "excel4": _("sheet of Excel 2 to 4: save it as xlsx"),
        "word2": _("document of Word 2: save it as docx"),
        "powerpoint95": _("presentation of PowerPoint 95: save it as pptx"),
        "LFS pointer": _("stored in Git LFS"),
        "interrupted": _("the run was interrupted"),
        "replaced": _("replaced by something else"),
        # The outcome says it already.
        "modified": "",
        "time": "",
        "symlink": _("symbolic link"),
        "special": _("not a regular file"),
        "hardlink": _("same file under another name"),
        "excluded": _("excluded"),
        "media": _("pictures, sound, video"),
        "ocr": _("a picture could not be looked at"),
        "ocr time": _("a picture took too long to be looked at"),
        "ocr pages": _("too many pictures to be looked at"),
        "pixels": _("a picture that is too large"),
        "executable": _("program"),
        "filesystem": _("another file system"),
        "output": _("the report of this run"),
        "snapshot": _("earlier states of the share"),
        "offline": _("stored elsewhere, not on this disk"),
    }


def dropped_words(_: Callable[[str], str]) -> Mapping[str, str]:
    """Name why a candidate is no finding; what stands behind a colon in the reason comes behind it."""
    return {
        "refused": _("its check or list refuses it"),
        "no label": _("it needs a label, and has none"),
        "claimed": _("a stronger one has it"),
        "sample": _("a test or example value"),
        "public": _("a registration that anybody may look up"),
        "score": _("not sure enough"),
    }


def sensitivity_words(_: Callable[[str], str]) -> Mapping[Sensitivity, str]:
    """Name the levels of harm, the worst first."""
    return {
        Sensitivity.CRITICAL: _("critical"),
        Sensitivity.HIGH: _("high"),
        Sensitivity.MODERATE: _("moderate"),
        Sensitivity.LOW: _("low"),
    }


def confidence_words(_: Callable[[str], str]) -> Mapping[Confidence, str]:
    """Name how sure a finding is, the surest first."""
    return {
        Confidence.HIGH: _("high confidence"),
        Confidence.MEDIUM: _("medium confidence"),
        Confidence.LOW: _("low confidence"),
    }


def bytes_in_words(size: int) -> str:
    """Write a number of bytes as people read it, in powers of 1000.

    >>> bytes_in_words(512), bytes_in_words(1_234_567)
    ('512 B', '1.2 MB')
    """
    amount, units = float(size), iter(("B", "kB", "MB", "GB", "TB"))
    unit = next(units)
    for larger in units:
        if amount < 1000:  # noqa: PLR2004 - the step between the units
            break
        amount, unit = amount / 1000, larger
    return f"{size} B" if unit == "B" else f"{amount:.1f} {unit}"


def pages_in_words(words: NullTranslations, pages: int) -> str:
    """Say how many pages; "" where there are none."""
    return words.ngettext("{count} page", "{count} pages", pages).format(count=f"{pages:,}") if pages else ""


def place_in_words(where: Location) -> str:
    """Write where a place is, as short as it is clear: `!a.csv [Sheet1] B12`, `p.3`, `12:4`."""
    words = [f"!{place_name(where.member[0], where.member[1:])}"] if where.member else []
    if where.part and where.part != f"page {where.page}":
        words.append(f"[{printable(where.part)}]")
    if where.page is not None:
        words.append(f"p.{where.page}")
    if where.cell is not None:
        words.append(where.cell)
    elif where.line is not None and where.page is None:
        words.append(f"{where.line}:{where.column}" if where.column is not None else f"{where.line}")
    return " ".join(words)


def people_in_words(words: NullTranslations, people: People) -> str:
    """Say how many people, with the bounds of the estimate; "" for nobody."""
    if not (about := people.estimate):
        return ""
    message = words.ngettext("about {about} person", "about {about} people", about).format(about=f"{about:,}")
    return message if people.low == people.high else f"{message} ({people.low:,}–{people.high:,})"


def acknowledged_in_words(_: Callable[[str], str], told: Acknowledged | None) -> str:
    """Say in brackets what the user has said of an unread file; "" where that is nothing."""
    if told is None:
        return ""
    message = _(" (acknowledged until {day}: {why})") if told.holds else _(" (was acknowledged until {day}: {why})")
    return message.format(day=told.until, why=printable(told.reason))


def cause_in_words(_: Callable[[str], str], outcome: Outcome, reason: str) -> str:
    """Say how the scan of a path ended, and why."""
    why = reason_words(_).get(reason, printable(reason))
    return f"{outcome_words(_)[outcome]}: {why}" if why else outcome_words(_)[outcome]
