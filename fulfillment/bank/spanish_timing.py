"""The Spanish of when a payment is made, in letters without accents."""

from __future__ import annotations

import re

from fulfillment.bank.recurrence import Frequency
from fulfillment.bank.spanish_calendar import MONTHS, UNITS, WEEKDAYS
from fulfillment.bank.timing_words import TimingWords, compiled, one_of, whole_words

_WEEKDAYS = WEEKDAYS | {"sabados": 5, "domingos": 6}
_NUMBERS = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15,
    "veinte": 20, "un par de": 2,
}  # fmt: skip
_ORDINALS = {"primero": 1, "primer dia": 1, "1ro": 1, "1o": 1, "1º": 1}

_WEEKDAY = one_of(_WEEKDAYS)
_MONTH = one_of(MONTHS)
_NUMBER = rf"\d{{1,3}}|{one_of(_NUMBERS)}"
_ORDINAL = one_of(_ORDINALS)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_OF_EACH_MONTH = r"(?:de|del) (?:cada|todos los) mes(?:es)?"

_FREQUENCIES: tuple[tuple[Frequency | None, str], ...] = (
    # "cada quince días" is how two weeks are said, so it comes before what no one can schedule.
    (Frequency.EVERY_TWO_WEEKS, r"cada (?:quince|catorce|15|14) dias|quincenal(?:mente)?"),
    (Frequency.EVERY_TWO_WEEKS, rf"cada (?:dos|2|segund[oa]|otr[oa]) (?:semanas?|{_WEEKDAY})"),
    (Frequency.EVERY_TWO_WEEKS, rf"(?:un|cada) (?:{_WEEKDAY}) (?:si y (?:uno|otro) no|por medio)"),
    (Frequency.EVERY_TWO_WEEKS, r"cada quincena|una semana si y (?:una|otra) no|semana por medio"),
    (None, r"cada dia(?! \d)|todos los dias|a diario|diari[oa]s?|diariamente|por dia|al dia"),
    (None, r"cada (?:dos|2|tres|3|[4-9]|\d\d+|cuatro|cinco|seis|ocho|diez) (?:dias|meses|anos)"),
    (None, r"cada (?:tres|3|[4-9]|\d\d+|cuatro|cinco|seis|ocho|diez) semanas|cada hora"),
    (None, r"(?:bi|tri)mestral(?:mente)?|semestral(?:mente)?|cada (?:bi|tri|se)mestre"),
    (None, r"(?:dos|2) veces (?:a la|por|al) (?:semana|mes|ano)|un (?:mes|dia) si y otro no"),
    (Frequency.WEEKLY, r"cada semana|semanal(?:mente)?|todas las semanas|(?:por|a la) semana"),
    (Frequency.WEEKLY, rf"cada (?:{_WEEKDAY})|(?:todos )?los (?:{_WEEKDAY})"),
    (Frequency.MONTHLY, r"cada mes|mensual(?:mente|es)?|todos los meses|(?:por|al) mes"),
    (Frequency.MONTHLY, rf"(?:dia )?(?:\d{{1,2}}|{_ORDINAL}|uno) {_OF_EACH_MONTH}"),
    (Frequency.MONTHLY, rf"cada (?:dia )?\d{{1,2}}(?! (?:{_UNIT}))|cada (?:{_ORDINAL}) de mes"),
    (Frequency.MONTHLY, rf"cada fin de mes|(?:fin(?:es|al)?|ultimo dia) {_OF_EACH_MONTH}"),
    (Frequency.MONTHLY, r"(?:los )?fines de mes"),
    (Frequency.YEARLY, r"cada ano|anual(?:mente)?|todos los anos|(?:por|al) ano"),
    (Frequency.YEARLY, rf"cada (?:{_MONTH})"),
    (
        Frequency.ONCE,
        r"(?:solo|solamente|nada mas|unicamente) (?:una|esta) vez|una sola vez|un solo pago"
        r"|pago unico|sin repetir|una vez nada mas|por unica vez",
    ),
)

