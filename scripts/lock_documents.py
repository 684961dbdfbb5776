"""Have LibreOffice write locked documents: what its command line cannot do. For Debian's own Python, which has `uno`.

Run: /usr/bin/python3 scripts/lock_documents.py FOLDER PASSWORD SOURCE:TARGET:FILTER...; sources are flat OpenDocument.
Documents are loaded without a window: the packages without one have nothing to draw it with. Text frames, which need
one, are not in what is written.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from com.sun.star.connection import NoConnectException

_KINDS = {
    ".fodt": ("text.TextDocument", "OpenDocument Text Flat XML"),
    ".fods": ("sheet.SpreadsheetDocument", "OpenDocument Spreadsheet Flat XML"),
    ".fodp": ("presentation.PresentationDocument", "OpenDocument Presentation Flat XML"),
}
_PATIENCE = 60


def _named(kind: Any, **values: object) -> tuple[Any, ...]:  # noqa: ANN401 - made by the bridge
    found = []
    for name, value in values.items():
        one = kind()
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


def _connect(pipe: str) -> Any:  # noqa: ANN401 - a bridge to another program
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def _locked(password: str, target: Path) -> tuple[Any, ...]:
    if target.suffix in {".docx", ".xlsx", ".pptx"}:
        words = _named(NamedValue, CryptoType="Standard", OOXPassword=password)
        return _named(PropertyValue, EncryptionData=uno.Any("[]com.sun.star.beans.NamedValue", words))
    return _named(PropertyValue, Password=password)


def main() -> None:
    """Write all targets."""
    folder, password, *jobs = sys.argv[1:]
    place = Path(folder).resolve()
    pipe = f"lock-{place.name}"
    office = ("soffice", f"-env:UserInstallation={place.as_uri()}/locks", "--headless", "--norestore")
    with subprocess.Popen((*office, f"--accept=pipe,name={pipe};urp")):  # noqa: S603 - our own words
        context = _connect(pipe)
        for job in jobs:
            source, target, kind = (Path(name) for name in job.split(":"))
            service, load = _KINDS[source.suffix]
            document = context.ServiceManager.createInstanceWithContext(f"com.sun.star.{service}", context)
            document.load(_named(PropertyValue, URL=(place / source).as_uri(), FilterName=load, Hidden=True))
            words = (*_named(PropertyValue, FilterName=str(kind)), *_locked(password, target))
            document.storeToURL((place / target).as_uri(), words)
            document.dispose()
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        desktop.terminate()


if __name__ == "__main__":
    main()
