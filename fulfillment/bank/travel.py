"""A trip that a customer tells the bank of, and the days of it out of a whole sentence."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fulfillment.bank.countries import countries_in
from fulfillment.bank.future_days import SaidDay, find_day, later
from fulfillment.bank.letters import without_accents
from fulfillment.bank.recurrence import day_in_month
from fulfillment.bank.timing_words import TimingWords, timing_words

LONGEST = timedelta(days=366)
"""Who is away for longer has moved."""
_MAX_LENGTH = 400
_RETURN = re.compile(
    r"\b(?:back|home|return(?:ing|s)?|regres\w+|vuelv\w+|volver\w*)\b(?:(?! (?:from|de)\b).)*$"
)
_BEFORE = re.compile(
    r"(?P<nth>\d{1,2})(?:st|nd|rd|th)? ?(?:to|through|until|till|-|–|al|a|hasta) ?$"
)
_BEHIND = re.compile(
    r"^ ?(?:to|through|until|till|-|–|al|a|hasta) ?(?:the |el )?(?P<nth>\d{1,2})\b"
)
_JOINED = re.compile(r"^ ?(?:to|through|until|till|-|–|al|a|hasta) ?\b")
_WEEK, _NOTHING = timedelta(days=7), timedelta(0)
_JOIN = re.compile(r" ?\b(?:the|el)\b ?$")


@dataclass(frozen=True, slots=True)
class TravelNotice:
    """Where to, in the customer's words, and the first and last of the customer's days there."""

    customer_id: str
    place: str
    first: date
    last: date

    @property
    def notice_id(self) -> str:
        """The same trip has the same id: told twice, it is noted once."""
        parts = (
            self.customer_id, self.place.casefold(),
            self.first.isoformat(), self.last.isoformat(),
        )  # fmt: skip
        return f"J-{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12].upper()}"

    @property
    def countries(self) -> frozenset[str]:
        """The countries that the place names, by their codes; none where it is a city's name."""
        return countries_in(self.place)

    def is_in(self, country: str, day: date) -> bool:
        """Whether the trip is to `country` (an ISO 3166 code), and `day` is one of its days."""
        return self.first <= day <= self.last and country in self.countries


class TripProblem(StrEnum):
    """What is wrong with the days of a trip."""

    OVER = "over"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class TripDays:
    """What was said of a trip's days; the rest is None."""

    first: date | None = None
    last: date | None = None


def trip_problem(first: date, last: date, today: date) -> TripProblem | None:
    """Why such a trip is not noted, or None."""
    if last < first:
        return TripProblem.BACKWARDS
    if last < today:
        return TripProblem.OVER
    return TripProblem.TOO_LONG if last - first > LONGEST else None


def read_trip_days(said: str, today: date, locale: str) -> TripDays:
    """The days in `said`: "from dec 5 to 12", "until friday", "for two weeks". Never raises.

    A day alone is the first one, unless the words before it make it the last. A length counts from
    the first day, and from today when none is said.
    """
    words = timing_words(locale)
    text = " ".join(said.casefold().split())[:_MAX_LENGTH]
    text = without_accents(text) if words.has_accents else text
    found = find_day(text, today, words)
    if found is None:
        return _for_a_while(text, None, today, words)
    head, tail = text[: found.start], text[found.end :]
    before, behind = _day_before(head, found, today, words), _day_behind(tail, found, today, words)
    if behind is not None and _JOINED.match(tail):
        # What stands before may be the week of both: "next week from monday till friday".
        return TripDays(found.day, behind)
    if before is not None:
        return TripDays(before, found.day)
    if behind is not None:
        return TripDays(found.day, behind)
    ends = words.until.search(text)
    if (ends and ends.start("rest") <= found.start) or _RETURN.search(head):
        return TripDays(None, found.day)
    return _for_a_while(text, found.day, today, words)


def _for_a_while(text: str, first: date | None, today: date, words: TimingWords) -> TripDays:
    span = words.span.search(text)
    if span is None:
        return TripDays(first)
    begins = first or today
    ends = later(begins, words.number(span["n"]), words.units[span["unit"]])
    return TripDays(first, ends - timedelta(days=1) if ends else None)


def _day_before(head: str, found: SaidDay, today: date, words: TimingWords) -> date | None:
    """The first day, in front of the one that was found: "from the 5th to [the 12th of may]"."""
    number = _BEFORE.search(_JOIN.sub("", head))
    if number is not None:
        return _in_month_of(found.day, int(number["nth"]))
    other = find_day(head, today, words)
    return other.day if other else None


def _day_behind(tail: str, found: SaidDay, today: date, words: TimingWords) -> date | None:
    other = find_day(tail, today, words)
    if other is not None:
        is_weekday = not words.weekdays.keys().isdisjoint(tail[other.start : other.end].split())
        # "Monday till Friday" ends on the Friday after that Monday, not on the one before.
        a_week = _WEEK if is_weekday and found.day - _WEEK <= other.day < found.day else _NOTHING
        return other.day + a_week
    number = _BEHIND.search(tail)
    return _in_month_of(found.day, int(number["nth"])) if number else None


def _in_month_of(day: date, wanted: int) -> date | None:
    return day_in_month(day, 0, wanted) if 1 <= wanted <= 31 else None
