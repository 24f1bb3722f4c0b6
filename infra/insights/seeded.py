"""The seeded bank's lives as histories whose recurring charges are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fulfillment.bank.books import AccountKind, Posting
from fulfillment.bank.totals import party_of
from fulfillment.personalization.insights.entries import Entry, entries_of
from infra.local.demo_bank.bank import LIVES, demo_books
from infra.local.demo_bank.life import Life

AS_OF = datetime(2026, 11, 23, 15, tzinfo=UTC)
WINDOW = timedelta(days=400)
_LEAST = 3

Charge = tuple[str, str]
"""An account and a party."""


@dataclass(frozen=True, slots=True)
class History:
    """A customer's lines, what truly recurs in the last `WINDOW`, and their everyday accounts."""

    customer: str
    entries: tuple[Entry, ...]
    recurring: frozenset[Charge]
    checking: tuple[str, ...]

    @property
    def recent(self) -> list[Entry]:
        return [one for one in self.entries if one.at > AS_OF - WINDOW]


def histories(seed: int) -> Iterator[History]:
    """The five lives, drawn with `seed`."""
    books = demo_books(seed, AS_OF)
    for life in LIVES:
        own = [line for line in books.postings if line.customer_id == life.customer_id]
        yield History(
            life.customer_id,
            tuple(entries_of(own, life.time_zone)),
            frozenset(_truth(life, [one for one in own if one.booked_at > AS_OF - WINDOW])),
            tuple(one.key for one in life.accounts if one.kind is AccountKind.CHECKING),
        )


def _truth(life: Life, lines: list[Posting]) -> Iterator[Charge]:
    """What the life's plan says goes out again and again, and has done so three times by now.

    A trial that became paid has done so twice.
    """
    payees = {one.key: one.name for one in life.payees}
    planned = [
        (one.account, one.text, 2 if one.trial else _LEAST)
        for one in life.recurring
        if one.amount < 0
    ]
    planned += [(one.account, payees[one.payee], _LEAST) for one in life.payments]
    for account, text, least in planned:
        of_it = [one for one in lines if one.account_id == account and one.description == text]
        if len(of_it) >= least:
            yield account, party_of(of_it[-1]) or text
