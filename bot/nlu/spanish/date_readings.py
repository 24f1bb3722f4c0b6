"""Which days a Spanish form means: the readings behind the grammar of `bot.nlu.spanish.dates`."""

from __future__ import annotations

import re
from datetime import date

from bot.nlu import date_grammar as grammar
from bot.nlu import days, holidays
from bot.nlu.spanish.calendar import DAY_UNITS, LETTERS, MONTHS, WEEKDAYS, count_of

AHEAD = r"que viene|proxim[oa]|siguiente|entrante|venider[oa]"
BACK = r"pasad[oa]|anterior|ultim[oa]|previ[oa]"
ANY_WEEKDAY = WEEKDAYS | {"mar": 1}
_NEXT, _LAST = "next", "last"
_LAST_EDGES = ("fin", "ultimo")
_OTHER_YEARS = {"este": 0, "que viene": 1, "proximo": 1, "pasado": -1, "anterior": -1}


def _side(said: str) -> str:
    """Which week, month or year is meant: "next", "last" or "this"."""
    if re.fullmatch(AHEAD, said):
        return _NEXT
    return _LAST if re.fullmatch(BACK, said) else "this"


def _side_within(said: str) -> str:
    """ "la semana que viene", "la próxima semana": which week it is."""
    if "que viene" in said:
        return _NEXT
    return next((side for word in said.split() if (side := _side(word)) != "this"), "this")


def ahead(match: re.Match[str], today: date) -> list[date]:
    return _counted(match, today, 1)


def ago(match: re.Match[str], today: date) -> list[date]:
    return _counted(match, today, -1)


def _counted(match: re.Match[str], today: date, sign: int) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > days.FARTHEST:
        return []
    return [days.shifted(today, sign * count, DAY_UNITS[match["unit"]])]


def weekday(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    wanted = (ANY_WEEKDAY | LETTERS)[match["day"]]
    side = _side(found.get("which") or found.get("after") or "este")
    if found.get("week"):
        return [days.of_week(today, wanted, _side_within(match["week"]))]
    if side == _LAST:
        return [days.before(today, wanted), days.of_week(today, wanted, _LAST)]
    soonest = days.on_or_after(today, wanted)
    if side == _NEXT:
        return list(dict.fromkeys([days.of_week(today, wanted, _NEXT), soonest]))
    return [soonest, days.of_week(today, wanted, _NEXT)] if soonest == today else [soonest]


def period(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    unit = {"semana": "week", "mes": "month", "ano": "year"}.get(match["unit"], "weekend")
    return [days.of_period(today, _side(found.get("which") or found.get("after") or ""), unit)]


def edge(match: re.Match[str], today: date) -> list[date]:
    edge = "end" if match["edge"].startswith(_LAST_EDGES) else "start"
    unit = {"semana": "week", "mes": "month", "ano": "year"}[match["unit"]]
    side = _side(match["which"] or match["after"] or "este")
    found = days.edge_of(today, edge, side, unit)
    if found < today and edge == "start" and not (match["which"] or match["after"]):
        found = days.edge_of(today, edge, _NEXT, unit)
    return [found]


def month_edge(match: re.Match[str], today: date) -> list[date]:
    first = days.dated(1, MONTHS[match["m"]], match["y"] or str(today.year), today)
    edge = "end" if match["edge"].startswith(_LAST_EDGES) else "start"
    found = days.edge_of(first, edge, "this", "month")
    if found < today and not match["y"]:
        found = days.edge_of(first.replace(year=first.year + 1), edge, "this", "month")
    return [found]


def day_and_month(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    said, month = match["d"].removesuffix("th"), match["m"]
    day = 2 if said == "segundo" else int(said)
    number = int(month) if month.isdigit() else MONTHS[month]
    lead = ANY_WEEKDAY.get(found.get("lead") or "")
    shift = _OTHER_YEARS.get(found.get("of") or found.get("off") or "")
    if shift is not None:
        return [date(today.year + shift, number, day)]
    return grammar.with_year_and_weekday(day, number, found.get("y"), today, lead)


def month_alone(match: re.Match[str], today: date) -> list[date]:
    first = days.dated(1, MONTHS[match["m"]], match["y"] or None, today)
    found = match.groupdict()
    if _side(found.get("which") or found.get("after") or "") == _LAST:
        first = first.replace(year=first.year - 1)
    return [first, days.edge_of(first, "end", "this", "month")]


def middle(match: re.Match[str], today: date) -> list[date]:
    if match["m"]:
        return [days.dated(15, MONTHS[match["m"]], match["y"], today)]
    return [days.next_of_month(today, 15)]


def working_days(match: re.Match[str], today: date) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > days.FARTHEST:
        return []
    return [days.working_days_from(today, int(count) * (-1 if match["ago"] else 1))]


def nth(match: re.Match[str], today: date) -> list[date]:
    number, found = int(match["d"].removesuffix("th")), match.groupdict()
    side = _side(found.get("which") or found.get("after") or "este")
    if found.get("month"):
        return [days.month_of(today, side).replace(day=number)]
    return grammar.nth_in_month(today, number, ANY_WEEKDAY.get(found.get("lead") or ""))


def nth_weekday(match: re.Match[str], today: date) -> list[date]:
    """ "el primer lunes de marzo", "el último viernes del mes"."""
    spoken = {"segundo": 2, "cuarto": 4, "quinto": 5, "ultimo": -1}
    count = spoken.get(match["nth"]) or int(match["nth"].removesuffix("th"))
    weekday = WEEKDAYS[match["day"]]
    if match["m"]:
        return [grammar.nth_weekday_of(MONTHS[match["m"]], match["y"], weekday, count, today)]
    first = days.month_of(today, _side(match["which"] or match["after"] or "este"))
    return [days.nth_weekday(first, weekday, count)]


def holiday(match: re.Match[str], today: date) -> list[date]:
    side = _side(match["which"] or match["after"] or "-")
    of = _OTHER_YEARS.get(match["of"] or match["off"] or "")
    year = match["y"] or (None if of is None else str(today.year + of))
    named = "this" if match["which"] == "este" else side if side != "this" else ""
    return holidays.in_year(holidays.SPANISH[match["holiday"]], year, named, today)
