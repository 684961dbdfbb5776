"""A place where commands run that has all they write, and what the system shows of their processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.running import Ran, ran
from tests.leaks import contents_of, leaked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.canaries import Canary


class Place:
    """Folders for what is kept, for caches, settings and temporary files, and all that was said."""

    def __init__(self, root: Path) -> None:
        self._folders = {
            variable: root / "own" / variable
            for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR", "HOME")
        }
        self.kept = root / "own" / "kept"
        for folder in (*self._folders.values(), self.kept):
            folder.mkdir(parents=True)
        self._said: dict[str, bytes] = {}
        self._shown: set[bytes] = set()

    def run(
        self,
        *arguments: object,
        look: Callable[[list[int]], None] = lambda _: None,
        language: str = "ja",
        folder: Path | None = None,
    ) -> Ran:
        """Run a command; it has to end in order and to say something."""

        def watch(processes: list[int]) -> None:
            for each in processes:
                self._shown.update(_shown(each))
            self._shown.update(data for _, data in contents_of(self._folders["TMPDIR"]))
            look(processes)

        environ = {**{name: str(path) for name, path in self._folders.items()}, "LANGUAGE": language}
        told = ran(*arguments, environ=environ, look=watch, folder=folder)
        assert told.code in {0, 1, 3}, (told.code, arguments, told.errors)
        self._said[f"{len(self._said)} {' '.join(map(str, arguments))}"] = told.out + b"\n" + told.errors
        return told

    def leaks(self, planted: Iterable[Canary]) -> list[str]:
        """Name what holds something of the planted values."""
        shown = [("a process", each) for each in self._shown]
        return leaked(planted, [*self._said.items(), *shown, *contents_of(self.kept.parent)])


def _shown(process: int) -> Iterable[bytes]:
    for name in ("cmdline", "environ", "comm"):
        try:
            yield Path(f"/proc/{process}/{name}").read_bytes()
        except OSError:
            continue
