"""The English of when a payment is made: units, weekdays, months, and how often."""

from __future__ import annotations

import re

from fulfillment.bank.recurrence import Frequency
from fulfillment.bank.timing_words import TimingWords, compiled, one_of, whole_words

_WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2, "wed": 2,
    "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4, "saturday": 5,
    "sunday": 6,
}  # fmt: skip
_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2,
    "a couple of": 2, "once": 1, "twice": 2,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

_WEEKDAY = one_of(_WEEKDAYS)
_MONTH = one_of(_MONTHS)
_NUMBER = rf"\d{{1,3}}|{one_of(_NUMBERS)}"
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{one_of(_ORDINALS)})\b"
_UNIT = r"days?|weeks?|months?|years?"

_EACH = r"(?:every|each|evry)"
# "50 a week" is how often, "in a week" and "a week from friday" are days.
_A = r"(?<!in )(?<!for )(?<!than )a"
_ALONE = r"(?! (?:from|ago|later|after))"
_A_LATER = r"(?! (?:from (?:now|today|tomorrow)|ago|later|after))"
_ON_LAST_DAY = r"(?:the )?(?:last day|end) of (?:every|each) (?:single )?month"
_ON_NTH = rf"(?:the )?{_NTH} (?:day )?of (?:every|each) month"

_FREQUENCIES: tuple[tuple[Frequency | None, str], ...] = (
    # What nobody can schedule here is found first, or "every three weeks" would be weekly.
    (None, rf"{_EACH} (?:other|second) (?:day|month|year)|{_EACH} (?:single )?(?:week)?days?"),
    (None, rf"{_EACH} (?:[3-9]|\d\d+|three|four|five|six|eight|ten) (?:{_UNIT})|{_EACH} hour"),
    (None, rf"{_EACH} (?:2|two) (?:days|months|years)|quarterly|{_EACH} quarter|hourly"),
    (None, r"daily|bimonthly|semi ?annually|twice an? (?:week|month|year)"),
    (Frequency.EVERY_TWO_WEEKS, rf"{_EACH} (?:other|second|2nd) (?:week|{_WEEKDAY})"),
    (Frequency.EVERY_TWO_WEEKS, rf"{_EACH} (?:2|two) weeks?|bi ?weekly|fortnightly"),
    (Frequency.EVERY_TWO_WEEKS, rf"{_EACH} fortnight|once a fortnight|a fortnight{_A_LATER}"),
    (
        Frequency.WEEKLY,
        rf"{_EACH} (?:single )?week|weekly|once a week|per week|{_A} week{_ALONE}",
    ),
    (Frequency.WEEKLY, rf"{_EACH} (?:single )?(?:{_WEEKDAY})s?"),
    (Frequency.WEEKLY, r"(?:mon|tues|wednes|thurs|fri|satur|sun)days"),
    (
        Frequency.MONTHLY,
        rf"{_EACH} (?:single )?month|monthly|once a month|per month|{_A} month{_ALONE}",
    ),
    (Frequency.MONTHLY, rf"{_EACH} {_NTH}|{_ON_NTH}|{_ON_LAST_DAY}|month ?end"),
    (
        Frequency.YEARLY,
        rf"{_EACH} (?:single )?year|yearly|annually|once a year|{_A} year{_ALONE}",
    ),
    (Frequency.YEARLY, rf"per year|{_EACH} (?:{_MONTH})"),
    (
        Frequency.ONCE,
        r"(?:just|only) (?:the )?once|one time|once(?! (?:more|again|a))|one off|single payment"
        r"|not recurring|no repeat",
    ),
)

