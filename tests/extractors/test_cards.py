"""vCard, iCalendar and LDIF: people as rows, properties under their labels, in every encoding, with their lines."""

from __future__ import annotations

import base64
import quopri
import time
from typing import TYPE_CHECKING

import pytest

from piiscan.config import ScanConfig
from piiscan.extractors import choose
from piiscan.model import FileRef, FileReport, Outcome
from piiscan.piece import Member
from piiscan.scan import merge, scan_content

if TYPE_CHECKING:
    from tests.extractors.conftest import Pieces, Read

VCARD, CALENDAR, LDIF = "vcard:extract_vcard", "calendar:extract_calendar", "ldif:extract_ldif"
NAME, PHONE, MAIL, ADDRESS = "三浦 克己", "090-8201-3344", "miura@piiscan-demo.jp", "東京都千代田区丸の内1-2-3"


def quoted(text: str, encoding: str = "cp932") -> str:
    return quopri.encodestring(text.encode(encoding)).decode()


CARD2 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    f"N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:{quoted('三浦;克己')}\r\n"
    f"FN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:{quoted(NAME)}\r\n"
    f"SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:ﾐｳﾗ;ｶﾂﾐ;;;\r\n"
    f"TEL;CELL;VOICE:{PHONE}\r\nTEL;WORK;FAX:03-6205-1177\r\n"
    f"EMAIL;INTERNET:{MAIL}\r\n"
    f"ADR;HOME;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:;;{quoted('丸の内1-2-3;千代田区;東京都')};100-0005;\r\n"
    f"NOTE;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:{quoted('長い備考' * 20)}\r\n"
    "PHOTO;JPEG;ENCODING=BASE64:\r\n /9j/4AAQ\r\n SkZJRg==\r\n\r\nEND:VCARD\r\n"
)
CARD4 = (
    "BEGIN:VCARD\nVERSION:4.0\n"
    f'FN:{NAME}\nN:三浦;克己;;;\nitem1.TEL;TYPE="cell,voice";VALUE=uri:tel:{PHONE}\nTEL:03-6205-1177\n'
    f"EMAIL;TYPE=work:{MAIL}\nEMAIL:second@piiscan\n -demo.jp\n"
    'ADR;LABEL="〒100-0005; 東京:都":;;丸の内1-2-3;千代田区;東京都;100-0005;日本\n'
    "BDAY:19900131\nNOTE:一行目\\n二行目\\, 以上\nPHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRg==\nX-社員:x\nEND:VCARD\n"
)  # fmt: skip
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@piiscan-demo.jp\r\nDTSTART:20240101T090000Z\r\n"
    f"SUMMARY:面談 {NAME}\r\nDESCRIPTION:連絡先\\n電話 090-820\r\n 1-3344\\, 内線\r\nLOCATION:{ADDRESS}\r\n"
    'X-APPLE-STRUCTURED-LOCATION;X-ADDRESS="大阪市北区梅田1-1":geo:35.6,139.7\r\n'
    f'ORGANIZER;CN="佐藤 恵":mailto:sato@piiscan-demo.jp\r\n'
    f'ATTENDEE;CN={NAME};ROLE=REQ-PARTICIPANT;SENT-BY="mailto:hisho@piiscan-demo.jp":MAILTO:{MAIL}\r\n'
    "ATTENDEE:mailto:third@piiscan-demo.jp\r\n"
    f"ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=a.csv:{base64.b64encode(f'電話,{PHONE}'.encode()).decode()}\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)  # fmt: skip
DIRECTORY = (
    "version: 1\n# 見出し\n\ndn: cn=miura,ou=営業,dc=piiscan-demo\nobjectClass: person\n"
    f"cn:: {base64.b64encode(NAME.encode()).decode()}\nsn;lang-ja: 三浦\ncn;lang-ja;phonetic: ミウラ カツミ\n"
    f"mobile: {PHONE}\nmail: miura@pii\n scan-demo.jp\nmail: second@piiscan-demo.jp\n"
    "postalAddress: 東京都千代田区$丸の内1-2-3\n"
    "jpegPhoto:: /9j/4AAQSkZJRgABAQAAAAAA\nlabeledURI:< file:///x\n\n"
    "dn:: " + base64.b64encode("cn=佐藤 恵,dc=piiscan-demo".encode()).decode() + "\nchangetype: modify\n"
    "replace: telephoneNumber\ntelephoneNumber: 03-6205-1177\n-\n"
)  # fmt: skip


