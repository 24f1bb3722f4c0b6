"""Reads the day on which somebody wants to pay: "friday", "the 1st", "in two weeks", "12/15"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.recurrence import LAST_DAY, day_in_month
from fulfillment.bank.timing_words import (
    MONTH,
    MONTHS,
    NTH,
    NUMBER,
    NUMBERS,
    ORDINALS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
)

_DAY = timedelta(days=1)
_WEEK = 7
_RECENT = timedelta(days=90)
"""A day without its year that was over so short a time ago is meant as past, not as next year's."""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day, where in the words it stood, and the day of the month that was asked for."""

    day: date
    start: int
    end: int
    of_month: int


def find_day(words: str, today: date) -> SaidDay | None:
    """The first day that `words` (lower case, single spaces) name, today's and past ones included.

    A weekday or a day of the month without more is the next one after today; "next friday" is that
    of the next calendar week (Monday to Sunday), as Lex reads it.
    """
    for pattern, rule in _RULES:
        for match in pattern.finditer(words):
            day = rule(match, today)
            if day is not None:
                return SaidDay(day, match.start(), match.end(), _asked_for(match, day))
    return None


def _asked_for(match: re.Match[str], day: date) -> int:
    """31 for the end of a month, and for a day that its own month does not have."""
    said = match.groupdict()
    if said.get("end"):
        return LAST_DAY
    return _nth(said["nth"]) if said.get("nth") else day.day


def _nth(words: str) -> int:
    return ORDINALS.get(words) or int(re.sub(r"\D", "", words))


def _number(words: str) -> int:
    return NUMBERS.get(words) or int(words)


def _iso(match: re.Match[str], _: date) -> date | None:
    return _date(int(match["y"]), int(match["m"]), int(match["d"]))


def _figures(match: re.Match[str], today: date) -> date | None:
    """12/15, as the United States write it."""
    return _with_year(match["y"], int(match["m"]), int(match["d"]), today)


def _named(match: re.Match[str], today: date) -> date | None:
    return _with_year(match["y"], MONTHS[match["month"]], _nth(match["nth"]), today)


def _of_month(match: re.Match[str], today: date) -> date | None:
    """ "the 15th", "the 1st of next month", "the last day of the month"."""
    wanted = LAST_DAY if match["end"] else _nth(match["nth"])
    if not 1 <= wanted <= LAST_DAY:
        return None
    which = match["which"] or ""
    months = 1 if "next" in which else 0
    day = day_in_month(today, months, wanted)
    if day is None or which.startswith(("this", "next")) or day > today:
        return day
    return day_in_month(today, 1, wanted)


def _weekday(match: re.Match[str], today: date) -> date | None:
    wanted = WEEKDAYS[match["weekday"].removesuffix("s") if match["plural"] else match["weekday"]]
    which = match["which"] or ""
    if which == "last":
        return today - timedelta(days=(today.weekday() - wanted - 1) % _WEEK + 1)
    if which == "next" and not match["plural"]:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=_WEEK)
        return monday + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % _WEEK + 1)


def _relative(match: re.Match[str], today: date) -> date | None:
    return {
        "today": today, "now": today, "right away": today, "immediately": today, "tonight": today,
        "tomorrow": today + _DAY, "day after tomorrow": today + 2 * _DAY, "yesterday": today - _DAY,
        "next week": today + timedelta(days=_WEEK - today.weekday()),
    }[match["word"]]  # fmt: skip


def _in(match: re.Match[str], today: date) -> date | None:
    base = today + _DAY if match["base"] == "tomorrow" else today
    return later(base, _number(match["n"]), match["unit"])


def _ago(match: re.Match[str], today: date) -> date | None:
    return later(today, -_number(match["n"]), match["unit"])


def _month_alone(match: re.Match[str], today: date) -> date | None:
    """ "starting in january": its first day."""
    first = _date(today.year, MONTHS[match["month"]], 1)
    return first if first is None or first > today else _date(today.year + 1, first.month, 1)


def later(day: date, count: int, unit: str) -> date | None:
    """`count` days, weeks, months or years after `day`."""
    if unit.startswith(("month", "year")):
        return day_in_month(day, count * (12 if unit.startswith("year") else 1), day.day)
    days = count * (_WEEK if unit.startswith("week") else 1)
    return day + timedelta(days=days)


def _with_year(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        whole = int(year) + 2000 if len(year) == 2 else int(year)
        return _date(whole, month, day)
    this = _date(today.year, month, day)
    if this is None or this >= today:
        return this or _date(today.year + 1, month, day)
    return this if today - this <= _RECENT else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_YEAR = r"(?:,? (?:of )?(?P<y>20\d\d))?"
_OF = r"(?: (?:day )?of (?P<which>(?:the |this |next )(?:coming )?month))?"
# "the second one" and "every second friday" are no days of a month.
_NTH = (
    rf"(?P<nth>{NTH})(?! (?:one|ones|account|card|payment|charge|transaction|time|bank|national"
    rf"|floor|street|avenue|half|quarter|week|of (?:them|these|those|the)\b(?! month)|{WEEKDAY})\b)"
)
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?\b(?!/)", _figures),
        (rf"\b(?P<month>{MONTH})\.? (?:the )?(?P<nth>{NTH}|\d{{1,2}})\b{_YEAR}", _named),
        (rf"\b(?:the )?(?P<nth>{NTH}|\d{{1,2}}) (?:of )?(?P<month>{MONTH})\b{_YEAR}", _named),
        (r"\b(?P<word>day after tomorrow)\b", _relative),
        (
            rf"\b(?P<n>{NUMBER}) (?P<unit>{UNIT}) (?:from (?:now|today|(?P<base>tomorrow)))\b",
            _in,
        ),
        (rf"\b(?P<base>in) (?P<n>{NUMBER}) (?P<unit>{UNIT})(?:'s? time)?\b", _in),
        (rf"\b(?P<n>{NUMBER}) (?P<unit>{UNIT}) ago\b", _ago),
        (
            r"\b(?:the )?(?P<end>(?:last day|end) of)(?P<nth>) "
            r"(?P<which>(?:the |this |next )month)\b",
            _of_month,
        ),
        (
            r"\b(?:the )?(?P<end>last day|(?:last day|end) of (?:every|each) (?:single )?month"
            r"|month ?end)\b(?P<nth>)(?P<which>)",
            _of_month,
        ),
        (rf"\b(?:the|on|every|each|from|starting) (?:the )?{_NTH}(?P<end>){_OF}", _of_month),
        (
            rf"\b(?:(?P<which>this|next|last|coming|on|every|each) (?:other |coming )?)?"
            rf"(?P<weekday>(?:{WEEKDAY})(?P<plural>(?<=day)s)?)\b",
            _weekday,
        ),
        (
            r"\b(?P<word>tomorrow|yesterday|today|tonight|now|right away|immediately|next week)\b",
            _relative,
        ),
        (rf"\b(?:starting|start|beginning|from|in) (?:in )?(?P<month>{MONTH})\b", _month_alone),
    )
)
