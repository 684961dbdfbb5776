# ruff: noqa: E501 - a row of a table is a line
"""The one table of what the corpus holds: each identifier, who may claim it, and the words people write before it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Identifier:
    """One kind of value. `patterns` are the ids (with `*`) whose claims are right; `keys` are names of fields.

    What is `apart` stands in a table of its own and not in the averages; what is `off` is searched only when asked for.
    Claims of `within` find something true inside of the value: no false alarms, but the value is not found by them.
    """

    ja: str
    en: str
    patterns: tuple[str, ...]
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    apart: bool = False
    off: bool = False
    within: tuple[str, ...] = ()

    def accepts(self, pattern: str) -> bool:
        """Tell whether a claim by a pattern is right."""
        return any(fnmatchcase(pattern, mine) for mine in self.patterns)

    def tolerates(self, pattern: str) -> bool:
        """Tell whether a claim on a part of the value is no false alarm."""
        return any(fnmatchcase(pattern, mine) for mine in self.within)

    def exists(self, known: Iterable[str]) -> bool:
        """Tell whether any pattern there is could claim it."""
        return any(map(self.accepts, known))


def _row(ja: str, en: str, patterns: str, labels: str, keys: str, within: str = "") -> Identifier:
    return Identifier(
        ja, en, tuple(patterns.split()), tuple(labels.split()), tuple(keys.split()), within=tuple(within.split())
    )


def _apart(*row: str) -> Identifier:
    return replace(_row(*row), apart=True)


def _off(*row: str) -> Identifier:
    return replace(_row(*row), off=True)


IDENTIFIERS = {
    "my_number": _row("個人番号", "My Number", "my_number", "個人番号 マイナンバー 本人番号 扶養親族の個人番号", "my_number mynumber kojin_bango"),
    "basic_pension_number": _row("基礎年金番号", "basic pension number", "basic_pension_number", "基礎年金番号 年金番号 年金手帳番号", "pension_number nenkin_no kiso_nenkin"),
    "pension_certificate_number": _row("年金証書番号", "pension certificate number", "pension_certificate*", "年金証書番号 年金証書の基礎年金番号・年金コード", "pension_certificate_no", "basic_pension_number"),
    "resident_record_code": _row("住民票コード", "resident record code", "resident_record_code", "住民票コード 住基コード 住基番号", "resident_record_code jumin_cd"),
    "drivers_licence": _row("運転免許証番号", "driver's licence number", "drivers_licence* driver_licen*", "運転免許証番号 免許証番号 運転免許番号", "license_no drivers_license"),
    "passport_number": _row("旅券番号", "passport number", "passport_number passport", "旅券番号 パスポート番号 旅券No", "passport_no passport_number"),
    "passport_mrz": _row("旅券の機械読取領域", "passport MRZ", "passport_mrz* mrz*", "旅券", "mrz", "passport_number birth_date person_name_passport"),
    "residence_card_number": _row("在留カード番号", "residence card number", "residence_card* special_permanent*", "在留カード番号 在留カード等番号 特別永住者証明書番号", "residence_card_no zairyu_card"),
    "health_insurance": _row("保険証の記号・番号", "health insurance symbol and number", "health_insurance* health_insured*", "被保険者証記号・番号 保険証記号番号 健康保険証", "hoken_kigo_bango"),
    "late_elderly_insured_number": _row("後期高齢者医療 被保険者番号", "late-elderly insured number", "late_elderly* health_insurance_elderly*", "後期高齢者医療被保険者番号 後期高齢者医療", "kouki_hihokensha_no"),
    "care_insurance_number": _row("介護保険 被保険者番号", "care insurance number", "care_insur*", "介護保険被保険者番号 介護保険", "kaigo_hoken_no"),
    "public_expense_recipient": _row("公費受給者番号", "public expense recipient number", "public_expense_recipient*", "公費受給者番号 受給者番号", "jukyusha_no"),
    "employment_insurance_number": _row("雇用保険被保険者番号", "employment insurance number", "employment_insurance*", "雇用保険被保険者番号 雇用保険番号 雇保番号", "koyou_hoken employment_insurance_no"),
    "bank_account": _row("銀行口座", "bank account", "bank_account*", "振込先 口座番号 給与振込口座", "bank_account account_number kouza", "bank*"),
    "yucho_account": _row("ゆうちょ 記号番号", "post office account", "yucho* bank_account* postal_account* japan_post*", "ゆうちょ 通帳記号番号 ゆうちょ記号番号", "yucho yucho_account"),
    "payment_card": _row("カード番号", "payment card", "payment_card", "カード番号 クレジットカード番号 クレカ番号", "card_no card_number cc_number"),
    "card_security_code": _row("セキュリティコード・磁気情報", "card security code, track data", "card_security* cvv* card_verification* card_track* track* payment_card_*", "セキュリティコード CVV CVC", "cvv security_code", "payment_card"),
    "phone_mobile": _row("携帯電話", "mobile phone", "phone_mobile", "携帯電話 携帯 電話番号 緊急連絡先", "mobile keitai phone"),
    "phone_landline": _row("固定電話", "landline", "phone_landline", "電話 TEL 自宅電話 電話番号 FAX", "tel phone_number denwa"),
    "phone_ip": _row("IP電話", "IP phone", "phone_ip", "電話番号 TEL 連絡先", "tel phone"),
    "phone_international": _row("国際形式の電話", "phone with +81", "phone_international phone_mobile phone_landline phone_ip", "電話番号 TEL 携帯", "phone tel"),
    "postal_code": _row("郵便番号", "postal code", "postal_code", "郵便番号 〒", "zip zipcode postal_code"),
    "email": _row("メールアドレス", "e-mail address", "email email_*", "メール メールアドレス E-mail", "email mail_address"),
    "birth_date": _row("生年月日", "birth date", "birth_date*", "生年月日 誕生日 生まれ", "birth_date date_of_birth birthday"),
    "vehicle_plate": _row("自動車登録番号", "vehicle plate", "vehicle_plate* vehicle_registration*", "車両番号 自動車登録番号 ナンバー", "vehicle_no car_number"),
    "us_ssn": _row("米国社会保障番号", "US SSN", "us_ssn", "SSN 社会保障番号", "ssn social_security_number"),
    "ip_address": _row("IPアドレス", "IP address", "ip_address* ipv4* ipv6*", "IPアドレス 接続元IP", "client_ip remote_addr ip_address"),
    "mac_address": _row("MACアドレス", "MAC address", "mac_address*", "MACアドレス", "mac_address mac"),
    "staff_number": _row("社員番号", "staff number", "staff_number* employee_number* member_number personal_number", "社員番号 職員番号 従業員番号", "employee_no emp_no staff_id"),
    "student_number": _row("学籍番号", "student number", "student_number* member_number", "学籍番号 学生番号 受験番号", "student_id student_no"),
    "member_number": _row("会員番号", "member number", "member_number* customer_number*", "会員番号 お客様番号 顧客番号", "member_no customer_id"),
    "patient_number": _row("患者番号", "patient number", "patient_number* member_number", "患者番号 カルテ番号 診察券番号", "patient_id patient_no"),
    "card_serial": _row("マイナンバーカードの製造番号・照合番号", "My Number card serial", "my_number_card* jpki*", "照合番号B 照合番号", "照合番号B", "birth_date"),
    "special_care": _row("要配慮個人情報", "special-care information", "special_care*", "傷病名 診断名 既往歴", "disease diagnosis"),
    "zengin_record": _row("全銀ファイル", "Zengin transfer file", "zengin* bank_transfer* bank_account*", "", "", "bank_account* person_name*"),
    "medical_claim": _row("レセプト", "medical claim file", "medical_claim* receipt* rezept*", "", "", "birth_date health_* person_name* patient_number* sex special_care*"),
    "password": _off("パスワード", "password", "password pin_code credential*", "パスワード 初期パスワード PW", "password passwd pwd"),
    "api_key": _off("APIキー", "API key", "api_key* credential* aws* github* private_key* access_key*", "APIキー アクセスキー", "api_key access_key"),
    "age": _apart("年齢", "age", "age", "年齢", "age"),
    "sex": _apart("性別", "sex", "sex gender", "性別", "sex gender"),
    "relationship": _apart("続柄", "relationship", "relationship family_relationship", "続柄", "relationship zokugara"),
    "workplace": _apart("勤務先", "workplace", "workplace", "勤務先 お勤め先 就業先 勤務先名", "employer workplace"),
    "person_name": _apart("氏名", "name", "person_name* name_*", "氏名 お名前 フリガナ 世帯主", "name full_name shimei"),
    "address": _apart("住所", "address", "address address_*", "住所 現住所 送付先", "address jusho", "postal_code"),
    "corporate_number": _apart("法人番号（公開）", "corporate number (public)", "corporate_number invoice* qualified_invoice*", "法人番号 登録番号", "corporate_number houjin_bangou"),
    "health_insurer_number": _apart("保険者番号（団体）", "insurer number (organisation)", "health_insurer* public_expense_payer*", "保険者番号", "hokensha_no insurer_no"),
    "phone_service": _apart("着信課金などの電話（業務用）", "service phone (business)", "phone_service", "電話番号 お客様窓口 TEL", "tel phone"),
}  # fmt: skip
