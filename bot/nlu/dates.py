"""AMAZON.Date in English: a day said in words or figures, as YYYY-MM-DD.

Source: Lex V2 developer guide, AMAZON.Date: a day without its year is the next one on or
after today; "this week" is its Monday and "next month" its last day, and so on (the guide's own).
Inferred: "next Friday" is the Friday of the next calendar week.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.nlu import date_grammar as grammar
from bot.nlu import date_readings as read
from bot.nlu import days, holidays
from bot.nlu.durations import COUNT_PATTERN, UNITS, count_of
from bot.nlu.lines import english_line
from bot.nlu.utterance import Finder

_MONTH = "|".join(sorted(days.MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(days.WEEKDAYS, key=len, reverse=True))
# "sat" and "sun" are days beside a day's number only.
_DAYS = f"{_DAY}|sat|sun"
_WEEKDAYS = days.WEEKDAYS | {"sat": 5, "sun": 6}
_LONG = r"days?|weeks?|wks?|months?|years?|yrs?|fortnights?"
_NTH = r"\d{1,2}(?:thw?)?"
_YEAR = (
    r"(?:(?: ,)?(?: of| in| '| -| /)? (?:(?P<y>(?:19|20)\d\d|(?:19|20) \d\d|\d\d(?! ?[:\w]))"
    r"|(?P<of>last|next|this) year))"
)
_LEAD = rf"(?:(?:this )?(?P<lead>{_DAYS})(?: \.)?(?: ,)? (?:\( |- )?(?:the )?)?"
_TRAIL = rf"(?:(?: ,)? (?P<trail>{_DAY}))?"
_BASE = "today|now|tomorrow|yesterday"
_WHICH = "this|next|last|coming|upcoming|past|previous|following"
_EDGES = "last(?= of)|end|start|beginning|first day|last day|close"
_PAST = ("last", "past", "previous")
_COUNT = rf"(?P<n>{COUNT_PATTERN}|\d+)"
_FULL_YEAR = r"(?:19|20)\d\d"
# "the 5th avenue" is no day.
_NO_DAY = (
    r"time|thing|one|name|class|half|quarter|card|payment|account|floor|street|avenue|st|ave"
    r"|charge|transaction|attempt|day of|of [a-z]"
)
# "the second charge" is no day: only words that lead on to something else may follow.
_GOES_ON = (
    r"(?= [^a-z]|$| (?:of|at|to|until|till|til|through|and|or|for|from|in|on|by|with|this|next"
    r"|please|pls|plz|thanks|thank|if|when|because|since|so|but|as|then|instead|i|we|it|is|was"
    r"|will|would|can|could|my|around|about|morning|afternoon|evening|night|now|too|works)\b)"
)
# "$12 December 27" is not the twelfth.
_NOT_MONEY = r"(?<![$€£] )"


def date_finder(day_first: bool) -> Finder:
    """Finds every day in an utterance; `day_first` reads 4/5 as the fourth of May."""

    def by_locale(match: re.Match[str], today: date) -> list[date]:
        return grammar.slashes(match, today, day_first)

    forms = [
        *_FORMS,
        (grammar.SLASHES, by_locale),
        (grammar.DOTTED, by_locale),
        (grammar.SPACED, by_locale),
    ]
    return grammar.finder(english_line, forms, _SHIFT)


_SHIFT = grammar.Shift(
    before=re.compile(
        rf"(?<![\w.])(?:(?:{_COUNT} (?P<unit>{_LONG})|(?:the )?day|(?:the )?(?P<one>week))"
        r" (?:after|from|(?P<back>before|prior to))"
        rf"|(?P<m>{COUNT_PATTERN}) (?P<weeks>weeks?|fortnight)(?: on)?) (?:the )?$"
    ),
    behind=re.compile(rf" (?:in {_COUNT} )?(?P<unit>week|weeks|fortnight)(?= |$)"),
    units=UNITS,
    count=count_of,
)


_FORMS: list[tuple[str, grammar.Reading]] = [
    (r"(?P<day>(?:the )?day after tomorrow|(?:the )?day before yesterday"
     rf"|{_BASE}|tonight|this (?:morning|afternoon|evening)|(?:earlier |later )today|today's"
     r"|tomorrow's|tomorrow (?:morning|afternoon|evening|night)|last night|(?:the )?(?:next )?day"
     r" after|(?:the )?(?:day before|previous day|following day)|at this time)",
     lambda m, today: [days.relative(m["day"], today)]),
    (r"(?:tonite|2 nite|2 day)", lambda _, today: [today]),
    (r"(?P<day>tmrw|tmr|tmw|tomorow|tommorow|tommorrow|2 morrow|2 moro)",
     lambda _, today: [days.relative("tomorrow", today)]),
    (r"(?:the )?(?P<unit>week|weekend) after next", lambda m, today: [
        days.of_period(today, "next", m["unit"]) + timedelta(days=7)
    ]),
    (rf"(?:the )?(?P<day>{_DAY}) after next", lambda m, today: [
        days.on_or_after(today + timedelta(days=1), days.WEEKDAYS[m["day"]]) + timedelta(days=7)
    ]),
    (r"(?:by |at )?(?P<unit>eom|eoy)", lambda m, today: [
        days.edge_of(today, "end", "this", {"eom": "month", "eoy": "year"}[m["unit"]])
    ]),
    (rf"(?:the )?mid(?:dle of)?(?: -)? (?P<m>{_MONTH})(?: (?P<y>{_FULL_YEAR}))?",
     lambda m, today: [days.dated(15, days.MONTHS[m["m"]], m["y"], today)]),
    (r"(?:at |over )?the weekend", lambda _, today: [
        days.of_period(today, "this", "weekend")
    ]),
    (rf"(?:in|within) {_COUNT} (?P<unit>{_LONG})(?:'s| ')?(?: s)?(?: time)?", read.ahead),
    (rf"in {_COUNT} (?P<unit>fortnight|week|month|year)'s time", read.ahead),
    (rf"(?:the )?(?:next|upcoming|coming) {_COUNT} (?P<unit>{_LONG})", read.ahead),
    (rf"{_COUNT} (?:upcoming|coming) (?P<unit>{_LONG})", read.ahead),
    (rf"(?:the )?(?:last|past|previous) {_COUNT} (?P<unit>{_LONG})", read.ago),
    (rf"{_COUNT} (?P<unit>{_LONG}) (?:hence|(?:from|after) (?P<base>{_BASE}))", read.ahead),
    (rf"{_COUNT} (?P<unit>{_LONG}) before (?P<base>{_BASE})", read.ago),
    (rf"{_COUNT} (?P<unit>{_LONG}) (?:ago|back|earlier)", read.ago),
    (rf"(?:in |within )?{_COUNT} (?:business|working|banking|week) days?"
     r"(?: from (?:now|today)| hence| (?P<ago>ago))?", read.working_days),
    (r"(?:at )?this (?:time|day) (?P<which>next|last) (?P<unit>week|month|year)", read.same_day),
    (rf"(?P<n>\d{{1,2}}) (?P<day>{'|'.join(days.FULL_DAYS)})s? from (?:now|today)",
     read.weekdays_ahead),
    (rf"(?:(?P<which>{_WHICH}) )?(?P<day>{_DAY})(?: (?P<week>(?:this|next|last) week))?",
     read.weekday),
    (r"^(?:on )?(?:(?P<which>this|next|last) )?(?P<day>sat|sun)(?= |$)", read.weekday),
    (rf"(?P<which>)(?P<week>(?:this|next|last) week)(?:'s)? (?:on )?(?P<day>{_DAY})", read.weekday),
    (rf"(?P<day>{_DAY}) (?P<which>next)(?! (?:week|month|year))", read.weekday),
    (rf"(?P<which>)(?P<day>{_DAY}) (?:of |the |from )?(?P<week>(?:this|next|last) week)",
     read.weekday),
    (r"(?:the )?(?P<which>this|next|last|past|coming|previous|current) (?P<unit>week|month|year"
     r"|weekend)",
     lambda m, today: [days.of_period(today, m["which"], m["unit"])]),
    (rf"(?:the )?(?P<edge>{_EDGES}) of"
     r"(?: (?:the|this))?(?: (?P<which>next|last))? (?P<unit>week|month|year)",
     lambda m, today: [days.edge_of(today, m["edge"], m["which"] or "this", m["unit"])]),
    (rf"(?:the )?(?P<edge>{_EDGES}|1thw? day) (?:of|in) (?P<m>{_MONTH})(?: of)?"
     rf"(?: (?P<y>{_FULL_YEAR}))?", read.month_edge),
    (rf"{_NOT_MONEY}{_LEAD}(?:the )?(?P<d>{_NTH})(?: day)?(?: of| -| /)?(?: the month of)? "
     rf"(?P<m>{_MONTH})(?: \.)?{_YEAR}?(?: \))?", read.day_and_month),
    (rf"{_LEAD}(?P<m>{_MONTH})(?: \.| -| /| ,)?(?: the)? (?P<d>{_NTH})(?! [:/])(?: \))?"
     rf"{_YEAR}?{_TRAIL}", read.day_and_month),
    (rf"(?P<y>{_FULL_YEAR}) [-/] (?P<m>{_MONTH}) [-/] (?P<d>\d{{1,2}})", read.day_and_month),
    (rf"(?P<y>{_FULL_YEAR}) [-/] (?P<d>\d{{1,2}}) [-/] (?P<m>{_MONTH})", read.day_and_month),
    (rf"(?P<d>\d{{1,2}}) [-/] (?P<y>{_FULL_YEAR}) [-/] (?P<m>{_MONTH})", read.day_and_month),
    (rf"(?:the )?(?P<nth>\d{{1,2}}thw?|last) (?P<day>{_DAY}) (?:of|in) "
     rf"(?:(?P<m>{_MONTH})(?: (?P<y>{_FULL_YEAR}))?|(?:the |(?P<which>this|next|last) )month)",
     read.nth_weekday),
    (rf"(?:the month of )?(?P<m>{_MONTH})(?: of| ,)? (?P<y>{_FULL_YEAR})", read.month_alone),
    (rf"(?P<which>this|next|last|past|coming) (?P<m>{_MONTH})(?P<y>)(?! \d)", read.month_alone),
    (rf"(?P<m>{_MONTH})(?: of)? (?P<of>this|next|last) year(?P<y>)", read.month_alone),
    (rf"(?:(?:in|since|until|till|by|from|for|during|of) )(?P<m>{_MONTH})(?P<y>)(?! (?:the )?\d)",
     read.month_alone),
    (rf"(?<!\d )(?<!th )(?P<m>{days.FULL_MONTHS})(?P<y>)", read.month_alone),
    (r"(?:on )?(?:the )?(?P<d>\d{1,2}(?:thw?)?)(?: day)?(?: of| of the)? "
     r"(?P<which>this|next|last|previous) month", read.nth),
    (r"(?P<which>this|next|last) month(?: ,)? (?:on )?(?:the )?(?P<d>\d{1,2}(?:thw?)?)", read.nth),
    (rf"(?:{_LEAD}the |(?:(?P<day>{_DAYS})(?: ,)?|on|by|since|until|till|before|after|from|to"
     r"|through) )"
     rf"(?P<d>\d{{1,2}}(?:th(?! (?:{_NO_DAY}))|thw{_GOES_ON}))(?: of (?:the|this) month)?",
     read.nth),
    (r"^(?P<d>\d{1,2}thw?)(?: of (?:the|this) month)?(?=(?: [.!?,])*$)", read.nth),
    (r"(?:on )?the (?P<d>\d{1,2})(?= [.!?,]|$)", read.nth),
    (grammar.YEAR_FIRST, grammar.year_first),
    (grammar.BASIC, grammar.year_first),
    (rf"(?:in|since|by|until|on) (?P<y>{_FULL_YEAR})", lambda m, _: [date(int(m["y"]), 1, 1)]),
    (rf"(?:the )?(?:(?P<which>{_WHICH}) )?(?P<holiday>{holidays.names_of(holidays.ENGLISH)})"
     rf"(?:(?: of| in| ,)? (?P<y>{_FULL_YEAR})| (?P<of>this|next|last) year)?", read.holiday),
]  # fmt: skip
