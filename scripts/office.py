"""LibreOffice as a program that converts and locks documents.

Debian: libreoffice-writer-nogui, -calc-nogui, -impress-nogui without recommends, and python3-uno for the locks.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The filters by which LibreOffice writes each format.
FILTERS = {
    "odt": "writer8",
    "docx": "MS Word 2007 XML",
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "ods": "calc8",
    "xlsx": "Calc MS Excel 2007 XML",
    "xls": "MS Excel 97",
    "odp": "impress8",
    "pptx": "Impress MS PowerPoint 2007 XML",
    "ppt": "MS PowerPoint 97",
}
#: Debian's own, for which there is `uno` (python3-uno).
_PYTHON = "/usr/bin/python3"


def convert(source: Path, suffix: str) -> Path:
    """Have a document written as another format, beside it."""
    profile = f"-env:UserInstallation={source.parent.resolve().as_uri()}/profile"
    kind = f"{suffix}:{FILTERS[suffix]}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
    return source.with_suffix(f".{suffix}")


def lock(folder: Path, password: str, targets: Mapping[str, str]) -> None:
    """Have documents of a folder written with a password; `targets` are the new names with those of their sources."""
    program = Path(__file__).parent / "lock_documents.py"
    jobs = [f"{source}:{target}:{FILTERS[target.rpartition('.')[2]]}" for target, source in targets.items()]
    command = [_PYTHON, str(program), str(folder), password, *jobs]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - as above
