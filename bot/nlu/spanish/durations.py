"""AMAZON.Duration in Spanish: "dos horas y media" is PT2H30M; nothing else is normalised."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from bot.nlu.durations import add_amount, compact_spans, iso_duration
from bot.nlu.lines import Line
from bot.nlu.spanish.calendar import COUNT, UNITS, count_of
from bot.nlu.utterance import Finder, Span, Utterance, apart, span_of

_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_MORE = "(?: (?:enter[oa]s?|complet[oa]s?|mas))?"
_NONE = r"(?=(?:hora|minuto|semana|dia|mes|ano) y medi)"
_ONE = (
    rf"(?:(?P<count>{COUNT}) |{_NONE})(?P<unit>{_UNIT}){_MORE}"
    r"(?P<half> y medi[oa]| y cuarto)?(?= |$)"
)
_PART = re.sub(r"\?P<\w+>", "?:", _ONE)
_DURATION = re.compile(
    rf"(?<![\w.]){_PART}(?:(?: ,)?(?: y| con)? {_PART})*(?: y \d{{1,2}}$)?(?= |$)"
)
_FIRST = re.compile(_ONE)
_TRAILING = re.compile(r" y (\d{1,2})$")
_TIMES = re.compile(r"(\d*)([A-Z]+)")


def duration_finder(reading: Callable[[str], Line]) -> Finder:
    """Finds every length of time in a Spanish utterance."""

    def find(utterance: Utterance) -> list[Span]:
        spans = compact_spans(utterance)
        for found in utterance.line_by(reading).find(_DURATION):
            value = _value(found.match.group())
            span = span_of(utterance, found.start, found.end, [value]) if value else None
            spans += [span] if span else []
        return apart(spans)

    return find


def _value(said: str) -> str | None:
    amounts: dict[str, Decimal] = {}
    unit, end = "", 0
    for match in _FIRST.finditer(said):
        count = count_of(match["count"] or "1")
        times = _TIMES.fullmatch(UNITS[match["unit"]])
        if count is None or times is None:
            return None
        if match["half"]:
            count += Decimal("0.5") if "medi" in match["half"] else Decimal("0.25")
        unit, end = times[2], match.end()
        add_amount(amounts, unit, count * int(times[1] or 1))
    trailing = _TRAILING.fullmatch(said[end:])
    if trailing and unit == "H":
        add_amount(amounts, "M", Decimal(trailing[1]))
    return iso_duration(amounts)
