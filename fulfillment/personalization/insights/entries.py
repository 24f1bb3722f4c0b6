"""A booked line as the insights see it: on the customer's own day, with whoever it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fulfillment.bank.books import Posting
from fulfillment.bank.totals import party_of

PURCHASES = frozenset({"card", "direct_debit"})
"""Kinds of lines that a merchant charged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `minor` is in minor units, negative for money out; `at` is aware, `day` the
    customer's own calendar day of it. `party` is the merchant, payee or payer as the bank writes
    them, or the line's text; `category` is empty where there is none."""

    entry_id: str
    account_id: str
    at: datetime
    day: date
    minor: int
    currency: str
    party: str
    kind: str
    category: str = ""

    @property
    def size(self) -> int:
        """Minor units without the sign."""
        return abs(self.minor)

    @property
    def is_purchase(self) -> bool:
        """Whether a merchant took money."""
        return self.kind in PURCHASES and self.minor < 0


def entries_of(postings: Iterable[Posting], zone: str) -> list[Entry]:
    """Postings as entries, oldest first; `zone` is the customer's IANA time zone."""
    where = ZoneInfo(zone)
    entries = [
        Entry(
            entry_id=line.posting_id,
            account_id=line.account_id,
            at=line.booked_at,
            day=line.booked_at.astimezone(where).date(),
            minor=line.amount.minor,
            currency=line.amount.currency,
            party=party_of(line) or line.description,
            kind=line.kind,
            category=line.category or "",
        )
        for line in postings
    ]
    return sorted(entries, key=lambda one: (one.at, one.entry_id))
