"""The English of when a payment is made: units, weekdays, months, and how often."""

from __future__ import annotations

import re

from fulfillment.bank.recurrence import Frequency

WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wed": 2,
    "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5,
    "sunday": 6,
}  # fmt: skip
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12,
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2,
    "a couple of": 2, "once": 1, "twice": 2,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip


def one_of(words: dict[str, int]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


WEEKDAY = one_of(WEEKDAYS)
MONTH = one_of(MONTHS)
NUMBER = rf"\d{{1,3}}|{one_of(NUMBERS)}"
NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{one_of(ORDINALS)})\b"
UNIT = r"days?|weeks?|months?|years?"

_EACH = r"(?:every|each|evry)"
# "50 a week" is how often, "in a week" and "a week from friday" are days.
_A = r"(?<!in )(?<!for )(?<!than )a"
_ALONE = r"(?! (?:from|ago|later|after))"
_ON_LAST_DAY = r"(?:the )?(?:last day|end) of (?:every|each) (?:single )?month"
_ON_NTH = rf"(?:the )?{NTH} (?:day )?of (?:every|each) month"

FREQUENCIES: tuple[tuple[Frequency | None, re.Pattern[str]], ...] = tuple(
    (frequency, re.compile(rf"\b(?:{pattern})\b"))
    for frequency, pattern in (
        # What nobody can schedule here is found first, or "every three weeks" would be weekly.
        (None, rf"{_EACH} (?:other|second) (?:day|month|year)|{_EACH} (?:single )?(?:week)?days?"),
        (None, rf"{_EACH} (?:[3-9]|\d\d+|three|four|five|six|eight|ten) (?:{UNIT})|{_EACH} hour"),
        (None, rf"{_EACH} (?:2|two) (?:days|months|years)|quarterly|{_EACH} quarter|hourly"),
        (None, r"daily|bimonthly|semi ?annually|twice an? (?:week|month|year)"),
        (Frequency.EVERY_TWO_WEEKS, rf"{_EACH} (?:other|second|2nd) (?:week|{WEEKDAY})"),
        (Frequency.EVERY_TWO_WEEKS, rf"{_EACH} (?:2|two) weeks?|bi ?weekly|fortnightly"),
        (Frequency.EVERY_TWO_WEEKS, rf"{_EACH} fortnight|once a fortnight"),
        (
            Frequency.WEEKLY,
            rf"{_EACH} (?:single )?week|weekly|once a week|per week|{_A} week{_ALONE}",
        ),
        (Frequency.WEEKLY, rf"{_EACH} (?:single )?(?:{WEEKDAY})s?"),
        (Frequency.WEEKLY, r"(?:mon|tues|wednes|thurs|fri|satur|sun)days"),
        (
            Frequency.MONTHLY,
            rf"{_EACH} (?:single )?month|monthly|once a month|per month|{_A} month{_ALONE}",
        ),
        (Frequency.MONTHLY, rf"{_EACH} {NTH}|{_ON_NTH}|{_ON_LAST_DAY}|month ?end"),
        (
            Frequency.YEARLY,
            rf"{_EACH} (?:single )?year|yearly|annually|once a year|{_A} year{_ALONE}",
        ),
        (Frequency.YEARLY, rf"per year|{_EACH} (?:{MONTH})"),
        (
            Frequency.ONCE,
            r"(?:just|only) (?:the )?once|one time|once(?! (?:more|again|a))|one off|single payment"
            r"|not recurring|no repeat",
        ),
    )
)
"""How often, in the order of looking; None is more or less often than this bank pays."""
