"""Files of records, as banks and clinics write them: each record is one person, whatever parts the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from piiscan.model import Count, FileRef, FileReport, Outcome, Part
from piiscan.scan import merge, scan_file
from piiscan.walk import iter_files
from tests.mock_extractor import config_for

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "ｱｲｳｴｵｶｷｸｹｺｻｼ"


def scanned(path: Path) -> FileReport:
    config = config_for(path)
    (item,) = iter_files(config)
    assert isinstance(item, FileRef)
    *parts, report = scan_file(item, config.scan)
    assert isinstance(report, FileReport)
    return merge([part for part in parts if isinstance(part, Part)], report)


def transfers() -> list[str]:
    """Make a payroll file: a header, a record for each payee, the sum, the end; 120 half-width characters each."""
    head = "1110" + "1234567890" + "ﾃｽﾄｼﾖｳｼﾞ".ljust(40) + "1125" + "0001" + "ﾐｽﾞﾎ".ljust(15)
    lines = [head]
    for number, letter in enumerate(FAMILY):
        bank = "0005" + "ﾐﾂﾋﾞｼUFJ".ljust(15) + "006" + "ｼﾝｼﾞﾕｸ".ljust(15) + "0000"
        account = f"1{3_000_000 + number * 7919:07}" + f"{letter}ﾏﾀﾞ ｼﾞﾛｳ".ljust(30)
        lines.append("2" + bank + account + f"{250_000 + number:010}" + "0" + " " * 20 + "7")
    return [line.ljust(120) for line in (*lines, "8000012" + "000003000066", "9")]


@pytest.mark.parametrize("end", ["\r\n", ""])
def test_every_transfer_of_a_zengin_file_is_one_person(tmp_path: Path, end: str) -> None:
    lines = transfers()
    assert {len(line.encode("cp932")) for line in lines} == {120}
    path = tmp_path / "kyuyo.dat"
    path.write_bytes("".join(line + end for line in lines).encode("cp932"))
    report = scanned(path)
    assert report.outcome is Outcome.COMPLETE
    assert report.tally.shown == {"zengin_transfer": Count(len(FAMILY), len(FAMILY))}
    assert report.findings[0].mask == "***0000"
    assert report.findings[0].score == 95


def test_every_claim_of_a_receipt_file_is_one_patient(tmp_path: Path) -> None:
    lines = ["IR,1,13,1,1234567,,テスト医院,50711,00,"]
    for number, letter in enumerate("山川田森林谷", 1):
        lines += [
            f"RE,{number},1112,50710,検査　{letter}太郎,1,35005{number:02},,,,,,,,,,,,,",
            f"HO,06130124,２１７０,{1000 + number},3,1200,,,,,",
            "SY,8830417,50701,1,,,01,,",
            "SI,11,1,111000110,,288,1,,,,",
        ]
    path = tmp_path / "RECEIPTC.UKE"
    path.write_bytes("\r\n".join((*lines, "GO,6,7200,99")).encode("cp932"))
    report = scanned(path)
    assert report.outcome is Outcome.COMPLETE
    assert report.tally.shown == {"medical_claim_patient": Count(6, 6), "medical_claim_insured": Count(6, 6)}
    assert {finding.mask for finding in report.findings if finding.pattern == "medical_claim_patient"} == {"*" * 6}
    assert "要配慮個人情報" in report.findings[0].legal_class
