"""Numbers in words and digits: "fifty", "a hundred and twenty", "1,250.50", "1.5k", "2 million"."""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 10**6, "k": 1000}
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([km]?)")
_SUFFIX = {"": 1, "k": 1000, "m": 10**6}


def read_digits(word: str) -> Decimal | None:
    """A number in digits, with thousands commas, a decimal point, and `k` or `m` behind it."""
    match = _DIGITS.fullmatch(word)
    if match is None or len(word) > 20:
        return None
    whole, fraction, suffix = match.groups()
    return Decimal(whole.replace(",", "") + (fraction or "")) * _SUFFIX[suffix]


def read_number(tokens: list[str]) -> tuple[Decimal, int] | None:
    """The number at the beginning of `tokens` and how many of them it takes, or None."""
    if not tokens:
        return None
    digits = read_digits(tokens[0])
    if digits is not None:
        return _scaled(digits, tokens)
    return _in_words(tokens)


def _scaled(value: Decimal, tokens: list[str]) -> tuple[Decimal, int]:
    if len(tokens) > 1 and tokens[1] in _SCALES:
        return value * _SCALES[tokens[1]], 2
    return value, 1


def _in_words(tokens: list[str]) -> tuple[Decimal, int] | None:
    total, current, used = 0, 0, 0
    for index, word in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if word in ("a", "an") and following in _SCALES:
            current += 1
        elif word == "and" and used and (following in _UNITS or following in _TENS):
            continue
        elif word in _UNITS and _fits_unit(current, _UNITS[word]):
            current += _UNITS[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word in _SCALES and current:
            total, current = _scale(total, current, _SCALES[word])
        else:
            break
        used = index + 1
    return (Decimal(total + current), used) if used else None


def _fits_unit(current: int, unit: int) -> bool:
    return current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20 and unit < 10)


def _scale(total: int, current: int, scale: int) -> tuple[int, int]:
    return (total, current * scale) if scale == 100 else (total + current * scale, 0)
