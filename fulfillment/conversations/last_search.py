"""Remembers the last search of the history, so that "show more" goes on where it stopped.

What is kept is a session attribute, so any caller can write it. Nothing in it names an owner: a
forged one is a search of the verified customer's own lines, as if it had been asked for in words.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fulfillment.bank.amount_ranges import AmountRange
from fulfillment.bank.periods import Period
from fulfillment.bank.transaction_search import Flow, TransactionFilter
from fulfillment.lex import Turn
from fulfillment.store.search import Place

SEARCH = "lastSearch"
KEPT = timedelta(minutes=10)
_MAX_LENGTH = 1500
LONGEST_NAME = 200
"""Of a merchant or a category, in characters: whoever writes more has named none."""

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class LastSearch(BaseModel):
    """A filter, the accounts and days it was asked of, and where the last page ended."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: int
    name: Text | None = None
    category: Text | None = None
    low: int | None = None
    high: int | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    flow: Flow | None = None
    pending: bool = False
    account: Text | None = None
    start: date | None = None
    end: date | None = None
    sort: Text | None = None
    after_account: Text | None = None

    @classmethod
    def of(
        cls,
        wanted: TransactionFilter,
        period: Period | None,
        account_id: str | None,
        place: Place | None,
        now: datetime,
    ) -> Self:
        """What is to be remembered. `account_id` when only one account was asked for."""
        amounts = wanted.amounts
        return cls(
            at=int(now.timestamp()),
            name=wanted.name,
            category=wanted.category,
            low=amounts.low if amounts else None,
            high=amounts.high if amounts else None,
            currency=amounts.currency if amounts else None,
            flow=wanted.flow,
            pending=wanted.pending,
            account=account_id,
            start=period.start if period else None,
            end=period.end if period else None,
            sort=place.sort if place else None,
            after_account=place.account_id if place else None,
        )

    @property
    def filter(self) -> TransactionFilter:
        amounts = AmountRange(self.low, self.high, self.currency) if self.currency else None
        return TransactionFilter(
            self.name,
            self.category,
            amounts,
            self.flow,
            self.pending,
            own_transfers=self.flow is None or self.account is not None,
        )

    @property
    def period(self) -> Period | None:
        return Period(self.start, self.end) if self.start and self.end else None

    @property
    def place(self) -> Place | None:
        """Where the next page begins; None when there is no more."""
        if self.sort is None or self.after_account is None:
            return None
        return Place(self.sort, self.after_account)


def remember(turn: Turn, search: LastSearch) -> None:
    turn.session[SEARCH] = search.model_dump_json(exclude_defaults=True)


def recall(turn: Turn, now: datetime) -> LastSearch | None:
    """The last search, unless it is long ago or what is kept is none."""
    kept = turn.session.get(SEARCH, "")
    if not kept or len(kept) > _MAX_LENGTH:
        return None
    try:
        search = LastSearch.model_validate_json(kept)
    except ValidationError:
        return None
    return search if abs(now.timestamp() - search.at) <= KEPT.total_seconds() else None
