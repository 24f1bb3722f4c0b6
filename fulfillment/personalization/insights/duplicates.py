"""Charges that came twice by mistake, and what merchants gave back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fulfillment.personalization.insights.entries import Entry

_MOMENTS = timedelta(hours=1)
_A_DAY = timedelta(hours=24)
_OFTEN = 3
"""Who paid this very price here so often buys it often: a fare, a coffee, a wash."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same charge twice: `second` is the one to ask back."""

    first: Entry
    second: Entry


@dataclass(frozen=True, slots=True)
class Refund:
    """What came back, and the purchase that it is for where there is one to see."""

    entry: Entry
    purchase: Entry | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all that was paid came back."""
        return self.purchase is not None and self.purchase.size == self.entry.size


def find_duplicates(entries: Iterable[Entry]) -> list[Duplicate]:
    """Pairs of equal charges by one merchant, close in time, not given back since; newest first.

    Within an hour the same sum twice is odd by itself; within a day only where it was never paid
    there otherwise.
    """
    lines = sorted(entries, key=lambda one: (one.at, one.entry_id))
    given_back = {
        refund.purchase.entry_id for refund in find_refunds(lines) if refund.purchase is not None
    }
    charges = [one for one in lines if one.is_purchase]
    seen = Counter(_price(one) for one in charges)
    last: dict[object, Entry] = {}
    found: list[Duplicate] = []
    for one in charges:
        before = last.get(_price(one))
        # A third equal charge is compared with the second.
        last[_price(one)] = one
        if before is None or {before.entry_id, one.entry_id} & given_back:
            continue
        apart = one.at - before.at
        if seen[_price(one)] <= _OFTEN and apart <= (_MOMENTS if seen[_price(one)] > 2 else _A_DAY):
            found.append(Duplicate(before, one))
    return found[::-1]


def find_refunds(entries: Iterable[Entry]) -> list[Refund]:
    """Every refund with its purchase, oldest first: the latest of that very sum before it, or else
    the latest larger one of the same merchant. A purchase is given back once."""
    open_purchases: dict[tuple[str, str], list[Entry]] = {}
    found: list[Refund] = []
    for one in sorted(entries, key=lambda entry: (entry.at, entry.entry_id)):
        where = one.party.casefold(), one.currency
        if one.is_purchase:
            open_purchases.setdefault(where, []).append(one)
        elif one.kind == "refund" and one.minor > 0:
            bought = open_purchases.get(where, [])
            same = [each for each in bought if each.size == one.size]
            larger = [each for each in bought if each.size > one.size]
            purchase = next(reversed(same or larger), None)
            if same:
                bought.remove(same[-1])
            found.append(Refund(one, purchase))
    return found


def _price(line: Entry) -> tuple[str, str, int, str]:
    return line.party.casefold(), line.account_id, line.size, line.currency
