"""What a sentence wants a sum compared with: another period, or what is usual. Pure.

Only the sentence can tell the two periods of "more in May than in April" apart: a slot holds one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.period_points import months_later
from fulfillment.bank.periods import Period, parse_period

MONTHS_OF_AN_AVERAGE = 6
_MAX_LENGTH = 300
_MARK = re.compile(
    r"\b(?:compared?\b(?: \w+)? (?:to|with|against)|versus|vs|against|relative to"
    r"|(?:up|down) (?:from|on)|than)\b",
)
_LEADING = re.compile(r"^(?:(?:in|during|for|what|it|was|i|did|spent|my|the total of) )+")
_USUAL = re.compile(r"\b(?:usual|usually|normal|normally|average|typical|typically|always)\b")
_A_MONTH = re.compile(r"\b(?:(?:a|per|each|every) month|monthly)\b")
_BEFORE = re.compile(r"^(?:the )?(?:(?:month|year|week|one|period|time) )?before(?: that)?$")
_YEAR_AGO = re.compile(
    r"^(?:(?:at |in |of )*(?:the )?same (?:month|period|time|week|days?|quarter)(?: of)? )?"
    r"(?:last year|the year before|a year (?:ago|earlier|before))$"
)
_COMING = re.compile(
    r"\b(?:next|coming|upcoming|following) (?:day|week|weekend|month|quarter|year|summer|winter"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may"
    r"|june|july|august|september|october|november|december)\b|\btomorrow\b"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`words` name the other period, "" when it is what is usual; `before` is what comes first."""

    words: str
    before: str

    @property
    def is_with_usual(self) -> bool:
        return not self.words

    def period(self, base: Period, today: date, locale: str) -> Period | None:
        """The other period, or None when the words name none. `base` is what it is beside."""
        if _BEFORE.match(self.words):
            return before(base)
        if _YEAR_AGO.match(self.words) and not _is_a_year(base):
            return a_year_before(base)
        return parse_period(self.words, today, locale)


def comparison_said(sentence: str) -> Comparison | None:
    """What comes after "compared to" or "than", if anything of the kind was said."""
    said = " ".join(re.sub(r"[^\w\s'-]", " ", sentence[:_MAX_LENGTH].casefold()).split())
    mark = _MARK.search(said)
    if mark is None:
        return None
    tail = _LEADING.sub("", said[mark.end() :].strip())
    head = said[: mark.start()].strip()
    if not tail:
        return None
    return Comparison("" if _USUAL.search(tail) else tail, head)


def average_said(sentence: str) -> bool:
    """Whether a sentence asks what is usual, or for a figure a month."""
    said = sentence.casefold()
    return bool(_USUAL.search(said) or _A_MONTH.search(said))


def coming_said(words: str) -> bool:
    """Whether words name a time that is still to come, of which no history tells."""
    return _COMING.search(words.casefold()) is not None


def before(period: Period) -> Period:
    """As much time as `period` takes, just before it: whole months before whole months."""
    start = period.start
    if start.day == 1:
        after = period.end if period.end.day == 1 else months_later(period.end.replace(day=1), 1)
        months = (after.year - start.year) * 12 + after.month - start.month
        return Period(months_later(start, -months), start)
    return Period(start - (period.end - start), start)


def a_year_before(period: Period) -> Period:
    """The same days of the year before."""
    return Period(_year_back(period.start), _year_back(period.end))


def usual_months(today: date) -> Period:
    """The whole months that an average is made of."""
    this_month = today.replace(day=1)
    return Period(months_later(this_month, -MONTHS_OF_AN_AVERAGE), this_month)


def _is_a_year(period: Period) -> bool:
    return (period.start.day, period.start.month) == (1, 1) and (
        period.end - period.start > timedelta(days=92)
    )


def _year_back(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)
