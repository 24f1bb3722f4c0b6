"""What the fraud features would remember of the demo customers, had they watched all along."""

from __future__ import annotations

from collections.abc import Iterator

from fulfillment.bank.opening import OpeningBooks
from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts, Verdict
from fulfillment.fraud.features.state import EntityState, note_payment
from fulfillment.fraud.ordering import TRANSFER

_NOBODYS = frozenset({"transfer", "fee", "interest", "opening", "cash"})
"""Kinds of lines that pay nobody: own transfers, the bank's own charges, money from a machine."""


MULE = "026009593-1400778213"
"""The account of a thief, to which people at other banks were made to pay: four of them found out.

Nobody of the demo bank has paid it yet; a conversation can add it as a payee and try.
"""


def past_of(books: OpeningBooks) -> tuple[dict[str, EntityState], dict[str, EntityState]]:
    """The states of customers and of counterparties after the history in `books`."""
    customers: dict[str, EntityState] = {}
    counterparties: dict[str, EntityState] = {}
    for facts in sorted(payments_of(books), key=lambda one: (one.at, one.payment_id)):
        customer = customers.setdefault(facts.customer, EntityState())
        counterparty = counterparties.setdefault(facts.counterparty, EntityState())
        note_payment(facts, customer, counterparty)
    counterparties[MULE] = _mule(max(state.last_at for state in customers.values()))
    return customers, counterparties


def payments_of(books: OpeningBooks) -> Iterator[PaymentFacts]:
    """Each line that paid somebody, as it would have been judged."""
    payees = {(one.customer_id, one.name): one for one in books.payees}
    for line in books.postings:
        if line.amount.minor >= 0 or line.kind in _NOBODYS:
            continue
        payee = payees.get((line.customer_id, line.counterparty or ""))
        yield PaymentFacts(
            payment_id=line.transfer_id,
            at=int(line.booked_at.timestamp()),
            customer=line.customer_id,
            counterparty=payee.target if payee else line.merchant or line.description,
            minor=-line.amount.minor,
            category=TRANSFER if payee else line.category or "",
            payee=payee.payee_id if payee else "",
        )


def _mule(now: int) -> EntityState:
    """A dozen payments in a fortnight, a day and some hours apart, the first four known as fraud."""
    state = EntityState()
    for number in range(12):
        at = now - (13 - number) * DAY_S - number * HOUR_S
        state.note(at, 60_000 + 5_000 * number)
        if number < 4:
            state.learn(at // DAY_S, Verdict.FRAUD)
    return state
