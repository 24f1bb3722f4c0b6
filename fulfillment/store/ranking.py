"""What was spent at each of many, in order: from the sums by name and month, never from lines.

A sum has a key of its own, so that as many are read as there are names and months, whatever was
booked on them: a customer's history makes it no dearer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fulfillment.bank.buckets import months_in
from fulfillment.bank.period_points import months_later
from fulfillment.bank.periods import Period
from fulfillment.store import keys
from fulfillment.store.reading import Reader
from fulfillment.store.totals import party_totals_of
from fulfillment.store.wire import Record

MOST_SUMS = 1000
"""As many as ten calls read."""
_DAY = timedelta(days=1)


def months_of(period: Period, today: date) -> list[date]:
    """The first day of each month in which `period` has a day that has come."""
    last = min(period.end - _DAY, today).replace(day=1)
    return list(months_in(Period(period.start.replace(day=1), months_later(last, 1))))


def spent_by_party(
    reader: Reader,
    customer_id: str,
    names: Sequence[str],
    currencies: Sequence[str],
    period: Period,
    months: Sequence[date],
) -> Mapping[str, Sequence[tuple[str, int]]]:
    """For each currency the names and what was spent there less refunds, in minor units, the most
    first. One BatchGetItem for each hundred sums.
    """
    if not keys.addressable(customer_id):
        return {}
    wanted = [
        keys.party_totals(customer_id, name, month, currency)
        for name in names
        for month in months
        for currency in currencies
    ]
    known = {keys.party_id(name): name for name in names}
    spent: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in reader.many(wanted):
        _, party, month, currency = Record(item).text("SK").split("#")
        totals = party_totals_of(item, date.fromisoformat(f"{month}-01"), period, currency)
        spent[currency][known[party]] += totals.out - totals.back
    return {
        currency: sorted(
            ((name, minor) for name, minor in sums.items() if minor > 0),
            key=lambda one: (-one[1], one[0]),
        )
        for currency, sums in spent.items()
    }
