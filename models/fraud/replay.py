"""Live a history again in its order, through the very code that serves: features as they were then.

A label becomes known `delay_s` after its payment, never sooner, and only then does it touch a
state. The payments themselves are noted one by one, after their features were taken.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from fulfillment.fraud.facts import DAY_S, PaymentFacts, Verdict
from fulfillment.fraud.features.state import EntityState, note_payment
from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS, feature_vector

Label = tuple[int, str, str, int, str]
"""When a verdict becomes known, of whom (customer, counterparty), on which day's payment, and it"""


class Lived(Protocol):
    """What a history can be lived again in; `now` is the latest moment that came."""

    now: int

    def features(self, facts: PaymentFacts) -> list[float]: ...

    def note(self, facts: PaymentFacts) -> None: ...

    def expect(self, facts: PaymentFacts, verdict: Verdict, known_at: int) -> None: ...


@dataclass(slots=True)
class World:
    """Every customer's and counterparty's state, and the labels that are still on their way."""

    maturity: int = LABEL_MATURITY_DAYS
    customers: dict[str, EntityState] = field(default_factory=dict)
    counterparties: dict[str, EntityState] = field(default_factory=dict)
    pending: list[Label] = field(default_factory=list)
    now: int = 0

    def look(self, facts: PaymentFacts) -> tuple[EntityState, EntityState]:
        """The two states before `facts`, with every label that is known by then."""
        self.now = max(self.now, facts.at)
        pending = self.pending
        while pending and pending[0][0] <= facts.at:
            self._learn(heapq.heappop(pending))
        customer = self.customers.get(facts.customer)
        if customer is None:
            customer = self.customers[facts.customer] = EntityState()
        counterparty = self.counterparties.get(facts.counterparty)
        if counterparty is None:
            counterparty = self.counterparties[facts.counterparty] = EntityState()
        return customer, counterparty

    def features(self, facts: PaymentFacts) -> list[float]:
        return feature_vector(facts, *self.look(facts), self.maturity)

    def note(self, facts: PaymentFacts) -> None:
        note_payment(facts, *self.look(facts))

    def expect(self, facts: PaymentFacts, verdict: Verdict, known_at: int) -> None:
        """A verdict on `facts` that will be known at `known_at`."""
        heapq.heappush(
            self.pending,
            (known_at, facts.customer, facts.counterparty, facts.day, verdict.value),
        )

    def _learn(self, label: Label) -> None:
        _, customer, counterparty, day, verdict = label
        for states, who in ((self.customers, customer), (self.counterparties, counterparty)):
            state = states.get(who)
            if state is None:
                state = states[who] = EntityState()
            state.learn(day, Verdict(verdict))


def replay(
    world: Lived,
    history: Iterable[tuple[PaymentFacts, bool]],
    wanted: Callable[[PaymentFacts], bool],
    delay_s: int = LABEL_MATURITY_DAYS * DAY_S,
) -> Iterator[list[float]]:
    """The features of each payment that is `wanted`, in order; `history` has (payment, is fraud).

    Frauds become known `delay_s` after their payment.
    """
    for facts, fraud in history:
        if wanted(facts):
            yield world.features(facts)
        world.note(facts)
        if fraud:
            world.expect(facts, Verdict.FRAUD, facts.at + delay_s)
