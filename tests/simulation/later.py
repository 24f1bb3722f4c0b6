"""Payments for later: who agrees on them, changes and cancels them, and the scheduler."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from fulfillment.bank.money import Money
from fulfillment.bank.payments import Quote
from fulfillment.bank.recurrence import Frequency, Recurrence
from fulfillment.bank.rules import QUOTE_LIFETIME
from fulfillment.bank.scheduled_payments import (
    ScheduledPayment,
    ScheduleStatus,
    agreed,
    change_of,
    changed,
    new_schedule,
)
from fulfillment.bank.standing import Standing
from fulfillment.bank.step_up import step_up_for
from tests.simulation import town
from tests.simulation.bank import Bank
from tests.simulation.staff import order_of, patiently, quietly

ZONE = "UTC"
_DAYS_AGO = (0, 7, 14, 21, 28)
_FREQUENCIES = (Frequency.WEEKLY, Frequency.WEEKLY, Frequency.ONCE, Frequency.MONTHLY)


def planner(bank: Bank) -> None:
    """Agrees on payments for later, some due for weeks; changes them, calls them off, says things
    twice and at the wrong moment.
    """
    rng = bank.rng
    for _ in range(4):
        bank.stage.pause(rng.choice([1, 15, 60]))
        _agree(bank)
        bank.stage.pause(rng.choice([0.5, 20, 100]))
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            _change_or_cancel(bank)


def _agree(bank: Bank) -> None:
    rng = bank.rng
    order = order_of(bank, rng.choice(town.CUSTOMERS))
    start = (bank.stage.now - timedelta(days=rng.choice(_DAYS_AGO))).date()
    times = rng.choice([None, 1, 2, 5])
    recurrence = Recurrence(rng.choice(_FREQUENCIES), start, start.day, times=times)
    session = f"{order.customer_id}/plans"
    now = bank.stage.clock()
    payment = new_schedule(bank.new_id(), order, recurrence, ZONE, now)
    _show(bank, payment, payment.schedule_id, payment.digest, session)
    if rng.random() < 0.1:
        order = replace(order, amount=order.amount + Money(1, order.amount.currency))
        payment = replace(payment, order=order)
    desk = bank.books.schedules
    said_by = session if rng.random() < 0.9 else "somebody/else"
    again = rng.random() < 0.3
    bank.stage.pause(rng.choice([0.1, 5, 400]))
    if again:
        at = bank.stage.clock()
        bank.stage.start("again", lambda: quietly(desk.set_up, payment, said_by, at), after=0.02)
    patiently(bank, desk.set_up, payment, said_by, bank.stage.clock())
    if rng.random() < 0.1:
        # A yes to a schedule pays nothing at once, whoever asks for it.
        quietly(bank.books.pay, payment.schedule_id, payment.order, session, bank.stage.clock())


def _show(bank: Bank, payment: ScheduledPayment, quote_id: str, digest: str, session: str) -> None:
    now = bank.stage.clock()
    step_up = step_up_for(payment.order, Standing())
    shown = Quote(
        quote_id, payment.customer_id, session, digest, payment.order, now,
        now + QUOTE_LIFETIME, step_up,
    )  # fmt: skip
    patiently(bank, bank.books.put_quote, shown)


def _change_or_cancel(bank: Bank) -> None:
    rng, desk = bank.rng, bank.books.schedules
    known = list(bank.ledger.schedules.values())
    if not known:
        return
    before = rng.choice(known[-3:])
    bank.stage.pause(rng.choice([0, 0.01, 2]))
    if rng.random() < 0.3:
        patiently(bank, desk.cancel, before, bank.stage.clock())
        return
    amount = Money(rng.randint(1, 20_000), before.order.amount.currency)
    order = replace(before.order, amount=amount)
    recurrence = before.recurrence
    if rng.random() < 0.4:
        recurrence = replace(recurrence, start=recurrence.start - timedelta(days=7))
    after = changed(before, order, recurrence)
    quote_id, session = bank.new_id(), f"{order.customer_id}/plans"
    digest = agreed(after.order, after.recurrence, after.zone, change_of(before))
    _show(bank, after, quote_id, digest, session)
    patiently(bank, desk.change, before, after, quote_id, session, bank.stage.clock())


def scheduler(bank: Bank) -> None:
    """Every minute; now and then two at once, and with clocks that are off."""
    for minute in range(12):
        bank.stage.pause(60)
        for number in range(1 if bank.rng.random() < 0.6 else 2):
            bank.stage.start(
                f"scheduler {minute}.{number}",
                lambda: run_scheduler(bank),
                after=number * 0.005,
                skew=timedelta(seconds=bank.rng.choice([0, 0, 30, -30])),
            )


def run_scheduler(bank: Bank) -> None:
    """One run over all that is due."""
    quietly(bank.books.runner.run, bank.stage.clock())


def unsettled(bank: Bank) -> list[str]:
    """What is wrong with the schedules when a story is over."""
    now = bank.stage.now
    wrong = []
    for schedule in bank.ledger.schedules.values():
        waits = schedule.next_try
        if schedule.status is ScheduleStatus.ACTIVE and waits is not None and waits <= now:
            wrong.append(f"schedule {schedule.schedule_id} is due since {waits}")
        if bank.ledger.days_paid(schedule) != schedule.paid:
            wrong.append(f"schedule {schedule.schedule_id} was paid, and counts {schedule.paid}")
    return wrong
