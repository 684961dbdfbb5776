"""Debian's Chromium, without a window, driven over its own pipe: no library and no port is needed for that.

Its DevTools protocol is JSON messages with a NUL behind each: ours to descriptor 3, its answers from descriptor 4.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60.0
#: What a page does that a report must not do, as the protocol names it.
TROUBLE = {
    "Runtime.consoleAPICalled": "console",
    "Runtime.exceptionThrown": "exception",
    "Log.entryAdded": "log",
    "Page.javascriptDialogOpening": "dialog",
    "Audits.issueAdded": "issue",
    "Page.frameRequestedNavigation": "navigation",
}


class Tab:
    """A page that is open, and everything that happened on it."""

    def __init__(self, reader: int, writer: int) -> None:
        self._reader, self._writer = reader, writer
        self._buffer = b""
        self._number = 0
        self._session = ""
        self.requests: list[str] = []
        self.trouble: list[tuple[str, dict[str, Any]]] = []

    def attach(self) -> None:
        """Open a page and listen to it."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Ask the browser for something, and give its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._writer, data) :]
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, answer["error"]
        result: dict[str, Any] = answer["result"]
        return result

    def visit(self, file: Path) -> None:
        """Load a page from a file and wait until it is there."""
        self.requests.clear()
        self.trouble.clear()
        self.call("Page.navigate", url=file.as_uri())
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")

    def ask(self, expression: str) -> Any:  # noqa: ANN401 - JSON
        """Give what an expression is on the page; what it throws is raised here."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Wait until an expression is true on the page."""
        end = time.monotonic() + PATIENCE
        while not self.ask(expression):
            assert time.monotonic() < end, expression
            time.sleep(0.02)

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press a key, as a person without a mouse does."""
        for kind in ("keyDown", "keyUp"):
            letters = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **letters)

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Keep what the page looks like as a PNG."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=whole, format="png")["data"]
        file.write_bytes(base64.b64decode(data))

    def paper(self, file: Path) -> None:
        """Print the page into a PDF."""
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        file.write_bytes(base64.b64decode(data))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._reader], [], [], PATIENCE)
            assert ready, "the browser says nothing"
            got = os.read(self._reader, 1 << 20)
            assert got, "the browser has ended"
            self._buffer += got
        first, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        method, parameters = message.get("method", ""), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method in TROUBLE:
            self.trouble.append((TROUBLE[method], parameters))
        return message


@contextmanager
def open_tab(profile: Path) -> Iterator[Tab]:
    """Start the browser with an empty profile and give its page."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run")
    command = ("chromium", *options, "--hide-scrollbars", f"--user-data-dir={profile}")
    moved = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out} >/dev/null 2>&1'
    browser = subprocess.Popen(["bash", "-c", moved, "bash", *command], pass_fds=(theirs_in, theirs_out))
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        tab = Tab(ours_in, ours_out)
        tab.attach()
        yield tab
    finally:
        os.close(ours_out)  # the browser ends with its pipe
        try:
            browser.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()
        os.close(ours_in)
