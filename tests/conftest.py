"""What all tests share: messages are strict, in Chinese unless a test says otherwise, and one flag rewrites goldens."""

import os

import pytest

os.environ["DRAFTER_MESSAGES"] = "strict"
os.environ["DRAFTER_LANG"] = "zh_CN"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="rewrite the golden files instead of comparing with them"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--golden"))
