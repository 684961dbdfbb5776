"""氏名 (names of people): a surname and a given name that the lists have, or what can be one beside a label."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from piiscan.data import load_lines, load_words
from piiscan.spelling import KATAKANA, VARIANTS, all_romanised, romanised
from piiscan.stored import code_of, stored
from piiscan.verdict import Verdict

_HONORIFIC = re.compile("[ ]?(?:様|殿|さん|さま|氏|先生|君|くん|ちゃん)$")
#: Written where a name is asked for and none is given, or as the head of the next field.
_PLACEHOLDERS = frozenset(
    "未定 不明 該当なし 該当無し なし 無し 匿名 非公開 同上 本人 未記入 未入力 未登録 未設定 空欄 名無し 必須 任意"
    " 要確認 氏名 名前 姓名 住所 電話 フリガナ ふりがな カナ ヨミガナ シメイ セイメイ テスト ダミー サンプル ナシ"
    " フメイ ミテイ トクメイ".split()
)
_FEIGNED = ("テスト", "てすと", "ダミー", "サンプル", "見本", "架空", "匿名", "不明", "未定", "名無")
_SAMPLES = re.compile(
    "(?:山田|日本|東京|甲野|乙野|乙山|丙川|鈴木|名前|氏名|見本)(?:太郎|花子|次郎)|(?:ヤマダ|ニホン|コウノ|オツノ)(?:タロウ|ハナコ|ジロウ)"
    "|(?:yamada|nihon|kono)(?:taro|hanako)|(?:taro|hanako)(?:yamada|nihon|kono)"
)
#: A company, an office, a post: what begins or ends so is no person.
_ORGANISATION = re.compile(
    "株式|有限|合同|合資|合名|法人|公社|公団|組合|協会|学会|大学|学校|高校|病院|医院|銀行|商店|商事|工業|産業|製作|電機|電気|建設|物流|運輸|不動産"
    "|保険|証券|支店|支社|本社|本店|本部|支部|営業|事務|空港|市役|県庁|都庁|府庁|道庁|県警|委員|会社|工場|倉庫|総務|経理|人事|企画|開発|広報|担当"
    "|課長|部長|係長|社長|店長|局長|室長|所長|院長|校長|主任|議員|知事|大臣|市長"
    "|.[都道府県市区町村郡課係局庁店社所会校院署班館園寺駅部室署組]$"
)
#: What stands behind a given name that a thing is named after.
_NO_SURNAME = frozenset(
    "and or of the street st road avenue school college university hospital hotel library institute foundation award"
    " prize memorial island islands river lake bay airport station church group company inc ltd llc corp team project"
    " server test user name model effect syndrome disease law theorem algorithm".split()
)
_LONGEST_PART = 4
_PARTS = ("surname", "given")
_KANA = re.compile("[ァ-ヶー]+")
_KATAKANA = re.compile("[ァ-ヶー]{3,}")
_KANJI = re.compile("[一-鿿㐀-䶿々]+")


def person_name(value: str) -> Verdict:
    """Judge a name beside its label: LISTED if both parts are, VALID if one is, UNCONFIRMED for a surname alone.

    >>> [person_name(name).name for name in ("佐藤 花子", "高橋健太様", "サトウ", "サトウ ハナコ", "SATO, Hanako")]
    ['LISTED', 'LISTED', 'INVALID', 'LISTED', 'LISTED']
    >>> [person_name(name).name for name in ("山田太郎", "山田", "太郎", "千葉大学", "テスト太郎", "本日休業")]
    ['SAMPLE', 'UNCONFIRMED', 'INVALID', 'INVALID', 'INVALID', 'INVALID']
    >>> [person_name(word).name for word in ("サトウハナコ", "アクション", "コンセント")]
    ['LISTED', 'INVALID', 'INVALID']
    """
    name = _HONORIFIC.sub("", value) if len(value) > 2 else value  # noqa: PLR2004 - 野様 is somebody's name
    return _judge(name.translate(VARIANTS))


def person_name_addressed(value: str) -> Verdict:
    """Judge a name in front of an honorific: both parts have to be listed, as anything may stand there (同様, 仕様).

    >>> [person_name_addressed(name).name for name in ("高橋健太様", "髙橋様", "仕様", "経営者様")]
    ['LISTED', 'UNCONFIRMED', 'INVALID', 'INVALID']
    """
    verdict = person_name(value)
    return Verdict.INVALID if verdict is Verdict.VALID else verdict


#: How fields are called before whose value names are looked for: the lists need not be loaded to know it.
_FIELD = re.compile("(?:電話|携帯|番号|住所|連絡先|勤務先|自宅|所在地|メール|アドレス|年月日|生年|郵便|年金|個人|先)$")


def may_begin(word: str, text: str) -> bool:
    """Tell whether a name can begin with a word, as it goes on in `text`: with a listed surname, or Latin letters.

    >>> may_begin("髙橋健太", "髙橋健太様"), may_begin("さとう", "さとう "), may_begin("携帯電話", "携帯電話：")
    (True, True, False)
    """
    if word.isascii():
        return True
    is_kanji = _KANJI.match(word) is not None
    name = text.translate(VARIANTS if is_kanji else KATAKANA)
    surnames, longest = _surnames(is_kanji=is_kanji)
    for size in range(1, min(len(name), longest) + 1):
        if name[:size] in surnames:
            return not _FIELD.search(word)
    return False


@cache
def _surnames(*, is_kanji: bool) -> tuple[frozenset[str], int]:
    """Give the surnames in kanji, or their readings in katakana, and the length of the longest."""
    surnames = load_words("names.words")["surnames" if is_kanji else "surname_readings"]
    return surnames, max(map(len, surnames))


def person_name_listed(value: str) -> Verdict:
    """Judge a name where much else may stand: only one whose parts are both listed is one, and no word of two kanji.

    >>> [person_name_listed(name).name for name in ("高橋健太", "Hanako Sato", "山田太郎", "髙橋", "林道", "履歴書")]
    ['LISTED', 'LISTED', 'SAMPLE', 'INVALID', 'INVALID', 'INVALID']
    """
    if _FIELD.search(value):
        return Verdict.INVALID
    verdict = person_name(value.replace("_", " "))
    is_one = verdict in {Verdict.LISTED, Verdict.SAMPLE} and len(value) > 2  # noqa: PLR2004 - 関東, 平和
    return verdict if is_one else Verdict.INVALID


def person_name_part(value: str) -> Verdict:
    """Judge a surname or a given name in a field that asks for one of them.

    >>> [person_name_part(name).name for name in ("髙橋", "花子", "さくら", "サトウ", "Hanako", "総務部", "Display")]
    ['LISTED', 'LISTED', 'LISTED', 'LISTED', 'LISTED', 'INVALID', 'INVALID']
    """
    name, words = value.translate(VARIANTS), load_words("names.words")
    if name in _PLACEHOLDERS:
        return Verdict.INVALID
    if name.isascii():
        is_listed = any(romanised(name) in _romanised(f"{part}_readings") for part in _PARTS)
    else:
        kana = name.translate(KATAKANA)
        is_kana = _KANA.fullmatch(kana) is not None
        is_listed = name in words["surnames"] or name in words["given"]
        is_listed = is_listed or (is_kana and any(kana in words[f"{part}_readings"] for part in _PARTS))
    return Verdict.LISTED if is_listed else Verdict.INVALID


@lru_cache(maxsize=65_536)
def _judge(name: str) -> Verdict:
    if name.isascii():
        return _judge_letters(name)
    parts = [part for part in re.split("[ ・]+", name) if part]
    whole = "".join(parts)
    if not parts or whole in _PLACEHOLDERS or whole.startswith(_FEIGNED) or not _PLACEHOLDERS.isdisjoint(parts):
        return Verdict.INVALID
    kana = whole.translate(KATAKANA)
    if _SAMPLES.fullmatch(whole) or _SAMPLES.fullmatch(kana):
        return Verdict.SAMPLE
    if _KANA.fullmatch(kana):
        return _judge_kana([part.translate(KATAKANA) for part in parts], is_foreign="・" in name)
    if len(parts) == 1:
        return _judge_run(whole)
    first, last = parts[0], "".join(parts[1:])
    return _judge_parts(first, last)


def _judge_run(name: str) -> Verdict:
    """Judge a name without a space: where the surname ends is not known."""
    words = load_words("names.words")
    if name in words["homographs"] or _ORGANISATION.search(name):
        return Verdict.INVALID
    splits = [(name[:at], name[at:]) for at in range(1, len(name))]
    known = [(first, last) for first, last in splits if first in words["surnames"] and _is_given(last)]
    # 長い and と are listed as well: one kanji and kana after it are mostly a verb
    if any(len(first) > 1 or _KANJI.fullmatch(last) for first, last in known):
        return Verdict.LISTED
    if name in words["surnames"]:
        return Verdict.UNCONFIRMED if len(name) > 1 else Verdict.INVALID
    rare = (last for first, last in splits if len(first) > 1 and first in words["surnames"])
    return Verdict.VALID if any(map(_may_be_given, rare)) else Verdict.INVALID


def _judge_parts(first: str, last: str) -> Verdict:
    """Judge a name with a space in it; the first part has to be a surname, or the whole of a name."""
    words = load_words("names.words")
    if first not in words["surnames"]:
        if first.translate(KATAKANA) in words["surname_readings"] and _KATAKANA.fullmatch(first) and _is_given(last):
            return Verdict.VALID  # スミス 花子: a surname of another country
        return Verdict.VALID if _judge_run(first) is Verdict.LISTED else Verdict.INVALID
    if _is_given(last):
        return Verdict.LISTED
    is_word = last in words["nouns"] or last in words["homographs"] or _ORGANISATION.search("_" + last)
    return Verdict.INVALID if is_word or len(last) > _LONGEST_PART else Verdict.VALID


def _is_given(name: str) -> bool:
    words = load_words("names.words")
    return name in words["given"] or (len(name) > 1 and name.translate(KATAKANA) in words["given_readings"])


def _may_be_given(name: str) -> bool:
    """Tell whether a given name could be written so: one or two of the kanji that given names have, and no word."""
    return len(name) <= 2 and all(map(_is_letter, name)) and name not in load_words("names.words")["nouns"]  # noqa: PLR2004


@lru_cache(maxsize=8192)
def _is_letter(char: str) -> bool:
    return load_words("names.words").has_letter("given", char)


def _judge_kana(parts: list[str], *, is_foreign: bool) -> Verdict:
    words = load_words("names.words")
    surnames, given = words["surname_readings"], words["given_readings"]
    if len(parts) > 1:
        known = parts[0] in surnames, "".join(parts[1:]) in given
        is_foreign = is_foreign or (parts[0] in given and parts[-1] in surnames)  # マイケル スミス
        return Verdict.LISTED if all(known) else Verdict.VALID if any(known) or is_foreign else Verdict.INVALID
    name = parts[0]
    if name in words["kana_homographs"]:
        return Verdict.INVALID
    is_listed = any(name[:at] in surnames and name[at:] in given for at in range(2, len(name) - 1))
    return Verdict.LISTED if is_listed else Verdict.INVALID


def _judge_letters(name: str) -> Verdict:
    """Judge a name in Latin letters, in either order; of a foreign one, the given name alone has to be known."""
    words = [part for part in re.split("[ ,]+", name) if part]
    parts = [*map(romanised, words)]
    if _SAMPLES.fullmatch("".join(parts)):
        return Verdict.SAMPLE
    if len(parts) < 2:  # noqa: PLR2004 - none at all, or one name of two
        return Verdict.INVALID
    surnames, given = _romanised("surname_readings"), _romanised("given_readings")
    first, last = parts[0], parts[-1]
    if (first in surnames and last in given) or (last in surnames and first in given):
        return Verdict.LISTED
    words = [*map(str.lower, words)]
    is_foreign = not _abroad().isdisjoint((words[0], words[-1])) and _NO_SURNAME.isdisjoint(words)
    return Verdict.VALID if is_foreign else Verdict.INVALID


@lru_cache(maxsize=1)
def _abroad() -> frozenset[str]:
    return frozenset(load_lines("given_names_abroad.txt"))


@lru_cache(maxsize=2)
def _romanised(readings: str) -> frozenset[str]:
    known = load_words("names.words").line(readings)
    kept = stored("romanised", known.encode() + code_of(["spelling"]), lambda: _romanise(known))
    return frozenset(kept.decode().split(" "))


def _romanise(known: str) -> bytes:
    return " ".join(sorted(all_romanised(known.split(" ")))).encode()
