"""Rich Text Format as a stream of tokens, in one pass: words, bytes of text, braces."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from piiscan import possessive

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import BinaryIO

_CHUNK, _LONGEST = 1 << 18, 64
#: Words that only say how text looks, and are most of a document: runs of them are passed over at once.
_LOOKS = (
    " rtlch ltrch fcs af afs ai ab alang lang langfe langnp langfenp insrsid charrsid pararsid delrsid rsid"
    " loch hich dbch fs b i ul ulnone ulc cf cb highlight chcbpat chshdng kerning cgrid noproof lin rin li ri"
    " fi sb sa sl slmult ql qj qc qr itap widctlpar nowidctlpar aspalpha aspnum faauto adjustright wrapdefault"
    " ltrpar rtlpar outlinelevel s cs ls ilvl nooverflow hyphpar expnd expndtw dn up super sub nosupersub"
    " strike caps snext sbasedon sqformat spriority tx tqc tqr tqdec keep keepn noline contextualspace"
    " clvertalt clvertalc clftsWidth clwWidth cellx clshdrawnil cltxlrtb clcbpat clbrdrt clbrdrl clbrdrb"
    " clbrdrr brdrs brdrw brdrcf brdrtbl brsp brdrnone trgaph trleft trrh trautofit trftsWidth trwWidth"
    " trftsWidthB trftsWidthA trpaddl trpaddr trpaddfl trpaddfr tblind tblindtype tbllkhdrrows tbllkhdrcols"
    " tblrsid irow irowband trbrdrt trbrdrl trbrdrb trbrdrr trbrdrh trbrdrv"
)
_LOOK = rb"((?:\\(?:%s)(?:-?[0-9]{1,10}|(?![a-zA-Z])) ?)++)" % b"|".join(
    word.encode() for word in sorted(_LOOKS.split(), reverse=True)
)
_WORDS = (
    _LOOK + rb"|((?:\\u-?[0-9]{1,5} ?(?:(?:\\'[0-9a-fA-F]{2}){1,2}|\?))+)"  # Unicode, and what stands for it
    rb"|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?"  # a word with its number, and the blank that ends it
    rb"|((?:\\'[0-9a-fA-F]{2})+)"  # bytes in hexadecimal, as many as there are
    rb"|\\([^a-zA-Z'])"
    rb"|([{}])"
)
_REST = rb"|[\r\n]+|\\'?"
_TOKEN = possessive.compiled(b"(?s)" + _WORDS + rb"|([^\\{}\r\n]+)" + _REST)
#: Where bytes of CP932 stand as they are, the second one of a character may look like a brace.
_PAIRED = rb"|((?:[^\\{}\r\n\x81-\x9f\xe0-\xfc]|[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc])+|[\x81-\x9f\xe0-\xfc])"
_TOKEN_932 = possessive.compiled(b"(?s)" + _WORDS + _PAIRED + _REST)
#: Groups of these expressions: what only says how text looks, and what is neither that nor a word.
_LOOKING, _UNICODE, _WORD, _HEXADECIMAL, _TEXT = 1, 2, 3, 5, 8
_PLAIN = frozenset({2, 5, 6, 7, 8})
_PAGE_932, _HEAD = b"\\ansicpg932", 1024


class Token(NamedTuple):
    r"""A word ("par"), a symbol ("\~"), a brace, or "" with bytes of text; text that is written in hexadecimal too.

    The word "u" without a number has the bytes of many characters of Unicode (`\u23665\'8e\'52\u30000?`).
    """

    word: str
    number: int | None = None
    data: bytes = b""


def iter_tokens(stream: BinaryIO) -> Iterator[Token]:
    """Yield the tokens; binary data between them is passed over."""
    buffer, at, is_last = stream.read(_CHUNK), 0, False
    token = _TOKEN_932 if _PAGE_932 in buffer[:_HEAD] else _TOKEN
    while True:
        if not is_last and len(buffer) - at < _LONGEST:
            chunk = stream.read(_CHUNK)
            is_last = not chunk
            buffer, at = buffer[at:] + chunk, 0
            continue
        found = token.match(buffer, at)
        if found is None:  # nothing is left: every byte begins some token
            return
        start, at = at, found.end()
        kind = found.lastindex
        if kind == _LOOKING:
            if not is_last and len(buffer) - at < _LONGEST:  # its last word may go on in the next chunk
                at = max(start, buffer.rfind(b"\\", start, at))
                chunk = stream.read(_CHUNK)
                is_last = not chunk
                buffer, at = buffer[at:] + chunk, 0
        elif kind in _PLAIN:
            yield _plain(found, kind or _TEXT)
        elif kind:
            word, number = found[_WORD].decode("ascii"), int(found[_WORD + 1]) if found[_WORD + 1] else None
            if word == "bin" and number and number > 0:
                buffer, at, is_last = _pass_over(stream, buffer[at:], number)
            else:
                yield Token(word, number)


def _plain(found: re.Match[bytes], kind: int) -> Token:
    if kind == _TEXT:
        return Token("", None, found[_TEXT])
    if kind == _UNICODE:
        return Token("u", None, found[_UNICODE])
    if kind == _HEXADECIMAL:
        return Token("", None, bytes.fromhex(found[_HEXADECIMAL].replace(b"\\'", b"").decode("ascii")))
    return Token(found[0].decode("latin-1"))


def _pass_over(stream: BinaryIO, rest: bytes, count: int) -> tuple[bytes, int, bool]:
    while count > len(rest):
        count -= len(rest)
        rest = stream.read(_CHUNK)
        if not rest:
            return b"", 0, True
    return rest[count:], 0, False
