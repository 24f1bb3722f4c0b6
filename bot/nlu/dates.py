"""AMAZON.Date: a day said in words or figures, as YYYY-MM-DD.

Source: Lex V2 developer guide, AMAZON.Date: a day without its year is the next one on or
after today; "this week" is its Monday and "next month" its last day, and so on (the guide's own).
Inferred: "next Friday" is the Friday of the next calendar week.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.nlu import days
from bot.nlu.durations import COUNT_PATTERN, UNITS, count_of
from bot.nlu.utterance import Span, Utterance, apart, span_of

Reading = Callable[[re.Match[str], date], list[date]]

_MONTH = "|".join(sorted(days.MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(days.WEEKDAYS, key=len, reverse=True))
_LONG = r"days?|weeks?|wks?|months?|years?|yrs?|fortnights?"
_NTH = r"\d{1,2}(?:th)?"
_YEAR = r"(?:(?: ,| of| in| '| -| /)? (?P<y>(?:19|20)\d\d|(?:19|20) \d\d|\d\d(?! ?[:\w])))"
_LEAD = rf"(?:(?:this )?(?P<lead>{_DAY})(?: \.)?(?: ,)? (?:\( |- )?(?:the )?)?"
_TRAIL = rf"(?:(?: ,)? (?P<trail>{_DAY}))?"
_BASE = "today|now|tomorrow|yesterday"
_WHICH = "this|next|last|coming|upcoming|past|previous|following"


def date_finder(day_first: bool) -> Callable[[Utterance], list[Span]]:
    """Finds every day in an utterance; `day_first` reads 4/5 as the fourth of May."""
    grammar = [(re.compile(rf"(?<![\w/]){form}(?= |$)"), read) for form, read in _FORMS]
    grammar.append((re.compile(_SLASHES), lambda m, today: _slashes(m, today, day_first)))

    def find(utterance: Utterance) -> list[Span]:
        today, spans = utterance.now.date(), []
        for form, read in grammar:
            for found in utterance.line.find(form):
                readings = [day.isoformat() for day in _read(read, found.match, today)]
                resolved = list(dict.fromkeys(readings))
                span = span_of(utterance, found.start, found.end, resolved)
                spans += [span] if span else []
        return apart(spans)

    return find


def _read(read: Reading, match: re.Match[str], today: date) -> list[date]:
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        # No such day, or one outside the calendar.
        return []


def _count_from(match: re.Match[str], today: date, sign: int) -> list[date]:
    count = count_of(match["n"])
    if count is None or count > 40_000:
        return []
    start = days.relative(match.groupdict().get("base") or "today", today)
    unit = UNITS[match["unit"]]
    return [days.shifted(start, sign * count, unit)]


def _weekday(match: re.Match[str], today: date) -> list[date]:
    wanted = days.WEEKDAYS[match["day"]]
    which = match["which"] or ""
    if match.groupdict().get("week"):
        return [days.of_week(today, wanted, match["week"])]
    if which in ("last", "past", "previous"):
        return [days.before(today, wanted), days.of_week(today, wanted, "last")]
    soonest = days.on_or_after(today, wanted)
    if which in ("next", "following"):
        return [days.of_week(today, wanted, "next"), soonest]
    return [soonest, days.of_week(today, wanted, "next")] if soonest == today else [soonest]


def _day_and_month(match: re.Match[str], today: date) -> list[date]:
    found = match.groupdict()
    day, month = int(match["d"].removesuffix("th")), days.MONTHS[match["m"]]
    weekday = days.WEEKDAYS.get(found.get("lead") or found.get("trail") or "")
    year = (found.get("y") or "").replace(" ", "") or None
    return [days.dated(day, month, year, today, weekday)]


def _month_alone(match: re.Match[str], today: date) -> list[date]:
    return [days.dated(1, days.MONTHS[match["m"]], match["y"] or None, today)]


def _nth(match: re.Match[str], today: date) -> list[date]:
    number, found = int(match["d"].removesuffix("th")), match.groupdict()
    if found.get("which"):
        return [days.month_of(today, match["which"]).replace(day=number)]
    weekday = days.WEEKDAYS.get(found.get("lead") or "")
    return [days.next_of_month(today, number, weekday)]


def _nth_weekday(match: re.Match[str], today: date) -> list[date]:
    """ "the first monday of next month", "last friday in october"."""
    count = -1 if match["nth"] == "last" else int(match["nth"].removesuffix("th"))
    if match["m"]:
        first = days.dated(1, days.MONTHS[match["m"]], match["y"] or str(today.year), today)
    else:
        first = days.month_of(today, match["which"] or "this")
    return [days.nth_weekday(first, days.WEEKDAYS[match["day"]], count)]


def _slashes(match: re.Match[str], today: date, day_first: bool) -> list[date]:
    one, other, year = int(match["a"]), int(match["b"]), match["y"]
    orders = [(one, other), (other, one)] if day_first else [(other, one), (one, other)]
    return [
        days.dated(day, month, year, today)
        for day, month in orders
        if 1 <= month <= 12 and 1 <= day <= 31
    ]


_SLASHES = (
    r"(?<![\w/.-])(?<![/.-] )(?P<a>\d{1,2}) (?P<s>[/-]) (?P<b>\d{1,2})"
    r"(?: (?P=s) (?P<y>\d{4}|\d\d))?(?= |$)(?! [/:-])"
)
_FORMS: list[tuple[str, Reading]] = [
    (r"(?P<day>the day after tomorrow|day after tomorrow|the day before yesterday|day before"
    r" yesterday"
     rf"|{_BASE}|tonight|this (?:morning|afternoon|evening)|(?:earlier |later )today|today's"
     "|tomorrow's"
     r"|tomorrow (?:morning|afternoon|evening|night)|last night|(?:the )?day after|(?:the )?day"
     " before)",
     lambda m, today: [days.relative(m["day"], today)]),
    (rf"(?:in|within) (?P<n>{COUNT_PATTERN}|\d+) (?P<unit>{_LONG})(?: ' s?)?(?: time)?",
     lambda m, today: _count_from(m, today, 1)),
    (rf"(?P<n>{COUNT_PATTERN}) (?P<unit>{_LONG}) (?:hence|(?:from|after) (?P<base>{_BASE}))",
     lambda m, today: _count_from(m, today, 1)),
    (rf"(?P<n>{COUNT_PATTERN}) (?P<unit>{_LONG}) before (?P<base>{_BASE})",
     lambda m, today: _count_from(m, today, -1)),
    (rf"(?P<n>{COUNT_PATTERN}) (?P<unit>{_LONG}) (?:ago|back|earlier)",
     lambda m, today: _count_from(m, today, -1)),
    (rf"(?:(?P<which>{_WHICH}) )?(?P<day>{_DAY})(?: (?P<week>(?:this|next|last) week))?", _weekday),
    (rf"(?P<which>)(?P<week>(?:this|next|last) week)(?:'s)? (?:on )?(?P<day>{_DAY})", _weekday),
    (rf"(?P<which>)(?P<day>{_DAY}) (?:of |the |from )?(?P<week>(?:this|next|last) week)", _weekday),
    (r"(?:the )?(?P<which>this|next|last|past|coming|previous|current) (?P<unit>week|month|year"
    r"|weekend)",
     lambda m, today: [days.of_period(today, m["which"], m["unit"])]),
    (r"(?:the )?(?P<edge>end|start|beginning|first day|last day) of"
     r"(?: (?:the|this))?(?: (?P<which>next|last))? (?P<unit>week|month|year)",
     lambda m, today: [days.edge_of(today, m["edge"], m["which"] or "this", m["unit"])]),
    (rf"{_LEAD}(?:the )?(?P<d>{_NTH})(?: day)?(?: of| -| /)?(?: the month of)? (?P<m>{_MONTH})(?:"
    rf" \.)?"
     rf"{_YEAR}?", _day_and_month),
    (rf"{_LEAD}(?P<m>{_MONTH})(?: \.| -| /| ,)?(?: the)? (?P<d>{_NTH})(?! [:/])(?:"
    rf" \))?{_YEAR}?{_TRAIL}",
     _day_and_month),
    (rf"(?P<y>(?:19|20)\d\d) [-/] (?P<m>{_MONTH}) [-/] (?P<d>\d{{1,2}})", _day_and_month),
    (rf"(?:the )?(?P<nth>\d{{1,2}}th|last) (?P<day>{_DAY}) (?:of|in) "
     rf"(?:(?P<m>{_MONTH})(?: (?P<y>(?:19|20)\d\d))?|(?:the |(?P<which>this|next|last) )month)",
     _nth_weekday),
    (rf"(?:the month of )?(?P<m>{_MONTH})(?: of| ,)? (?P<y>(?:19|20)\d\d)", _month_alone),
    (rf"(?:(?:in|since|until|till|by|from|for|during|of) )(?P<m>{_MONTH})(?P<y>)(?! (?:the )?\d)",
     _month_alone),
    (rf"(?<!\d )(?<!th )(?P<m>{days.FULL_MONTHS})(?P<y>)", _month_alone),
    (r"(?:on )?(?:the )?(?P<d>\d{1,2}(?:th)?)(?: day)?(?: of| of the)? "
     r"(?P<which>this|next|last|previous) month", _nth),
    (rf"{_LEAD}(?:the )?(?P<d>\d{{1,2}}th)(?: of (?:the|this) month)?(?! of [a-z])"
     r"(?! (?:time|one|card|payment|account|floor|street|avenue))", _nth),
    (r"(?P<y>(?:19|20)\d\d) [-/.] (?P<m>\d{1,2}) [-/.] (?P<d>\d{1,2})",
     lambda m, _today: [date(int(m["y"]), int(m["m"]), int(m["d"]))]),
    (r"(?:in|since|by|until|on) (?P<y>(?:19|20)\d\d)", lambda m, _today: [date(int(m["y"]), 1, 1)]),
    (rf"(?:the )?(?P<holiday>{'|'.join(days.HOLIDAYS)})",
     lambda m, today: [days.dated(*days.HOLIDAYS[m["holiday"]], None, today)]),
]  # fmt: skip
