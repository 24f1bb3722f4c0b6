"""Looks through a customer's lines for those that are wanted, a page at a time, at bounded cost.

A search reads a bounded number of lines, however long the history is: when it has looked at
`LOOKED_AT` lines without filling the page it stops and says how far back it came, and the next page
goes on from there.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from fulfillment.bank.books import Hold, Posting
from fulfillment.store import keys
from fulfillment.store.hold_items import read_hold
from fulfillment.store.items import read_posting
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.wire import Record

Line = Posting | Hold
LOOKED_AT = 1000
"""The most lines one search looks at, over all accounts."""
_PAGE = 250
# Holds sort behind postings, so one backward query finds both.
_HOLDS_FORESEEN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A point in the order of a customer's lines: a sort key and, where two are equal, the account.

    It names no owner. Whoever makes one up only begins elsewhere in the caller's own lines.
    """

    sort: str
    account_id: str

    @property
    def at(self) -> datetime:
        """When the line there was booked or placed."""
        return keys.moment(self.sort.split("#")[1])


@dataclass(frozen=True, slots=True)
class Range:
    """Which lines to look through: holds, then postings, each newest first.

    Without `start` and `end` (aware; `end` exclusive) the range is the whole history. `after` is
    where an earlier page ended.
    """

    account_ids: Sequence[str]
    start: datetime | None = None
    end: datetime | None = None
    holds: bool = True
    postings: bool = True
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, in order. `place` is where to go on, None at the end of the history.

    `came_to` says how far back the search came when it stopped before the page was full.
    """

    lines: tuple[Line, ...]
    place: Place | None = None
    came_to: datetime | None = None

    @property
    def holds(self) -> list[Hold]:
        return [line for line in self.lines if isinstance(line, Hold)]

    @property
    def postings(self) -> list[Posting]:
        return [line for line in self.lines if isinstance(line, Posting)]


@dataclass(frozen=True, slots=True)
class Lines:
    """A customer's own postings and holds. Customer ids come from a verified identity only."""

    reader: Reader

    def search(
        self,
        customer_id: str,
        where: Range,
        limit: int,
        wanted: Callable[[Line], bool] | None = None,
    ) -> Found:
        """Up to `limit` lines that are wanted; looks at a bounded number of them."""
        return _search(self.reader, customer_id, where, limit, wanted)

    def at(self, customer_id: str, place: Place) -> Line | None:
        """The customer's own line at `place`, or None. One read."""
        return _line_at(self.reader, customer_id, place)


def _search(
    reader: Reader,
    customer_id: str,
    where: Range,
    limit: int,
    wanted: Callable[[Line], bool] | None,
) -> Found:
    """Up to `limit` lines of the customer's own accounts for which `wanted` holds; all without it.

    Holds ahead of postings do not count towards `limit`: a few more of them may be on the page.
    An account that the customer does not have, or a place that no line could be at, finds nothing.
    """
    if where.after is not None and not _is_place(where.after):
        return Found(())
    page_size = _PAGE if wanted else limit + 1 + _HOLDS_FORESEEN
    streams = [
        _stream(reader, customer_id, account_id, where, page_size)
        for account_id in dict.fromkeys(where.account_ids)
        if keys.addressable(customer_id, account_id)
    ]
    page = _Page(limit, limit + _HOLDS_FORESEEN if where.postings else limit)
    last: Place | None = None
    lines = heapq.merge(*streams, key=_order, reverse=True)
    for looked_at, (line, place) in enumerate(lines):
        if looked_at == LOOKED_AT and last is not None:
            return Found(tuple(page.lines), last, last.at)
        if (wanted is None or wanted(line)) and not page.takes(line):
            return Found(tuple(page.lines), last)
        last = place
    return Found(tuple(page.lines))


@dataclass(slots=True)
class _Page:
    """`limit` postings, and holds as long as the page has fewer than `most` lines."""

    limit: int
    most: int
    lines: list[Line] = field(default_factory=list)
    _postings: int = 0

    def takes(self, line: Line) -> bool:
        """Put `line` on the page, if there is room for it."""
        if isinstance(line, Posting):
            if self._postings == self.limit:
                return False
            self._postings += 1
        elif len(self.lines) == self.most:
            return False
        self.lines.append(line)
        return True


def _line_at(reader: Reader, customer_id: str, place: Place) -> Line | None:
    """The customer's own line at `place`, or None."""
    if not keys.addressable(customer_id) or not _is_place(place):
        return None
    partition = keys.account_partition(customer_id, place.account_id)
    item = reader.one({"PK": partition, "SK": place.sort})
    if item is None:
        return None
    return read_posting(item) if place.sort.startswith("E#") else read_hold(item)


def place_of(line: Line) -> Place:
    """Where a line stands."""
    if isinstance(line, Posting):
        key = keys.posting(line.customer_id, line.account_id, line.booked_at, line.posting_id)
    else:
        key = keys.hold(line.customer_id, line.account_id, line.placed_at, line.hold_id)
    return Place(key["SK"], line.account_id)


def _order(pair: tuple[Line, Place]) -> tuple[str, str]:
    return pair[1].sort, pair[1].account_id


def _stream(
    reader: Reader, customer_id: str, account_id: str, where: Range, page_size: int
) -> Iterator[tuple[Line, Place]]:
    """One account's lines from the newest, each with its place."""
    partition = keys.account_partition(customer_id, account_id)
    after = (where.after.sort, where.after.account_id) if where.after else None
    for first, last in _spans(where):
        upper = min(last, after[0]) if after else last
        if first > upper:
            continue
        for item in reader.between(partition, first, upper, newest_first=True, page_size=page_size):
            sort = Record(item).text("SK")
            if after is None or (sort, account_id) < after:
                line = read_hold(item) if sort.startswith("H#") else read_posting(item)
                yield line, Place(sort, account_id)


def _spans(where: Range) -> Iterator[tuple[str, str]]:
    """The ranges of sort keys to look through, from the last."""
    first = keys.instant(where.start) if where.start else ""
    last = keys.instant(where.end) if where.end else AFTER
    if where.holds and where.postings and not where.start and not where.end:
        yield "E#", f"H#{AFTER}"
        return
    # A line at the end has an id after the time in its key, and so sorts behind the bare time.
    if where.holds:
        yield f"H#{first}", f"H#{last}"
    if where.postings:
        yield f"E#{first}", f"E#{last}"


def _is_place(place: Place) -> bool:
    letter, _, rest = place.sort.partition("#")
    at, _, line_id = rest.partition("#")
    try:
        whole_second = keys.instant(keys.moment(at)) == at
    except ValueError:
        return False
    return letter in ("E", "H") and whole_second and keys.addressable(line_id, place.account_id)
