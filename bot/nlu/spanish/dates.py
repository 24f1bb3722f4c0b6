"""AMAZON.Date in Spanish, as YYYY-MM-DD, by the rules that Lex's guide gives for English.

Inferred: "el próximo viernes" and "el viernes que viene" are the Friday of the next calendar week.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.nlu import date_grammar as grammar
from bot.nlu import days, holidays
from bot.nlu.lines import Line
from bot.nlu.spanish.calendar import (
    COUNT,
    DAY_UNITS,
    FULL_DAYS,
    FULL_MONTHS,
    LETTERS,
    MONTHS,
    NEAR_DAYS,
    WEEKDAYS,
    count_of,
)
from bot.nlu.utterance import Finder

_UNIT = "|".join(sorted(DAY_UNITS, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_ANY_DAY = f"{_DAY}|mar"
_ANY_WEEKDAY = WEEKDAYS | {"mar": 1}
_EL = r"(?:(?:el|los|al|del|este) )?"
_NEXT, _LAST = "next", "last"
_AHEAD = r"que viene|proxim[oa]|siguiente|entrante|venider[oa]"
_BACK = r"pasad[oa]|anterior|ultim[oa]|previ[oa]"
_AROUND = rf"(?P<which>est[ea]|{_AHEAD}|{_BACK}|actual|presente)"
_AFTER = r"(?P<after>que viene|proxim[oa]|siguiente|pasad[oa]|anterior|entrante)"
_YEAR = (
    r"(?:(?: del?| ,| -| /)?(?: ano)? (?P<y>(?:19|20)\d\d|\d\d(?=(?: [.!?,])*$))"
    r"| del? (?:ano (?P<off>pasado|anterior|que viene|proximo)|(?P<of>este|proximo) ano))"
)
_FULL_YEAR = r"(?:19|20)\d\d"
_COUNT = rf"(?P<n>{COUNT}|\d+)"
_LEAD = rf"(?:{_EL}(?P<lead>{_ANY_DAY})(?: \.)?(?: ,)? (?:\( )?(?:el )?(?:dia )?)?"
_EDGE = r"(?P<edge>finales|final|fines|fin|primeros|principios|principio|inicios?|comienzos?|ultimo dia|1th dia)"
_PART = r"(?: (?:por|en|a) la (?:manana|tarde|noche))?"
_LAST_EDGES = ("fin", "ultimo")


_OTHER_YEARS = {"este": 0, "que viene": 1, "proximo": 1, "pasado": -1, "anterior": -1}


def date_finder(reading: Callable[[str], Line], *, day_first: bool) -> Finder:
    """Finds every day in a Spanish utterance; `day_first` reads 4/5 as the fourth of May."""

    def by_locale(match: re.Match[str], today: date) -> list[date]:
        lead = _ANY_WEEKDAY.get(match.groupdict().get("lead") or "")
        found = grammar.slashes(match, today, day_first)
        return found if lead is None else sorted(found, key=lambda d: d.weekday() != lead)

    slashed = rf"{_LEAD}(?:est[ea] )?{grammar.SLASHES}(?: \))?"
    forms = [
        *_FORMS,
        (slashed, by_locale),
        (grammar.DOTTED, by_locale),
        (grammar.SPACED, by_locale),
    ]
    return grammar.finder(reading, forms, _SHIFT)


_SHIFT = grammar.Shift(
    before=re.compile(
        rf"(?<![\w.])(?:{_COUNT} (?P<unit>{_UNIT})|(?:el )?dia)"
        r" (?:despues de|a partir de|tras|desde|(?P<back>antes de)|despues del|(?P<x>antes del))"
        r" (?:el |la )?$"
    ),
    behind=re.compile(rf" (?:en|dentro de) {_COUNT} (?P<unit>semanas?)(?= |$)"),
    units=DAY_UNITS,
    count=count_of,
)


def _side(said: str) -> str:
    """Which week, month or year is meant: "next", "last" or "this"."""
    if re.fullmatch(_AHEAD, said):
        return _NEXT
    return _LAST if re.fullmatch(_BACK, said) else "this"


def _side_within(said: str) -> str:
    """ "la semana que viene", "la próxima semana": which week it is."""
    if "que viene" in said:
        return _NEXT
    return next((side for word in said.split() if (side := _side(word)) != "this"), "this")


def _ahead(match: re.Match[str], today: date) -> list[date]:
    return _counted(match, today, 1)


def _ago(match: re.Match[str], today: date) -> list[date]:
    return _counted(match, today, -1)


def _counted(match: re.Match[str], today: date, sign: int) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > days.FARTHEST:
        return []
    return [days.shifted(today, sign * count, DAY_UNITS[match["unit"]])]


def _weekday(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    wanted = (_ANY_WEEKDAY | LETTERS)[match["day"]]
    side = _side(found.get("which") or found.get("after") or "este")
    if found.get("week"):
        return [days.of_week(today, wanted, _side_within(match["week"]))]
    if side == _LAST:
        return [days.before(today, wanted), days.of_week(today, wanted, _LAST)]
    soonest = days.on_or_after(today, wanted)
    if side == _NEXT:
        return list(dict.fromkeys([days.of_week(today, wanted, _NEXT), soonest]))
    return [soonest, days.of_week(today, wanted, _NEXT)] if soonest == today else [soonest]


def _period(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    unit = {"semana": "week", "mes": "month", "ano": "year"}.get(match["unit"], "weekend")
    return [days.of_period(today, _side(found.get("which") or found.get("after") or ""), unit)]


def _edge(match: re.Match[str], today: date) -> list[date]:
    edge = "end" if match["edge"].startswith(_LAST_EDGES) else "start"
    unit = {"semana": "week", "mes": "month", "ano": "year"}[match["unit"]]
    side = _side(match["which"] or match["after"] or "este")
    found = days.edge_of(today, edge, side, unit)
    if found < today and edge == "start" and not (match["which"] or match["after"]):
        found = days.edge_of(today, edge, _NEXT, unit)
    return [found]


def _month_edge(match: re.Match[str], today: date) -> list[date]:
    first = days.dated(1, MONTHS[match["m"]], match["y"] or str(today.year), today)
    edge = "end" if match["edge"].startswith(_LAST_EDGES) else "start"
    found = days.edge_of(first, edge, "this", "month")
    if found < today and not match["y"]:
        found = days.edge_of(first.replace(year=first.year + 1), edge, "this", "month")
    return [found]


def _day_and_month(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    said, month = match["d"].removesuffix("th"), match["m"]
    day = 2 if said == "segundo" else int(said)
    number = int(month) if month.isdigit() else MONTHS[month]
    lead = _ANY_WEEKDAY.get(found.get("lead") or "")
    shift = _OTHER_YEARS.get(found.get("of") or found.get("off") or "")
    if shift is not None:
        return [date(today.year + shift, number, day)]
    return grammar.with_year_and_weekday(day, number, found.get("y"), today, lead)


def _month_alone(match: re.Match[str], today: date) -> list[date]:
    first = days.dated(1, MONTHS[match["m"]], match["y"] or None, today)
    found = match.groupdict()
    if _side(found.get("which") or found.get("after") or "") == _LAST:
        first = first.replace(year=first.year - 1)
    return [first, days.edge_of(first, "end", "this", "month")]


def _middle(match: re.Match[str], today: date) -> list[date]:
    if match["m"]:
        return [days.dated(15, MONTHS[match["m"]], match["y"], today)]
    return [days.next_of_month(today, 15)]


def _working_days(match: re.Match[str], today: date) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > days.FARTHEST:
        return []
    return [days.working_days_from(today, int(count) * (-1 if match["ago"] else 1))]


def _nth(match: re.Match[str], today: date) -> list[date]:
    number, found = int(match["d"].removesuffix("th")), match.groupdict()
    side = _side(found.get("which") or found.get("after") or "este")
    if found.get("month"):
        return [days.month_of(today, side).replace(day=number)]
    return grammar.nth_in_month(today, number, _ANY_WEEKDAY.get(found.get("lead") or ""))


def _nth_weekday(match: re.Match[str], today: date) -> list[date]:
    """ "el primer lunes de marzo", "el último viernes del mes"."""
    spoken = {"segundo": 2, "cuarto": 4, "quinto": 5, "ultimo": -1}
    count = spoken.get(match["nth"]) or int(match["nth"].removesuffix("th"))
    weekday = WEEKDAYS[match["day"]]
    if match["m"]:
        return [grammar.nth_weekday_of(MONTHS[match["m"]], match["y"], weekday, count, today)]
    first = days.month_of(today, _side(match["which"] or match["after"] or "este"))
    return [days.nth_weekday(first, weekday, count)]


def _holiday(match: re.Match[str], today: date) -> list[date]:
    side = _side(match["which"] or match["after"] or "-")
    of = _OTHER_YEARS.get(match["of"] or match["off"] or "")
    year = match["y"] or (None if of is None else str(today.year + of))
    named = "this" if match["which"] == "este" else side if side != "this" else ""
    return holidays.in_year(holidays.SPANISH[match["holiday"]], year, named, today)


_OF_MONTH = rf"(?:del?|en) (?:el |la )?(?:(?P<month>{_AROUND} mes)|(?:(?P<mes>mes)(?: {_AFTER})?))"
_MONTH_OF = _OF_MONTH.replace("?P<month>", "?:").replace("?P<mes>", "?:")
_FORMS: list[tuple[str, grammar.Reading]] = [
    (rf"(?<!la )(?<!una )(?P<near>{'|'.join(sorted(NEAR_DAYS, key=len, reverse=True))}){_PART}",
     lambda m, today: [today + timedelta(days=NEAR_DAYS[m["near"]])]),
    (r"(?:de )?hoy en (?P<n>8|15)(?: dias)?",
     lambda m, today: [today + timedelta(days=7 if m["n"] == "8" else 14)]),
    (r"(?<!dias )(?<!dia )(?<!semanas )(?<!semana )antes de ayer",
     lambda _, today: [today - timedelta(days=2)]),
    (rf"(?:en|dentro de|de aqui a|de aca a) (?:los proximos )?{_COUNT} (?P<unit>{_UNIT})", _ahead),
    (rf"(?:l[oa]s )?(?:proxim[oa]s|siguientes) {_COUNT} (?P<unit>{_UNIT})", _ahead),
    (rf"{_COUNT} (?P<unit>{_UNIT}) (?:mas tarde|despues|(?:a partir de|desde|despues de) "
     r"(?:hoy|ahora))", _ahead),
    (rf"(?:l[oa]s )?(?:ultim[oa]s|pasad[oa]s) {_COUNT} (?P<unit>{_UNIT})", _ago),
    (rf"hace (?:como )?{_COUNT} (?P<unit>{_UNIT})", _ago),
    (rf"{_COUNT} (?P<unit>{_UNIT}) (?:atras|antes)(?! de)", _ago),
    (rf"{_EL}(?:{_AROUND} )?(?P<day>{_DAY})(?: \.)?(?: {_AFTER})?{_PART}", _weekday),
    (rf"^{_EL}(?P<day>{'|'.join(LETTERS)})(?: \.)?(?=(?: [.!?])*$)", _weekday),
    (r"(?:una? )?[a-z]+ (?P<day>mar)(?=(?: [.!?])*$)", _weekday),
    (rf"{_EL}(?P<day>{_DAY}) de (?:la )?(?P<week>(?:esta|proxima|siguiente|pasada) semana"
     r"|semana (?:que viene|proxima|pasada|siguiente|anterior))", _weekday),
    (r"(?:la )?(?P<week>(?:esta|proxima|siguiente|pasada) semana"
     r"|semana (?:que viene|proxima|pasada|siguiente|anterior))(?: -| ,)?(?: el)? "
     rf"(?P<day>{_DAY})", _weekday),
    (r"(?:el |al )(?P<unit>fin de semana|finde)", _period),
    (rf"(?:el |la |al |del )?{_AROUND} (?P<unit>fin de semana|finde|semana|mes|ano)", _period),
    (rf"(?:el |la |al |del )?(?P<unit>fin de semana|finde|semana|mes|ano) {_AFTER}", _period),
    (rf"(?:el |al? |en )?(?!fin de semana){_EDGE} del? (?:la |el )?(?:{_AROUND} )?"
     rf"(?P<unit>semana|mes|ano)(?: {_AFTER})?", _edge),
    (rf"(?:el |al? |en )?{_EDGE} de (?P<m>{_MONTH})(?: del? (?P<y>{_FULL_YEAR}))?", _month_edge),
    (rf"(?:el |al )?(?:proximo )?{_LEAD}(?:el )?(?:dia )?(?P<d>\d{{1,2}}(?:th)?|segundo)"
     rf"(?: dia)?(?: de| -| /| \.)? (?:mes de )?(?P<m>{_MONTH})(?: \.)?{_YEAR}?(?: \))?",
     _day_and_month),
    (rf"{_LEAD}(?:el )?(?P<m>{_MONTH})(?: \.| -| /)?(?: el)?(?: dia)? (?P<d>\d{{1,2}}(?:th)?)"
     rf"(?! [:/]){_YEAR}?", _day_and_month),
    (rf"(?P<m>{_MONTH}) [-/] (?P<y>{_FULL_YEAR}) [-/] (?P<d>\d{{1,2}})", _day_and_month),
    (rf"(?P<d>\d{{1,2}}) [-/] (?P<y>{_FULL_YEAR}) [-/] (?P<m>{_MONTH})", _day_and_month),
    (rf"(?P<y>{_FULL_YEAR}) [-/] (?P<m>{_MONTH}) [-/] (?P<d>\d{{1,2}})", _day_and_month),
    (rf"(?P<y>{_FULL_YEAR}) [-/] (?P<d>\d{{1,2}}) [-/] (?P<m>{_MONTH})", _day_and_month),
    (rf"(?:el )?(?:dia )?(?P<d>\d{{1,2}}) del? (?P<m>1[0-2]|0?[1-9])(?: del? (?P<y>{_FULL_YEAR}"
     r"))?(?= |$)(?! de)", _day_and_month),
    (rf"(?:el |la )?{_AROUND} (?:mes de )?(?P<m>{'|'.join(FULL_MONTHS)})(?P<y>)(?! \d)",
     _month_alone),
    (rf"(?P<m>{'|'.join(FULL_MONTHS)}) {_AFTER}(?P<y>)", _month_alone),
    (rf"(?:a )?mediados de(?:l)? (?:mes de )?(?:(?P<m>{_MONTH})|mes)(?: del? (?P<y>{_FULL_YEAR}))?",
     _middle),
    (rf"(?:en |dentro de )?{_COUNT} dias? (?:habil(?:es)?|laborables?|bancarios?)(?P<ago> atras)?",
     _working_days),
    (rf"(?:mes de )?(?P<m>{'|'.join(FULL_MONTHS)})(?: del?| ,)?(?: ano)? (?P<y>{_FULL_YEAR})",
     _month_alone),
    (rf"(?<!\d )(?:en|desde|hasta|de|para|durante) (?P<m>{_MONTH})(?P<y>)(?! \d)",
     _month_alone),
    (rf"(?<!\d )(?<!th )(?<!\d de )(?P<m>{'|'.join(FULL_MONTHS)})(?P<y>)", _month_alone),
    (rf"{_EL}(?:dia )?(?P<d>\d{{1,2}}(?:th)?) {_OF_MONTH}", _nth),
    (r"(?:el |al |del )?proximo (?:dia )?(?P<d>\d{1,2}(?:th)?)(?! de [a-z])", _nth),
    (r"(?:antes|despues|a partir) del (?P<d>\d{1,2}(?:th)?)(?! de [a-z])", _nth),
    (r"(?:el |al |del )?dia (?P<d>\d{1,2}(?:th)?)(?! de [a-z])", _nth),
    (rf"{_EL}(?P<lead>{_ANY_DAY})(?: \.)?(?: ,)?(?: el)?(?: dia)? (?P<d>\d{{1,2}})(?! [:/%-])",
     _nth),
    (r"(?:el |para el |al )(?P<d>\d{1,2}(?:th)?)(?! ?[:/%]| por| de [a-z]| [-/] \d)"
     r"(?=(?: [.!?,])*$| [a-z])", _nth),
    (r"(?P<d>\d{1,2}th)(?=(?: [.!?,])*$)", _nth),
    (rf"(?:el )?(?P<nth>\d{{1,2}}th|segundo|cuarto|quinto|ultimo) (?P<day>{'|'.join(FULL_DAYS)}) "
     rf"(?:(?:de|en) (?P<m>{_MONTH})(?: del? (?P<y>{_FULL_YEAR}))?|{_MONTH_OF})", _nth_weekday),
    (grammar.YEAR_FIRST, grammar.year_first),
    (grammar.BASIC, grammar.year_first),
    (rf"(?:en|desde|hasta|del?)(?: el)?(?: ano)? (?P<y>{_FULL_YEAR})",
     lambda m, _: [date(int(m["y"]), 1, 1)]),
    (rf"(?:el |la |las |en |al )?(?:(?P<which>est[ea]|proxim[oa]|pasad[oa]|ultim[oa]) )?"
     rf"(?P<holiday>{holidays.names_of(holidays.SPANISH)})(?: {_AFTER}"
     rf"|(?: del?| ,)?(?: ano)? (?P<y>{_FULL_YEAR})"
     r"| de (?P<of>este) ano| del (?:ano (?P<off>que viene|proximo|pasado)))?", _holiday),
]  # fmt: skip
