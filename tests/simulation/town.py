"""Who lives in the simulated bank: a few customers who share their accounts with many actors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from fulfillment.bank.books import (
    Account,
    AccountKind,
    AccountStatus,
    Card,
    CardStatus,
    Customer,
    Payee,
    Posting,
)
from fulfillment.bank.exchange import Rate
from fulfillment.bank.limits import Limit, Limits
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.payments import PaymentKind

DAWN = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
CUSTOMERS = ("mira", "otto")
ACCOUNTS = {
    "checking": (AccountKind.CHECKING, "Checking", 80_000, 0, "USD"),
    "savings": (AccountKind.SAVINGS, "Savings", 150_000, 0, "USD"),
    "gold": (AccountKind.CREDIT_CARD, "Gold Card", -30_000, 200_000, "USD"),
    "euros": (AccountKind.CHECKING, "Euro Account", 20_000, 0, "EUR"),
}
"""Kind, name, what is posted, the credit limit, and the currency."""
PAYEES = {"anna": "Anna Kovacs", "ben": "Ben Okafor"}
NEW_UNTIL = {"ben": DAWN + timedelta(minutes=6)}
"""Ben was added yesterday: for a few minutes more he gets only so much."""
OTHER_TARGET = "021000021-6666"
RATES = {
    ("USD", "EUR"): (
        (timedelta(days=-9), Decimal("0.5")),
        (timedelta(hours=-20), Decimal("0.9184")),
        (timedelta(minutes=3), Decimal("0.9205")),
    ),
    ("EUR", "USD"): (
        (timedelta(hours=-20), Decimal("1.0815")),
        (timedelta(minutes=4), Decimal("1.075")),
    ),
}
"""What one unit is worth, from when on as seen from dawn: a rate changes while people talk."""


_DAYS = ((39_000, 80_000, 6), (39_000, 80_000, 2), (39_000, 80_000, 6), (12_000, 45_000, 6))
"""What payees may get in one story or another: in a payment, in a day, how often in a day."""


def limits(seed: int) -> Limits:
    """Small enough to be met, and in every other story met soon; more for transfers."""
    once, per_day, most = _DAYS[seed % len(_DAYS)]
    dollars = {
        PaymentKind.TO_PAYEE: Limit(Money(once, "USD"), Money(per_day, "USD"), most),
        PaymentKind.OWN_TRANSFER: Limit(Money(60_000, "USD"), Money(150_000, "USD"), most + 3),
    }
    euros = Limit(Money(15_000, "EUR"), Money(30_000, "EUR"), 4)
    return Limits(
        {(kind, "USD"): limit for kind, limit in dollars.items()}
        | {(kind, "EUR"): euros for kind in PaymentKind}
    )


def opening_rates() -> list[Rate]:
    """The rates that are known on the first morning."""
    return [
        Rate(*pair, value, (DAWN + after).replace(microsecond=0), "treasury")
        for pair, rates in RATES.items()
        for after, value in rates
    ]


def opening_books() -> OpeningBooks:
    """Every customer's things on the first morning."""
    accounts = [_account(customer, name) for customer in CUSTOMERS for name in ACCOUNTS]
    return OpeningBooks(
        customers=[
            Customer(name, f"{name.title()} Hartmann", name.title(), "en_US", "America/New_York")
            for name in CUSTOMERS
        ],
        accounts=accounts,
        cards=[
            Card(customer, f"{customer}-card", "checking", "debit", "Visa debit", "4821",
                 CardStatus.ACTIVE)
            for customer in CUSTOMERS
        ],
        payees=[
            Payee(customer, payee, name, None, "Harbor Bank", f"021000021-{payee}", active=True,
                  new_until=NEW_UNTIL.get(payee))
            for customer in CUSTOMERS
            for payee, name in PAYEES.items()
        ],
        postings=[_opening(account) for account in accounts if account.posted.minor],
        holds=[],
    )  # fmt: skip


def _account(customer_id: str, account_id: str) -> Account:
    kind, name, posted, credit, currency = ACCOUNTS[account_id]
    return Account(
        customer_id=customer_id,
        account_id=account_id,
        kind=kind,
        name=name,
        last4="0001",
        status=AccountStatus.ACTIVE,
        posted=Money(posted, currency),
        held=Money(0, currency),
        available=Money(posted + credit, currency),
        credit_limit=Money(credit, currency),
        version=1,
    )


def _opening(account: Account) -> Posting:
    name = f"open-{account.account_id}"
    return Posting(
        customer_id=account.customer_id,
        account_id=account.account_id,
        posting_id=name,
        transfer_id=name,
        booked_at=(DAWN - timedelta(days=40)).replace(microsecond=0),
        amount=account.posted,
        kind="opening",
        description="Opening balance",
    )