_YEAR = r"(?:,? (?:del? )?(?P<y>20\d\d))?"
# "el 20 por ciento" and "el 2 de la lista" are no days of a month.
_NO_DAY = (
    rf"(?![\d/.,:%])(?! (?:por ciento|dolares|pesos|euros|centavos|mil|veces|pagos|{_UNIT}"
    r"|de (?:la|los|las|ellos|ellas|esos|estos))\b)"
)
_DAYS = (
    ("iso", r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    ("figures", r"\b(?P<one>\d{1,2})/(?P<two>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?\b(?!/)"),
    ("named", rf"\b(?:dia )?(?P<nth>\d{{1,2}}|{_ORDINAL}) (?:de )?(?P<month>{_MONTH})\b{_YEAR}"),
    ("named", rf"\b(?P<month>{_MONTH}) (?P<nth>\d{{1,2}})\b{_YEAR}"),
    ("relative", r"\b(?P<word>pasado manana)\b"),
    ("in", rf"\b(?P<base>)(?:en|dentro de|de aqui a) (?P<n>{_NUMBER}) (?P<unit>{_UNIT})\b"),
    ("ago", rf"\bhace (?P<n>{_NUMBER}) (?P<unit>{_UNIT})\b"),
    (
        "of_month",
        r"\b(?P<end>fin(?:es|al(?:es)?)?|ultimo dia)(?P<nth>) (?:de|del) "
        r"(?P<which>(?:este |proximo |cada |todos los )?mes(?:es)?(?: que viene| proximo)?)\b",
    ),
    ("of_month", r"\b(?:el )(?P<end>ultimo dia)\b(?P<nth>)(?P<which>)"),
    (
        "of_month",
        rf"\b(?P<end>)(?P<nth>{_ORDINAL}|uno) (?:de|del) "
        r"(?P<which>(?:este |proximo |cada )?mes(?: que viene| proximo)?)\b",
    ),
    (
        "of_month",
        rf"\b(?P<end>)(?:(?:el|cada|al) (?:dia )?|dia |(?:desde|a partir) del (?:dia )?)"
        rf"(?P<nth>\d{{1,2}}){_NO_DAY}"
        r"(?: (?:de|del) (?P<which>(?:este |proximo |cada )?mes(?: que viene| proximo)?))?\b",
    ),
    (
        "of_month",
        rf"\b(?P<end>)(?:(?:desde|a partir) del|dia|cada) (?P<nth>{_ORDINAL})\b(?P<which>)",
    ),
    (
        "weekday",
        r"\b(?:(?:para|desde|a partir de)(?:l| el)? )?"
        r"(?P<which>este|el proximo|proximo|el siguiente|el pasado|el|del|al|cada|todos los|los"
        rf"|un) (?:dia |otro |segundo )?(?P<weekday>{_WEEKDAY})\b(?P<plural>)"
        r"(?P<after> (?:que viene|proximo|siguiente|pasado|de la (?:proxima semana"
        r"|semana (?:que viene|proxima))))?",
    ),
    (
        "relative",
        r"\b(?<!la )(?<!esta )(?P<word>manana|ayer|hoy(?: mismo)?|ahora(?: mismo)?|esta noche"
        r"|de inmediato|inmediatamente|enseguida|en este momento)\b",
    ),
    ("relative", r"\b(?:la )?(?P<word>proxima semana|semana que viene|semana proxima)\b"),
    (
        "month_alone",
        r"\b(?:desde|a partir de|empezando en|comenzando en|en) (?:el mes de )?"
        rf"(?P<month>{_MONTH})\b",
    ),
)

SPANISH = TimingWords(
    weekdays=_WEEKDAYS,
    months=MONTHS,
    numbers=_NUMBERS,
    ordinals=_ORDINALS | {"uno": 1},
    units=UNITS,
    relative={
        **dict.fromkeys(
            ("hoy", "hoy mismo", "ahora", "ahora mismo", "esta noche", "de inmediato",
             "inmediatamente", "enseguida", "en este momento"), "today",
        ),
        "manana": "tomorrow", "pasado manana": "day after tomorrow", "ayer": "yesterday",
        **dict.fromkeys(("proxima semana", "semana que viene", "semana proxima"), "next week"),
    },
    this=frozenset({"este"}),
    next=frozenset({"proximo", "que viene"}),
    last=frozenset({"pasado"}),
    following=frozenset({"semana"}),
    day_first=True,
    has_accents=True,
    days=compiled(_DAYS),
    frequencies=whole_words(_FREQUENCIES),
    until=re.compile(
        r"\b(?:hasta|terminando(?: en)?|que termine(?: en)?|acabando(?: en)?"
        r"|con el ultimo (?:pago )?(?=el )) ?(?P<rest>.+)$"
    ),
    endless=re.compile(
        r"\b(?:hasta que (?:yo )?(?:l[oa]s? )?(?:cancele|pare|detenga|diga|avise|quite)"
        r"|hasta nuevo aviso|para siempre|indefinidamente|sin (?:fecha de )?(?:fin|final|termino)"
        r"|sin fecha limite)\b"
    ),
    times=re.compile(rf"\b(?P<n>{_NUMBER}) (?:veces|pagos|cuotas|mensualidades|plazos)\b"),
    span=re.compile(
        rf"\b(?:por|durante)(?: l[oa]s (?:proxim|siguiente)[oa]?s)? (?P<n>{_NUMBER})"
        rf" (?P<unit>{_UNIT})\b"
    ),
    month=re.compile(
        rf"(?:el )?(?:(?:fin(?:al(?:es)?)?|ultimo) de )?(?P<month>{_MONTH})\b"
        r"(?:,? (?:del? )?(?P<y>20\d\d)\b)?"
    ),
    only_day=re.compile(
        rf"(?:(?:el|desde el|a partir del) )?(?:dia )?(?P<nth>\d{{1,2}}|{_ORDINAL})"
    ),
    only_weekday=re.compile(rf"(?:el )?(?P<weekday>{_WEEKDAY})"),
    bare_number=re.compile(
        r"(?<![\w/.,-])(?<!terminada en )(?<!terminado en )(?<!cuenta )(?<!numero )"
        r"\$?\d[\d,]*(?:\.\d+)?k?(?![\w/]|[.,-]\d)"
    ),
    # "la cena del viernes" says what it is for.
    purpose=re.compile(
        rf"\bpara (?:la|el|los|las) (?!{_WEEKDAY}|dia|proxim|mes|semana|fin)\w+ del? \w+"
    ),
)  # fmt: skip
