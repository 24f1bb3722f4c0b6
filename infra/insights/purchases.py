"""Sparkov-like histories: a simulator's purchases, which hold no subscription, and planted ones.

Whatever is found among the purchases alone is wrong; of what is planted, whatever is not found is
missed. Planted are prices that rise, bookings moved off weekends, and times that were left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.recurring import find_recurring, going_out
from fulfillment.personalization.insights.rhythms import Rhythm
from infra.insights.measuring import Found

_PLANTED = 6
_RHYTHMS = (Rhythm(months=1, on=(1,)), Rhythm(months=1, on=(1,)), Rhythm(days=7), Rhythm(days=14))
_WINDOW = timedelta(days=400)


def planted_found(parquet: Path, customers: int) -> Found:
    """Over the first `customers` of a Sparkov file. Needs pyarrow (`make models`)."""
    total = Found()
    for number, bought in enumerate(_by_customer(parquet, customers)):
        dice = Random(number)  # noqa: S311 - planted lines, not secrets
        today = bought[-1].day
        recent = [one for one in bought if one.day > today - _WINDOW]
        planted = [_series(place, today, dice) for place in range(_PLANTED)]
        lines = [*recent, *(one for series in planted for one in series)]
        names = {series[0].party for series in planted}
        found = [one.party for one in going_out(find_recurring(lines, today))]
        right = names & set(found)
        wrong = len([one for one in found if one not in names])
        total += Found(len(right), wrong, len(names - right))
    return total


def _series(place: int, today: date, dice: Random) -> list[Entry]:
    rhythm = dice.choice(_RHYTHMS)
    if rhythm.months:
        rhythm = Rhythm(months=dice.choice((1, 1, 1, 3)), on=(dice.randrange(1, 29),))
    price, rises_at = dice.randrange(399, 9_999), dice.randrange(4, 12)
    due = rhythm.due(today - timedelta(days=dice.randrange(150, 390)))
    days: list[date] = []
    while due <= today:
        days.append(due - timedelta(days=max(0, due.weekday() - 4) if rhythm.months else 0))
        due = rhythm.following(due)
    if len(days) > 8 and dice.random() < 0.3:
        del days[dice.randrange(2, len(days) - 2)]
    while len(days) < 4:
        first = days[0] if days else today
        days.insert(0, first - timedelta(days=round(rhythm.length)))
    prices = [price if n < rises_at else price * 115 // 100 for n in range(len(days))]
    return [
        Entry(f"planted-{place}-{n}", "card", datetime.combine(day, time(8), UTC), day, -minor,
              "USD", f"Planted {place}", "card", "entertainment")
        for n, (day, minor) in enumerate(zip(days, prices, strict=True))
    ]  # fmt: skip


def _by_customer(parquet: Path, customers: int) -> Iterator[list[Entry]]:
    from pyarrow.parquet import read_table  # an extra

    columns = ["tx_datetime", "customer_id", "merchant", "category", "amount"]
    table = read_table(parquet, columns=columns, filters=[("customer_id", "<", 4 * customers)])
    lines: defaultdict[int, list[Entry]] = defaultdict(list)
    for number, row in enumerate(table.to_pylist()):
        at = row["tx_datetime"].replace(tzinfo=UTC)
        lines[row["customer_id"]].append(
            Entry(str(number), "card", at, at.date(), -round(row["amount"] * 100), "USD",
                  row["merchant"], "card", row["category"])
        )  # fmt: skip
    for customer in sorted(lines)[:customers]:
        yield sorted(lines[customer], key=lambda one: one.at)
