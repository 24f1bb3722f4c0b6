"""Reads what a customer's lines add up to, at a cost that no number of lines changes.

A period takes one query for its whole months and at most two for the days at its ends. A query
reads one small item for each month (or day), account and currency, never a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fulfillment.bank.buckets import Buckets, buckets_of, months_in
from fulfillment.bank.periods import Period
from fulfillment.bank.totals import Tally, Totals, added_up
from fulfillment.store import keys
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.wire import Record

if TYPE_CHECKING:
    from fulfillment.store.wire import Item

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PartyTotals:
    """What went to a merchant or person and came from them, in one currency. All minor units."""

    currency: str
    out: int = 0
    back: int = 0
    purchases: int = 0
    received: int = 0
    payments: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One account's totals of one month or day; `at` is its first day."""

    account_id: str
    at: date
    totals: Totals


@dataclass(frozen=True, slots=True)
class TotalsBook:
    """The totals of one customer at a time. Customer ids come from a verified identity only."""

    reader: Reader

    def of(self, customer_id: str, period: Period, today: date) -> list[Counted]:
        """What adds up to `period`: months and days that do not overlap."""
        buckets = buckets_of(period, today)
        return [*self._months(customer_id, buckets), *self._days(customer_id, buckets)]

    def by_day(self, customer_id: str, period: Period) -> list[Counted]:
        """Each day of `period` on which anything was booked."""
        return list(self._days(customer_id, Buckets(None, (period,))))

    def by_month(self, customer_id: str, months: Period) -> list[Counted]:
        """Each month of `months`, which are whole ones, in which anything was booked."""
        return list(self._months(customer_id, Buckets(months, ())))

    def names(self, customer_id: str) -> list[str]:
        """Whom the customer has ever paid or been paid by. One query."""
        if not keys.addressable(customer_id):
            return []
        found = self._between(customer_id, "TN#", f"TN#{AFTER}")
        return sorted(name for item in found for name in item["parties"].get("SS", ()))

    def with_party(
        self, customer_id: str, party: str, period: Period, today: date
    ) -> list[PartyTotals]:
        """What was spent at, or earned from, `party`: one for each currency. One query."""
        if not keys.addressable(customer_id):
            return []
        party_id = keys.party_id(party)
        last = min(period.end - _DAY, today)
        sums: defaultdict[str, list[Tally]] = defaultdict(list)
        first_key, last_key = f"TP#{party_id}#{period.start:%Y-%m}", f"TP#{party_id}#{last:%Y-%m}"
        for item in self._between(customer_id, first_key, last_key + AFTER):
            _, _, month, currency = Record(item).text("SK").split("#")
            within = _days_of(date.fromisoformat(f"{month}-01"), period)
            sums[currency].append(_of_days(_tally(item), within))
        return [_party_totals(currency, sums[currency]) for currency in sorted(sums)]

    def _months(self, customer_id: str, buckets: Buckets) -> Iterator[Counted]:
        if buckets.months is None or not keys.addressable(customer_id):
            return
        *_, last = months_in(buckets.months)
        first = buckets.months.start
        for item in self._between(customer_id, f"TM#{first:%Y-%m}", f"TM#{last:%Y-%m}{AFTER}"):
            yield _counted(item)

    def _days(self, customer_id: str, buckets: Buckets) -> Iterator[Counted]:
        if not keys.addressable(customer_id):
            return
        for run in buckets.days:
            last = run.end - _DAY
            for item in self._between(customer_id, f"TD#{run.start}", f"TD#{last}{AFTER}"):
                yield _counted(item)

    def _between(self, customer_id: str, first: str, last: str) -> Iterator[Item]:
        return self.reader.between(keys.customer_partition(customer_id), first, last)


def party_totals_of(item: Item, month: date, period: Period, currency: str) -> PartyTotals:
    """What a stored sum of `month` has on the days of `period`."""
    return _party_totals(currency, [_of_days(_tally(item), _days_of(month, period))])


def summed(counted: Iterable[Counted]) -> dict[str, Totals]:
    """The sum of totals for each currency, the one with most lines of money first."""
    sums: dict[str, Totals] = {}
    for one in counted:
        currency = one.totals.currency
        sums[currency] = sums[currency] + one.totals if currency in sums else one.totals
    return sums


def _counted(item: Item) -> Counted:
    _, at, account_id, currency = Record(item).text("SK").split("#")
    day = date.fromisoformat(at if len(at) > len("2026-01") else f"{at}-01")
    return Counted(account_id, day, Totals(currency, _tally(item)))


def _tally(item: Item) -> dict[str, int]:
    record = Record(item)
    return {name: record.number(name) for name in item if name not in ("PK", "SK")}


def _days_of(month: date, period: Period) -> range:
    """The days of `month`, by number, that are in `period`."""
    first = period.start.day if period.start > month else 1
    same_month = (period.end.year, period.end.month) == (month.year, month.month)
    return range(first, period.end.day if same_month else 32)


def _of_days(tally: Mapping[str, int], days: range) -> dict[str, int]:
    """The counters of these days, under their names without the day."""
    return added_up({name[:-2]: figure} for name, figure in tally.items() if int(name[-2:]) in days)


def _party_totals(currency: str, tallies: Iterable[Tally]) -> PartyTotals:
    found = added_up(tallies)
    return PartyTotals(
        currency,
        out=found.get("out", 0),
        back=found.get("back", 0),
        purchases=found.get("n", 0),
        received=found.get("in", 0),
        payments=found.get("k", 0),
    )
