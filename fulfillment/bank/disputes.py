"""What a customer's dispute of a charge entitles them to: deadlines and provisional credit.

Debit: Regulation E, 12 CFR 1005.11 (notice within 60 days of the statement; ten business days to
investigate, else provisional credit and 45 days in all, 90 for a purchase). Credit card:
Regulation Z, 12 CFR 1026.13 (notice within 60 days; acknowledged within 30 days, resolved within
two billing cycles and 90 days at most; the amount in dispute need not be paid meanwhile).
"""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fulfillment.bank.books import AccountKind

_SATURDAY = 5
_INVESTIGATION_BUSINESS_DAYS = 10
_DEBIT_PURCHASE_DAYS = 90
_CREDIT_ANSWER_DAYS = 30
_CREDIT_RESOLVED_DAYS = 90
# A statement closes a month at most after a charge, and 60 days run from there.
_NOTICE_DAYS = 31 + 60
_DAY = timedelta(days=1)

DISPUTABLE_KINDS = frozenset({"card", "direct_debit", "cash", "fee", "payment"})
"""Postings that somebody else may have caused: not salaries, nor a customer's own transfers."""


class DisputeReason(StrEnum):
    """Why a charge is wrong, in the customer's eyes."""

    NOT_MINE = "not_mine"
    WRONG_AMOUNT = "wrong_amount"
    CHARGED_TWICE = "charged_twice"
    NOT_RECEIVED = "not_received"
    CANCELLED = "cancelled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DisputeTerms:
    """`answer_by` is when the bank must have decided or credited; `resolve_by` when it must be
    over. `provisional_credit`: the amount is put back at `answer_by` if nothing is decided then;
    otherwise, on a credit card, the amount need not be paid while it is looked into.
    """

    answer_by: date
    resolve_by: date
    provisional_credit: bool
    in_time: bool

    def as_json(self) -> str:
        """As it is handed over with the case."""
        return json.dumps(
            {
                "answer_by": self.answer_by.isoformat(),
                "resolve_by": self.resolve_by.isoformat(),
                "provisional_credit": self.provisional_credit,
                "in_time": self.in_time,
            }
        )


def dispute_terms(
    kind: AccountKind, charged: date, today: date, holidays: AbstractSet[date] = frozenset()
) -> DisputeTerms:
    """The terms of a dispute notified `today` about a charge of the day `charged`."""
    in_time = today - charged <= timedelta(days=_NOTICE_DAYS)
    if kind is AccountKind.CREDIT_CARD:
        answer = today + timedelta(days=_CREDIT_ANSWER_DAYS)
        return DisputeTerms(answer, today + timedelta(days=_CREDIT_RESOLVED_DAYS), False, in_time)
    answer = business_days_after(today, _INVESTIGATION_BUSINESS_DAYS, holidays)
    return DisputeTerms(answer, today + timedelta(days=_DEBIT_PURCHASE_DAYS), True, in_time)


def read_terms(packet: str | None) -> DisputeTerms | None:
    """What `as_json` wrote, or None for a case that was opened without its terms."""
    if packet is None:
        return None
    read = json.loads(packet)
    return DisputeTerms(
        answer_by=date.fromisoformat(read["answer_by"]),
        resolve_by=date.fromisoformat(read["resolve_by"]),
        provisional_credit=read["provisional_credit"],
        in_time=read["in_time"],
    )


def business_days_after(day: date, count: int, holidays: AbstractSet[date] = frozenset()) -> date:
    """The last of `count` business days after `day`: Monday to Friday, without `holidays`."""
    while count > 0:
        day += _DAY
        count -= day.weekday() < _SATURDAY and day not in holidays
    return day
