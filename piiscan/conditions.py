"""What results of a scan depend on beside the file: told by one digest, so that older results are not taken for new."""

from __future__ import annotations

import sys
from dataclasses import fields
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from piiscan.hashing import Hashing
from piiscan.pattern import load_patterns

if TYPE_CHECKING:
    from piiscan.config import ScanConfig

#: The libraries that read documents and match. Another version may read more.
_LIBRARIES = (
    "regex", "hyperscan", "lxml", "numpy", "pypdfium2", "pdfminer.six", "python-calamine", "sudachipy",
    "sudachidict-small",
)  # fmt: skip
#: Secrets, and what does not change what is found.
_ELSEWHERE = frozenset({"key", "run_key", "reveal", "is_kept", "pace"})
_BYTES = 16


def conditions_of(config: ScanConfig) -> str:
    """Give the digest of patterns, options that matter, our own code and data, libraries, and of which key is used."""
    whole = blake2b(digest_size=_BYTES)
    for field in fields(config):
        if field.name not in _ELSEWHERE:
            whole.update(repr((field.name, getattr(config, field.name))).encode())
    whole.update(repr((sys.version_info[:3], [(name, _version(name)) for name in _LIBRARIES])).encode())
    whole.update(Hashing((), config.key).name.encode())
    for pattern in load_patterns(config).values():
        whole.update(repr(pattern).encode("utf-8", "surrogatepass"))
    package = Path(__file__).parent
    for path in sorted(path for kind in ("*.py", "data/*") for path in package.rglob(kind) if path.is_file()):
        whole.update(path.name.encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
