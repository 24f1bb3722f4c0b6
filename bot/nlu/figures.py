"""AMAZON.Number and AMAZON.Percentage: figures with a sign, a fraction bar, a power or a scale.

Source of the forms: Lex V2 developer guide, "Built-in slot types". What is particular to a language
(fractions in words, its word for minus) is given by that language's module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, DecimalException

from bot.nlu.lines import Line
from bot.nlu.utterance import Finder, Span, Utterance, apart, span_of

N = r"\d+(?:\.\d+)?|\.\d+"
SIGN = r"(?:(?P<sign>-|−|minus|negative|menos|negativo) )?"
_TAILS = (
    r" (?P<over>\d+) / (?P<under>\d+)"
    r"| (?:/|over|sobre) (?P<below>\d+)"
    r"| e(?P<e>(?: [+-])? \d{1,2})"
    r"| (?:x|\*|×) 10 \^(?P<ten>(?: [+-])? \d{1,2})"
    r"| \^(?P<power>(?: [+-]){0,3} \d{1,3}(?:\.\d+)?)"
    r"| (?P<giga>g)"
)
_NUMBER = re.compile(rf"{SIGN}(?P<n>{N})(?:{_TAILS})?(?= |$)")
_PERCENT = re.compile(
    rf"{SIGN}(?:(?P<n>{N})(?: / (?P<below>\d+)|(?P<half> y medi[oa]))?"
    r"|(?P<part>half(?: of)? an?|medio))"
    r"(?P<mark> (?:%|percent|per cent|pct|pc|por ciento|porciento|por cien))?(?= |$)"
)
_NEAR_ONE = 0.7
# "180ml": a unit of measure may be glued to its number.
_UNIT = re.compile(
    r"(?:ml|l|cl|mm|cm|km|kg|mg|lb|lbs|oz|ft|in|mi|kb|mb|gb|px|kw|kwh|mph)\b", re.IGNORECASE
)
_MOST_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Worded:
    """A number that a language's own grammar read: its value and the characters it covers."""

    value: Decimal
    start: int
    end: int
    weight: float = 1.0


Wording = Callable[[Utterance], Iterable[Worded]]
_UNSPACED = "\u3040"
"""Kana, Chinese characters and Hangul come from here on."""


def number_finder(reading: Callable[[str], Line], wording: Wording) -> Finder:
    """Finds AMAZON.Number: decimal digits, a leading minus, no zeros of our own making."""

    def find(utterance: Utterance) -> list[Span]:
        spans = []
        for worded in (*wording(utterance), *_figures(utterance, reading)):
            shown = shown_number(worded.value)
            readings = [shown] if shown else []
            span = span_of(utterance, worded.start, worded.end, readings, worded.weight)
            spans += [span] if span else []
        return apart(spans)

    return find


def percentage_finder(reading: Callable[[str], Line]) -> Finder:
    """Finds AMAZON.Percentage: digits and a percent sign; a bare number stays bare."""

    def find(utterance: Utterance) -> list[Span]:
        spans = []
        for found in utterance.line_by(reading).find(_PERCENT):
            share, below = Decimal(found.match["n"] or "0.5"), found.match["below"]
            if found.match["part"] and not found.match["mark"]:
                continue
            if below:
                share = share / Decimal(below) if int(below) else share
            share += Decimal("0.5") if found.match["half"] else 0
            shown = shown_number(-share if found.match["sign"] else share)
            marked = found.match["mark"]
            readings = [f"{shown}%" if marked else shown] if shown else []
            weight = 1.0 if marked else _NEAR_ONE
            span = span_of(utterance, found.start, found.end, readings, weight)
            spans += [span] if span else []
        return spans

    return find


def shown_number(value: Decimal) -> str | None:
    """Digits without exponent or idle zeros; None for what has too many to be meant."""
    if not value.is_finite() or abs(value) >= Decimal(10) ** _MOST_DIGITS:
        return None
    if value == value.to_integral_value():
        return f"{value:.0f}".replace("-0", "0") if value == 0 else f"{value:.0f}"
    places = max(12, 4 - value.adjusted())
    shown = f"{value:.{min(places, _MOST_DIGITS)}f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def _figures(utterance: Utterance, reading: Callable[[str], Line]) -> Iterator[Worded]:
    for found in utterance.line_by(reading).find(_NUMBER):
        text = utterance.text
        match, end = found.match, found.end
        joined = not any(letter.isspace() for letter in text[found.start : end].lstrip("-− "))
        if (match["e"] or match["giga"]) and not joined:
            continue
        glued = is_glued(text, found.start, end)
        if glued and not _UNIT.match(text, end):
            continue
        try:
            value = _value(match)
        except (DecimalException, ZeroDivisionError):
            continue
        unsure = glued or (found.spoken and value == 1)
        signed = -value if match["sign"] else value
        yield Worded(signed, found.start, end, _NEAR_ONE if unsure else 1.0)


def _value(match: re.Match[str]) -> Decimal:
    value = Decimal(match["n"])
    if match["below"]:
        return value / Decimal(match["below"])
    if match["over"]:
        return value + Decimal(match["over"]) / Decimal(match["under"])
    if match["power"]:
        power = Decimal(_signed(match["power"]))
        return value**power
    exponent = match["e"] or match["ten"]
    if exponent:
        return value * Decimal(10) ** int(_signed(exponent))
    return value * 10**9 if match["giga"] else value


def _signed(said: str) -> str:
    signs, digits = said.count("-"), said.strip(" +-")
    return f"-{digits}" if signs % 2 else digits


def is_glued(text: str, start: int, end: int) -> bool:
    """Whether the figure is part of a word such as "ab12".

    Scripts that write no blanks set counters right behind: "2名".
    """
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (before.isalnum() and before < _UNSPACED) or (after.isalpha() and after < _UNSPACED)
