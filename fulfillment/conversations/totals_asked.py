"""What a customer wants added up, kept for a while so that "and in May?" can follow it.

What is kept is a session attribute that any caller can write. Nothing in it names an owner: a
forged one is a question about the verified customer's own totals, as if it had been asked.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fulfillment.bank.periods import Period
from fulfillment.lex import Turn

ASKED = "lastTotals"
KEPT = timedelta(minutes=10)
_MAX_LENGTH = 1000
Words = Annotated[str, Field(min_length=1, max_length=200)]


class What(StrEnum):
    SPENDING = "spending"
    INCOME = "income"


class Question(BaseModel):
    """Which sum, of which days. `other_start` and `other_end` bound the period to compare with.

    Of `category`, `party` and `account` (an id) those that are set narrow the sum down; `usual`
    compares it with an average month. `ranked` of them, in order, are wanted and not their sum.
    Ends of periods are exclusive.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: int = 0
    what: What = What.SPENDING
    start: date
    end: date
    other_start: date | None = None
    other_end: date | None = None
    usual: bool = False
    category: Words | None = None
    party: Words | None = None
    account: Words | None = None
    ranked: int = Field(default=0, ge=0, le=10)

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def other(self) -> Period | None:
        if self.other_start is None or self.other_end is None:
            return None
        return Period(self.other_start, self.other_end)

    def of(self, period: Period) -> Self:
        """The same question of another period, compared with nothing."""
        changes = {"start": period.start, "end": period.end}
        return self.model_copy(update={**changes, **_COMPARED_WITH_NOTHING})

    def beside(self, other: Period) -> Self:
        """The same question, compared with another period."""
        changes = {"other_start": other.start, "other_end": other.end}
        return self.model_copy(update={**_COMPARED_WITH_NOTHING, **changes})

    def beside_the_usual(self) -> Self:
        """The same question, compared with an average month."""
        return self.model_copy(update={**_COMPARED_WITH_NOTHING, "usual": True})

    def on(self, category: str | None = None, party: str | None = None) -> Self:
        """The same question of a category or of somebody, in place of what it was about."""
        return self.model_copy(update={"category": category, "party": party, "ranked": 0})

    def in_order(self, many: int) -> Self:
        """The merchants of the same days in order, as `many` of them."""
        return self.model_copy(update={"ranked": many, "party": None})

    def within(self, account_id: str | None) -> Self:
        """The same question of one account, or of all."""
        return self.model_copy(update={"account": account_id})


_COMPARED_WITH_NOTHING = {"other_start": None, "other_end": None, "usual": False}


def remember(turn: Turn, question: Question, now: datetime) -> None:
    kept = question.model_copy(update={"at": int(now.timestamp())})
    turn.session[ASKED] = kept.model_dump_json(exclude_defaults=True)


def recall(turn: Turn, now: datetime) -> Question | None:
    """The last question, unless it is long ago or what is kept is none."""
    kept = turn.session.get(ASKED, "")
    if not kept or len(kept) > _MAX_LENGTH:
        return None
    try:
        found = Question.model_validate_json(kept)
    except ValidationError:
        return None
    is_fresh = abs(now.timestamp() - found.at) <= KEPT.total_seconds()
    return found if is_fresh and found.start < found.end else None
