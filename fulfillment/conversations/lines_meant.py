"""A few words that ask for lines of the history: who was paid last, the list of another time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from fulfillment.bank import periods
from fulfillment.conversations import last_paid, transactions
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.progress import Progress
from fulfillment.lex import Reply, Turn

LINES = "ListTransactions"
_AND = re.compile(
    r"\W*(?:and|what about|how about|y|qu[eé] (?:hay|tal)|qu[eé] pas[oó])\W+"
    r"(?:(?:in|for|of|from|during|en|durante|con) )?(?P<when>[^?!.]{3,40}?)\W*",
    re.IGNORECASE,
)


def lines_meant(turn: Turn, progress: Progress) -> Callable[[Turn], Reply] | None:
    """What answers a turn that is about `LINES` in a few words; None where the words say nothing
    of the kind."""
    paid = last_paid.last_paid_asked(turn.transcript)
    if paid is not None:
        return lambda lines: last_paid.tell_last_paid(lines, paid)
    told = progress.last
    if progress.asking is not None or told is None or told.intent != LINES:
        return None
    period = _other_time(turn.transcript, Desk.of(turn).speech.today, turn.locale)
    return None if period is None else lambda lines: transactions.list_in(lines, period)


def _other_time(said: str, today: date, locale: str) -> periods.Period | None:
    """ "And last month?", "¿y del mes pasado?": a time and nothing else."""
    asked = _AND.fullmatch(said)
    return periods.parse_period(asked["when"].strip(), today, locale) if asked else None
