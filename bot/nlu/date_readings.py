"""Which days an English form means: the readings behind the grammar of `bot.nlu.dates`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from bot.nlu import date_grammar as grammar
from bot.nlu import days, holidays
from bot.nlu.durations import UNITS, count_of

_WEEKDAYS = days.WEEKDAYS | {"sat": 5, "sun": 6}
_PAST = ("last", "past", "previous")


def _number(said: str) -> int:
    """The figure of an ordinal: 21 of "21th"."""
    return int(said.rstrip("thw"))


def ahead(match: re.Match[str], today: date) -> list[date]:
    return _counted(match, today, 1)


def ago(match: re.Match[str], today: date) -> list[date]:
    return _counted(match, today, -1)


def _counted(match: re.Match[str], today: date, sign: int) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > days.FARTHEST:
        return []
    start = days.relative(match.groupdict().get("base") or "today", today)
    return [days.shifted(start, sign * count, UNITS[match["unit"]])]


def same_day(match: re.Match[str], today: date) -> list[date]:
    """ "this time next week"."""
    unit = {"week": "W", "month": "MO", "year": "Y"}[match["unit"]]
    return [days.shifted(today, Decimal(-1 if match["which"] == "last" else 1), unit)]


def working_days(match: re.Match[str], today: date) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > days.FARTHEST:
        return []
    return [days.working_days_from(today, int(count) * (-1 if match["ago"] else 1))]


def weekday(match: re.Match[str], today: date) -> list[date]:
    wanted, which = _WEEKDAYS[match["day"]], match["which"] or ""
    if match.groupdict().get("week"):
        return [days.of_week(today, wanted, match["week"])]
    if which in _PAST:
        return [days.before(today, wanted), days.of_week(today, wanted, "last")]
    soonest = days.on_or_after(today, wanted)
    if which in ("next", "following"):
        return [days.of_week(today, wanted, "next"), soonest]
    return [soonest, days.of_week(today, wanted, "next")] if soonest == today else [soonest]


def weekdays_ahead(match: re.Match[str], today: date) -> list[date]:
    """ "3 fridays from now": the third to come, or the third after this week's."""
    first = days.on_or_after(today + timedelta(days=1), days.WEEKDAYS[match["day"]])
    third = days.shifted(first, Decimal(match["n"]) - 1, "W")
    return [third, third + timedelta(days=7)]


def day_and_month(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    day, month = _number(match["d"]), days.MONTHS[match["m"]]
    weekday = _WEEKDAYS.get(found.get("lead") or found.get("trail") or "")
    year = (found.get("y") or "").replace(" ", "") or None
    if found.get("of"):
        year = _year_of(found["of"], today)
    return grammar.with_year_and_weekday(day, month, year, today, weekday)


def month_alone(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    year = match["y"] or (_year_of(found["of"], today) if found.get("of") else None)
    first = days.dated(1, days.MONTHS[match["m"]], year, today)
    if found.get("which") in _PAST:
        first = first.replace(year=first.year - 1)
    return [first, days.edge_of(first, "end", "this", "month")]


def _year_of(which: str, today: date) -> str:
    return str(today.year + {"last": -1, "next": 1}.get(which, 0))


def month_edge(match: re.Match[str], today: date) -> list[date]:
    """ "the last day of October 2015", "the beginning of May"."""
    first = days.dated(1, days.MONTHS[match["m"]], match["y"] or str(today.year), today)
    for year in (first.year, first.year + 1):
        found = days.edge_of(first.replace(year=year), match["edge"], "this", "month")
        if match["y"] or found >= today:
            return [found]
    return []


def nth(match: re.Match[str], today: date) -> list[date]:
    number, found = _number(match["d"]), match.groupdict()
    if found.get("which"):
        return [days.month_of(today, match["which"]).replace(day=number)]
    return grammar.nth_in_month(
        today, number, _WEEKDAYS.get(found.get("lead") or found.get("day") or "")
    )


def nth_weekday(match: re.Match[str], today: date) -> list[date]:
    """ "the first monday of next month", "last friday in october"."""
    count = -1 if match["nth"] == "last" else _number(match["nth"])
    weekday = days.WEEKDAYS[match["day"]]
    if match["m"]:
        month = days.MONTHS[match["m"]]
        return [grammar.nth_weekday_of(month, match["y"], weekday, count, today)]
    first = days.month_of(today, match["which"] or "this")
    return [days.nth_weekday(first, weekday, count)]


def holiday(match: re.Match[str], today: date) -> list[date]:
    which = match["which"] or ""
    of_year = {"last": -1, "next": 1, "this": 0}.get(match["of"] or "")
    year = match["y"] or (str(today.year + of_year) if of_year is not None else None)
    side = "last" if which in _PAST else which
    return holidays.in_year(holidays.ENGLISH[match["holiday"]], year, side, today)
