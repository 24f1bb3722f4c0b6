"""Customers that a load test brings along: as many as it wants, each with two accounts and a card.

The five of the demonstration would meet the limits of a day (fifty payments) within a minute.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fulfillment.bank.books import (
    Account,
    AccountKind,
    AccountStatus,
    Card,
    CardStatus,
    Customer,
    Posting,
)
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks

CURRENCY = "USD"
CARD = "debit"
CHECKING, SAVINGS = "chk", "sav"
_ACCOUNTS = (
    (CHECKING, "Everyday Checking", AccountKind.CHECKING),
    (SAVINGS, "Rainy Day Savings", AccountKind.SAVINGS),
)
_HELD = Money.of("20000.00", CURRENCY)


def customer_id(number: int) -> str:
    return f"load-{number:04d}"


def load_books_of(number: int, now: datetime) -> OpeningBooks:
    """The books of `number` customers who opened their accounts a day before `now`."""
    opened = (now - timedelta(days=1)).replace(microsecond=0)
    books = OpeningBooks()
    for name in map(customer_id, range(number)):
        books.customers.append(Customer(name, "Load Tester", "Load", "en_US", "UTC"))
        for account_id, called, kind in _ACCOUNTS:
            books.accounts.append(_account(name, account_id, called, kind))
            books.postings.append(_opening(name, account_id, opened))
        books.cards.append(
            Card(name, CARD, CHECKING, "debit", "Visa debit", "0001", CardStatus.ACTIVE)
        )
    return books


def _account(name: str, account_id: str, called: str, kind: AccountKind) -> Account:
    nothing = Money.zero(CURRENCY)
    return Account(name, account_id, kind, called, "0001", AccountStatus.ACTIVE, posted=_HELD,
                   held=nothing, available=_HELD, credit_limit=nothing, version=1)  # fmt: skip


def _opening(name: str, account_id: str, at: datetime) -> Posting:
    line_id = f"opening-{account_id}"
    return Posting(name, account_id, line_id, f"{line_id}-{name}", at, _HELD, "opening",
                   "Opening balance")  # fmt: skip
