"""Short ways to write down a customer's lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from fulfillment.bank.period_points import months_later
from fulfillment.personalization.insights.entries import Entry

_IDS = count(1)


def line(
    day: date,
    party: str,
    minor: int,
    kind: str = "card",
    category: str = "shopping",
    *,
    account: str = "chk",
    at: time = time(12),
) -> Entry:
    return Entry(
        f"p-{next(_IDS):06d}", account, datetime.combine(day, at, UTC), day, minor, "USD", party,
        kind, category,
    )  # fmt: skip


def monthly(
    party: str,
    amounts: Iterable[int],
    kind: str = "card",
    category: str = "subscriptions",
    *,
    first: date = date(2026, 1, 1),
    on: int = 8,
    every: int = 1,
    account: str = "chk",
) -> list[Entry]:
    """One line a month on the day `on`, on the Friday before when that is a weekend."""
    lines = []
    for number, minor in enumerate(amounts):
        month = months_later(first, number * every)
        due = min(month + timedelta(on - 1), months_later(month, 1) - timedelta(1))
        day = due - timedelta(max(0, due.weekday() - 4))
        lines.append(line(day, party, minor, kind, category, account=account))
    return lines
