"""勤務先 (workplaces): what can be the name of one, where a label or a header asks for it."""

from __future__ import annotations

import re

from piiscan.verdict import Verdict

#: Written where somebody works nowhere or does not say where, and occupations.
_NONE = re.compile(
    r"無し|なし|無職|無|未定|不明|同上|同左|同じ|該当(?:なし|無し|せず)|特に?なし|その他|未(?:記入|入力|登録|設定|確認)|非公開|空欄|必須|任意"
    r"|退職(?:済み?)?|休職中?|主婦|主夫|専業主婦|学生|生徒|年金(?:受給者|生活)?|会社員|公務員|自営業?|自由業|農業|パート|アルバイト|派遣"
    r"|フリーランス|会社|[株有合].会社|[一-鿿]{0,4}法人|在宅|自宅|実家|携帯|本人"
    r"|(?:介護|健康|雇用|社会|医療)保険|後期高齢者医療|(?:API|アクセス)キー"
)
#: In Latin letters, what stands for no company: blanks, what a form asks for, where somebody works, types of a program.
_WORDS = frozenset(
    "na n/a none null nil nan tbd tba tbc wip todo fixme pending unknown undefined unspecified undisclosed private"
    " confidential various other others default optional required empty blank same sameasabove yes no true false"
    " on off notapplicable notemployed nowhere name names company companyname employer employers employername employee"
    " workplace work job office athome home house homeoffice remote wfh workfromhome abroad overseas unemployed retired"
    " student freelance freelancer homemaker housewife parttime fulltime self selfemployed value field label title"
    " input select string str text char varchar int integer number bool boolean object array list dict any person user"
    " owner test dummy ssn cvv cvc pw email mail sample example foo bar baz xxx abc".split()
)
#: The next field of a form, or a sentence: no name ends so, and no name has を in it.
_OTHER = re.compile(
    "(?:番号|住所|所在地|電話|氏名|名前|名称|フリガナ|ふりがな|TEL|FAX|年月日|年数|欄|役職|職種|業種|職業|部署|区分|コード|情報|変更|連絡先|振込先|送付先|口座|年齢|性別|続柄|国籍|血液型|既往歴|病名|診断名|パスワード|番号[A-Z]|接続元IP|E-?mail|アドレス|ナンバー|メール|一覧|等|など"
    r"|です|ます|した|する|ない|こと|さい|とき|場合|ため|から|まで|より|れる|いる|ある)[)]?$|を|^(?:の|に|は|が|で|と|へ|や|も)(?![ぁ-ゖ])",
    re.IGNORECASE,
)
#: An address is one, whoever is found there.
_ADDRESS = re.compile(r"^.{2,3}[都道府県].{1,6}[市区町村]|[0-9一二三四五六七八九十](?:丁目|番地|番[0-9])|[0-9]-[0-9]")
_JOINTS = re.compile("[ .'-]")
_LETTERS = re.compile("[^0-9().,&・'’ -]")
_LEAST = 2


def workplace(value: str) -> Verdict:
    """Judge what stands where a workplace is asked for.

    >>> [workplace(name).name for name in ("株式会社青葉製作所 営業部", "みどり銀行", "Aoba Trading")]
    ['VALID', 'VALID', 'VALID']
    >>> [workplace(name).name for name in ("KDDI", "Toyota Motor", "N.A.", "none", "TBD", "home", "Self-employed")]
    ['VALID', 'VALID', 'INVALID', 'INVALID', 'INVALID', 'INVALID', 'INVALID']
    >>> [workplace(name).name for name in ("無職", "電話番号", "03-1234-5678", "会社名を記入", "東京都港区芝公園4-2-8")]
    ['INVALID', 'INVALID', 'INVALID', 'INVALID', 'INVALID']
    """
    is_word = value.isascii() and _JOINTS.sub("", value).lower() in _WORDS
    is_none = is_word or _NONE.fullmatch(value) or _OTHER.search(value) or _ADDRESS.search(value)
    return Verdict.INVALID if is_none or len(_LETTERS.findall(value)) < _LEAST else Verdict.VALID
