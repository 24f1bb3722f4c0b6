"""Mira's scheduled payments: quotes for them, and what they have come to."""

from __future__ import annotations

from datetime import date, datetime

from fulfillment.bank.payments import PaymentOrder, Quote
from fulfillment.bank.recurrence import Frequency, Recurrence, leaves_at
from fulfillment.bank.rules import QUOTE_LIFETIME
from fulfillment.bank.scheduled_payments import (
    Scheduled,
    ScheduledPayment,
    agreed,
    change_of,
    new_schedule,
)
from fulfillment.store.books import Books
from tests.unit.bank.values import NOW, to_anna

SESSION = "session-1"
ZONE = "America/New_York"
FRIDAY = date(2026, 3, 6)
DUE = leaves_at(FRIDAY, ZONE)
WEEKLY = Recurrence(Frequency.WEEKLY, FRIDAY, 6)


def show(books: Books, quote_id: str, order: PaymentOrder, digest: str) -> None:
    """What the customer is shown, stored."""
    books.put_quote(
        Quote(quote_id, order.customer_id, SESSION, digest, order, NOW, NOW + QUOTE_LIFETIME)
    )


def shown(
    books: Books,
    name: str = "s-1",
    order: PaymentOrder | None = None,
    recurrence: Recurrence = WEEKLY,
    now: datetime = NOW,
) -> ScheduledPayment:
    """A schedule that was shown and not yet agreed to."""
    payment = new_schedule(name, order or to_anna("50.00"), recurrence, ZONE, now)
    show(books, name, payment.order, payment.digest)
    return payment


def scheduled(
    books: Books,
    name: str = "s-1",
    order: PaymentOrder | None = None,
    recurrence: Recurrence = WEEKLY,
) -> ScheduledPayment:
    """A schedule that was agreed to."""
    answer = books.schedules.set_up(shown(books, name, order, recurrence), SESSION, NOW)
    assert isinstance(answer, Scheduled)
    return answer.payment


def show_change(books: Books, before: ScheduledPayment, after: ScheduledPayment, name: str) -> None:
    digest = agreed(after.order, after.recurrence, after.zone, change_of(before))
    show(books, name, after.order, digest)


def stored(books: Books, name: str = "s-1") -> ScheduledPayment:
    found = books.schedules.find("mira", name)
    assert found is not None
    return found


def balance(books: Books, account_id: str = "checking") -> str:
    accounts = {one.account_id: one for one in books.accounts("mira")}
    return str(accounts[account_id].posted.amount)
