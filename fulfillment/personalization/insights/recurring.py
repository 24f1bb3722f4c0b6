"""What comes back: subscriptions, bills, standing payments, pay. Found in the lines themselves.

A series is one party's lines, of one kind on one account, with a rhythm, and with amounts that stay
(a price may step up now and then) or, for bills and pay, that vary. A habit is none of that: coffee
is bought often, but neither on due dates nor for one price.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low

from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.rhythms import Rhythm, rhythm_of

_KINDS = frozenset({"card", "direct_debit", "payment", "fee", "salary", "interest", "transfer"})
_VARYING_KINDS = frozenset({"direct_debit", "transfer", "salary", "interest"})
_BILLS = frozenset({"utilities", "insurance", "housing"})
SUBSCRIPTIONS = "subscriptions"
_LEAST, _LEAST_VARYING = 3, 4
_NEARLY_SAME = 3
"""Percent within which two amounts are one price: currencies and taxes move a little."""
_ABOUT_USUAL = 20
"""Percent of the median within which a payment that varies stays."""
_LATE = 5


@dataclass(frozen=True, slots=True)
class Recurring:
    """A series, oldest line first. `amount` is what the next one is expected to be (minor units,
    negative for money out), `varies` whether that is an estimate. `next_on` is when it is expected;
    on or before the day of asking when it is late."""

    entries: tuple[Entry, ...]
    rhythm: Rhythm
    amount: int
    varies: bool
    next_on: date
    is_active: bool

    @property
    def last(self) -> Entry:
        return self.entries[-1]

    @property
    def party(self) -> str:
        return self.last.party

    @property
    def is_subscription(self) -> bool:
        """Paid by card for something that goes on until it is cancelled."""
        return self.last.kind == "card" or self.last.category == SUBSCRIPTIONS

    @property
    def a_month(self) -> int:
        """What it comes to in an average month, minor units, rounded half to even."""
        return round(self.amount * self.rhythm.per_year / 12)


def find_recurring(entries: Iterable[Entry], today: date) -> list[Recurring]:
    """Every series in `entries`, what costs (or brings) most a month first; ended ones too."""
    groups: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for one in sorted(entries, key=lambda entry: (entry.at, entry.entry_id)):
        if one.kind in _KINDS and one.minor and one.day <= today:
            where = one.party.casefold(), one.account_id, one.currency, one.kind, one.minor > 0
            groups[where].append(one)
    found = [series for group in groups.values() for series in _series_in(group, today)]
    return sorted(found, key=lambda one: (-abs(one.a_month), one.party, one.last.day))


def going_out(found: Iterable[Recurring]) -> list[Recurring]:
    """Those under way that cost money: no transfers between own accounts."""
    return [
        one for one in found if one.is_active and one.amount < 0 and one.last.kind != "transfer"
    ]


def _series_in(group: Sequence[Entry], today: date) -> Iterator[Recurring]:
    whole = _series(_once_a_day(group), today)
    if whole is not None:
        yield whole
        return
    for chain in _chains(group):
        series = _series(chain, today)
        if series is not None and not series.varies:
            yield series


def _once_a_day(group: Sequence[Entry]) -> list[Entry]:
    """A charge that came twice on one day counts once."""
    return list({one.day: one for one in reversed(group)}.values())[::-1]


def _chains(group: Sequence[Entry]) -> Iterator[list[Entry]]:
    """A subscription among other purchases at the same merchant: equal amounts, and what followed
    in the same rhythm when the price changed."""
    by_amount: defaultdict[int, list[Entry]] = defaultdict(list)
    for one in group:
        by_amount[one.minor].append(one)
    chains: list[list[Entry]] = []
    for amounts in sorted(by_amount.values(), key=lambda lines: lines[0].at):
        lines = _once_a_day(amounts)
        if len(lines) < 2 or rhythm_of([one.day for one in lines]) is None:
            continue
        before = next((chain for chain in chains if _goes_on(chain, lines)), None)
        if before is not None:
            before += lines
        else:
            chains.append(lines)
    yield from chains


def _goes_on(chain: Sequence[Entry], lines: Sequence[Entry]) -> bool:
    rhythm = rhythm_of([one.day for one in chain])
    if rhythm is None or lines[0].at <= chain[-1].at:
        return False
    expected = rhythm.following(rhythm.due(chain[-1].day))
    near = abs((lines[0].day - expected).days) <= _LATE
    return near and chain[-1].size <= 2 * lines[0].size <= 4 * chain[-1].size


def _series(lines: Sequence[Entry], today: date) -> Recurring | None:
    rhythm = rhythm_of([one.day for one in lines])
    if rhythm is None:
        return None
    steps = price_steps(lines)
    steady = len(steps) <= max(1, (len(lines) - 1) // 5)
    if not (_steady_enough(lines, steps) if steady else _bill_enough(lines)):
        return None
    last = lines[-1]
    amount = last.minor if steady else median_low([one.minor for one in lines[-3:]])
    due = rhythm.following(rhythm.due(last.day))
    late = timedelta(days=max(_LATE, round(rhythm.length / 4)))
    return Recurring(
        entries=tuple(lines),
        rhythm=rhythm,
        amount=amount,
        varies=not steady,
        next_on=rhythm.booked(due),
        is_active=today <= due + late,
    )


def price_steps(lines: Sequence[Entry]) -> list[int]:
    """Where the price changed: the places in `lines` of the first line at each new price."""
    return [
        place
        for place, (before, one) in enumerate(pairwise(lines), start=1)
        if abs(one.size - before.size) * 100 > _NEARLY_SAME * before.size
    ]


def _steady_enough(lines: Sequence[Entry], steps: Sequence[int]) -> bool:
    """Two lines are enough where the bank's own category says what they are."""
    known = lines[-1].category == SUBSCRIPTIONS
    if len(lines) < _LEAST:
        return known and (not steps or lines[0].size * 2 <= lines[1].size)
    return known or not steps or len(lines) > _LEAST or lines[-1].kind in _VARYING_KINDS


def _bill_enough(lines: Sequence[Entry]) -> bool:
    """Bills and pay vary; other payments may do so a little, around what is usual."""
    last = lines[-1]
    if last.kind in _VARYING_KINDS or last.category in _BILLS:
        return len(lines) >= _LEAST_VARYING
    usual = median_low([one.size for one in lines])
    near = all(abs(one.size - usual) * 100 <= _ABOUT_USUAL * usual for one in lines)
    return last.kind == "payment" and near and len(lines) > _LEAST_VARYING
