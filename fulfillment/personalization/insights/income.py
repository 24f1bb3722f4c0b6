"""Who pays the customer, in which rhythm, how much, and when the next pay is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from fulfillment.personalization.insights.recurring import Recurring

_PAY = frozenset({"salary"})


def incomes(found: Iterable[Recurring]) -> list[Recurring]:
    """The series of pay that are under way, the largest a month first; interest is none."""
    pay = [one for one in found if one.is_active and one.amount > 0 and one.last.kind in _PAY]
    return sorted(pay, key=lambda one: (-one.a_month, one.party))


def next_payday(pay: Iterable[Recurring], today: date) -> tuple[date, Recurring] | None:
    """The first day after `today` on which pay is expected, and that pay; None without any.

    Pay that is late is expected tomorrow.
    """
    days = [(max(one.next_on, today + timedelta(days=1)), one) for one in pay]
    return min(days, key=lambda day: (day[0], -day[1].amount), default=None)
