"""The same features over windows exact to the second: what counters by day lose is measured so.

No feature is defined a second time. Every payment and verdict is kept with its second, and when a
payment is looked at, time is moved until it stands in the last second of a day and everything
before it moves as far. Days are then spans of 24 hours back from the payment, so a window of seven
days is the last seven days to the second (its open end weighs a 86,400th), and hours likewise.
No bank could serve from this: it reads every payment of two months each time.
"""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass, field, replace

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts, Verdict
from fulfillment.fraud.features.state import (
    DAYS_KEPT,
    EMPTY_DAY,
    FRAUDS,
    GENUINE,
    HOURS_KEPT,
    EntityState,
    recognisable,
)
from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS, feature_vector

_Told = tuple[int, str, str, int, str]
"""When a verdict becomes known, of whom (customer, counterparty), on which second's payment, it"""


@dataclass(slots=True)
class _Past:
    """One customer's or counterparty's payments (second, minor units) and verdicts (second, which),
    as far back as features reach, and in `ever` what is counted since the first."""

    payments: deque[tuple[int, int]] = field(default_factory=deque)
    verdicts: list[tuple[int, Verdict]] = field(default_factory=list)
    ever: EntityState = field(default_factory=EntityState)

    def seen_from(self, now: int, moved: int) -> EntityState:
        """The state at `now`, every time moved on by `moved` seconds."""
        oldest, recent = now - DAYS_KEPT * DAY_S, now - HOURS_KEPT * HOUR_S
        payments, ever = self.payments, self.ever
        while payments and payments[0][0] <= oldest:
            payments.popleft()
        days: dict[int, list[int]] = {}
        hours: dict[int, list[int]] = {}
        for at, minor in payments:
            bucket = days.setdefault((at + moved) // DAY_S, list(EMPTY_DAY))
            bucket[0] += 1
            bucket[1] += minor
            bucket[2] += minor * minor
            if at > recent:
                hour = hours.setdefault((at + moved) // HOUR_S, [0, 0])
                hour[0] += 1
                hour[1] += minor
        self.verdicts = [told for told in self.verdicts if told[0] > oldest]
        for at, verdict in self.verdicts:
            label = FRAUDS if verdict is Verdict.FRAUD else GENUINE
            days.setdefault((at + moved) // DAY_S, list(EMPTY_DAY))[label] += 1
        last_at = ever.last_at + moved if ever.last_at else 0
        return EntityState(days, hours, ever.known, ever.spent, ever.payments, last_at)


@dataclass(slots=True)
class ExactWorld:
    """What `World` is for counters by day. Payments must come in the order of time."""

    maturity: int = LABEL_MATURITY_DAYS
    customers: dict[str, _Past] = field(default_factory=dict)
    counterparties: dict[str, _Past] = field(default_factory=dict)
    pending: list[_Told] = field(default_factory=list)
    now: int = 0

    def features(self, facts: PaymentFacts) -> list[float]:
        self._learn_until(facts.at)
        moved = DAY_S - 1 - facts.at % DAY_S
        customer, counterparty = (past.seen_from(facts.at, moved) for past in self._parties(facts))
        # The customer's clock stays where it was: hour and weekend are the payment's own.
        late = replace(facts, at=facts.at + moved, offset_s=facts.offset_s - moved)
        return feature_vector(late, customer, counterparty, self.maturity)

    def note(self, facts: PaymentFacts) -> None:
        self._learn_until(facts.at)
        customer, counterparty = self._parties(facts)
        for past in (customer, counterparty):
            past.payments.append((facts.at, facts.minor))
            past.ever.payments += 1
            past.ever.last_at = facts.at
        for what in recognisable(facts):
            customer.ever.recognise(what, facts.minor)

    def expect(self, facts: PaymentFacts, verdict: Verdict, known_at: int) -> None:
        """A verdict on `facts` that will be known at `known_at`."""
        told = (known_at, facts.customer, facts.counterparty, facts.at, verdict.value)
        heapq.heappush(self.pending, told)

    def _parties(self, facts: PaymentFacts) -> tuple[_Past, _Past]:
        return (
            self.customers.setdefault(facts.customer, _Past()),
            self.counterparties.setdefault(facts.counterparty, _Past()),
        )

    def _learn_until(self, moment: int) -> None:
        self.now = max(self.now, moment)
        while self.pending and self.pending[0][0] <= moment:
            _, customer, counterparty, at, verdict = heapq.heappop(self.pending)
            told = (at, Verdict(verdict))
            self.customers.setdefault(customer, _Past()).verdicts.append(told)
            self.counterparties.setdefault(counterparty, _Past()).verdicts.append(told)
