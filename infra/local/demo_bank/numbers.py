"""Whole account numbers for the demo accounts: drawn from their ids, so that they never change."""

from __future__ import annotations

import hashlib

from fulfillment.bank.books import AccountKind
from infra.local.demo_bank.life import AccountPlan

_NUMBERED = frozenset({AccountKind.CHECKING, AccountKind.SAVINGS})
_LEADING = 6


def number_of(customer_id: str, plan: AccountPlan) -> str:
    """Ten digits that end in the plan's last four; empty for a card, whose number is its own."""
    if plan.kind not in _NUMBERED:
        return ""
    drawn = hashlib.sha256(f"{customer_id}/{plan.key}".encode()).digest()
    leading = 10 ** (_LEADING - 1) + int.from_bytes(drawn[:8]) % (9 * 10 ** (_LEADING - 1))
    return f"{leading}{plan.last4}"
