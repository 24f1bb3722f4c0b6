"""Accounts as replies show them."""

from __future__ import annotations

from fulfillment.bank.books import Account, AccountKind


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
