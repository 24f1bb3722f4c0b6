"""AMAZON.Date in Spanish, as YYYY-MM-DD, by the rules that Lex's guide gives for English.

Inferred: "el próximo viernes" and "el viernes que viene" are the Friday of the next calendar week.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.nlu import date_grammar as grammar
from bot.nlu import holidays
from bot.nlu.lines import Line
from bot.nlu.spanish import date_readings as read
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
_EL = r"(?:(?:el|los|al|del|este) )?"
_AROUND = rf"(?P<which>est[ea]|{read.AHEAD}|{read.BACK}|actual|presente)"
_AFTER = r"(?P<after>que viene|proxim[oa]|siguiente|pasad[oa]|anterior|entrante)"
_YEAR = (
    r"(?:(?: del?| ,| -| /)?(?: ano)? (?P<y>(?:19|20)\d\d|\d\d(?=(?: [.!?,])*$))"
    r"| del? (?:ano (?P<off>pasado|anterior|que viene|proximo)|(?P<of>este|proximo) ano))"
)
_FULL_YEAR = r"(?:19|20)\d\d"
_COUNT = rf"(?P<n>{COUNT}|\d+)"
_LEAD = rf"(?:{_EL}(?P<lead>{_ANY_DAY})(?: \.)?(?: ,)? (?:\( )?(?:el )?(?:dia )?)?"
_EDGE = (
    r"(?P<edge>finales|final|fines|fin|primeros|principios|principio|inicios?|comienzos?"
    r"|ultimo dia|1th dia)"
)
_PART = r"(?: (?:por|en|a) la (?:manana|tarde|noche))?"


def date_finder(reading: Callable[[str], Line], *, day_first: bool) -> Finder:
    """Finds every day in a Spanish utterance; `day_first` reads 4/5 as the fourth of May."""

    def by_locale(match: re.Match[str], today: date) -> list[date]:
        lead = read.ANY_WEEKDAY.get(match.groupdict().get("lead") or "")
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


_OF_MONTH = rf"(?:del?|en) (?:el |la )?(?:(?P<month>{_AROUND} mes)|(?:(?P<mes>mes)(?: {_AFTER})?))"
_MONTH_OF = _OF_MONTH.replace("?P<month>", "?:").replace("?P<mes>", "?:")
_FORMS: list[tuple[str, grammar.Reading]] = [
    (rf"(?<!la )(?<!una )(?P<near>{'|'.join(sorted(NEAR_DAYS, key=len, reverse=True))}){_PART}",
     lambda m, today: [today + timedelta(days=NEAR_DAYS[m["near"]])]),
    (r"(?:de )?hoy en (?P<n>8|15)(?: dias)?",
     lambda m, today: [today + timedelta(days=7 if m["n"] == "8" else 14)]),
    (r"(?<!dias )(?<!dia )(?<!semanas )(?<!semana )antes de ayer",
     lambda _, today: [today - timedelta(days=2)]),
    (rf"(?:en|dentro de|de aqui a|de aca a) (?:los proximos )?{_COUNT} (?P<unit>{_UNIT})",
     read.ahead),
    (rf"(?:l[oa]s )?(?:proxim[oa]s|siguientes) {_COUNT} (?P<unit>{_UNIT})", read.ahead),
    (rf"{_COUNT} (?P<unit>{_UNIT}) (?:mas tarde|despues|(?:a partir de|desde|despues de) "
     r"(?:hoy|ahora))", read.ahead),
    (rf"(?:l[oa]s )?(?:ultim[oa]s|pasad[oa]s) {_COUNT} (?P<unit>{_UNIT})", read.ago),
    (rf"hace (?:como )?{_COUNT} (?P<unit>{_UNIT})", read.ago),
    (rf"{_COUNT} (?P<unit>{_UNIT}) (?:atras|antes)(?! de)", read.ago),
    (rf"{_EL}(?:{_AROUND} )?(?P<day>{_DAY})(?: \.)?(?: {_AFTER})?{_PART}", read.weekday),
    (rf"^{_EL}(?P<day>{'|'.join(LETTERS)})(?: \.)?(?=(?: [.!?])*$)", read.weekday),
    (r"(?:una? )?[a-z]+ (?P<day>mar)(?=(?: [.!?])*$)", read.weekday),
    (rf"{_EL}(?P<day>{_DAY}) de (?:la )?(?P<week>(?:esta|proxima|siguiente|pasada) semana"
     r"|semana (?:que viene|proxima|pasada|siguiente|anterior))", read.weekday),
    (r"(?:la )?(?P<week>(?:esta|proxima|siguiente|pasada) semana"
     r"|semana (?:que viene|proxima|pasada|siguiente|anterior))(?: -| ,)?(?: el)? "
     rf"(?P<day>{_DAY})", read.weekday),
    (r"(?:el |al )(?P<unit>fin de semana|finde)", read.period),
    (rf"(?:el |la |al |del )?{_AROUND} (?P<unit>fin de semana|finde|semana|mes|ano)", read.period),
    (rf"(?:el |la |al |del )?(?P<unit>fin de semana|finde|semana|mes|ano) {_AFTER}", read.period),
    (rf"(?:el |al? |en )?(?!fin de semana){_EDGE} del? (?:la |el )?(?:{_AROUND} )?"
     rf"(?P<unit>semana|mes|ano)(?: {_AFTER})?", read.edge),
    (rf"(?:el |al? |en )?{_EDGE} de (?P<m>{_MONTH})(?: del? (?P<y>{_FULL_YEAR}))?",
     read.month_edge),
    (rf"(?:el |al )?(?:proximo )?{_LEAD}(?:el )?(?:dia )?(?P<d>\d{{1,2}}(?:th)?|segundo)"
     rf"(?: dia)?(?: de| -| /| \.)? (?:mes de )?(?P<m>{_MONTH})(?: \.)?{_YEAR}?(?: \))?",
     read.day_and_month),
    (rf"{_LEAD}(?:el )?(?P<m>{_MONTH})(?: \.| -| /)?(?: el)?(?: dia)? (?P<d>\d{{1,2}}(?:th)?)"
     rf"(?! [:/]){_YEAR}?", read.day_and_month),
    (rf"(?P<m>{_MONTH}) [-/] (?P<y>{_FULL_YEAR}) [-/] (?P<d>\d{{1,2}})", read.day_and_month),
    (rf"(?P<d>\d{{1,2}}) [-/] (?P<y>{_FULL_YEAR}) [-/] (?P<m>{_MONTH})", read.day_and_month),
    (rf"(?P<y>{_FULL_YEAR}) [-/] (?P<m>{_MONTH}) [-/] (?P<d>\d{{1,2}})", read.day_and_month),
    (rf"(?P<y>{_FULL_YEAR}) [-/] (?P<d>\d{{1,2}}) [-/] (?P<m>{_MONTH})", read.day_and_month),
    (rf"(?:el )?(?:dia )?(?P<d>\d{{1,2}}) del? (?P<m>1[0-2]|0?[1-9])(?: del? (?P<y>{_FULL_YEAR}"
     r"))?(?= |$)(?! de)", read.day_and_month),
    (rf"(?:el |la )?{_AROUND} (?:mes de )?(?P<m>{'|'.join(FULL_MONTHS)})(?P<y>)(?! \d)",
     read.month_alone),
    (rf"(?P<m>{'|'.join(FULL_MONTHS)}) {_AFTER}(?P<y>)", read.month_alone),
    (rf"(?:a )?mediados de(?:l)? (?:mes de )?(?:(?P<m>{_MONTH})|mes)(?: del? (?P<y>{_FULL_YEAR}))?",
     read.middle),
    (rf"(?:en |dentro de )?{_COUNT} dias? (?:habil(?:es)?|laborables?|bancarios?)(?P<ago> atras)?",
     read.working_days),
    (rf"(?:mes de )?(?P<m>{'|'.join(FULL_MONTHS)})(?: del?| ,)?(?: ano)? (?P<y>{_FULL_YEAR})",
     read.month_alone),
    (rf"(?<!\d )(?:en|desde|hasta|de|para|durante) (?P<m>{_MONTH})(?P<y>)(?! \d)",
     read.month_alone),
    (rf"(?<!\d )(?<!th )(?<!\d de )(?P<m>{'|'.join(FULL_MONTHS)})(?P<y>)", read.month_alone),
    (rf"{_EL}(?:dia )?(?P<d>\d{{1,2}}(?:th)?) {_OF_MONTH}", read.nth),
    (r"(?:el |al |del )?proximo (?:dia )?(?P<d>\d{1,2}(?:th)?)(?! de [a-z])", read.nth),
    (r"(?:antes|despues|a partir) del (?P<d>\d{1,2}(?:th)?)(?! de [a-z])", read.nth),
    (r"(?:el |al |del )?dia (?P<d>\d{1,2}(?:th)?)(?! de [a-z])", read.nth),
    (rf"{_EL}(?P<lead>{_ANY_DAY})(?: \.)?(?: ,)?(?: el)?(?: dia)? (?P<d>\d{{1,2}})(?! [:/%-])",
     read.nth),
    (r"(?:el |para el |al )(?P<d>\d{1,2}(?:th)?)(?! ?[:/%]| por| de [a-z]| [-/] \d)"
     r"(?=(?: [.!?,])*$| [a-z])", read.nth),
    (r"(?P<d>\d{1,2}th)(?=(?: [.!?,])*$)", read.nth),
    (rf"(?:el )?(?P<nth>\d{{1,2}}th|segundo|cuarto|quinto|ultimo) (?P<day>{'|'.join(FULL_DAYS)}) "
     rf"(?:(?:de|en) (?P<m>{_MONTH})(?: del? (?P<y>{_FULL_YEAR}))?|{_MONTH_OF})", read.nth_weekday),
    (grammar.YEAR_FIRST, grammar.year_first),
    (grammar.BASIC, grammar.year_first),
    (rf"(?:en|desde|hasta|del?)(?: el)?(?: ano)? (?P<y>{_FULL_YEAR})",
     lambda m, _: [date(int(m["y"]), 1, 1)]),
    (rf"(?:el |la |las |en |al )?(?:(?P<which>est[ea]|proxim[oa]|pasad[oa]|ultim[oa]) )?"
     rf"(?P<holiday>{holidays.names_of(holidays.SPANISH)})(?: {_AFTER}"
     rf"|(?: del?| ,)?(?: ano)? (?P<y>{_FULL_YEAR})"
     r"| de (?P<of>este) ano| del (?:ano (?P<off>que viene|proximo|pasado)))?", read.holiday),
]  # fmt: skip
