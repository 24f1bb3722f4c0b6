"""Whose money is looked at, and on which day: by a turn's desk, or by the bank itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from fulfillment.replies import Speech

if TYPE_CHECKING:
    from fulfillment.bank.books import Customer
    from fulfillment.store.books import Books


class MoneyOf(Protocol):
    """A customer's books, now, by their own calendar (that of `speech`)."""

    @property
    def books(self) -> Books: ...

    @property
    def customer_id(self) -> str: ...

    @property
    def now(self) -> datetime: ...

    @property
    def speech(self) -> Speech: ...


@dataclass(frozen=True, slots=True)
class Onlooker:
    """The bank looks by itself: the customer is one whom it knows, not one who said so."""

    books: Books
    customer: Customer
    now: datetime

    @property
    def customer_id(self) -> str:
        return self.customer.customer_id

    @property
    def speech(self) -> Speech:
        return Speech(self.customer.locale, self.customer.time_zone, self.now)
