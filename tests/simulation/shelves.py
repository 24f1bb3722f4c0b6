"""The state of the plain ledger, and the one way in which lines are booked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.limits import Limit
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Refusal
from fulfillment.bank.scheduled_payments import ScheduledPayment
from fulfillment.store.challenges import Challenge
from tests.simulation.plain import (
    BANK,
    EXCHANGE,
    FEES,
    OUTSIDE,
    Line,
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
    """What the bank itself has, by side and currency: `exchange EUR` is its position in euros."""
    rates: defaultdict[tuple[str, str], dict[datetime, Decimal]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """What one unit of the one currency is worth in the other, by the time from which on it is."""
    cases: set[Own] = field(default_factory=set)
    codes: dict[str, Challenge] = field(default_factory=dict)
    """The code that is open in a session, until it is used."""
    schedules: dict[Own, ScheduledPayment] = field(default_factory=dict)

    def book(self, movement: Movement, lines: list[Line]) -> None:
        movement.lines = lines
        for where, minor, currency in lines:
            if where in BANK:
                self.bank[f"{where} {currency}"] += minor
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


def lines_of_payment(order: PaymentOrder, amount: int) -> list[Line]:
    """Both sides of `amount` of an order; the bank stands between two currencies."""
    currency = order.amount.currency
    lines = [(order.source_account_id, -amount, currency)]
    other = order.destination_id if order.kind is PaymentKind.OWN_TRANSFER else OUTSIDE
    if order.exchange is None:
        lines.append((other, amount, currency))
    else:
        rate = order.exchange.rate
        arrives = worth(amount, rate.value)
        lines += [
            (EXCHANGE, amount, currency),
            (EXCHANGE, -arrives, rate.buys),
            (other, arrives, rate.buys),
        ]
    if order.fee.minor:
        lines += [
            (order.source_account_id, -order.fee.minor, currency),
            (FEES, order.fee.minor, currency),
        ]
    return lines


def worth(minor: int, rate: Decimal) -> int:
    """Cents at a rate in other cents, half to the even one; both currencies have two decimals."""
    return int((minor * rate).quantize(Decimal(1), ROUND_HALF_EVEN))
