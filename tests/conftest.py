"""Fixtures that several kinds of tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.running_bank import RunningBank, start_bank


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBank]:
    """The whole bank, started once for the test run."""
    running = start_bank(tmp_path_factory.mktemp("bank"))
    yield running
    running.stop()
