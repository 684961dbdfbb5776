from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest import Parser  # noqa: PT013 - a type only


def pytest_addoption(parser: Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write fixtures/expected.jsonl anew")


def pytest_configure(config: pytest.Config) -> None:
    # Compiled once for all tests, and for the next run of them; never in the developer's own folders.
    assert config.cache is not None
    os.environ["XDG_CACHE_HOME"] = str(config.cache.mkdir("piiscan"))


@pytest.fixture(scope="session")
def is_golden_updated(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
