"""What can be done about a file that was not read: one table from cause to advice, in both languages.

tests/test_remedies.py looks through the sources for every reason that they can give, so that none is without advice.
"""

from __future__ import annotations

from piiscan.formats.row import Words
from piiscan.formats.unread import UNREAD
from piiscan.model import Outcome

_AGAIN = Words(
    "scan again; what was in use or moved is often free then",
    "もう一度スキャンしてください(使用中・移動中だったものは読めることが多いです)",
)
_BROKEN = Words(
    "open it in its own program and save it anew, or restore it from a backup; then scan again",
    "元のアプリケーションで開いて保存し直すか、バックアップから戻して、もう一度スキャンしてください",
)
_CONVERT = Words(
    "convert it to a format that is read (docx, xlsx, pptx, PDF, csv, text), or have a person look",
    "読み取れる形式(docx、xlsx、pptx、PDF、csv、テキスト)に変換するか、人が確認してください",
)
_UNPACK = Words(
    "unpack it into a folder of its own, and scan that",
    "別のフォルダーに展開して、そのフォルダーをスキャンしてください",
)
_SUSPECT = Words(
    "it is made like a zip bomb: have a person look where it comes from, and unpack nothing unseen",
    "zip 爆弾に似た作りです。展開せずに、入手元を人が確認してください",
)
_PASSWORD = Words(
    "give its password in a file (--passwords FILE), save it without one, or have somebody look who knows it",
    "--passwords FILE でパスワードを渡すか、パスワードを外して保存し直すか、パスワードを知る人が確認してください",
)
_OPEN = Words(
    "scan as an account that may read it, or have its owner allow it",
    "読み取り権限のあるアカウントで実行するか、所有者に権限を付けてもらってください",
)
_ENCODING = Words(
    "save it as UTF-8 in the program that it comes from, or have a person look",
    "元のアプリケーションで UTF-8 で保存し直すか、人が確認してください",
)
_PICTURE = Words(
    "let a program for character recognition (OCR) add its text, or have a person look",
    "OCR で文字を付けるか、人が確認してください",
)
_SPLIT = Words("split it into smaller files, and scan those", "小さなファイルに分割して、スキャンしてください")
_REPORT = Words(
    "a fault of piiscan or of a library: have a person look at the file, and report the cause and the format",
    "piiscan かライブラリの不具合です。人がファイルを確認し、原因の語と形式を報告してください",
)
_NOTHING = Words("nothing: it was left out on purpose", "対応不要です(意図して対象外としました)")

#: Advice by reason.
REMEDIES: dict[str, Words] = {
    **dict.fromkeys(
        ("modified", "replaced", "vanished", "interrupted", "EAGAIN", "EBUSY", "ETXTBSY", "ESTALE"), _AGAIN
    ),
    **dict.fromkeys(
        "damaged json html xml pdf sqlite parquet plist docx pptx xlsx mail base64 transfer boundary header"
        " uuencode".split(),
        _BROKEN,
    ),
    **dict.fromkeys(("bytes", "ratio", "entries", "depth"), _UNPACK),
    **dict.fromkeys(("overlap", "entities"), _SUSPECT),
    **dict.fromkeys(("encoding", "glyphs"), _ENCODING),
    **dict.fromkeys(("no text layer", "ocr", "ocr doubt"), _PICTURE),
    **dict.fromkeys(("pages", "ocr pages", "pixels"), _SPLIT),
    **dict.fromkeys(sorted(UNREAD), _CONVERT),
    **dict.fromkeys(("smime", "embedded", "compression"), _CONVERT),
    **dict.fromkeys(
        ("media", "executable", "excluded", "symlink", "special", "hardlink", "filesystem", "output"), _NOTHING
    ),
    "password": _PASSWORD,
    "permission": _OPEN,
    "snapshot": Words(
        "nothing: earlier states of the share; --include-snapshots scans them too",
        "対応不要です(過去の世代)。--include-snapshots で対象にできます",
    ),
    "offline": Words(
        "it lies in the cloud or on tape: fetch it first (keep it on this device), or scan where it is stored",
        "実体がクラウドやテープにあります。先に取り寄せる(常に保持する)か、保管場所でスキャンしてください",
    ),
    "size": Words("raise --max-file-size, or leave it away", "--max-file-size を大きくするか、指定をやめてください"),
    "time": Words("raise --timeout", "--timeout を大きくしてください"),
    "ocr time": Words("raise --timeout", "--timeout を大きくしてください"),
    "memory": Words(
        "unpack it, split it into smaller files, or convert it to csv or text, which take little memory",
        "展開するか、小さなファイルに分割するか、メモリをあまり使わない csv やテキストに変換してください",
    ),
    "members": Words(
        "each file inside has a cause of its own: see the list of what was not read, or --format jsonl",
        "中のファイルごとに原因があります。未読の一覧か --format jsonl をご覧ください",
    ),
    "volume": Words(
        "put all volumes of the archive together, unpack them, and scan that folder",
        "分割書庫をすべてそろえて展開し、そのフォルダーをスキャンしてください",
    ),
    "lost digits": Words(
        "numbers were stored rounded, and their digits are gone: look for the source of the table",
        "数値が丸めて保存され、元の桁が失われています。表の元データを確認してください",
    ),
    "LFS pointer": Words("fetch it: git lfs pull", "git lfs pull で取得してください"),
}

#: Advice where the reason is a name of the system or of a library, such as EIO or `signal 11`.
OTHERWISE: dict[Outcome, Words] = {
    Outcome.PARTIAL: _BROKEN,
    Outcome.SKIPPED: _CONVERT,
    Outcome.UNREADABLE: _OPEN,
    Outcome.ENCRYPTED: _PASSWORD,
    Outcome.UNSUPPORTED: _CONVERT,
    Outcome.TIMEOUT: REMEDIES["time"],
    Outcome.CRASH: _REPORT,
    Outcome.CHANGED: _AGAIN,
    Outcome.ERROR: _REPORT,
}
_NEEDS = Words(
    "install what reads it: {name}, or the extra of piiscan that brings it",
    "読み取る部品 {name}(またはそれを含む piiscan の extra)を入れてください",
)
_SYSTEM = Words(
    "the system could not read it ({name}): look at the disk or the connection, and scan again",
    "システムが読み取れませんでした({name})。ディスクや接続を確認し、もう一度スキャンしてください",
)


def remedy(outcome: Outcome, reason: str) -> Words:
    """Say what to do about a file that ended like this."""
    if reason.startswith("needs "):
        return _named(_NEEDS, reason.removeprefix("needs "))
    if known := REMEDIES.get(reason):
        return known
    if outcome is Outcome.ERROR and reason.startswith("E") and reason.isupper():
        return _named(_SYSTEM, reason)
    return OTHERWISE.get(outcome, _NOTHING)


def _named(words: Words, name: str) -> Words:
    return Words(*(text.format(name=name) for text in words))
