"""Reads what a case's message needs beyond the case: a name, what is usual, what came before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from fulfillment.alerts.case_desk import CaseDesk
from fulfillment.alerts.events import SecurityEvent, SuspectedFraud
from fulfillment.alerts.masking import masked_name
from fulfillment.alerts.pattern import UsualPattern
from fulfillment.bank.analyst_cases import DeskCase
from fulfillment.bank.books import Customer
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period
from fulfillment.store.analyst_cases import CaseEntry
from fulfillment.store.books import Books
from fulfillment.store.errors import CustomerNotFoundError
from fulfillment.store.totals import summed

_MONTHS = 6


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything that is shown. `customer` is masked; empty where the case is nobody's."""

    case: DeskCase
    event: SecurityEvent
    customer: str
    pattern: UsualPattern
    history: tuple[CaseEntry, ...]
    now: datetime


def view_of(desk: CaseDesk, case: DeskCase) -> CaseView:
    """The view of a case as it is now. A handful of reads, however long the customer's history."""
    glance = glance_at(desk, case)
    known = bool(glance.customer)
    return replace(
        glance,
        pattern=_pattern(desk, case, glance.event, glance.now) if known else UsualPattern(),
        history=tuple(desk.cases.history(case)),
    )


def glance_at(desk: CaseDesk, case: DeskCase) -> CaseView:
    """The view of a case that is one of many: who and what, without pattern and history."""
    customer = _customer(desk.books, case.customer_id)
    return CaseView(
        case=case,
        event=SecurityEvent.model_validate_json(case.event),
        customer=masked_name(customer.name) if customer else "",
        pattern=UsualPattern(),
        history=(),
        now=desk.clock(),
    )


def _customer(books: Books, customer_id: str) -> Customer | None:
    if not customer_id:
        return None
    try:
        return books.customer(customer_id)
    except CustomerNotFoundError:
        return None


def _pattern(desk: CaseDesk, case: DeskCase, event: SecurityEvent, now: datetime) -> UsualPattern:
    if not isinstance(event.data, SuspectedFraud) or case.amount is None:
        return UsualPattern()
    today, currency = now.date(), case.amount.currency
    period = Period(_months_before(today, _MONTHS), today.replace(day=1))
    by_month = desk.books.totals.by_month(case.customer_id, period)
    starts = [_months_before(today, back) for back in range(_MONTHS, 0, -1)]
    months = []
    for start in starts:
        totals = summed(one for one in by_month if one.at == start).get(currency)
        months.append(totals.spending().total if totals else Money.zero(currency))
    others = [one for one in desk.cases.of_customer(case.customer_id) if one != case]
    paid, times = _to_payee(desk, case, today)
    earlier = [one for one in others if one.opened_at <= case.opened_at]
    return UsualPattern(
        months=tuple(months),
        to_payee=times,
        paid_payee=paid,
        earlier_cases=len(earlier),
        earlier_frauds=sum(one.state == "declined" for one in earlier),
    )


def _to_payee(desk: CaseDesk, case: DeskCase, today: date) -> tuple[Money | None, int]:
    """What was paid to the same payee in the last year, and how often."""
    known = desk.books.holds.find(case.payment_id) if case.is_held and case.payment_id else None
    order = known.hold.order if known else None
    if order is None or not order.destination_name or case.amount is None:
        return None, 0
    period = Period(today.replace(year=today.year - 1, day=1), today)
    found = desk.books.totals.with_party(case.customer_id, order.destination_name, period, today)
    for one in found:
        if one.currency == case.amount.currency:
            return Money(one.out, one.currency), one.purchases
    return None, 0


def _months_before(day: date, months: int) -> date:
    """The first of the month so many months before that of `day`."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
