"""The stream's function reads its settings once, however many records come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from fulfillment.handlers import stream
from fulfillment.settings import TableSettings, read_table_settings


class Looking:
    """Takes the place of who looks into a customer's lines, which needs a table."""

    looked: list[datetime]

    def __init__(self, books: Any, _rules: object) -> None:
        self.books = books
        self.looked = []

    def for_a_booking(self, _customer_id: str, now: datetime, _entry_id: str) -> None:
        self.looked.append(now)


@pytest.fixture
def settings_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    read = Counter[str]()

    def counted(environ: Mapping[str, str]) -> TableSettings:
        read["table"] += 1
        return read_table_settings(environ)

    monkeypatch.setenv("TABLE_NAME", "teller")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("TELLER_CLOCK", "2026-11-23T15:00:00+00:00")
    monkeypatch.setattr(stream, "read_table_settings", counted)
    monkeypatch.setattr(stream, "TipTeller", Looking)
    stream.tips_and_clock.cache_clear()
    yield read
    stream.tips_and_clock.cache_clear()


def test_many_bookings_read_the_settings_once(settings_read: Counter[str]) -> None:
    for customer in ("amelia", "bruno", "amelia"):
        stream.look_for_a_tip(customer)
    teller, clock = stream.tips_and_clock()
    assert isinstance(teller, Looking)
    assert teller.looked == [clock()] * 3
    assert settings_read == {"table": 1}
