"""A bank of its own for the conversations, and the same books before each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.running_bank import RunningBank, start_bank
from tests.stack.opening_books import OpeningBooks


@pytest.fixture(scope="package")
def opened_bank(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[RunningBank, OpeningBooks]]:
    """A bank that was just opened, and its books as they are then."""
    running = start_bank(tmp_path_factory.mktemp("conversing-bank"))
    yield running, OpeningBooks(running)
    running.stop()


@pytest.fixture
def bank(opened_bank: tuple[RunningBank, OpeningBooks]) -> RunningBank:
    """The bank as on its first morning: no conversation sees what another one did."""
    running, books = opened_bank
    books.restore()
    return running
