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
    "regex", "hyperscan", "lxml", "numpy", "pypdfium2", "pdfminer.six", "python-calamine", "olefile", "isal",
    "sudachipy", "sudachidict-small", "libarchive-c", "msoffcrypto-tool", "libpff-python", "pillow", "pyarrow",
)  # fmt: skip
#: Secrets, and what does not change what is found.
_ELSEWHERE = frozenset({"key", "run_key", "reveal", "is_kept", "passwords", "pace"})
_BYTES = 16


def conditions_of(config: ScanConfig) -> str:
    """Give the digest of patterns, options that matter, our own code and data, libraries, and of which key is used."""
    whole = blake2b(digest_size=_BYTES)
    for field in fields(config):
        if field.name not in _ELSEWHERE:
            whole.update(repr((field.name, getattr(config, field.name))).encode())
    whole.update(repr((sys.version_info[:3], [(name, _version(name)) for name in _LIBRARIES])).encode())
    # keyed, for a plain digest of a password would be that password
    whole.update(blake2b(repr(sorted(config.passwords)).encode(), key=config.key, digest_size=_BYTES).digest())
    whole.update(str(_system_library()).encode())
    if config.ocr != "off":
        from piiscan import tesseract  # noqa: PLC0415 - where nobody looks at pictures, it matters to nobody

        whole.update(repr(tesseract.identity()).encode())
    whole.update(Hashing((), config.key).name.encode())
    for pattern in load_patterns(config).values():
        whole.update(repr(pattern).encode("utf-8", "surrogatepass"))
    package = Path(__file__).parent
    for path in sorted(path for kind in ("*.py", "data/*") for path in package.rglob(kind) if path.is_file()):
        whole.update(path.name.encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _system_library() -> int:
    """Give the version of libarchive, which is no Python package; 0 where there is none."""
    try:
        from piiscan.archivestream import VERSION  # noqa: PLC0415 - it may be missing
    except ImportError:
        return 0
    return VERSION


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
