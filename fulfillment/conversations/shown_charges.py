"""Remembers the transactions that were just shown, so that "the second one" means something.

What is kept is a session attribute, so any caller can write it: it only ever picks among the
verified customer's own lines, and it is forgotten after a while.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from fulfillment.bank.books import Posting
from fulfillment.lex import Turn

SHOWN = "shownCharges"
_KEPT = timedelta(minutes=10)
_MOST = 8


def remember(turn: Turn, postings: Sequence[Posting], now: datetime) -> None:
    """Keep the ids of what was shown, in the order in which it was shown."""
    ids = ",".join(posting.posting_id for posting in postings[:_MOST])
    turn.session[SHOWN] = f"{int(now.timestamp())}|{ids}"


def recall(turn: Turn, postings: Sequence[Posting], now: datetime) -> list[Posting]:
    """Those of the customer's `postings` that were shown, in that order; none when it is old."""
    at, _, ids = turn.session.get(SHOWN, "").partition("|")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return []
    if abs(now.timestamp() - int(at)) > _KEPT.total_seconds():
        return []
    own = {posting.posting_id: posting for posting in postings}
    return [own[one] for one in ids.split(",")[:_MOST] if one in own]