_YEAR = r"(?:,? (?:of )?(?P<y>20\d\d))?"
_OF = r"(?: (?:day )?of (?P<which>(?:the |this |next )(?:coming )?month))?"
# "the second one" and "every second friday" are no days of a month.
_NTH_OF_A_MONTH = (
    rf"(?P<nth>{_NTH})(?! (?:one|ones|account|card|payment|charge|transaction|time|bank|national"
    r"|floor|street|avenue|half|quarter|week|of (?:them|these|those|the)\b(?! month)"
    rf"|{_WEEKDAY})\b)"
)
_DAYS = (
    ("iso", r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    ("figures", r"\b(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?\b(?!/)"),
    ("named", rf"\b(?P<month>{_MONTH})\.? (?:the )?(?P<nth>{_NTH}|\d{{1,2}})\b{_YEAR}"),
    ("named", rf"\b(?:the )?(?P<nth>{_NTH}|\d{{1,2}}) (?:of )?(?P<month>{_MONTH})\b{_YEAR}"),
    ("relative", r"\b(?P<word>day after tomorrow)\b"),
    ("in", rf"\b(?P<n>{_NUMBER}) (?P<unit>{_UNIT}) (?:from (?:now|today|(?P<base>tomorrow)))\b"),
    ("in", rf"\b(?P<base>in) (?P<n>{_NUMBER}) (?P<unit>{_UNIT})(?:'s? time)?\b"),
    ("ago", rf"\b(?P<n>{_NUMBER}) (?P<unit>{_UNIT}) ago\b"),
    (
        "of_month",
        r"\b(?:the )?(?P<end>(?:last day|end) of)(?P<nth>) "
        r"(?P<which>(?:the |this |next )month)\b",
    ),
    (
        "of_month",
        r"\b(?:the )?(?P<end>last day|(?:last day|end) of (?:every|each) (?:single )?month"
        r"|month ?end)\b(?P<nth>)(?P<which>)",
    ),
    (
        "of_month",
        rf"\b(?:the|on|every|each|from|starting) (?:the )?{_NTH_OF_A_MONTH}(?P<end>){_OF}",
    ),
    (
        "weekday",
        rf"\b(?:(?P<which>this|next|last|coming|on|every|each) (?:other |coming )?)?"
        rf"(?P<weekday>(?:{_WEEKDAY})(?P<plural>(?<=day)s)?)\b(?P<after>)",
    ),
    (
        "relative",
        r"\b(?P<word>tomorrow|yesterday|today|tonight|now|right away|immediately|next week)\b",
    ),
    ("month_alone", rf"\b(?:starting|start|beginning|from|in) (?:in )?(?P<month>{_MONTH})\b"),
)

ENGLISH = TimingWords(
    weekdays=_WEEKDAYS,
    months=_MONTHS,
    numbers=_NUMBERS,
    ordinals=_ORDINALS,
    units={
        "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month",
        "months": "month", "year": "year", "years": "year",
    },
    relative={
        "today": "today", "now": "today", "right away": "today", "immediately": "today",
        "tonight": "today", "tomorrow": "tomorrow", "day after tomorrow": "day after tomorrow",
        "yesterday": "yesterday", "next week": "next week",
    },
    this=frozenset({"this"}),
    next=frozenset({"next"}),
    last=frozenset({"last"}),
    following=frozenset({"next"}),
    day_first=False,
    has_accents=False,
    days=compiled(_DAYS),
    frequencies=whole_words(_FREQUENCIES),
    until=re.compile(
        r"\b(?:until|till|til|through|thru|up to|ending(?: on| in)?|ends?(?: on| in)"
        r"|stop(?:ping)?(?: on| in| after)?|with the last (?:one )?on) (?P<rest>.+)$"
    ),
    endless=re.compile(
        r"\b(?:until (?:i|further notice|you hear)|for ?ever|indefinitely|no end(?: date)?"
        r"|open ended|never ends?|without an? end)\b"
    ),
    times=re.compile(rf"\b(?P<n>{_NUMBER}) (?:times|payments|installments|instalments)\b"),
    span=re.compile(rf"\bfor (?:the next )?(?P<n>{_NUMBER}) (?P<unit>{_UNIT})\b"),
    month=re.compile(rf"(?:the )?(?:end of )?(?P<month>{_MONTH})\b(?:,? (?P<y>20\d\d)\b)?"),
    only_day=re.compile(rf"(?:on |from )?(?:the )?(?P<nth>\d{{1,2}}|{one_of(_ORDINALS)})"),
    only_weekday=re.compile(rf"(?P<weekday>{_WEEKDAY})"),
    bare_number=re.compile(
        r"(?<![\w/.,-])(?<!ending )(?<!ending in )(?<!account )(?<!number )"
        r"\$?\d[\d,]*(?:\.\d+)?k?(?![\w/]|[.,-]\d)"
    ),
    # "for friday's dinner" says what it is for, and "the first of the two" says nothing of a day.
    purpose=re.compile(r"\bfor (?:the )?(?:last |this |next )?\w+(?:day)?'s \w+"),
)  # fmt: skip
