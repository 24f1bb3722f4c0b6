"""AMAZON.Time in Spanish: HH:MM (both readings of "las diez"), or a part of the day: MO, AF, NI."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.nlu.lines import Line
from bot.nlu.spanish.calendar import COUNT, count_of
from bot.nlu.times import clock_readings, earlier
from bot.nlu.utterance import Finder, Span, Utterance, apart, span_of

_Reading = Callable[[re.Match[str], datetime], list[str]]

_AMPM = r"a \.? ?m \.?|p \.? ?m \.?|a\.?m\.?(?: \.)?|p\.?m\.?(?: \.)?"
_HALF = (
    rf"(?P<half>{_AMPM}|(?:de|en|por|a) (?:la )?(?:manana|tarde|noche|madrugada)"
    r"|del? (?:medio ?dia|mediodia)|de la media ?noche|esta (?:manana|tarde|noche))"
)
_AHEAD = (
    r"(?:(?P<ahead>esta (?:manana|tarde|noche)|(?:manana|ayer|hoy) (?:por|en) la"
    r" (?:manana|tarde|noche)),? )"
)
_LAS = (
    r"(?:al? |para |sobre |hacia |desde |hasta |entre |de |y |cerca de |alrededor de |antes de"
    r" |despues de )?las? "
)
_LEAD = rf"(?:{_LAS}|(?:a|para) )"
_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTE = r"[0-5]?\d"
_PARTS = {
    "manana": "MO", "tarde": "AF", "noche": "NI", "madrugada": "MO", "mediodia": "12:00",
    "medio dia": "12:00", "medianoche": "00:00", "media noche": "00:00",
}  # fmt: skip


def time_finder(reading: Callable[[str], Line]) -> Finder:
    """Finds every time of day in a Spanish utterance."""

    def find(utterance: Utterance) -> list[Span]:
        spans, line = [], utterance.line_by(reading)
        for form, read in _GRAMMAR:
            for found in line.find(form):
                resolved = list(dict.fromkeys(read(found.match, utterance.now)))
                several = len(resolved) > 1
                span = span_of(utterance, found.start, found.end, resolved, ambiguous=several)
                spans += [span] if span else []
        return apart(spans)

    return find


def _half(match: re.Match[str]) -> str | None:
    """The half of the day that was named, in the words of `clock_readings`."""
    found = match.groupdict()
    said = found.get("half") or found.get("ahead")
    if said is None:
        return None
    if "noche" in said:
        return "night"
    if re.search("madrugada|manana$|^a", said) and "tarde" not in said:
        return "am"
    return "pm"


def _of(match: re.Match[str], _now: datetime) -> list[str]:
    return clock_readings(int(match["h"]), int(match.groupdict().get("m") or 0), _half(match))


def _beside(match: re.Match[str], _now: datetime) -> list[str]:
    """ "las tres y media", "las ocho menos cuarto"."""
    said = match["min"]
    minutes = 30 if said.startswith("medi") else 15 if said.endswith("cuarto") else int(said)
    if minutes > 59:
        return []
    if match["side"] == "y":
        return clock_readings(int(match["h"]), minutes, _half(match))
    return sorted(earlier(c, minutes) for c in clock_readings(int(match["h"]), 0, _half(match)))


def _from_now(match: re.Match[str], now: datetime) -> list[str]:
    count = count_of(match["n"])
    if count is None or count > 10_000:
        return []
    size = {"h": 3600, "m": 60, "d": 86_400}[match["unit"][0]]
    sign = -1 if match.groupdict().get("ago") else 1
    return [(now + sign * timedelta(seconds=int(count * size))).strftime("%H:%M")]


def _part(match: re.Match[str], _now: datetime) -> list[str]:
    return [_PARTS[match["part"]]]


_UNIT = r"(?P<unit>horas?|hrs?|h|minutos?|mins?)"
_FORMS: list[tuple[str, _Reading]] = [
    (rf"{_AHEAD}?{_LEAD}?(?P<h>{_HOUR}) : (?P<m>[0-5]\d)(?: : [0-5]\d)?(?: h| hrs?| horas?)?"
     rf"(?: {_HALF})?", _of),
    (rf"{_LEAD}?(?P<h>{_HOUR}) h (?P<m>[0-5]\d)(?: {_HALF})?", _of),
    (rf"{_LEAD}(?P<h>{_HOUR})\.(?P<m>[0-5]\d)(?: h)?(?: {_HALF})?", _of),
    (rf"(?P<h>{_HOUR})\.(?P<m>[0-5]\d) (?:h|{_HALF})", _of),
    (rf"{_AHEAD}?{_LEAD}?(?P<h>{_HOUR})(?: horas?| en punto)?(?: {_HALF})", _of),
    (rf"{_AHEAD}?{_LAS}(?P<h>{_HOUR})(?: horas?| en punto)?(?! (?:[:/%.] ?\d|por ciento|dolares))",
     _of),
    (rf"{_LEAD}?(?P<h>{_HOUR}) (?:h|hrs|horas|en punto)(?= [.!?]|$)", _of),
    (rf"{_AHEAD}?{_LEAD}?(?P<h>{_HOUR})(?P<side> y )(?P<m>{_MINUTE})(?: minutos)?(?: {_HALF})",
     _of),
    (rf"{_AHEAD}?{_LAS}(?P<h>{_HOUR}) (?:con )?(?:0 ?)?(?P<m>{_MINUTE})(?: {_HALF})?", _of),
    (rf"{_LEAD}?(?P<h>{_HOUR}) (?:0 ?)?(?P<m>{_MINUTE}) {_HALF}", _of),
    (rf"{_AHEAD}?{_LEAD}?(?P<h>{_HOUR})(?: {_HALF})? (?P<side>y|menos) "
     rf"(?P<min>medi[oa]|cuarto|{_MINUTE})(?: minutos)?", _beside),
    (rf"{_AHEAD}?{_LEAD}?(?P<h>{_HOUR}) (?P<side>y|menos) "
     rf"(?P<min>medi[oa]|cuarto|{_MINUTE})(?: minutos)?(?: {_HALF})?", _beside),
    (rf"(?P<min>(?:1 )?cuarto|{_MINUTE})(?: minutos)? (?P<side>para) las? (?P<h>{_HOUR})"
     rf"(?: {_HALF})?", _beside),
    (rf"^(?:son )?(?P<h>{_HOUR})$", _of),
    (rf"(?:en|dentro de) (?P<n>{COUNT}) {_UNIT}", _from_now),
    (r"(?:en|dentro de) (?P<n>1) (?P<unit>dia)", _from_now),
    (rf"(?P<ago>hace) (?P<n>{COUNT}) {_UNIT}", _from_now),
    (r"(?:al? |el |la |en )?(?P<part>mediodia|medio dia|medianoche|media noche)", _part),
    (r"(?:las )?12 (?:del|de la) (?P<part>mediodia|medio dia|medianoche|media noche)", _part),
    (r"(?:por|en|a|de|esta) (?:la )?(?P<part>manana|tarde|noche|madrugada)", _part),
    (r"^(?:la )?(?P<part>tarde|noche|madrugada)$", _part),
    (r"ahora(?: mismo)?|ahorita", lambda _m, now: [now.strftime("%H:%M")]),
]  # fmt: skip
_GRAMMAR = [(re.compile(rf"(?<![\w.:]){form}(?= |$)"), read) for form, read in _FORMS]
