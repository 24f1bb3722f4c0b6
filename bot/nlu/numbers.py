"""Numbers in words and digits: "fifty", "a hundred and twenty", "1,250.50", "1.5k", "2 million".

Read from a row of tokens as `bot.nlu.lines` cuts them: a number in digits is one token, and so is a
hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "naught": 0,
    "nought": 0, "nil": 0,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 10**3, "grand": 10**3, "lakh": 10**5, "lakhs": 10**5,
    "million": 10**6, "millions": 10**6, "crore": 10**7, "crores": 10**7, "billion": 10**9,
    "bn": 10**9, "trillion": 10**12, "dozen": 12, "dozens": 12, "lkh": 10**5, "lkhs": 10**5,
    "lac": 10**5, "lacs": 10**5, "dz": 12, "dzs": 12,
}  # fmt: skip
# Behind digits only: "k" alone is a letter.
_SUFFIXES = {"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "cr": 10**7}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3}
_SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3}){2,}|\d+)(?:\.\d+)?|\.\d+")
_LONGEST = 20
_NUMBER_WORDS = _UNITS.keys() | _TENS.keys()

Reading = tuple[Decimal, int]
"""A number and the place behind its last token."""


def read_digits(token: str) -> Decimal | None:
    """A number in digits, with thousands commas and a decimal point."""
    if len(token) > _LONGEST or _DIGITS.fullmatch(token) is None:
        return None
    return Decimal(token.replace(",", "").replace(" ", ""))


def read_number(tokens: Sequence[str], at: int) -> Reading | None:
    """The longest number that begins at `at`, without a sign, or None."""
    token = tokens[at]
    if token in _SIGNS:
        return _SIGNS[token], at + 1
    digits = read_digits(token)
    if digits is not None:
        return _with_part(tokens, *_scaled(tokens, digits, at + 1))
    whole = _in_words(tokens, at) or _part_of_a_scale(tokens, at)
    pointed = _with_point(tokens, *whole) if whole else None
    return _with_part(tokens, *pointed) if pointed else None


def _at(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if at < len(tokens) else ""


def _scaled(tokens: Sequence[str], value: Decimal, at: int) -> Reading:
    """Scale words behind digits: "5 thousand", "1.5 k", "2 thousand five hundred"."""
    factor = _SCALES.get(_at(tokens, at)) or _SUFFIXES.get(_at(tokens, at))
    if not factor:
        return value, at
    smaller = _in_words(tokens, at + 1) if at + 1 < len(tokens) else None
    if smaller is not None and smaller[0] < factor and tokens[at + 1] != "and":
        return value * factor + smaller[0], smaller[1]
    return _scaled(tokens, value * factor, at + 1)


def _in_words(tokens: Sequence[str], start: int) -> Reading | None:
    total, current, end, at = 0, 0, start, start
    began = False
    while at < len(tokens):
        word, following = tokens[at], _at(tokens, at + 1)
        if word in ("a", "an") and not began and following in _SCALES:
            current = 1
        elif word in ("and", "-") and began and following in _NUMBER_WORDS:
            if word == "and" and not _fits_after_and(total, current):
                break
        elif word in _NUMBER_WORDS and _fits(current, word, began):
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
            end = at + 1
        elif word in _SCALES and _scales(total, current, _SCALES[word]):
            total, current = _scale(total, current, _SCALES[word])
            end = at + 1
        else:
            break
        began, at = True, at + 1
    return (Decimal(total + current), end) if end > start else None


def _fits_after_and(total: int, current: int) -> bool:
    """ "a hundred and five" goes on; "five and six" are two numbers."""
    return current >= 100 or (current == 0 and total > 0)


def _fits(current: int, word: str, began: bool) -> bool:
    if began and current == 0 and word in ("zero", "naught", "nought", "nil"):
        return False
    if word in _TENS or _UNITS[word] >= 10:
        return current % 100 == 0
    return current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20)


def _scales(total: int, current: int, scale: int) -> bool:
    """Whether a scale word goes on with the number: "one hundred one hundred" is two numbers."""
    if scale == 100:
        return 0 < current < 100
    return (0 < total < 10**12 and not current) or (current > 0 and (not total or total > scale))


def _scale(total: int, current: int, scale: int) -> tuple[int, int]:
    if scale == 100:
        return total, current * scale
    if scale == 12:
        # "three hundred and two dozen" are two dozen and three hundred.
        low = current % 100 or current
        return total, current - low + low * scale
    return (total + current * scale, 0) if current else (total * scale, 0)


def _part_of_a_scale(tokens: Sequence[str], at: int) -> Reading | None:
    """ "half a million", "quarter million"; "point four two" begins with its point."""
    if _at(tokens, at) in ("point", "dot"):
        return Decimal(0), at
    part = {"half": _PARTS["half"], "quarter": _PARTS["quarter"]}.get(tokens[at])
    behind = at + 1 if _at(tokens, at + 1) not in ("a", "of") else at + 2
    scale = _SCALES.get(_at(tokens, behind))
    return (part * scale, behind + 1) if part and scale else None


def _with_point(tokens: Sequence[str], whole: Decimal, at: int) -> Reading | None:
    """ "two point five", "point forty two": the words behind the point are its digits."""
    if _at(tokens, at) not in ("point", "dot"):
        return whole, at
    digits, end = "", at + 1
    while end < len(tokens) and (tokens[end] in _NUMBER_WORDS or tokens[end].isdigit()):
        tens = _TENS.get(tokens[end])
        unit = _UNITS.get(_at(tokens, end + 1), 0) if tens else 0
        digits += str(tens + unit if tens else _UNITS.get(tokens[end], tokens[end]))
        end += 2 if 0 < unit < 10 else 1
    if not digits:
        return (whole, at) if whole else None
    return _scaled(tokens, whole + Decimal(f"0.{digits}"), end)


def _with_part(tokens: Sequence[str], value: Decimal, at: int) -> Reading:
    """ "two and a half", "2 1/4", "a million and a half" (half of a million)."""
    if re.fullmatch(r"\d+", _at(tokens, at)) and tokens[at + 1 : at + 2] == ["/"]:
        below = read_digits(_at(tokens, at + 2))
        if below and value == int(value) and Decimal(tokens[at]) < below:
            return value + Decimal(tokens[at]) / below, at + 3
    if _at(tokens, at) != "and":
        return value, at
    count = 1 if _at(tokens, at + 1) == "a" else _UNITS.get(_at(tokens, at + 1), 0)
    behind = at + 2 if count else at + 1
    part = _PARTS.get(_at(tokens, behind).removesuffix("s"))
    if part is None or (behind == at + 1 and _at(tokens, behind) == "third"):
        return value, at
    scale = next((s for s in (10**9, 10**6) if value >= s and value % s == 0), 1)
    return _scaled(tokens, value + part * max(count, 1) * scale, behind + 1)
