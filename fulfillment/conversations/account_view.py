"""Accounts as replies show them."""

from __future__ import annotations

from collections.abc import Iterable

from fulfillment.bank.books import Account, AccountKind, AccountStatus, Card, Payee

_ORDER = tuple(AccountKind)


def in_order(accounts: Iterable[Account]) -> list[Account]:
    """Accounts as customers expect to see them: everyday ones first, then by name."""
    return sorted(accounts, key=lambda a: (_ORDER.index(a.kind), a.name))


def open_in_order(accounts: Iterable[Account]) -> list[Account]:
    """Those that are not closed, as customers expect to see them."""
    return in_order(a for a in accounts if a.status is not AccountStatus.CLOSED)


def payees_in_order(payees: Iterable[Payee]) -> list[Payee]:
    return sorted(payees, key=lambda payee: payee.name)


def cards_in_order(cards: Iterable[Card]) -> list[Card]:
    """Debit cards first, then by product."""
    return sorted(cards, key=lambda c: (c.kind != "debit", c.product, c.last4))


def balance_view(account: Account) -> dict[str, object]:
    """The figures of one account: what is owed on a card, what is available elsewhere."""
    is_card = account.kind is AccountKind.CREDIT_CARD
    return {
        "name": account.name,
        "available": account.available,
        "posted": account.posted,
        "held": account.held if account.held.is_positive else None,
        "owed": -account.posted if is_card else None,
        "limit": account.credit_limit if is_card else None,
    }
