"""HTML that no name can break out of: everything from outside is printable and escaped before it is markup.

Data for the page's script lies in islands of JSON, in which no character ends the element around them.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import TYPE_CHECKING

from piiscan.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What would end an element or a line of script, and how JSON can say it instead.
_IN_ISLAND = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_NUMBER = re.compile(r"[0-9][0-9,]*")
#: Text in which `html.escape` would change nothing, as most names are.
_PLAIN = re.compile("[^&<>\"']*")


def text(value: str) -> str:
    r"""Give text that may come from anywhere as the content of an element or of a quoted attribute.

    >>> text('</script>\x1b')
    '&lt;/script&gt;\\x1b'
    """
    shown = printable(value)
    return shown if _PLAIN.fullmatch(shown) else html.escape(shown)


def name(value: str, kind: str = "") -> str:
    """Give a name whose letters may run from right to left without turning what stands around it."""
    return f'<bdi class="{kind}">{text(value)}</bdi>' if kind else f"<bdi>{text(value)}</bdi>"


def numbers(sentence: str) -> str:
    """Give a sentence of ours with its numbers set apart.

    >>> numbers("1,204 files")
    '<b>1,204</b> files'
    """
    return _NUMBER.sub(lambda match: f"<b>{match.group()}</b>", text(sentence))


def compact(value: object) -> str:
    r"""Give a value as JSON that may lie inside a script element.

    >>> compact("</script>")
    '"\\u003c/script\\u003e"'
    """
    shown = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, said in _IN_ISLAND.items():
        shown = shown.replace(char, said)
    return shown


def policy(style: str, script: str) -> str:
    """Give the Content-Security-Policy under which this style and this script are all that ever runs or loads."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def bar(part: int, whole: int) -> str:
    """Draw a share as a thin bar; its number always stands beside it, so nobody has to see it."""
    width = 100 * part / whole if whole else 0
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="6"/><rect width="{max(width, 0.5 if part else 0):.1f}" height="6"/>'
        "</svg>"
    )


def table(caption: str, head: Sequence[str], rows: Iterable[str], kind: str, *, numeric: Sequence[int] = ()) -> str:
    """Put rows that are markup below a head of plain words; the caption is for those who do not see the title."""
    cells = "".join(
        f'<th scope="col" class="{"n" if number in numeric else "" if word else "drawn"}">{text(word)}</th>'
        for number, word in enumerate(head)
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(caption)}"><table class="{kind}">'
        f'<caption class="unseen">{text(caption)}</caption>'
        f"<thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
