"""What a sentence wants a sum compared with: another period, or what is usual. Pure.

Only the sentence can tell the two periods of "more in May than in April" apart: a slot holds one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.comparison_words import ComparisonWords, comparison_words
from fulfillment.bank.letters import without_accents
from fulfillment.bank.period_points import months_later
from fulfillment.bank.periods import Period, parse_period

MONTHS_OF_AN_AVERAGE = 6
_MAX_LENGTH = 300


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
        words = comparison_words(locale)
        if words.before.match(self.words):
            return before(base)
        if words.year_ago.match(self.words) and not _is_a_year(base):
            return a_year_before(base)
        return parse_period(self.words, today, locale)


def comparison_said(sentence: str, locale: str = "en_US") -> Comparison | None:
    """What comes after "compared to" or "than", if anything of the kind was said."""
    words = comparison_words(locale)
    plain = re.sub(r"[^\w\s'-]", " ", _plain(sentence[:_MAX_LENGTH], words))
    said = " ".join(plain.split())
    mark = words.mark.search(said)
    if mark is None:
        return None
    begin, end = mark.span(mark.lastgroup or 0)
    tail = words.leading.sub("", said[end:].strip())
    head = said[:begin].strip()
    if not tail:
        return None
    return Comparison("" if words.usual.search(tail) else tail, head)


def average_said(sentence: str, locale: str = "en_US") -> bool:
    """Whether a sentence asks what is usual, or for a figure a month."""
    words = comparison_words(locale)
    said = _plain(sentence, words)
    return bool(words.usual.search(said) or words.a_month.search(said))


def coming_said(sentence: str, locale: str = "en_US") -> bool:
    """Whether words name a time that is still to come, of which no history tells."""
    words = comparison_words(locale)
    return words.coming.search(_plain(sentence, words)) is not None


def _plain(sentence: str, words: ComparisonWords) -> str:
    said = sentence.casefold()
    return without_accents(said) if words.has_accents else said


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
