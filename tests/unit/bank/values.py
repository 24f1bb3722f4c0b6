"""A small bank to test with: one customer, her accounts, a card, a payee, and what she pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fulfillment.bank.books import (
    Account,
    AccountKind,
    AccountStatus,
    Card,
    CardStatus,
    Customer,
    Hold,
    Payee,
    Posting,
)
from fulfillment.bank.limits import Limit, Limits
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.payments import PaymentKind, PaymentOrder

NOW = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)

MIRA = Customer("mira", "Mira Hartmann", "Mira", "en_US", "America/New_York")
ANNA = Payee("mira", "anna", "Anna Kovacs", "Annie", "Harbor Bank", "021000021-7788", True)
DEBIT_CARD = Card("mira", "card-1", "checking", "debit", "Visa debit", "4821", CardStatus.ACTIVE)


def dollars(amount: str) -> Money:
    return Money.of(amount, "USD")


def account(
    account_id: str,
    posted: str,
    *,
    kind: AccountKind = AccountKind.CHECKING,
    held: str = "0",
    credit_limit: str = "0",
    customer_id: str = "mira",
    currency: str = "USD",
    status: AccountStatus = AccountStatus.ACTIVE,
) -> Account:
    """An account whose available figure follows from the others."""
    figures = {name: Money.of(text, currency) for name, text in (("p", posted), ("h", held))}
    limit = Money.of(credit_limit, currency)
    return Account(
        customer_id=customer_id,
        account_id=account_id,
        kind=kind,
        name=account_id.replace("-", " ").title(),
        last4="0001",
        status=status,
        posted=figures["p"],
        held=figures["h"],
        available=figures["p"] - figures["h"] + limit,
        credit_limit=limit,
        version=1,
    )


CHECKING = account("checking", "500.00", held="20.00")
SAVINGS = account("savings", "1000.00", kind=AccountKind.SAVINGS)
CREDIT_CARD = account(
    "credit-card", "-300.00", kind=AccountKind.CREDIT_CARD, credit_limit="2000.00"
)
ACCOUNTS = [CHECKING, SAVINGS, CREDIT_CARD]


def opening_posting(of: Account) -> Posting:
    """The one line that makes the account's posted figure."""
    return Posting(
        customer_id=of.customer_id,
        account_id=of.account_id,
        posting_id=f"open-{of.account_id}",
        transfer_id=f"open-{of.account_id}",
        booked_at=LONG_AGO.replace(microsecond=0),
        amount=of.posted,
        kind="opening",
        description="Opening balance",
    )


def opening_hold(of: Account) -> Hold:
    """The one pending item that makes the account's held figure."""
    return Hold(
        customer_id=of.customer_id,
        account_id=of.account_id,
        hold_id=f"hold-{of.account_id}",
        placed_at=(NOW - timedelta(days=1)).replace(microsecond=0),
        expires_at=NOW + timedelta(days=6),
        amount=of.held,
        description="Corner Coffee",
        merchant="Corner Coffee",
        category="dining",
    )


def opening_books(*accounts: Account) -> OpeningBooks:
    """Books of Mira and these accounts (all of hers by default), each explained by its lines."""
    kept = list(accounts or ACCOUNTS)
    owners = {one.customer_id for one in kept}
    return OpeningBooks(
        customers=[replace(MIRA, customer_id=owner) for owner in sorted(owners)],
        accounts=kept,
        cards=[DEBIT_CARD] if CHECKING.account_id in {one.account_id for one in kept} else [],
        payees=[replace(ANNA, customer_id=owner) for owner in sorted(owners)],
        postings=[opening_posting(one) for one in kept if one.posted.minor],
        holds=[opening_hold(one) for one in kept if one.held.minor],
    )


def to_anna(amount: str, *, fee: str = "0", source: str = "checking") -> PaymentOrder:
    return PaymentOrder(
        kind=PaymentKind.TO_PAYEE,
        customer_id="mira",
        source_account_id=source,
        destination_id=ANNA.payee_id,
        destination_ref=ANNA.target,
        amount=dollars(amount),
        fee=dollars(fee),
        source_name="Checking",
        destination_name="Anna Kovacs",
    )


def between(source: str, destination: str, amount: str) -> PaymentOrder:
    """A transfer between Mira's own accounts."""
    return PaymentOrder(
        kind=PaymentKind.OWN_TRANSFER,
        customer_id="mira",
        source_account_id=source,
        destination_id=destination,
        destination_ref=destination,
        amount=dollars(amount),
        fee=dollars("0"),
        source_name=source.title(),
        destination_name=destination.title(),
    )


def limits_of(per_payment: str, per_day: str, payments_per_day: int = 10) -> Limits:
    """The same dollar limit for both kinds of payment."""
    limit = Limit(dollars(per_payment), dollars(per_day), payments_per_day)
    return Limits({(kind, "USD"): limit for kind in PaymentKind})
