"""One built workspace for all tests of the harness."""

import pytest

from tests.harness.__main__ import issue
from tests.harness.engine import Drafter
from tests.harness.issued import Issued


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    return issue(tmp_path_factory.mktemp("harness") / "workspace", Drafter())
