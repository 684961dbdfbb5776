"""What piiscan says to people, in their language: gettext with English as the source and the fallback.

Machine formats never pass through here: their keys and words are English always.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import NullTranslations

DOMAIN = "piiscan"
CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ja")


def language(environ: Mapping[str, str] | None = None) -> str:
    """Give the language of the messages, "en" or "ja", as LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for it.

    The first of these that is set decides; LANGUAGE may list several languages. `environ` defaults to the process's.
    """
    environ = os.environ if environ is None else environ
    chosen = next(filter(None, map(environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    for name in chosen.split(":"):
        short = name.partition(".")[0].partition("_")[0].lower()
        if short in LANGUAGES:
            return short
    return "en"


@cache
def catalogue(code: str) -> NullTranslations:
    """Give the catalogue of the language `code`; `.gettext` and `.ngettext` of it translate."""
    from gettext import translation  # noqa: PLC0415 - loaded when the first sentence is said

    return translation(DOMAIN, CATALOGUES, languages=[code], fallback=True)


def _(message: str) -> str:
    """Translate `message` into the language of the environment."""
    return catalogue(language()).gettext(message)
