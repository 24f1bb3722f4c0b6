"""How Spanish names periods, in letters without accents."""

from __future__ import annotations

import re

from fulfillment.bank.period_words import PeriodWords
from fulfillment.bank.spanish_calendar import MONTHS, UNITS, WEEKDAYS

_MONTH_NUMBERS = MONTHS | {"ago": 8}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
_DAY = r"(?P<day>[0-9]{1,2}|primero)"
_YEAR = r"(?P<year>[0-9]{4})"
_COUNT = r"(?P<count>[0-9]{1,4}|[a-z]+(?: par de)?)"
_UNIT = rf"(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_OF = r"(?: (?:de |del )?"
_PAST = r"(?:pasad|anterior|previ|ultim)(?:[oa]s?|es)?"
_PATTERNS = (
    (
        "between",
        r"(?:entre|desde|del?) (?:el |la )?(?P<first>.+?) (?:y|al?|hasta) (?:el |la )?(?P<last>.+)",
    ),
    ("between", r"(?P<first>.+?) (?:al|hasta) (?:el |la )?(?P<last>.+)"),
    (
        "since",
        r"(?:desde|a partir de)l? (?:el |la )?(?:(?:inicio|comienzo|principio)s? del? )?"
        r"(?:el |la )?(?P<rest>.+)",
    ),
    ("inner", r"del? (?P<rest>.+)"),
    ("ago", rf"hace {_COUNT} {_UNIT}"),
    ("rolling", rf"(?:{_PAST} )?{_COUNT} {_UNIT}(?: {_PAST})?"),
    ("point", rf"{_YEAR}-(?P<month>[0-9]{{2}})-{_DAY}"),
    ("point", rf"(?:el |dia )*{_DAY} (?:de )?{_MONTH}{_OF}{_YEAR})?"),
    ("point", rf"{_MONTH} {_DAY}{_OF}{_YEAR})?"),
    ("point", rf"(?:este )?(?:mes de )?{_MONTH}(?P<previous> pasado)?{_OF}{_YEAR})?"),
    ("point", rf"(?:este |pasado )?(?P<weekday>{'|'.join(WEEKDAYS)})(?: pasado)?"),
    ("point", r"(?:el dia|dia|el) (?P<day>[0-9]{1,2})"),
    ("bare_day", _DAY),
    ("quarter", rf"(?:q|trimestre )(?P<quarter>[1-4]){_OF}{_YEAR})?"),
    ("year", rf"(?:ano )?{_YEAR}"),
)
_NAMED = {
    "semana": "week",
    "fin de semana": "weekend",
    "mes": "month",
    "trimestre": "quarter",
    "ano": "year",
}


def _named() -> dict[str, str]:
    """ "este mes", "mes pasado", "ultima semana": each unit, as it is and as the last one."""
    found = {}
    for word, unit in _NAMED.items():
        for this in (f"este {word}", f"esta {word}", f"{word} actual", word):
            found[this] = f"this {unit}"
        for last in ("pasado", "pasada", "anterior"):
            found[f"{word} {last}"] = f"last {unit}"
        for last in ("pasado", "pasada", "ultimo", "ultima"):
            found[f"{last} {word}"] = f"last {unit}"
    return found


SPANISH = PeriodWords(
    months=_MONTH_NUMBERS,
    weekdays=WEEKDAYS,
    counts={
        "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
        "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "treinta": 30,
        "par de": 2, "un par de": 2, "noventa": 90, "sesenta": 60,
    },
    named={
        **_named(),
        "hoy": "today", "dia de hoy": "today", "ayer": "yesterday", "dia de ayer": "yesterday",
        "anteayer": "day before yesterday", "antier": "day before yesterday",
        "antes de ayer": "day before yesterday", "lo que va del mes": "this month",
        "lo que va de mes": "this month", "lo que va del ano": "this year",
        "lo que va de ano": "this year", "lo que va de la semana": "this week",
    },
    units=UNITS,
    has_accents=True,
    lead=re.compile(
        r"^(?:(?:hasta ahora|en|durante|por|para|solo|todo|toda|el(?! [0-9])|la|los|las)(?: |$))+"
    ),
    trail=re.compile(r" (?:hasta ahora|hasta hoy|hasta la fecha|por favor)$"),
    patterns=tuple((rule, re.compile(pattern)) for rule, pattern in _PATTERNS),
)  # fmt: skip
