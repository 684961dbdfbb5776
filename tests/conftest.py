from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest import Parser  # noqa: PT013 - a type only


def pytest_addoption(parser: Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write fixtures/expected.jsonl anew")


@pytest.fixture(scope="session")
def is_golden_updated(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
