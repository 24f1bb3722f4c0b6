"""The state of the plain ledger, and the one way in which lines are booked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.limits import Limit
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Refusal
from fulfillment.bank.scheduled_payments import ScheduledPayment
from tests.simulation.plain import (
    FEES,
    OUTSIDE,
    Movement,
    Own,
    PlainAccount,
    PlainCard,
    PlainPayee,
    PlainQuote,
)


@dataclass
class Shelves:
    """Every customer's things, and every movement there ever was."""

    limits: Callable[[PaymentKind, str], Limit]
    most_without_code: Callable[[str], Money]
    most_for_new: Callable[[str], Money]
    accounts: dict[Own, PlainAccount] = field(default_factory=dict)
    cards: dict[Own, PlainCard] = field(default_factory=dict)
    payees: dict[Own, PlainPayee] = field(default_factory=dict)
    quotes: dict[Own, PlainQuote] = field(default_factory=dict)
    movements: dict[str, Movement] = field(default_factory=dict)
    used: Counter[tuple[str, date, PaymentKind, str]] = field(default_factory=Counter)
    made: Counter[tuple[str, date, PaymentKind, str]] = field(default_factory=Counter)
    bank: Counter[str] = field(default_factory=Counter)
    cases: set[Own] = field(default_factory=set)
    schedules: dict[Own, ScheduledPayment] = field(default_factory=dict)

    def book(self, movement: Movement, lines: list[tuple[str, int]]) -> None:
        movement.lines = lines
        for where, minor in lines:
            if where in (OUTSIDE, FEES):
                self.bank[f"{where} {movement.currency}"] += minor
            else:
                self.accounts[movement.customer_id, where].posted += minor

    def count_for_payee(self, order: PaymentOrder, minor: int) -> None:
        if order.kind is PaymentKind.TO_PAYEE:
            payee = self.payees[order.customer_id, order.destination_id]
            payee.paid[order.amount.currency] += minor


def account_reason(account: PlainAccount | None, currency: str) -> Refusal | None:
    if account is None:
        return Refusal.UNKNOWN_ACCOUNT
    if account.status is not AccountStatus.ACTIVE:
        return Refusal.ACCOUNT_NOT_ACTIVE
    return Refusal.CURRENCY_MISMATCH if account.currency != currency else None


def lines_of_payment(order: PaymentOrder, amount: int) -> list[tuple[str, int]]:
    own = order.kind is PaymentKind.OWN_TRANSFER
    lines = [(order.source_account_id, -amount)]
    lines.append((order.destination_id if own else OUTSIDE, amount))
    if order.fee.minor:
        lines += [(order.source_account_id, -order.fee.minor), (FEES, order.fee.minor)]
    return lines
