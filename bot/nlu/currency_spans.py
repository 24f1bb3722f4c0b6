"""Spans of AMAZON.Currency: an amount that was read becomes `USD 50.00` with its own words.

Inferred: of a number that could mean two amounts ("1.500" in English, "5-10") the words are kept
and no value is given, so that whoever knows the customer can ask; a minus stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from bot.engine.recogniser import SlotMatch
from bot.nlu.lines import Found, Line
from bot.nlu.utterance import Span, Utterance

_MINUS = re.compile(r"(?:^|\s)((?:[-−]|minus |negative |menos ) ?)$", re.IGNORECASE)
_JOINED_BEFORE = re.compile(r"[$€£]?\d[\d.,]*[-.,]$")
_THOUSANDS_BEFORE = re.compile(r"(?<![\w.,])[$€£]?[1-9]\d{0,2} $")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")
# "1 250" may be a thousand and more, or two amounts.
_JOINED = re.compile(r"[-.,][\d.,-]*\d|(?<=\d) \d{3}(?!\d)")
_BOUND_BEFORE = re.compile(r"[/:] ?$")
_BOUND_BEHIND = re.compile(r"^ (?:[/:] ?\d|%|percent\b|por ?cien(?:to)?\b)")
_GLUED_BEFORE = re.compile(r"(?:\w|[^\W\d]-)$")
_GLUED_BEHIND = re.compile(r"\w|-[^\W\d]")
COUNTED = 0.3
"""How sure a number is to be money where it seems to count or name something else."""
_MAX = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Amount:
    """What a grammar read at one place; `value` is None where it could be two amounts."""

    found: Found
    code: str
    value: Decimal | None
    weight: float


def amount_spans(utterance: Utterance, line: Line, amounts: Iterable[Amount]) -> list[Span]:
    """The spans of `amounts`, surest first; of two that overlap the first."""
    spans: list[Span] = []
    for amount in amounts:
        span = _span(utterance, line, amount)
        if span and not any(span.start < s.end and s.start < span.end for s in spans):
            spans.append(span)
    return sorted(spans, key=lambda s: s.start)


def _span(utterance: Utterance, line: Line, amount: Amount) -> Span | None:
    found, weight = amount.found, amount.weight
    if _belongs_elsewhere(utterance, line, found):
        return None
    start, end, sign = _whole_figure(utterance.text, found)
    covered = utterance.covered(start, end)
    if covered is None:
        return None
    original = utterance.text[start:end]
    whole = (start, end) == (found.start, found.end) or sign
    exact = _to_the_cent(amount.value) if whole else None
    if exact is None:
        return Span(*covered, SlotMatch(original, None, ()), min(weight, 0.8))
    signed = -exact if sign else exact
    value = f"{amount.code} {signed or abs(signed)}"
    return Span(*covered, SlotMatch(original, value, (value,)), weight)


def _to_the_cent(amount: Decimal | None) -> Decimal | None:
    if amount is None or amount > _MAX:
        return None
    exact = amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return exact if exact == amount else None


def _whole_figure(text: str, found: Found) -> tuple[int, int, str]:
    """The characters of the figure that the number is part of, and its minus if it has one.

    "5" in "1,5" or in "5-10" is not the amount; the whole of it is what was said.
    """
    minus = _MINUS.search(text[: found.start])
    before, behind = _JOINED_BEFORE.search(text[: found.start]), _JOINED.match(text, found.end)
    if before is None and _THREE_DIGITS.match(text, found.start):
        before = _THOUSANDS_BEFORE.search(text[: found.start])
    if minus and not before:
        return minus.start(1), behind.end() if behind else found.end, "" if behind else "-"
    start = before.start() if before else found.start
    return start, behind.end() if behind else found.end, ""


def exact(digits: str) -> Decimal | None:
    """The number, unless "1.500" leaves open whether the point parts thousands."""
    whole, _, parts = digits.partition(".")
    if len(parts) == 3 and whole not in ("", "0"):
        return None
    return Decimal(digits)


def _belongs_elsewhere(utterance: Utterance, line: Line, found: Found) -> bool:
    """Whether the number is part of something else: a date, a time, a code, a share."""
    text = utterance.text
    if _GLUED_BEFORE.search(text[: found.start]) or _GLUED_BEHIND.match(text[found.end :]):
        return True
    before = line.text[: found.match.start()]
    behind = line.text[found.match.end() :]
    return bool(_BOUND_BEFORE.search(before) or _BOUND_BEHIND.search(behind))


def counts(line: Line, found: Found, names: re.Pattern[str], things: re.Pattern[str]) -> bool:
    """Whether a bare number names something ("ending 4242") or counts it ("10 days")."""
    start, end = found.match.span()
    return names.search(line.text[:start]) is not None or things.match(line.text, end) is not None
