"""Settle every doubt: payments whose answer was lost, found again or put out of force for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.payments import Receipt, Unknown
from fulfillment.store.errors import BooksError
from fulfillment.store.payment_items import read_quote
from fulfillment.store.reading import due_items
from fulfillment.store.sweeping import Sweep
from fulfillment.store.withdrawing import DOUBTS, QuoteDesk

if TYPE_CHECKING:
    from fulfillment.bank.payments import Quote


def settle_doubts(
    desk: QuoteDesk,
    now: datetime,
    may_go_on: Callable[[], bool] = lambda: True,
) -> Sweep:
    """Bring each quote in doubt to one end or the other. One that fails does not stop the others.

    `settled` counts those that were put out of force, `already` those that had been paid. Safe to
    run twice, at once, and beside the payment itself: the quote's own state decides.
    """
    settled = already = left = 0
    for item in due_items(desk.client, desk.table, DOUBTS, now):
        if not may_go_on():
            left += 1
            continue
        was_paid = _settle(desk, read_quote(item), now)
        if was_paid is None:
            left += 1
        elif was_paid:
            already += 1
        else:
            settled += 1
    return Sweep(settled, already, left)


def _settle(desk: QuoteDesk, quote: Quote, now: datetime) -> bool | None:
    """Whether it was paid; None when that is still not known."""
    try:
        found = desk.withdraw(quote.customer_id, quote.quote_id, quote.session_id, now)
        if isinstance(found, Receipt):
            desk.clear(quote.customer_id, quote.quote_id)
    except (BooksError, BotoCoreError, ClientError):
        return None
    return None if isinstance(found, Unknown) else isinstance(found, Receipt)
