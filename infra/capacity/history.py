"""A customer with a history of a given length: the same shops and habits, only more lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fulfillment.bank.books import (
    Account,
    AccountKind,
    AccountStatus,
    Customer,
    Payee,
    Posting,
)
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks

CUSTOMER = "casey"
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
FULL_DAYS = 60
"""So few that of a thousand lines each day has some of every kind: its sums are as large as they
ever get, but for their digits."""
_SHOPS = (
    ("Whole Foods", "groceries"), ("Safeway", "groceries"), ("Blue Bistro", "dining"),
    ("Heart Coffee", "dining"), ("Shell", "transport"), ("Metro", "transport"),
    ("Amazon", "shopping"), ("Target", "shopping"), ("Netflix", "subscriptions"),
    ("City Power", "utilities"), ("Harbor Health", "health"), ("Odeon", "entertainment"),
)  # fmt: skip
_ACCOUNTS = (
    ("checking", "Everyday Checking", AccountKind.CHECKING, 0),
    ("savings", "Rainy Day Savings", AccountKind.SAVINGS, 0),
    ("card", "Visa Platinum", AccountKind.CREDIT_CARD, 10**12),
)
_PAYDAYS = 4
_SPENT = 2 * 10**8
"""Minor units, however many lines they are spread over: sums have as many digits in any history."""
_LAST_BEFORE_NOW = timedelta(hours=1)


def books_of(lines: int, days: int = FULL_DAYS) -> OpeningBooks:
    """Books of one customer with `lines` lines over `days`, the last an hour before `NOW`."""
    step, typical = timedelta(days=days) / lines, _SPENT // lines
    paydays = {lines * number // _PAYDAYS for number in range(_PAYDAYS)}
    postings = [
        _opening(account_id, NOW - timedelta(days=days + 2))
        for account_id, _, kind, _ in _ACCOUNTS
        if kind is not AccountKind.CREDIT_CARD
    ]
    postings += [
        _line(number, NOW - _LAST_BEFORE_NOW - step * (lines - number - 1), typical, paydays)
        for number in range(lines)
    ]
    return OpeningBooks(
        customers=[Customer(CUSTOMER, "Casey Reed", "Casey", "en_US", "America/New_York")],
        accounts=[_account(*account, postings=postings) for account in _ACCOUNTS],
        payees=[Payee(CUSTOMER, "anna", "Anna Kovacs", None, "Harbor Bank", "021-7788", True)],
        postings=postings,
    )


def _line(number: int, at: datetime, typical: int, paydays: set[int]) -> Posting:
    if number in paydays:
        return _posting(number, "checking", at, 250_000, "salary", "Northwind", "income")
    shop, category = _SHOPS[number % len(_SHOPS)]
    account_id = ("checking", "card")[number % 2]
    return _posting(number, account_id, at, -(typical + number % 97), "card", shop, category)


def _opening(account_id: str, at: datetime) -> Posting:
    """Enough that every line could be paid from it."""
    number = -1 if account_id == "checking" else -2
    return _posting(number, account_id, at, 2 * _SPENT, "opening", "Brought forward", None)


def _posting(
    number: int,
    account_id: str,
    at: datetime,
    minor: int,
    kind: str,
    name: str,
    category: str | None,
) -> Posting:
    merchant = name if kind == "card" else None
    return Posting(
        customer_id=CUSTOMER,
        account_id=account_id,
        posting_id=f"p-{number + 2:08d}",
        transfer_id=f"t-{number + 2:08d}",
        booked_at=at.replace(microsecond=0),
        amount=Money(minor, "USD"),
        kind=kind,
        description=name,
        merchant=merchant,
        category=category,
        counterparty=None if merchant else name,
    )


def _account(
    account_id: str, name: str, kind: AccountKind, limit: int, *, postings: list[Posting]
) -> Account:
    posted = sum(line.amount.minor for line in postings if line.account_id == account_id)
    return Account(
        CUSTOMER,
        account_id,
        kind,
        name,
        "4412",
        AccountStatus.ACTIVE,
        posted=Money(posted, "USD"),
        held=Money(0, "USD"),
        available=Money(posted + limit, "USD"),
        credit_limit=Money(limit, "USD"),
        version=1,
    )
