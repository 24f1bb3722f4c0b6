"""What is remembered of a customer or a counterparty: whole numbers, by day and by hour.

Adding is all that is ever done to them, so the order in which payments and verdicts arrive does not
matter, and DynamoDB can do it without being read first. Windows, means and decays are computed when
they are asked for: a new feature needs no backfill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts, Verdict

COUNT: Final = 0
MINOR: Final = 1
SQUARES: Final = 2
FRAUDS: Final = 3
GENUINE: Final = 4
EMPTY_DAY: Final = (0, 0, 0, 0, 0)

DAYS_KEPT: Final = 60
"""Thirty days of behaviour after the longest wait for a label that is foreseen (29 days)."""
HOURS_KEPT: Final = 25


@dataclass(slots=True)
class EntityState:
    """The counters of one customer or one counterparty.

    `days` has a list for each UTC day with anything on it: payments, their sum (minor units), the
    sum of their squares, and of that day's payments those known as fraud and those that somebody
    found genuine. `hours` has payments and sum by UTC hour. `known` counts payments by what is
    worth recognising (`payee:...`, `device:...`, `category:...`) and `spent` sums them. `last_at`
    is the latest payment's time, 0 before the first.
    """

    days: dict[int, list[int]] = field(default_factory=dict)
    hours: dict[int, list[int]] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    payments: int = 0
    last_at: int = 0

    def note(self, at: int, minor: int) -> None:
        """Count one payment. One that is older than what is kept counts in `payments` alone."""
        self.payments += 1
        day = at // DAY_S
        if at > self.last_at:
            newer = day > self.last_at // DAY_S
            self.last_at = at
            if newer:
                _forget(self.days, day - DAYS_KEPT)
        elif day <= self.last_at // DAY_S - DAYS_KEPT:
            return
        bucket = self.days.get(day)
        if bucket is None:
            bucket = self.days[day] = list(EMPTY_DAY)
        bucket[COUNT] += 1
        bucket[MINOR] += minor
        bucket[SQUARES] += minor * minor

    def note_hour(self, at: int, minor: int) -> None:
        """Count one payment, noted already, in its hour."""
        hour = at // HOUR_S
        oldest = self.last_at // HOUR_S - HOURS_KEPT
        if hour <= oldest:
            return
        bucket = self.hours.get(hour)
        if bucket is None:
            bucket = self.hours[hour] = [0, 0]
            _forget(self.hours, oldest)
        bucket[COUNT] += 1
        bucket[MINOR] += minor

    def recognise(self, what: str, minor: int) -> None:
        self.known[what] = self.known.get(what, 0) + 1
        self.spent[what] = self.spent.get(what, 0) + minor

    def learn(self, day: int, verdict: Verdict, by: int = 1) -> None:
        """A verdict on a payment of `day`; `by` is -1 to take one back."""
        if day <= self.last_at // DAY_S - DAYS_KEPT:
            return
        bucket = self.days.setdefault(day, list(EMPTY_DAY))
        bucket[FRAUDS if verdict is Verdict.FRAUD else GENUINE] += by


def _forget(buckets: dict[int, list[int]], oldest: int) -> None:
    for gone in [one for one in buckets if one <= oldest]:
        del buckets[gone]


def note_payment(facts: PaymentFacts, customer: EntityState, counterparty: EntityState) -> None:
    """Count a payment with both who are in it. That it comes once is the caller's care."""
    customer.note(facts.at, facts.minor)
    customer.note_hour(facts.at, facts.minor)
    for what in recognisable(facts):
        customer.recognise(what, facts.minor)
    counterparty.note(facts.at, facts.minor)


def recognisable(facts: PaymentFacts) -> list[str]:
    """By what a customer's later payments may be found familiar."""
    named = (("category", facts.category), ("payee", facts.payee), ("device", facts.device))
    return [f"{kind}:{value}" for kind, value in named if value]


def as_json(state: EntityState) -> Mapping[str, object]:
    """The state as plain JSON values; `from_json` reads it back."""
    return {
        "days": {str(day): bucket for day, bucket in sorted(state.days.items())},
        "hours": {str(hour): bucket for hour, bucket in sorted(state.hours.items())},
        "known": dict(sorted(state.known.items())),
        "spent": dict(sorted(state.spent.items())),
        "payments": state.payments,
        "last_at": state.last_at,
    }


def from_json(raw: Mapping[str, object]) -> EntityState:
    """Raises `KeyError` or `ValueError` for what `as_json` did not write."""
    days, hours, known, spent = (raw[name] for name in ("days", "hours", "known", "spent"))
    if not (
        isinstance(days, dict)
        and isinstance(hours, dict)
        and isinstance(known, dict)
        and isinstance(spent, dict)
    ):
        raise ValueError("a state's days, hours, known and spent are objects")
    return EntityState(
        {int(day): list(bucket) for day, bucket in days.items()},
        {int(hour): list(bucket) for hour, bucket in hours.items()},
        dict(known),
        dict(spent),
        int(str(raw["payments"])),
        int(str(raw["last_at"])),
    )
