"""How a language names periods: its words, and the patterns they stand in.

Another language is another `PeriodWords`: the rules in `periods` know no word of any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """The words of one language.

    `named` maps a phrase to the key of a fixed period, `units` a word to the English unit that the
    rules go by. `patterns` are tried in order; a pattern's
    groups (`count`, `unit`, `day`, `month`, `year`, `quarter`, `weekday`, `rest`, `first`, `last`,
    `previous`) are what its rule reads. `lead` and `trail` are words at either end that change
    nothing.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    counts: dict[str, int]
    named: dict[str, str]
    units: dict[str, str]
    has_accents: bool
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def month(self, word: str | None) -> int | None:
        """ "march", "mar" or "03" as 3."""
        if word is None:
            return None
        return int(word) if word.isdigit() else self.months.get(word)

    def day(self, word: str | None) -> int | None:
        """ "3" or "primero" as a day of the month."""
        return (int(word) if word.isdigit() else 1) if word else None

    def count(self, word: str | None) -> int | None:
        """ "30" or "three"; one when nothing was said."""
        if word is None:
            return 1
        return int(word) if re.fullmatch(r"[0-9]{1,4}", word) else self.counts.get(word)


_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_WEEKDAY_NUMBERS = {
    **{name: number for number, name in enumerate(_WEEKDAYS)},
    **{name[:3]: number for number, name in enumerate(_WEEKDAYS)},
    "tues": 1, "thur": 3, "thurs": 3,
}  # fmt: skip


def _one_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_MONTH = rf"(?P<month>{_one_of(_MONTH_NUMBERS)})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_COUNT = r"(?:a )?(?P<count>[0-9]{1,4}|[a-z]+(?: of)?)"
_UNIT = r"(?P<unit>(?:day|week|month|year)s?)"
_UNITS = ("week", "weekend", "month", "quarter", "year")
_PATTERNS = (
    ("between", r"(?:between|from) (?P<first>.+?) (?:and|to|until|till|through|-) (?P<last>.+)"),
    ("since", r"since (?:the )?(?:(?:start|beginning) of )?(?:the )?(?P<rest>.+)"),
    ("inner", r"from (?P<rest>.+)"),
    ("ago", rf"{_COUNT} {_UNIT} ago"),
    ("rolling", rf"(?:(?:last|past|previous) )?{_COUNT} {_UNIT}"),
    ("point", rf"{_YEAR}-(?P<month>[0-9]{{2}})-{_DAY}"),
    ("point", rf"{_MONTH}(?: the)? {_DAY}(?: {_YEAR})?"),
    ("point", rf"{_DAY}(?: of)? {_MONTH}(?: {_YEAR})?"),
    ("point", rf"(?P<previous>(?:last|past|previous) )?(?:this )?{_MONTH}(?:(?: of)? {_YEAR})?"),
    ("point", rf"(?:last |this |past )?(?P<weekday>{_one_of(_WEEKDAY_NUMBERS)})"),
    ("point", r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)"),
    ("bare_day", r"(?P<day>[0-9]{1,2})"),
    ("quarter", rf"q(?P<quarter>[1-4])(?: {_YEAR})?"),
    ("year", _YEAR),
)

ENGLISH = PeriodWords(
    months=_MONTH_NUMBERS,
    weekdays=_WEEKDAY_NUMBERS,
    counts={
        "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2,
        "couple of": 2, "few": 3,
    },
    named={
        **{f"{word} {unit}": f"this {unit}" for unit in _UNITS for word in ("this", "current")},
        **{f"{word} {unit}": f"last {unit}" for unit in _UNITS
           for word in ("last", "past", "previous")},
        "today": "today", "yesterday": "yesterday", "day before yesterday": "day before yesterday",
        "week": "this week", "weekend": "this weekend", "month": "this month", "year": "this year",
        "week to date": "this week", "month to date": "this month", "year to date": "this year",
        "ytd": "this year",
    },
    units={
        f"{unit}{plural}": unit for unit in ("day", "week", "month", "year") for plural in ("", "s")
    },
    has_accents=False,
    lead=re.compile(r"^(?:(?:so far|in|for|during|within|over|on|of|the|just|all)(?: |$))+"),
    trail=re.compile(r" (?:so far|until now|till now|up to now|until today|please)$"),
    patterns=tuple((rule, re.compile(pattern)) for rule, pattern in _PATTERNS),
)  # fmt: skip
