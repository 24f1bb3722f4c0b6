"""The bank's books as a test found them, again after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.running_bank import RunningBank
from tests.stack.opening_books import OpeningBooks


@pytest.fixture
def books(bank: RunningBank) -> Iterator[OpeningBooks]:
    """Whoever asks for them leaves the bank as it was."""
    opened = OpeningBooks(bank)
    yield opened
    opened.restore()
