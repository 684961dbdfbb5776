"""What speaks against a number: labels of other things, units, parcels, codes and addresses that it is a part of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Sets of negative labels that patterns name in `context.negative`.
NEGATIVE = {
    "documents": (
        "注文番号", "注文", "伝票番号", "伝票", "送り状番号", "送り状", "追跡番号", "追跡", "お問い合わせ番号",
        "受付番号", "管理番号", "品番", "型番", "JAN", "ISBN", "商品コード", "ロット", "ロット番号", "請求書番号",
        "請求番号", "整理番号", "図面", "図番", "シリアル", "シリアル番号", "バージョン", "法人番号",
        "製造番号", "機番", "会社法人等番号", "登録番号", "案件番号", "見積番号", "契約番号", "予約番号", "order",
        "order no", "order id", "tracking", "tracking no", "invoice", "invoice no", "serial", "serial no", "version",
        "lot", "part no", "sku", "timestamp", "account id", "build",
        "受注番号", "発注番号", "注文No", "伝票No", "管理No", "取引番号", "取引ID", "決済番号", "商品番号", "部品番号",
        "部番", "ロットNo", "バーコード", "JANコード", "お問い合わせ伝票番号", "お問合せ番号", "問い合わせ番号",
        "荷物番号", "配送番号", "団体コード", "市区町村コード", "自治体コード", "文書番号", "uuid", "guid", "hash",
        "sha256", "md5", "commit", "transaction id", "waybill", "waybill no", "tracking number", "order number",
        "serial number", "invoice number", "lot no", "ean", "barcode",
    ),
    "institutions": (
        "事業所番号", "介護保険事業所番号", "指定事業所番号", "適用事業所番号", "雇用保険適用事業所番号",
        "労働保険番号", "医療機関コード", "医療機関番号", "薬局コード",
    ),
    # what is told of a workplace beside its name
    "employments": (
        "勤務先コード", "勤務先番号", "勤務先区分", "勤務先種別", "勤務先業種", "勤務先最寄駅", "就業先コード",
        "employer id", "employer code",
    ),
    "registers": ("住所録", "住所コード"),
    "messages": ("message-id", "in-reply-to", "references:"),
    "dates": (
        "今日の日付", "本日",
        "作成日", "更新日", "発行日", "交付日", "有効期限", "期限", "入社日", "入社年月日", "退社日", "退職日",
        "退職年月日", "採用日", "採用年月日", "納品日", "契約日", "診療日", "登録日", "届出日", "申請日", "受付日",
        "取得日", "取得年月日", "開始日", "終了日", "異動日", "死亡日", "死亡年月日", "入会日", "退会日",
        "入学年月日", "卒業年月日", "支払日", "注文日", "施行日", "created", "updated", "expires", "expiry date",
        "issued", "hired", "joined", "order date",
    ),
    # licences to do something other than drive
    "licences": (
        "医師免許番号", "歯科医師免許番号", "薬剤師免許番号", "看護師免許番号", "宅建免許番号", "宅建業免許番号",
        "宅地建物取引業免許番号", "宅地建物取引士証番号", "電気工事士免状番号", "貸金業登録番号", "古物商許可番号",
        "教員免許状番号", "無線局免許番号", "無線従事者免許証番号", "software license no", "medical license no",
    ),
}  # fmt: skip
#: Beside these, `context.negative` of a pattern may name: "units" (an amount or a count), "parcels" (a number of
#: twelve digits with the check digit of parcels, near their words), "codes" (glued to letters, or within a URL).
NEARBY = frozenset({"parcels", "codes"})
SIGNS = frozenset({"units", *NEARBY})
_UNITS = re.compile(r"[ ]?(?:円|¥|￥|\$|千円|万円|件|個|本|枚|人|名|回|点|%|kg|年|月|時間|バイト|bytes)(?![一-鿿])")
_PARCEL_WORDS = re.compile(
    "伝票|送り状|追跡|問い?合わ?せ(?:番号|No)|ヤマト|クロネコ|佐川|ゆうパック|日本郵便|宅急便|宅配|荷物|配送|発送|集荷|tracking|parcel|waybill",
    re.IGNORECASE,
)
_PARCEL_DIGITS = 12
#: What stands right before a part of a code: `PO-`, `id_`, `#`; and all that a URL may have before a number.
_CODE = re.compile(r"[A-Za-z][-_#]\Z|#\Z|https?://[^\s\"'<>|]*\Z", re.ASCII)
#: So many characters before a number tell whether it is within a code.
CODE_REACH = 60


def has_unit(text: str, end: int) -> bool:
    """Tell whether a unit or counter stands right behind a number: an amount, not an identifier."""
    return _UNITS.match(text, end) is not None


def is_parcel(value: str) -> bool:
    """Tell whether a number has the check digit of parcels: twelve digits, the last the others' remainder modulo 7.

    >>> is_parcel("1234-5678-9013"), is_parcel("123456789014"), is_parcel("12345678901")
    (True, False, False)
    """
    digits = "".join(filter(str.isdigit, value))
    return len(digits) == _PARCEL_DIGITS and int(digits[:-1]) % 7 == int(digits[-1])


def iter_signs(signs: Iterable[str], value: str, before: str, around: Iterable[str]) -> Iterator[str]:
    """Yield evidence against an unlabelled number: what stands `before` it on its line, what lies `around` it."""
    if "codes" in signs and _CODE.search(before[-CODE_REACH:]):
        yield "negative:code"
    if "parcels" in signs and is_parcel(value) and any(map(_PARCEL_WORDS.search, around)):
        yield "negative:parcel"


_ORGANISATION = re.compile(
    r"(?:株式|有限|合同|合資|合名)会社|[(](?:株|有|同)[)]|[㈱㈲]|(?:財団|社団|医療|宗教|学校|福祉|行政|非営利活動|NPO)法人|大学|本社|支社|支店|営業所|工場|事務所"
)


def is_of_organisation(before: str) -> bool:
    """Tell whether what stands before an address on its line says that an organisation has its seat there."""
    return _ORGANISATION.search(before) is not None
