"""Amounts in English words: "fifty", "a hundred and twenty", "twenty and a half", "two grand"."""

from __future__ import annotations

from decimal import Decimal

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 10**6}
_CENTS = {"cent", "cents", "pence", "p"}
_MAX_WORDS = 16


def number_in_words(text: str) -> Decimal | None:
    """The number that `text` says and nothing else, or None. Bare digits may stand in it."""
    words = text.replace("-", " ").split()
    if not words or len(words) > _MAX_WORDS:
        return None
    half = words[-3:] == ["and", "a", "half"]
    if half:
        words = words[:-3]
    whole, cents = _without_cents(words)
    value = _whole(whole) if whole else Decimal(0)
    part = _whole(cents) if cents else Decimal(0)
    if value is None or part is None or part >= 100 or not (whole or cents):
        return None
    return value + part / 100 + (Decimal("0.5") if half else 0)


def _without_cents(words: list[str]) -> tuple[list[str], list[str]]:
    """("five", "and fifteen cents") apart: the last one or two number words belong to the cents."""
    if words[-1] not in _CENTS:
        return words, []
    body = words[:-1]
    start = len(body) - 1
    if start > 0 and body[start] in _UNITS and body[start - 1] in _TENS:
        start -= 1
    whole = body[:start]
    return (whole[:-1] if whole[-1:] == ["and"] else whole), body[start:]


def _whole(words: list[str]) -> Decimal | None:
    total, current, seen = Decimal(0), Decimal(0), False
    for index, word in enumerate(words):
        if word == "and" and seen and index + 1 < len(words):
            continue
        if word in ("a", "an") and index + 1 < len(words) and words[index + 1] in _SCALES:
            current += 1
        elif word in _UNITS and current % 10 == 0 and (current % 100 >= 20 or current % 100 == 0):
            current += _UNITS[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word.isascii() and word.isdigit() and len(word) <= 9 and current == 0:
            current = Decimal(word)
        elif word in _SCALES and current:
            scale = _SCALES[word]
            total, current = (
                (total, current * 100) if scale == 100 else (total + current * scale, Decimal(0))
            )
        else:
            return None
        seen = True
    return total + current if seen else None
