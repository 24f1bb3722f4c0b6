"""Fixtures that several kinds of tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from infra.aws.rights.recorder import FOLDER, record
from infra.aws.rights.whose import whose_call
from tests.leaks import leaks_in, leaks_of, logged
from tests.running_bank import BEFORE_STOP, RunningBank, start_bank

# Machines are noisy: how long an example takes is for benchmarks to say, not for tests.
settings.register_profile("teller", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("teller")
# Workers of a run share the cores: numpy's own threads, which spin, would only take them away.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if os.environ.get(FOLDER):  # `teller infra observe` asks who does what
    record(whose_call)


def _must_not_leak(running: RunningBank) -> None:
    leaked = leaks_of(running)
    assert leaked == [], "the bank wrote down what it must not"


BEFORE_STOP.append(_must_not_leak)


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBank]:
    """The whole bank, started once for the test run."""
    running = start_bank(tmp_path_factory.mktemp("bank"))
    yield running
    running.stop()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A test that passed fails after all when its log holds what no log may."""
    made: Any = yield
    report: pytest.TestReport = made.get_result()
    if report.when != "call" or not report.passed:
        return
    found = [*leaks_in(report.caplog), *leaks_in(logged(report.capstdout))]
    if found:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} logged what no log may hold: {found}"
