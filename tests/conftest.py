"""Fixtures that several kinds of tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.running_bank import RunningBank, start_bank

# Machines are noisy: how long an example takes is for benchmarks to say, not for tests.
settings.register_profile("teller", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("teller")


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBank]:
    """The whole bank, started once for the test run."""
    running = start_bank(tmp_path_factory.mktemp("bank"))
    yield running
    running.stop()
