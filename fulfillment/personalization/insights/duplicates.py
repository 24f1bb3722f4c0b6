"""Charges that came twice by mistake, and what merchants gave back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fulfillment.personalization.insights.entries import Entry

_MOMENTS = timedelta(hours=1)
_A_DAY = timedelta(hours=24)
_NAME = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_TELLING = 4
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


@dataclass(frozen=True, slots=True)
class Awaited:
    """A purchase of which not all came back; `back` is what did, in minor units."""

    purchase: Entry
    back: int


def awaited(entries: Iterable[Entry], words: str) -> Awaited | None:
    """The latest purchase of a merchant whom `words` name, when nothing came back since; None
    where no merchant is named, or its last purchase was given back."""
    lines = sorted(entries, key=lambda one: (one.at, one.entry_id))
    last = last_of_the_named(lines, words)
    if last is None:
        return None
    came = [
        one
        for one in find_refunds(lines)
        if one.entry.party.casefold() == last.party.casefold() and one.entry.at >= last.at
    ]
    back = sum(one.entry.size for one in came)
    return Awaited(last, back) if back < last.size else None


def last_of_the_named(entries: Iterable[Entry], words: str) -> Entry | None:
    """The latest purchase of a merchant whom `words` name: by all of its name, or by the first word
    of it (four letters or more). None where no merchant is named."""
    said = set(_NAME.findall(words.casefold()))
    named = [one for one in entries if one.is_purchase and _is_named(one.party, said)]
    return max(named, key=lambda one: (one.at, one.entry_id), default=None)


def _is_named(party: str, said: set[str]) -> bool:
    parts = _NAME.findall(party.casefold())
    if not parts:
        return False
    return set(parts) <= said or (len(parts[0]) >= _TELLING and parts[0] in said)


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
