"""Remembers the transactions that were just shown, so that "the second one" means something.

What is kept is a session attribute, so any caller can write it: it only ever picks among the
verified customer's own lines, and it is forgotten after a while.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from fulfillment.bank.transaction_search import Line
from fulfillment.lex import Turn
from fulfillment.store.search import Place, place_of

SHOWN = "shownCharges"
_KEPT = timedelta(minutes=10)
_MOST = 10


def remember(turn: Turn, lines: Sequence[Line], now: datetime) -> None:
    """Keep where the shown lines stand, in the order in which they were shown."""
    words = ",".join(write_place(place_of(line)) for line in lines[:_MOST])
    turn.session[SHOWN] = f"{int(now.timestamp())}|{words}"


def recall(turn: Turn, now: datetime) -> list[Place]:
    """Where the lines stand that were shown, in that order; none when it is long ago."""
    at, _, words = turn.session.get(SHOWN, "").partition("|")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return []
    if abs(now.timestamp() - int(at)) > _KEPT.total_seconds():
        return []
    places = [read_place(word) for word in words.split(",")[:_MOST]]
    return [place for place in places if place is not None]


def write_place(place: Place) -> str:
    """A place as one word."""
    return f"{place.account_id}@{place.sort}"


def read_place(word: str) -> Place | None:
    """The place that `write_place` wrote; a made-up one names a line of the caller's or nothing."""
    account_id, at, sort = word.partition("@")
    return Place(sort, account_id) if at and len(word) <= 200 else None
