"""The simulator's tests are quiet about what it does to the services on purpose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulation.cli import quiet


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with quiet():
        yield
