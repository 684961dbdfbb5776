"""Formats of digits show numbers as a spreadsheet does; all others are left alone."""

from __future__ import annotations

import pytest

from piiscan.digitformats import read_format, show_digits


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("000-0000", 600001, "060-0001"),
        (r"000\-0000", 1000001, "100-0001"),
        ("0000000", 600001, "0600001"),
        ('000"-"0000"-"0000', 9012345678, "090-1234-5678"),
        ('"〒"000-0000', 600001, "〒060-0001"),
        (r"[<=999]000;[<=9999]000\-00;000\-0000", 60, "060"),
        (r"[<=999]000;[<=9999]000\-00;000\-0000", 6012, "060-12"),
        (r"[<=999]000;[<=9999]000\-00;000\-0000", 600001, "060-0001"),
        (r"[<=99999999]####\-####;\(00\)\ ####\-####", 312345678, "(03) 1234-5678"),
        (r"[<=99999999]####\-####;\(00\)\ ####\-####", 12345678, "1234-5678"),
        ("[$-411]0000_-", 12, "0012 "),
        ("000;-000;zero", 7, "007"),
        ("000;-000;000", 0, None),
        ("000;-000", 0, "000"),
        ("000-0000", 12345678901, "1234567-8901"),
        ("000-0000", -1, None),
        ("000-0000;;;@", 600001, "060-0001"),
    ],
)
def test_digits_are_shown_as_written(code: str, value: int, shown: str | None) -> None:
    sections = read_format(code)
    assert sections is not None
    assert show_digits(value, sections) == shown


@pytest.mark.parametrize(
    "code", ["", "General", "0", "0.00", "#,##0", "00%", "0/0", "yyyy-mm-dd", "00E+00", "@", "h:mm"]
)
def test_other_formats_are_left_alone(code: str) -> None:
    assert read_format(code) is None


@pytest.mark.parametrize("code", ['"' * 200, "\\" * 201, "[" * 200, ";" * 200, '000"', "0" * 50_000, "00[<=9"])
def test_a_broken_format_is_no_error(code: str) -> None:
    sections = read_format(code)
    assert sections is None or show_digits(12, sections) is not None
