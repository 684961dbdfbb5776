"""What can go wrong before a scan starts: each error is one line that a person can act on."""

import re


class PiiscanError(Exception):
    """A fault the user can mend; the command line prints its one line and exits 2."""


class ConfigError(PiiscanError):
    """A configuration file, an option or an environment variable that cannot be used."""


class PatternError(PiiscanError):
    """A pattern file that cannot be used; the message names the file and, where known, the line."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")


def line_of(text: str, message: str) -> int | None:
    """Find the line of the TOML key that a message names last: `key`, or $.table.key."""
    keys = re.findall(r"`\$?\.?([a-z_.]+)", message)
    for key in (part for name in reversed(keys) for part in reversed(name.split("."))):
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(rf"\s*(?:[a-z_]+\.)?\[?{re.escape(key)}\b", line):
                return number
    return None


class OutputError(PiiscanError):
    """A report that could not be written; the command line exits 4."""


class ReaderGoneError(Exception):
    """Whoever reads the report has seen enough (`piiscan … | head`): no fault, but nothing more can be told."""
