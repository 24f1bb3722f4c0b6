"""A payment that Teller holds is booked by a core that speaks REST, and then posted or given back.

The core decides; the hold sees to it that the money is there meanwhile. Both are asked by the
transfer's id, so that every step may be done twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from http.client import HTTPConnection, HTTPException
from typing import Protocol

from fulfillment.bank.books import Hold
from fulfillment.bank.holds import Authorisation
from fulfillment.store.books import Books


class CoreAnswer(Enum):
    """What a core says to a transfer. `LATER`: nobody knows yet, ask again with the same id."""

    BOOKED = "booked"
    REFUSED = "refused"
    LATER = "later"


class CoreBanking(Protocol):
    """The port: all that Teller wants of the system that holds the money in the end."""

    def book(self, hold: Hold) -> CoreAnswer:
        """Book what is held, once for each `hold.hold_id`, however often it is asked for."""


@dataclass(frozen=True, slots=True)
class RestCore:
    """The port's adapter: `PUT /transfers/{id}`, which a core answers alike each time."""

    host: str
    port: int
    timeout_s: float = 2.0

    def book(self, hold: Hold) -> CoreAnswer:
        """201 and 200 say that it is booked, 409 and 422 that it never will be."""
        order = {
            "account": hold.account_id,
            "amountMinor": hold.amount.minor,
            "currency": hold.amount.currency,
        }
        connection = HTTPConnection(self.host, self.port, timeout=self.timeout_s)
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": hold.hold_id}
            connection.request("PUT", f"/transfers/{hold.hold_id}", json.dumps(order), headers)
            status = connection.getresponse().status
        except (OSError, HTTPException):
            return CoreAnswer.LATER
        finally:
            connection.close()
        if status in (200, 201):
            return CoreAnswer.BOOKED
        return CoreAnswer.REFUSED if status in (409, 422) else CoreAnswer.LATER


def settle(books: Books, core: CoreBanking, hold_id: str, now: datetime) -> CoreAnswer:
    """Brings a held payment to its end. Called from the stream, and again by the scheduler.

    Raises what the books raise: the record is then tried again, and nothing is done twice.
    """
    known = books.holds.find(hold_id)
    if known is None:
        return CoreAnswer.REFUSED
    answer = core.book(known.hold)
    if answer is CoreAnswer.LATER:
        return answer
    end = books.holds.post if answer is CoreAnswer.BOOKED else books.holds.release
    ended = end(hold_id, now)
    if not isinstance(ended, Authorisation):
        raise RuntimeError(f"the core says {answer.value} and the books {ended}")
    return answer