def row(pieces: Pieces, index: int = 0) -> dict[str, str]:
    table = pieces.tables[index]
    return {header: column[0] for header, column in zip(table.headers, table.columns, strict=True)}


def members(pieces: Pieces) -> dict[str, bytes]:
    return {piece.name: piece.open().read() for piece in pieces if isinstance(piece, Member)}


def scan(name: str, data: bytes) -> FileReport:
    told = list(scan_content(FileRef(name, name), data, ScanConfig(key=bytes(32), run_key=bytes(32))))
    report = told[-1]
    assert isinstance(report, FileReport)
    return merge([part for part in told[:-1] if not isinstance(part, FileReport)], report)


def test_a_card_of_a_telephone_is_a_row(read: Read) -> None:
    pieces = read(VCARD, CARD2.encode("cp932"))
    assert row(pieces) == {
        "姓": "三浦", "名": "克己", "氏名": NAME, "フリガナ": "ﾐｳﾗ;ｶﾂﾐ;;;", "携帯電話": PHONE, "FAX": "03-6205-1177",
        "メール": MAIL, "郵便番号": "100-0005", "住所": ADDRESS, "備考": "長い備考" * 20,
    }  # fmt: skip
    assert members(pieces) == {"photo-1": b"\xff\xd8\xff\xe0\0\x10JFIF"}
    assert pieces.reasons == []


def test_a_card_of_today_is_a_row_with_its_lines(read: Read) -> None:
    pieces = read(VCARD, CARD4)
    assert row(pieces) == {
        "氏名": NAME, "姓": "三浦", "名": "克己", "携帯電話": PHONE, "電話番号": "03-6205-1177", "メール": MAIL,
        "メール2": "second@piiscan-demo.jp", "郵便番号": "100-0005", "住所": f"{ADDRESS}   日本",
        "住所2": "〒100-0005; 東京:都",
        "生年月日": "19900131",
        "備考": "一行目\n二行目, 以上",
    }  # fmt: skip
    (table,) = pieces.tables
    assert table.locate(0, 0, 0)[:2] == (3, 4)
    assert table.locate(0, 0, 3)[:2] == (3, 7)
    assert table.locate(6, 0, 9)[:2] == (8, 7)  # folded: where it begins
    assert [(segment.text, segment.first_line) for segment in pieces.segments] == [("X-社員:x", 14)]
    assert list(members(pieces)) == ["photo-1"]


def test_many_cards_are_one_table(read: Read) -> None:
    cards = "".join(f"BEGIN:VCARD\nFN:{NAME}\nTEL:0{n}\nEND:VCARD\n" for n in range(500))
    (table,) = read(VCARD, cards).tables
    assert len(table.columns[0]) == 500
    assert table.locate(1, 499, 0).line == 499 * 4 + 3


def test_events_and_those_who_take_part(read: Read) -> None:
    pieces = read(CALENDAR, EVENT)
    assert row(pieces) == {
        "SUMMARY": f"面談 {NAME}",
        "DESCRIPTION": "連絡先\n電話 090-8201-3344, 内線",
        "LOCATION": ADDRESS,
        "X-APPLE-STRUCTURED-LOCATION": "geo:35.6,139.7",
        "X-ADDRESS": "大阪市北区梅田1-1",
    }
    people = {cell for table in pieces.tables if table.part == "people" for column in table.columns for cell in column}
    assert people == {
        "佐藤 恵", "sato@piiscan-demo.jp", NAME, MAIL, "hisho@piiscan-demo.jp", "third@piiscan-demo.jp",
    }  # fmt: skip
    assert {table.headers for table in pieces.tables if table.part == "people"} == {
        ("氏名", "メール"), ("氏名", "メール", "SENT-BY"), ("メール",),
    }  # fmt: skip
    assert pieces.reasons == []
    assert members(pieces) == {"a.csv": f"電話,{PHONE}".encode()}


