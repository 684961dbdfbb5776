from __future__ import annotations

import pytest

from piiscan.redact import CANONICAL, MASKS, fingerprint, mask

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        ("last4", "1234 5678 9018", "**** **** 9018"),
        ("last4", "(03)1234-5678", "(**)****-5678"),
        ("last4", "100-0001", "***-0001"),
        ("last4", "123", "***"),
        ("email", "zz@kaisha.co.jp", "z***@kaisha.co.jp"),
        ("email", "x@kaisha.co.jp", "***@kaisha.co.jp"),
        ("municipality", "東京都新宿区西新宿2-8-1", "東京都新宿区***"),
        ("municipality", "大阪市北区中之島1-3-20", "大阪市北区***"),
        ("municipality", "埼玉県比企郡小川町大字大塚55", "埼玉県比企郡小川町***"),
    ],
)
def test_mask(name: str, value: str, masked: str) -> None:
    assert mask(name, value) == masked


@pytest.mark.parametrize("name", MASKS)
@pytest.mark.parametrize("value", ["1", "1234", "東京", "a@b"])
def test_short_values_are_hidden_whole(name: str, value: str) -> None:
    assert set(mask(name, value)) == {"*"}


@pytest.mark.parametrize(
    "value",
    [
        "+81-90-1234-5678",
        "+81(0)90-1234-5678",
        "0081 90 1234 5678",
        "010-81-90-1234-5678",
        "090-1234-5678",
        "09012345678",
    ],
)
def test_spellings_of_a_telephone_number_are_one_number(value: str) -> None:
    assert CANONICAL["telephone"](value) == "09012345678"


def test_fingerprint_depends_on_key_category_and_value() -> None:
    prints = {
        fingerprint(KEY, "phone", "1"),
        fingerprint(b"j" * 32, "phone", "1"),
        fingerprint(KEY, "email", "1"),
        fingerprint(KEY, "phone", "2"),
    }
    assert len(prints) == 4
    assert all(len(each) == 32 for each in prints)
    assert fingerprint(KEY, "phone", "1") in prints
