"""AMAZON.Currency: "fifty dollars", "$1.5k", "20 bucks" become "USD 50.00" and so on.

Source: Lex V2 developer guide, AMAZON.Currency: the code, a blank, the amount with two decimals. A
bare number takes the locale's own currency (inferred).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from bot.engine.recogniser import SlotMatch
from bot.nlu.numbers import read_digits, read_number
from bot.nlu.spans import Span
from bot.nlu.words import Word

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP"}
_UNITS = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "usd": "USD",
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "gbp": "GBP",
}  # fmt: skip
_CENTS = {"cent", "cents", "penny", "pennies", "c", "pence", "p"}
_HOME = {"en_US": "USD", "es_US": "USD", "en_GB": "GBP", "es_ES": "EUR"}
_MAX = Decimal(10) ** 13
_MINUS = "-−"
_UNREADABLE = re.compile(r"[$€£]?\d[\d.,]*[.,]\d+")


def currency_spans(text: str, words: list[Word], locale_id: str) -> list[Span]:
    """Every amount in the utterance, longest readings first from the left."""
    tokens = [word.text for word in words]
    home = _HOME.get(locale_id, "USD")
    spans: list[Span] = []
    index = 0
    while index < len(tokens):
        read = _amount_at(tokens, index, home)
        if read is None:
            if _UNREADABLE.fullmatch(tokens[index]):
                spans.append(_unread(text, words, index))
            index += 1
            continue
        code, amount, used, sure = read
        original = _original(text, words[index].start, words[index + used - 1].end)
        value = f"{code} {amount.quantize(Decimal('0.01'), ROUND_HALF_EVEN)}"
        weight = 1.0 if sure else 0.8
        spans.append(Span(index, index + used, SlotMatch(original, value, (value,)), weight))
        index += used
    return spans


def _unread(text: str, words: list[Word], index: int) -> Span:
    """Digits that could be read in two ways ("1,50"): the words are kept, no value is guessed."""
    original = _original(text, words[index].start, words[index].end)
    return Span(index, index + 1, SlotMatch(original, None, ()), 0.8)


def _original(text: str, start: int, end: int) -> str:
    """The customer's words with a minus that stands before them."""
    signed = start > 0 and text[start - 1] in _MINUS and (start == 1 or text[start - 2] == " ")
    return text[start - 1 if signed else start : end]


def _amount_at(tokens: list[str], index: int, home: str) -> tuple[str, Decimal, int, bool] | None:
    first, used = tokens[index], 0
    code: str | None = None
    if first in _SYMBOLS or (first in _UNITS and first in ("usd", "eur", "gbp")):
        code, used = _SYMBOLS.get(first) or _UNITS[first], 1
        first = tokens[index + 1] if index + 1 < len(tokens) else ""
    elif first[:1] in _SYMBOLS:
        code, first = _SYMBOLS[first[0]], first[1:]
    number = read_number([first, *tokens[index + used + 1 :]])
    if number is None or number[0] > _MAX:
        return None
    amount, taken = number
    used += taken
    rest = tokens[index + used :]
    if code is None:
        code, amount, more = _unit(rest, amount, home)
        used += more
        rest = rest[more:]
        if more == 0:
            # Two years, a card's last four digits, "one": too weak to be money by themselves.
            return (
                (home, amount, used, False)
                if read_digits(first) is not None or amount > 9
                else None
            )
    cents, more = _with_cents(rest)
    return code, amount + cents, used + more, True


def _unit(rest: list[str], amount: Decimal, home: str) -> tuple[str, Decimal, int]:
    """The unit behind a number; "and a half dollars" adds the half."""
    if rest[:3] == ["and", "a", "half"] and len(rest) > 3 and rest[3] in _UNITS:
        return _UNITS[rest[3]], amount + Decimal("0.5"), 4
    if rest and rest[0] in _UNITS:
        return _UNITS[rest[0]], amount, 1
    if rest and rest[0] in _CENTS:
        return home, amount / 100, 1
    return home, amount, 0


def _with_cents(rest: list[str]) -> tuple[Decimal, int]:
    """ "(and) fifteen cents" behind an amount."""
    skip = 1 if rest[:1] == ["and"] else 0
    number = read_number(rest[skip:])
    if number is None or number[0] >= 100:
        return Decimal(0), 0
    value, used = number
    after = rest[skip + used :]
    if after and after[0] in _CENTS:
        return value / 100, skip + used + 1
    return Decimal(0), 0