def test_entries_of_a_directory(read: Read) -> None:
    pieces = read(LDIF, DIRECTORY)
    assert row(pieces) == {
        "dn": "cn=miura,ou=営業,dc=piiscan-demo", "氏名": NAME, "姓": "三浦", "フリガナ": "ミウラ カツミ",
        "携帯電話": PHONE,
        "メール": MAIL, "メール2": "second@piiscan-demo.jp", "住所": "東京都千代田区 丸の内1-2-3",
        "labeledURI": "file:///x",
    }  # fmt: skip
    assert row(pieces, 1) == {
        "dn": "cn=佐藤 恵,dc=piiscan-demo",
        "電話番号": "03-6205-1177",
        "氏名": "佐藤 恵",
    }
    assert pieces.tables[0].locate(4, 0, 2)[:2] == (9, 11)
    assert [(segment.text, segment.first_line) for segment in pieces.segments] == [("# 見出し", 2)]
    assert list(members(pieces)) == ["jpegPhoto-1"]
    assert pieces.reasons == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.vcf", CARD2.encode("cp932")),
        ("a.vcf", CARD4.encode()),
        ("a.vcf", CARD4.encode("utf-16")),
        ("a.ics", EVENT.encode()),
        ("a.ldif", DIRECTORY.encode()),
    ],
)
def test_values_are_found_as_what_they_are(name: str, data: bytes) -> None:
    report = scan(name, data)
    assert report.outcome is Outcome.COMPLETE
    patterns = {finding.pattern for finding in report.findings}
    assert {"person_name", "phone_mobile", "email", "address"} <= patterns
    assert all(finding.location.line for finding in report.findings)
    assert report.people.estimate == {"a.vcf": 1, "a.ics": 4, "a.ldif": 2}[name]


def test_such_texts_are_chosen_by_name_and_content() -> None:
    for name, data, chosen in (("a.vcf", CARD4, VCARD), ("a.ics", EVENT, CALENDAR), ("a.ldif", DIRECTORY, LDIF)):
        assert choose(name, data.encode()) == chosen
    assert choose("x", CARD2.encode("cp932")) == VCARD
    assert choose("x", EVENT.encode()) == CALENDAR
    assert choose("x", DIRECTORY[DIRECTORY.index("dn:") :].encode()) == LDIF


@pytest.mark.parametrize("tenth", range(1, 11))
@pytest.mark.parametrize(("chosen", "text"), [(VCARD, CARD4), (CALENDAR, EVENT), (LDIF, DIRECTORY)])
def test_what_was_cut_is_never_complete(read: Read, chosen: str, text: str, tenth: int) -> None:
    data = text.encode()
    cut = data[: len(data) * tenth // 11]
    pieces = read(chosen, cut)
    # LDIF has no end of its own: where a line ends, it may be whole.
    assert pieces.reasons or (chosen == LDIF and cut.endswith(b"\n"))


@pytest.mark.parametrize(("chosen", "text"), [(VCARD, CARD4), (CALENDAR, EVENT)])
def test_the_last_line_may_be_cut_as_well(read: Read, chosen: str, text: str) -> None:
    whole = text.rstrip()
    assert read(chosen, whole).reasons == []
    for lost in range(1, 6):
        assert read(chosen, whole[:-lost]).reasons == ["damaged"]


@pytest.mark.parametrize(
    "line",
    [
        "A" * 1_500_000,
        "FN" + ';x="' * 250_000 + ":",
        "FN" + ";" * 500_000 + ":",
        "NOTE:" + "\\" * 500_000,
        "NOTE:" + "x\n " * 200_000,
        "N:" + ";" * 500_000,
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\n" * 150_000,
        "FN:x\n" * 100_000,
    ],
    ids=range(8),
)
@pytest.mark.parametrize("chosen", [VCARD, CALENDAR, LDIF])
def test_hostile_lines_are_bounded(read: Read, chosen: str, line: str) -> None:
    started = time.process_time()
    pieces = read(chosen, f"BEGIN:VCARD\n{line}\nTEL:{PHONE}\nEND:VCARD\n")
    pieces.assert_shape()
    assert any(PHONE in text for text in pieces.texts)
    assert time.process_time() - started < 5
