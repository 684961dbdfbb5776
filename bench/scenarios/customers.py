"""Shares of companies with customers: a broker, a portal, a courier, a shop, a lender abroad."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.accuracy import numbers
from bench.accuracy.lists import DEPARTMENTS, SURNAMES
from bench.scenarios.persons import Town, latin_name
from bench.scenarios.truth import Truth
from bench.scenarios.writing import write_csv, write_jsonl, write_sql, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


_DAYS = 3000


def _past(chance: Random) -> str:
    return (date(2018, 1, 1) + timedelta(days=chance.randrange(_DAYS))).isoformat()


def _card(chance: Random) -> str:
    return "-".join(numbers.card(chance))


def _member(prefix: str) -> str:
    return prefix + "{:07}"


def brokerage(folder: Path, size: int, chance: Random) -> Truth:
    """Write a list of customers with where they work: an export as CSV, and the same people in a workbook."""
    town, truth = Town(chance), Truth()
    header = "顧客番号 氏名 フリガナ 郵便番号 住所 自宅電話 携帯電話 勤務先".split()
    rows = []
    for number, one in enumerate(town.people(size)):
        company = chance.choice(SURNAMES) + chance.choice(("製作所", "商事", "工業"))
        employer = f"株式会社{company} {chance.choice(DEPARTMENTS)}部"
        landline = one.landline if chance.random() < 0.7 else ""  # noqa: PLR2004
        mobile = one.mobile if not landline or chance.random() < 0.8 else ""  # noqa: PLR2004
        code = f"C{number + 1000000}"
        rows.append([code, one.name, one.kana, one.postal, one.home, landline, mobile, employer])
        for name in ("顧客名簿.csv", "支店配布用/顧客名簿_勤務先付.xlsx"):
            file = truth.files[name]
            file.enter(one.key, member_number=code, person_name=one.name, postal_code=one.postal, address=one.home)
            file.enter(one.key, person_name=one.kana, phone_landline=landline, phone_mobile=mobile, workplace=employer)
    titles = [["顧客名簿（全店）"], ["出力日時：2026/11/20 09:00　出力者：業務部"]]
    write_csv(folder / "顧客名簿.csv", [*titles, header, *rows], "cp932")
    half = len(rows) // 2
    sheets = {"本店": [*titles, header, *rows[:half]], "支店": [*titles, header, *rows[half:]]}
    write_xlsx(folder / "支店配布用/顧客名簿_勤務先付.xlsx", sheets)
    return truth


def portal(folder: Path, size: int, chance: Random) -> Truth:
    """Write lists of the accounts of a portal: numbers with letters, e-mail addresses, and names that users chose."""
    town, truth = Town(chance), Truth()
    ids, mails, handles = [], [], []
    for number, one in enumerate(town.people(size)):
        account = f"yz{chance.randrange(10)}{number:06}"
        if number % 2:
            ids.append([account, _past(chance)])
            truth.files["export/ids.tsv"].enter(one.key, member_number=account)
        else:
            mails.append([one.mail, _past(chance), chance.choice(("active", "closed"))])
            truth.files["export/emails.csv"].enter(one.key, email=one.mail)
        if number < size // 10:
            handle = f"{one.mail.partition('@')[0].replace('+', '_')}"
            handles.append([handle, "1"])
            truth.files["export/handles.csv"].enter(one.key, user_handle=handle)
    write_csv(folder / "export/ids.tsv", [["user_id", "registered_at"], *ids], delimiter="\t")
    write_csv(folder / "export/emails.csv", [["login_email", "registered_at", "status"], *mails], "utf-8-sig")
    write_csv(folder / "export/handles.csv", [["handle", "rank"], *handles])
    return truth


def courier(folder: Path, size: int, chance: Random) -> Truth:
    """Write the members of a courier with their cards: a dump of the table, and a third of it as CSV once more."""
    town, truth = Town(chance), Truth()
    columns = "member_no name name_kana zip address tel email card_no card_expire".split()
    rows = []
    for number, one in enumerate(town.people(size)):
        card = town.once(_card).replace("-", "") if chance.random() < 0.9 else ""  # noqa: PLR2004
        code = _member("M").format(number + 3000000)
        expires = f"{chance.randrange(1, 13):02}/{chance.randrange(27, 32)}" if card else ""
        rows.append([code, one.name, one.kana, one.postal, one.home, one.mobile, one.mail, card, expires])
        for name in ("backup/members.sql", "work/card_members.csv")[: 2 if number < size // 3 else 1]:
            file = truth.files[name]
            file.enter(one.key, member_number=code, person_name=one.name, postal_code=one.postal, address=one.home)
            file.enter(one.key, person_name=one.kana, phone_mobile=one.mobile, email=one.mail, payment_card=card)
    write_sql(folder / "backup/members.sql", "members", columns, rows)
    headers = "会員番号 氏名 フリガナ 郵便番号 住所 電話番号 メールアドレス カード番号 有効期限".split()
    write_csv(folder / "work/card_members.csv", [headers, *rows[: size // 3]])
    return truth


def _masked(card: str, way: int) -> str:
    groups = card.split("-")
    whole = "".join(groups)
    ways = (
        "*" * 12 + whole[-4:],
        f"{groups[0]}-{groups[1][:2]}XX-XXXX-{whole[-4:]}",
        f"{whole[:6]}{'*' * (len(whole) - 10)}{whole[-4:]}",
        f"XXXX-XXXX-XXXX-{whole[-4:]}",
        f"{groups[0]} {groups[1][:2]}** **** {whole[-4:]}",
        f"末尾{whole[-4:]}",
    )
    return ways[way % len(ways)]


def shop(folder: Path, size: int, chance: Random) -> Truth:
    """Write the accounts of a shop with cards of which some digits are masked: no card is to be found."""
    town, truth = Town(chance), Truth()
    accounts: list[dict[str, object]] = []
    orders: list[list[str]] = []
    accounts_of, orders_of = truth.files["db/accounts.jsonl"], truth.files["db/orders.csv"]
    for number, one in enumerate(town.people(size)):
        masked = _masked(_card(chance), number)
        accounts.append(
            {
                "account_id": number + 1,
                "name": one.name,
                "email": one.mail,
                "phone": one.mobile,
                "birthday": one.born.isoformat(),
                "address": {"zip": one.postal, "line": one.home},
                "card": {"masked": masked, "brand": chance.choice(("VISA", "JCB")), "exp": "2029-04"},
                "last_login": _past(chance) + "T10:20:30+09:00",
                "points": chance.randrange(90000),
            }
        )
        accounts_of.enter(one.key, person_name=one.name, email=one.mail, phone_mobile=one.mobile)
        accounts_of.enter(one.key, birth_date=one.born.isoformat(), postal_code=one.postal, address=one.home)
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            code = f"K{number + 200000}"
            orders.append([f"O-{len(orders) + 100000}", code, one.mail, masked, f"{chance.randrange(9000)}"])
            orders_of.enter(one.key, member_number=code, email=one.mail)
    write_jsonl(folder / "db/accounts.jsonl", accounts)
    write_csv(folder / "db/orders.csv", [["注文番号", "会員番号", "メールアドレス", "カード番号", "金額"], *orders])
    return truth


def lender(folder: Path, size: int, chance: Random) -> Truth:
    """Write applications in English: names, SSNs, cards."""
    town, truth = Town(chance), Truth()
    header = ["Full Name", "SSN", "Date of Birth", "Card Number", "Exp Date", "Email", "Credit Score"]
    rows = []
    for one in town.people(size):
        name, ssn = latin_name(chance), town.once(lambda chance: "-".join(numbers.ssn(chance)))
        card = town.once(_card).replace("-", chance.choice((" ", "")))
        score = str(chance.randrange(500, 850))
        rows.append([name, ssn, one.born.isoformat(), card, "04/29", one.mail, score])
        file = truth.files["applications_2026.csv"]
        file.enter(one.key, person_name=name, us_ssn=ssn, birth_date=one.born.isoformat(), email=one.mail)
        file.enter(one.key, payment_card=card.replace(" ", ""))
    write_csv(folder / "applications_2026.csv", [header, *rows])
    return truth
