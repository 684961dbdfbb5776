"""The fields of a mail's header as pieces: each recipient a row under the name of its field, all else text.

Identifiers that look like addresses, signatures and what describes the encoding are left out; of `Received`, the
receiver is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from piiscan.fields import decode_words, split_recipients, unfold
from piiscan.piece import Place, Segment, Table

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from piiscan.fields import Recipient
    from piiscan.mime import Field
    from piiscan.piece import Piece

# fmt: off
_RECIPIENTS = frozenset({
    "to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc", "apparently-to", "x-original-to", "envelope-to",
})
_LEFT_OUT = frozenset({
    "message-id", "in-reply-to", "references", "resent-message-id", "x-message-id", "x-original-message-id",
    "content-id", "content-type", "content-transfer-encoding", "content-disposition", "content-location",
    "mime-version", "date", "thread-index", "x-received", "x-gm-message-state",
    "dkim-signature", "domainkey-signature", "x-google-dkim-signature",
    "arc-seal", "arc-message-signature", "arc-authentication-results",
})
# fmt: on
_RECEIVER = re.compile(r"\bfor\s+<?([^\s<>;@]{1,256}@[^\s<>;]{1,256})")


def iter_field(field: Field, known: Container[str] = (), *, has_lines: bool = True) -> Iterator[Piece]:
    """Yield what is told by a field; of recipients, those whose address in lower case is not in `known`.

    Lines are those of the mail, unless its header came without it.
    """
    if field.key in _LEFT_OUT:
        return
    raw = unfold(field.value)
    if field.key in _RECIPIENTS:
        recipients = [one for one in split_recipients(raw) if one.address.lower() not in known]
        # The key is one of ours: a name as written would be the document's text.
        yield from iter_recipients(recipients, field.key.title(), field.name, field.line if has_lines else None)
    elif field.key == "received":
        if (receiver := _RECEIVER.search(raw)) and receiver[1].lower() not in known:
            yield Segment(receiver[1], part="header", hint=field.name, first_line=None)
    elif raw:
        yield Segment(decode_words(raw), part="header", hint=field.name, first_line=None)


def iter_recipients(recipients: Sequence[Recipient], part: str, hint: str, line: int | None) -> Iterator[Piece]:
    """Yield the addresses of a list as a table, and what else stands there as text."""
    place = Place(line=line)
    if addresses := tuple(recipient.address for recipient in recipients if recipient.address):
        yield Table((addresses,), lambda _column, _row, _offset: place, ("メール",), part)
    if rest := "\n".join(recipient.rest for recipient in recipients if recipient.rest):
        yield Segment(rest, part=part, hint=hint, first_line=None)
