"""AMAZON.Time: a time of day as HH:MM, or a part of the day as MO, AF, EV, NI.

Source: Lex V2 developer guide, AMAZON.Time: "at ten" may be morning or night, so it has no
interpreted value and both readings are resolved values.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.nlu.durations import COUNT_PATTERN, count_of
from bot.nlu.lines import Found
from bot.nlu.utterance import Span, Utterance, apart, span_of

Reading = Callable[[re.Match[str], datetime], list[str]]

_HALF = (
    r"(?P<half>a\.?m\.?|p\.?m\.?|a(?: \.)? m(?: \.)?|p(?: \.)? m(?: \.)?|in the a\.?m\.?"
    r"|in the p\.?m\.?|a|p"
    r"|(?:in |during )?(?:the |this )?(?:morning|afternoon|evening|night)|at night|tonight)"
)
_AHEAD = (
    r"(?:(?P<ahead>this morning|this afternoon|this evening|tonight"
    r"|tomorrow (?:morning|evening|night)) )"
)
_AT = r"(?:at|around|circa|about|by|before|after|until|till|from|to|and|between|@|than)"
_HOUR = r"(?:[01]?\d|2[0-4])"
_PARTS = {
    "morning": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "am": "AM",
    "pm": "PM",
}
_BARE_HOUR = re.compile(rf"(?P<lead>{_AT}) \d{{1,2}}")
_WEAK_LEADS = {"from", "to", "and", "between", "than"}
_GOES_ON = re.compile(
    r" [^a-z]|$| (?:at|to|until|till|through|and|or|for|from|in|on|by|with|this|next|today"
    r"|tomorrow|tonight|please|pls|thanks|thank|if|when|because|so|but|as|then|instead|i|we|it|is"
    r"|works|would|will|sharp|exactly|mon|tue|wed|thu|fri|sat|sun)"
)
_VAGUE = 0.6
# "half six" is half past six.
_PAST = {"past", "after", ""}


def time_spans(utterance: Utterance) -> list[Span]:
    """Every time of day in an utterance."""
    spans = []
    for form, read in _GRAMMAR:
        for found in utterance.line.find(form):
            if _is_something_else(utterance, found):
                continue
            resolved = list(dict.fromkeys(read(found.match, utterance.now)))
            weight = _VAGUE if read is _now else 1.0
            several = len(resolved) > 1
            span = span_of(utterance, found.start, found.end, resolved, weight, ambiguous=several)
            spans += [span] if span else []
    return apart(spans)


def clock_readings(hour: int, minute: int, half: str | None) -> list[str]:
    """Both readings of an hour up to twelve, unless `half` says which."""
    if hour > 24 or minute > 59:
        return []
    if hour > 12 or hour == 0:
        return [f"{hour % 24:02d}:{minute:02d}"]
    early, late = f"{hour % 12:02d}:{minute:02d}", f"{hour % 12 + 12:02d}:{minute:02d}"
    if half is None:
        return [late, early] if hour == 12 else [early, late]
    said = re.sub(r"[^a-z ]|^(?:in|during|at) |the |this |tomorrow ", "", half).replace(" ", "")
    if said.startswith(("inthea", "inthep")):
        said = said[5:]
    if said in ("a", "am", "morning"):
        return [early]
    if said in ("night", "tonight") and (hour == 12 or hour < 5):
        return [early]
    return [late]


def _of(match: re.Match[str], _now: datetime) -> list[str]:
    found = match.groupdict()
    return clock_readings(
        int(match["h"]), int(found.get("m") or 0), found.get("half") or found.get("ahead")
    )


def _run_together(match: re.Match[str], _now: datetime) -> list[str]:
    half = match.groupdict().get("half") or match.groupdict().get("ahead")
    if half is None and match["hm"].startswith("0"):
        return [f"{match['hm'][:2]}:{match['hm'][2:]}"]
    return clock_readings(int(match["hm"][:-2]), int(match["hm"][-2:]), half)


def _beside(match: re.Match[str], _now: datetime) -> list[str]:
    """ "half past six", "20 to 2", "a quarter past noon"."""
    minutes = {"half": 30, "quarter": 15}.get(match["min"].split()[-1])
    minutes = int(match["min"]) if minutes is None else minutes
    half = match["half"]
    if match["h"] in ("noon", "midday", "midnight"):
        hour, half = 12, "a" if match["h"] == "midnight" else "p"
    else:
        hour = int(match["h"])
    if minutes > 59:
        return []
    if match["side"] in _PAST:
        return clock_readings(hour, minutes, half)
    return sorted(earlier(clock, minutes) for clock in clock_readings(hour, 0, half))


def earlier(clock: str, minutes: int) -> str:
    total = (int(clock[:2]) * 60 + int(clock[3:]) - minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def _from_now(match: re.Match[str], now: datetime) -> list[str]:
    count = count_of(match["n"])
    if count is None or count > 10_000:
        return []
    seconds = int(count * (3600 if match["unit"].startswith("h") else 60))
    sign = -1 if match["ago"] else 1
    return [(now + sign * timedelta(seconds=seconds)).strftime("%H:%M")]


def _now(_match: re.Match[str], now: datetime) -> list[str]:
    return [now.strftime("%H:%M")]


def _is_something_else(utterance: Utterance, found: Found) -> bool:
    """ "at two different shops" and "one a week" are no times, though "at two" and "1a" are."""
    said = found.match.group()
    if said.endswith((" a", " p")):
        return not utterance.text[found.end - 2].isdigit()
    bare = _BARE_HOUR.fullmatch(said)
    if bare is None or not (found.spoken or bare["lead"] in _WEAK_LEADS):
        return False
    return _GOES_ON.match(utterance.line.text, found.match.end()) is None


def _named(match: re.Match[str], _now: datetime) -> list[str]:
    return ["00:00"] if match["name"] == "midnight" else ["12:00"]


_HM = rf"(?P<h>{_HOUR}) ?[:h] ?(?P<m>[0-5]\d)(?: : [0-5]\d)?"
_FORMS: list[tuple[str, Reading]] = [
    (rf"{_AHEAD}?(?:at |@ )?{_HM}(?: {_HALF})?", _of),
    (rf"(?P<h>{_HOUR})\.(?P<m>[0-5]\d)(?: {_HALF})", _of),
    (rf"(?:{_AT} )(?P<h>{_HOUR})\.(?P<m>[0-5]\d)", _of),
    (rf"(?:{_AT} )?(?P<h>{_HOUR}) (?:oh |o |0 )?(?P<m>[0-5]?\d)(?: {_HALF})", _of),
    (rf"(?:{_AT} )(?P<h>{_HOUR}) (?:oh |o |0 )?(?P<m>[0-5]\d)(?! (?:past|to|dollars))", _of),
    (rf"^(?P<h>{_HOUR})(?: -)? (?:(?:oh |o |0 |- 0 - |oh - |- oh - )(?P<z>)"
    rf"|)(?P<m>[0-5]?\d)$", _of),
    (rf"(?:{_AT} )?(?P<h>{_HOUR})(?: ish)? {_HALF}", _of),
    (rf"{_AHEAD}?(?P<h>{_HOUR})(?: o'clock| o clock| oclock)(?: {_HALF})?", _of),
    (rf"^(?:at )?(?P<h>{_HOUR}) (?:h|hours|hrs)$", _of),
    (rf"(?:{_AHEAD})(?:at |@ )?(?P<h>{_HOUR})", _of),
    (rf"(?:{_AT} )(?P<h>{_HOUR})(?! (?:[-:/%.] ?\d|past|to |dollars|days|weeks|months|years|hours"
    rf"|minutes"
     r"|percent|of|/))", _of),
    (rf"^(?P<h>{_HOUR})(?:\.(?P<m>[0-5]\d))?$", _of),
    (rf"(?:{_AT} )?(?P<h>{_HOUR}) (?:-ish|- ish|ish)", _of),
    (r"^(?:at )?(?P<hm>(?:[01]\d|2[0-3])[0-5]\d)(?: hours| hrs| h)?$", _run_together),
    (rf"(?P<min>half)(?P<side>) (?P<h>{_HOUR})(?: {_HALF})?", _beside),
    (rf"{_AHEAD}?(?:at )?(?P<hm>\d{{3,4}}) {_HALF}", _run_together),
    (rf"{_AHEAD}(?:at )?(?P<hm>\d{{3,4}})", _run_together),
    (rf"(?P<min>half|(?:a )?quarter|\d{{1,2}})(?: minutes| mins?)? (?P<side>past|after|to|before"
    rf"|till|of)"
     rf" (?P<h>{_HOUR}|noon|midday|midnight)(?! (?:day|week|month|year|hour|min|time))(?: h)?"
     rf"(?: o'clock)?(?: {_HALF})?", _beside),
    (rf"in (?P<n>{COUNT_PATTERN}) (?P<unit>hours?|hrs?|h|minutes?|mins?)(?P<ago>)", _from_now),
    (rf"(?P<n>{COUNT_PATTERN}) (?P<unit>hours?|hrs?|h|minutes?|mins?)(?: (?P<ago>ago)| from now)",
     _from_now),
    (r"(?P<name>noon|noonish|midday|mid day|midnight)", _named),
    (r"(?:right )?now", _now),
    (r"(?<!good )(?:in |at )?(?:the |this )?(?P<part>morning|afternoon|evening|night)",
     lambda m, _now: [_PARTS[m["part"]]]),
    (r"tonight", lambda _m, _now: ["NI"]),
    (r"^(?P<part>am|pm)$", lambda m, _now: [_PARTS[m["part"]]]),
]  # fmt: skip
_GRAMMAR = [(re.compile(rf"(?<![\w.:]){form}(?= |$)"), read) for form, read in _FORMS]
