"""Where a booked line is counted: its account's day and month, and the month of whom it names.

An account's own items are written with the account in one transaction, so they add no contention
that the account did not have. Names are kept apart from figures, so that the few names a customer
deals with can be read whole, however often they were paid.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.books import Posting
from fulfillment.bank.totals import Tally, counted, counted_with_party, day_of, party_of
from fulfillment.store import keys
from fulfillment.store.wire import encode

if TYPE_CHECKING:
    from fulfillment.store.wire import MutableItem

Place = tuple[str, str]
"""A primary key as a value that can be a dictionary's key: `PK` and `SK`."""


def additions(lines: Iterable[Posting], zone: str) -> dict[Place, dict[str, int]]:
    """What `lines` add, to which item, counted on the days of the customer's `zone`."""
    return additions_on((line, day_of(line.booked_at, zone)) for line in lines)


def additions_on(lines: Iterable[tuple[Posting, date]]) -> dict[Place, dict[str, int]]:
    """What lines add that are counted on the day given beside each."""
    sums: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for line, day in lines:
        where = line.account_id, line.amount.currency
        adds = counted(line)
        sums[_place(keys.month_totals(line.customer_id, day, *where))].update(adds)
        sums[_place(keys.day_totals(line.customer_id, day, *where))].update(adds)
        party = party_of(line)
        if party is None:
            continue
        for name, figure in counted_with_party(line).items():
            place = _place(keys.party_totals(line.customer_id, party, day, line.amount.currency))
            sums[place][f"{name}{day:%d}"] += figure
    return {place: dict(tally) for place, tally in sums.items()}


def names_to_note(lines: Iterable[Posting]) -> dict[Place, set[str]]:
    """The names that `lines` are counted under, by the item that keeps them."""
    found: defaultdict[Place, set[str]] = defaultdict(set)
    for line in lines:
        party = party_of(line)
        if party is not None and counted_with_party(line):
            found[_place(keys.party_names(line.customer_id, party))].add(party)
    return dict(found)


def tally_item(place: Place, tally: Tally) -> MutableItem:
    return encode({"PK": place[0], "SK": place[1], **tally})


def names_item(place: Place, names: Iterable[str]) -> MutableItem:
    return {**encode({"PK": place[0], "SK": place[1]}), "parties": {"SS": sorted(names)}}


def _place(key: keys.Key) -> Place:
    return key["PK"], key["SK"]
