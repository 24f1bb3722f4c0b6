"""Paying as a conversation does, which has read the customer before and knows the time zone."""

from __future__ import annotations

from datetime import datetime

from fulfillment.bank.payments import Outcome, PaymentOrder
from fulfillment.store.books import Books
from tests.unit.bank.values import MIRA


def pay(
    books: Books, quote_id: str, order: PaymentOrder, session_id: str, now: datetime
) -> Outcome:
    return books.pay(quote_id, order, session_id, now, zone=MIRA.time_zone)
