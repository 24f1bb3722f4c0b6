"""Settle what is overdue: find it through the sparse index, decide each by a condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.holds import Authorisation
from fulfillment.bank.payments import Unknown
from fulfillment.store.errors import BooksError
from fulfillment.store.holding import Answer, HoldDesk


@dataclass(frozen=True, slots=True)
class Sweep:
    """How many were due: `settled` by this run, `already` by another, `left` for the next one.

    What is left met a fault of its own, a busy account, silence or the end of the time there was.
    """

    settled: int = 0
    already: int = 0
    left: int = 0

    def as_json(self) -> dict[str, int]:
        return {"settled": self.settled, "already": self.already, "left": self.left}


def release_expired_holds(
    desk: HoldDesk, now: datetime, may_go_on: Callable[[], bool] = lambda: True
) -> Sweep:
    """Give back every hold that was due at `now`. One that fails does not stop the others.

    Safe to run twice, at once, and beside posting: each hold's own record decides.
    """
    settled = already = left = 0
    for hold in desk.due(now):
        if not may_go_on():
            left += 1
            continue
        answer = _expire(desk, hold.hold_id, now)
        if isinstance(answer, Authorisation) and not answer.replayed:
            settled += 1
        elif answer is None or isinstance(answer, Unknown):
            left += 1
        else:
            already += 1
    return Sweep(settled, already, left)


def _expire(desk: HoldDesk, hold_id: str, now: datetime) -> Answer | None:
    try:
        return desk.expire(hold_id, now)
    except (BooksError, BotoCoreError, ClientError):
        return None
