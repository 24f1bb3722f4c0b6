"""The lines that insights are read from: those of the last thirteen months, at bounded cost.

However long or dense a history is, at most `LOOKED_AT` of its newest lines are looked at. What
recurs once a year needs two of its times, so the window is a little more than a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.books import Account, Posting
from fulfillment.conversations.onlooker import MoneyOf
from fulfillment.personalization.insights.entries import Entry, entries_of
from fulfillment.personalization.insights.recurring import Recurring, find_recurring
from fulfillment.store.search import LOOKED_AT, Range

LOOKED_BACK = timedelta(days=400)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class RecentLines:
    """A customer's newest lines, oldest first, and what recurs in them. `since` is the first day
    that is whole in them."""

    postings: tuple[Posting, ...]
    entries: tuple[Entry, ...]
    found: tuple[Recurring, ...]
    since: date

    def posting(self, entry: Entry) -> Posting:
        """The line that `entry` was read from."""
        return next(line for line in self.postings if line.posting_id == entry.entry_id)

    def of(self, account: Account) -> tuple[list[Entry], list[Recurring]]:
        """One account's lines and series."""
        own = account.account_id
        return (
            [one for one in self.entries if one.account_id == own],
            [one for one in self.found if one.last.account_id == own],
        )

    @property
    def without_what_recurs(self) -> list[Entry]:
        known = {entry.entry_id for series in self.found for entry in series.entries}
        return [one for one in self.entries if one.entry_id not in known]


def recent_lines(whose: MoneyOf, accounts: Sequence[Account]) -> RecentLines:
    """One bounded search over all `accounts`, whatever their history."""
    end = whose.now + _SECOND
    start = end - LOOKED_BACK
    where = Range([one.account_id for one in accounts], start, end, holds=False)
    looked = whose.books.lines.search(whose.customer_id, where, LOOKED_AT, lambda _: True)
    postings = tuple(reversed(looked.postings))
    entries = entries_of(postings, whose.speech.zone.key)
    began = postings[0].booked_at if looked.place and postings else start
    return RecentLines(
        postings=postings,
        entries=tuple(entries),
        found=tuple(find_recurring(entries, whose.speech.today)),
        since=began.astimezone(whose.speech.zone).date(),
    )
