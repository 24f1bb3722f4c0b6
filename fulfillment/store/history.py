"""An account's booked lines and pending holds: a page at a time, or exactly those of a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from fulfillment.bank.books import Hold, Posting
from fulfillment.store import keys
from fulfillment.store.hold_items import read_hold
from fulfillment.store.items import read_posting
from fulfillment.store.reading import AFTER, Reader

# Holds sort behind postings, so one backward query finds both; few accounts have more than this
# many at once, and one that has costs a second page, no more.
_HOLDS_FORESEEN = 10


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """Newest first. `holds` (pending) come with the first page only.

    `cursor` is what to pass as `before` for the page after this one, None when there is none.
    """

    holds: tuple[Hold, ...]
    postings: tuple[Posting, ...]
    cursor: str | None


def recent(
    reader: Reader, customer_id: str, account_id: str, limit: int, before: str | None
) -> TransactionPage:
    """Up to `limit` postings before `before`; an account the customer does not have is empty.

    A cursor that this function did not make reads as the end of the list.
    """
    if limit < 1 or not keys.addressable(customer_id, account_id) or not _is_cursor(before):
        return TransactionPage((), (), None)
    holds: list[Hold] = []
    postings: list[Posting] = []
    lines = reader.between(
        keys.account_partition(customer_id, account_id),
        "E#",
        f"E#{AFTER}" if before else f"H#{AFTER}",
        newest_first=True,
        page_size=limit + 1 + (0 if before else _HOLDS_FORESEEN),
        after=f"E#{before}" if before else None,
    )
    for item in lines:
        if item["SK"]["S"].startswith("H#"):
            holds.append(read_hold(item))
        elif len(postings) == limit:
            return TransactionPage(tuple(holds), tuple(postings), _cursor(postings[-1]))
        else:
            postings.append(read_posting(item))
    return TransactionPage(tuple(holds), tuple(postings), None)


def postings_between(
    reader: Reader, customer_id: str, account_id: str, start: datetime, end: datetime
) -> Iterator[Posting]:
    """Every posting booked from `start` to just before `end` (whole seconds), oldest first."""
    first, last = f"E#{keys.instant(start)}", f"E#{keys.instant(end)}"
    if first >= last or not keys.addressable(customer_id, account_id):
        return
    # A posting at `end` has an id after the time in its key, and so sorts behind the bare time.
    partition = keys.account_partition(customer_id, account_id)
    for item in reader.between(partition, first, last):
        yield read_posting(item)


def open_holds(reader: Reader, customer_id: str, account_ids: Iterable[str]) -> Iterator[Hold]:
    """Every pending hold on these accounts. One query an account."""
    for account_id in account_ids:
        if keys.addressable(customer_id, account_id):
            partition = keys.account_partition(customer_id, account_id)
            for item in reader.between(partition, "H#", f"H#{AFTER}"):
                yield read_hold(item)


def _cursor(posting: Posting) -> str:
    return f"{keys.instant(posting.booked_at)}#{posting.posting_id}"


def _is_cursor(before: str | None) -> bool:
    if before is None:
        return True
    at, _, posting_id = before.partition("#")
    try:
        whole_second = keys.instant(keys.moment(at)) == at
    except ValueError:
        return False
    return whole_second and keys.addressable(posting_id)
