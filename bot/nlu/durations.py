"""AMAZON.Duration: "five hours ten minutes" is PT5H10M (ISO 8601; Lex V2 developer guide).

What was said is not normalised: ninety minutes stay PT90M. Inferred: parts of a unit become the
next smaller unit (one and a half hours is PT1H30M).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.nlu.utterance import Span, Utterance, apart, span_of

UNITS = {
    "second": "S", "seconds": "S", "sec": "S", "secs": "S", "minute": "M", "minutes": "M",
    "min": "M", "mins": "M", "hour": "H", "hours": "H", "hr": "H", "hrs": "H", "h": "H",
    "day": "D", "days": "D", "week": "W", "weeks": "W", "wk": "W", "wks": "W", "month": "MO",
    "months": "MO", "mo": "MO", "mos": "MO", "year": "Y", "years": "Y", "yr": "Y", "yrs": "Y",
    "fortnight": "2W", "fortnights": "2W", "decade": "10Y", "decades": "10Y",
}  # fmt: skip
"""Words for units; MO is the calendar's M, 2W two weeks."""

UNIT_PATTERN = "|".join(sorted(UNITS, key=len, reverse=True))
COUNT_PATTERN = (
    r"\d+ / \d+|3 quarters of an?|\d+(?:\.\d+)?|half (?:an?|of an?)|a quarter of an?|an?"
    r"(?: couple(?: of)?| few)?|couple of|few|several|some|all(?: the)?|the whole|the entire|whole"
)
_VAGUE = {
    "half": "0.5", "quarter": "0.25", "couple": "2", "few": "3",
    "several": "3", "some": "3",
}  # fmt: skip
_MORE = "(?:more|extra|additional|less|whole|full)"
_SMALLER = {"H": ("M", 60), "M": ("S", 60), "D": ("H", 24), "W": ("D", 7), "MO": ("D", 30),
            "Y": ("MO", 12)}  # fmt: skip
_ORDER = ("Y", "MO", "W", "D", "H", "M", "S")
_PART = (
    rf"(?:{COUNT_PATTERN}|one)(?: {_MORE}| of(?: an)?)? (?:{UNIT_PATTERN})"
    r"(?: and (?:a )?(?:half|quarter))?"
)
_DURATION = re.compile(
    rf"(?<![\w.]){_PART}(?:(?: ,)?(?: and)? {_PART})*(?: (?:and )?\d{{1,2}})?(?= |$)"
)
_ONE = re.compile(
    rf"(?P<count>{COUNT_PATTERN})(?: {_MORE}| of(?: an)?)? (?P<unit>{UNIT_PATTERN})"
    r"(?: and (?:a )?(?P<part>half|quarter))?(?= |$)"
)
_COMPACT = re.compile(r"(?<![\w.,$€£])(?:\d{1,4}(?:\.\d+)?[ywdhms])+(?!\w)", re.IGNORECASE)
_LETTERS = re.compile(r"([\d.]+)([a-z])")
_TRAILING = re.compile(r"(?: and)? (\d{1,2})$")


def count_of(text: str) -> Decimal | None:
    """How many "a couple of", "half an", "1 / 2" or "3" are."""
    if "/" in text:
        above, below = (int(number) for number in text.split(" / "))
        return Decimal(above) / below if below else None
    if text.startswith("3 quarters"):
        return Decimal("0.75")
    if text[0].isdigit():
        return Decimal(text)
    for word, count in _VAGUE.items():
        if word in text:
            return Decimal(count)
    return Decimal(1)


def duration_spans(utterance: Utterance) -> list[Span]:
    """Every length of time in an English utterance."""
    spans = compact_spans(utterance)
    for found in utterance.line.find(_DURATION):
        value = _value(found.match.group())
        span = span_of(utterance, found.start, found.end, [value]) if value else None
        spans += [span] if span else []
    return apart(spans)


def compact_spans(utterance: Utterance) -> list[Span]:
    """ "1h30m", "5d": figures with the first letter of their unit, in any language."""
    spans = []
    for match in _COMPACT.finditer(utterance.text):
        amounts: dict[str, Decimal] = {}
        for count, letter in _LETTERS.findall(match.group().lower()):
            add_amount(amounts, letter.upper(), Decimal(count))
        value = iso_duration(amounts)
        span = span_of(utterance, *match.span(), [value]) if value else None
        spans += [span] if span else []
    return spans


def _value(said: str) -> str | None:
    amounts: dict[str, Decimal] = {}
    last, end = "", 0
    for match in _ONE.finditer(said):
        count = count_of(match["count"])
        if count is None:
            return None
        count += {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(match["part"], Decimal(0))
        last, end = UNITS[match["unit"]].lstrip("0123456789"), match.end()
        count *= int(UNITS[match["unit"]].removesuffix(last) or 1)
        add_amount(amounts, last, count)
    trailing = _TRAILING.fullmatch(said[end:])
    if trailing and last in _SMALLER:
        add_amount(amounts, _SMALLER[last][0], Decimal(trailing[1]))
    return iso_duration(amounts)


def add_amount(amounts: dict[str, Decimal], unit: str, count: Decimal) -> None:
    """Adds whole units, and what is left over in the next smaller one."""
    whole = Decimal(int(count))
    rest = count - whole
    if rest and unit in _SMALLER:
        smaller, size = _SMALLER[unit]
        add_amount(amounts, smaller, rest * size)
    elif rest:
        whole = count
    if whole:
        amounts[unit] = amounts.get(unit, Decimal(0)) + whole


def iso_duration(amounts: Mapping[str, Decimal]) -> str | None:
    if not amounts:
        return None
    shown = {unit: f"{amounts[unit].normalize():f}{unit[0]}" for unit in _ORDER if unit in amounts}
    date = "".join(text for unit, text in shown.items() if unit in ("Y", "MO", "W", "D"))
    time = "".join(text for unit, text in shown.items() if unit in ("H", "M", "S"))
    return f"P{date}" + (f"T{time}" if time else "")
