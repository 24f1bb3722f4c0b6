"""What a card may spend in a day and in a month, by its holder's own wish. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from fulfillment.bank.books import Card
from fulfillment.bank.money import Money


class LimitPeriod(StrEnum):
    """How long a limit counts: a calendar day or month, by the customer's own calendar."""

    DAY = "day"
    MONTH = "month"


_WORDS = {
    "en": {
        LimitPeriod.DAY: r"day|daily|today|24 hours",
        LimitPeriod.MONTH: r"month|monthly",
    },
    "es": {
        LimitPeriod.DAY: r"d[ií]as?|diari[oa]s?|hoy",
        LimitPeriod.MONTH: r"mes|meses|mensual(?:es)?",
    },
}
_PATTERNS = {
    language: {
        period: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for period, words in by.items()
    }
    for language, by in _WORDS.items()
}


def periods_in(words: str, locale: str) -> tuple[LimitPeriod, ...]:
    """The periods that `words` name.

    >>> periods_in("200 dollars a day", "en_US")
    (<LimitPeriod.DAY: 'day'>,)
    """
    patterns = _PATTERNS.get(locale[:2], {})
    return tuple(period for period, pattern in patterns.items() if pattern.search(words))


def limit_of(card: Card, period: LimitPeriod) -> Money | None:
    """The limit that the card has for `period`, or None."""
    return card.daily_limit if period is LimitPeriod.DAY else card.monthly_limit


@dataclass(frozen=True, slots=True)
class CardSpending:
    """What was spent with a card on a day and in the month of that day, what is held included."""

    day: Money
    month: Money

    def of(self, period: LimitPeriod) -> Money:
        return self.day if period is LimitPeriod.DAY else self.month


@dataclass(frozen=True, slots=True)
class Room:
    """What may have been spent before, at most, for a purchase to fit: minor units, or no limit."""

    day: int | None = None
    month: int | None = None

    @property
    def exceeded(self) -> LimitPeriod | None:
        """The period whose limit the purchase is above by itself."""
        if self.day is not None and self.day < 0:
            return LimitPeriod.DAY
        return LimitPeriod.MONTH if self.month is not None and self.month < 0 else None


def room_for(card: Card, amount: Money) -> Room:
    """The room that a purchase of `amount` (in the currency of the card's account) needs."""
    left = [
        (limit - amount).minor if limit is not None and limit.currency == amount.currency else None
        for limit in (card.daily_limit, card.monthly_limit)
    ]
    return Room(*left)
