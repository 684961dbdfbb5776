"""The only dynamic import: a table row such as "delimited:extract_delimited" becomes a function on first use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def resolve(package: str, entry: str) -> Any:  # noqa: ANN401 - each extension point knows the type of its own rows
    """Import `module:name` relative to `package` (absolute where the module part has a dot or package is "").

    Raises ImportError where an optional library is missing: the caller turns that into an outcome.
    """
    module, _, name = entry.partition(":")
    absolute = module if not package or "." in module else f"{package}.{module}"
    return getattr(import_module(absolute), name)
