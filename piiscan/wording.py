"""What outcomes, reasons and levels are called in a person's language.

Each function takes the translator of that language; the keys are the English words of the machine formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from piiscan.model import Confidence, Outcome, Sensitivity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


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
        "binary": _("not a text, and of no known format"),
        "size": _("larger than --max-file-size"),
        "memory": _("needs more memory than allowed"),
        "vanished": _("deleted meanwhile"),
        "permission": _("no permission"),
        "json": _("the file is damaged"),
        "html": _("the file is damaged"),
        "xml": _("the file is damaged"),
        "pdf": _("the file is damaged"),
        "docx": _("the file is damaged"),
        "pptx": _("the file is damaged"),
        "xlsx": _("the file is damaged"),
        "mail": _("the file is damaged"),
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
        "compression": _("unknown compression"),
        "ole2": _("older Office document (ole2)"),
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
        "executable": _("program"),
        "filesystem": _("another file system"),
        "output": _("the report of this run"),
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
