"""Shares of offices: guardians and children, pensions, and a mail that shows everybody everybody's address."""

from __future__ import annotations

from email.header import Header
from typing import TYPE_CHECKING

from bench.accuracy import numbers
from bench.scenarios.persons import Town
from bench.scenarios.truth import Truth
from bench.scenarios.writing import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path
    from random import Random

    from bench.scenarios.persons import Person

#: One family in so many has a second child in the list.
_SIBLINGS = 24
_ERA_START = ((2019, 5, 1, "令和"), (1989, 1, 8, "平成"), (1926, 12, 25, "昭和"))
_LINE = 70


def _families(town: Town, size: int) -> Iterator[tuple[Person, Person, str]]:
    """Draw guardians with a child each, some with two: so many families, with what the guardian is to the child."""
    for family in range(size):
        guardian = town.person()
        for _ in range(1 + (family % _SIBLINGS == _SIBLINGS - 1)):
            child = town.person()
            yield guardian, child, "父" if guardian.sex == "男" else "母"


def guardians(folder: Path, size: int, chance: Random) -> Truth:
    """Write lists of children: a workbook as schools keep it, and the export of a form with both birth dates."""
    town, truth = Town(chance), Truth()
    plain = "保護者氏名 続柄 児童氏名 性別 生年月日 保護者電話番号 保護者住所".split()
    double = "保護者氏名 保護者性別 保護者生年月日 児童との続柄 児童氏名 児童性別 児童生年月日".split()
    first: list[list[str]] = []
    second: list[list[str]] = []
    for guardian, child, parent in _families(town, size):
        born = f"{child.born:%Y/%m/%d}"
        if len(first) < size // 2:
            first.append([guardian.name, parent, child.name, child.sex, born, guardian.mobile, guardian.home])
            file = truth.files["児童名簿.xlsx"]
            file.enter(guardian.key, person_name=guardian.name, relationship=parent, phone_mobile=guardian.mobile)
            file.enter(guardian.key, address=guardian.home)
            file.enter(child.key, person_name=child.name, sex=child.sex, birth_date=born)
            continue
        own = f"{guardian.born:%Y/%m/%d}"
        second.append([guardian.name, guardian.sex, own, parent, child.name, child.sex, born])
        file = truth.files["申込/申込者一覧.csv"]
        file.enter(guardian.key, person_name=guardian.name, sex=guardian.sex, birth_date=own, relationship=parent)
        file.enter(child.key, person_name=child.name, sex=child.sex, birth_date=born)
    write_xlsx(folder / "児童名簿.xlsx", {"名簿": [["令和8年度 児童名簿"], plain, *first]})
    write_csv(folder / "申込/申込者一覧.csv", [double, *second], "cp932")
    return truth


def _in_era(day: date) -> str:
    for year, month, first, name in _ERA_START:
        if (day.year, day.month, day.day) >= (year, month, first):
            return f"{name}{day.year - year + 1}年{day.month}月{day.day}日".replace(f"{name}1年", f"{name}元年")
    return f"{day:%Y/%m/%d}"


def pensions(folder: Path, size: int, chance: Random) -> Truth:
    """Write workbooks of pensioners in folders by section and month; every third stands in the next month too."""
    town, truth = Town(chance), Truth()
    header = "基礎年金番号 氏名 カナ氏名 生年月日 性別".split()
    months = 6
    people = [(one, "-".join(numbers.pension(chance))) for one in town.people(size)]
    taken: set[str] = set()
    people = [(one, code) for one, code in people if code not in taken and not taken.add(code)]  # type: ignore[func-returns-value]
    step = max(1, len(people) // months)
    for month in range(months):
        path = f"年金/第{month % 2 + 1}課/2026年{month + 5:02}月/対象者{month + 5:02}.xlsx"
        some = people[month * step : (month + 1) * step + step // 2 if month < months - 1 else len(people)]
        rows = []
        for one, code in some:
            born = _in_era(one.born) if month % 2 else f"{one.born:%Y/%m/%d}"
            rows.append([code, one.name, one.kana, born, one.sex])
            file = truth.files[path]
            file.enter(one.key, basic_pension_number=code, person_name=one.name, birth_date=one.born.isoformat())
            file.enter(one.key, person_name=one.kana, sex=one.sex)
        write_xlsx(folder / path, {"対象者": [["入力用データ（部外秘）"], [], header, *rows]})
    copy = folder / "年金/担当者作業用/コピー ～ 対象者05.xlsx"
    copy.parent.mkdir(parents=True)
    copy.write_bytes((folder / "年金/第1課/2026年05月/対象者05.xlsx").read_bytes())
    truth.files["年金/担当者作業用/コピー ～ 対象者05.xlsx"] = truth.files["年金/第1課/2026年05月/対象者05.xlsx"]
    return truth


def mail(folder: Path, size: int, chance: Random) -> Truth:
    """Write a mail with so many addresses in Cc, plain, with names, with encoded names; and a copy of it."""
    town, truth = Town(chance), Truth()
    sender = town.person()
    written = []
    for path in ("送信済み/ご案内.eml", "バックアップ/2026/ご案内.eml"):
        truth.files[path].enter(sender.key, email=sender.mail, phone_mobile=sender.mobile)
        truth.files[path].scattered.add(sender.key)
        truth.files[path].totals["email"] += 1  # once more in the signature
    for number, one in enumerate(town.people(size)):
        shown = (
            one.mail,
            f'"{one.name}" <{one.mail}>',
            f"{Header(one.name, 'iso-2022-jp').encode()} <{one.mail}>",
            f"{Header(one.name, 'utf-8').encode()} <{one.mail}>",
            f"<{one.mail}>",
        )[number % 5]
        written.append(shown)
        for file in truth.files.values():
            file.enter(one.key, email=one.mail, name_in_address=one.name if number % 5 in (1, 2, 3) else "")
    body = f"会員の皆様\r\n\r\n説明会のご案内です。\r\n\r\n-- \r\n事務局\r\nTEL {sender.mobile}\r\n{sender.mail}\r\n"
    head = (
        f"From: {sender.mail}\r\nTo: info@zz-kitano-kogyo.co.jp\r\nCc: {_folded(written)}\r\n"
        f"Subject: {Header('説明会のご案内', 'iso-2022-jp').encode()}\r\nDate: Fri, 20 Nov 2026 09:00:00 +0900\r\n"
        "Message-ID: <20261120.1@zz-kitano-kogyo.co.jp>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    )
    for path in truth.files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(head.encode() + body.encode("iso2022_jp"))
    return truth


def _folded(items: list[str]) -> str:
    return ",\r\n ".join(items)
