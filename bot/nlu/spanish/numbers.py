"""Numbers in Spanish: "treinta y cinco", "dos mil quinientos", "1.234,50", "48,2 millones", "10k".

Which mark parts the decimals is the locale's (a comma in Spain, a point in the United States and
Mexico); a figure that only fits the other one is read by that ("10,50" is ten and a half anywhere).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_UNDER_THIRTY = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro"
    " veinticinco veintiseis veintisiete veintiocho veintinueve".split()
)
UNITS = {word: number for number, word in enumerate(_UNDER_THIRTY)} | {
    "zero": 0, "un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "diesiseis": 16,
}  # fmt: skip
TENS = {
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90,
}  # fmt: skip
_STEMS = {
    "dosciento": 200, "tresciento": 300, "cuatrociento": 400, "quiniento": 500, "seisciento": 600,
    "seteciento": 700, "ochociento": 800, "noveciento": 900,
}  # fmt: skip
HUNDREDS = {"cien": 100, "ciento": 100, "cientos": 100} | {
    stem[:-1] + ending: number for stem, number in _STEMS.items() for ending in ("os", "as")
}
_MILLIONS = {
    "millon": 10**6, "millones": 10**6, "billon": 10**12, "billones": 10**12, "trillon": 10**18,
    "trillones": 10**18,
}  # fmt: skip
_DOZENS = {"docena", "docenas", "dozs", "doz", "dzs"}
_THOUSANDS = {"mil", "k", "luca", "lucas"}
_POINTS = {"coma", "punto"}
_FIGURE = re.compile(r"[\d.,]*\d")
_LONGEST = 24

Reading = tuple[Decimal, int]
"""A number and the place behind its last token."""


def read_digits(token: str, mark: str) -> Decimal | None:
    """A figure whose decimals stand behind `mark`; None when it is none."""
    figure = token.replace(" ", "")
    if len(figure) > _LONGEST or _FIGURE.fullmatch(figure) is None:
        return None
    marks = [sign for sign in figure if sign in ".,"]
    if not marks:
        return Decimal(figure)
    last = marks[-1]
    whole, _, parts = figure.rpartition(last)
    if len(set(marks)) == 1 and _is_grouped(figure, last) and (len(marks) > 1 or last != mark):
        return Decimal(figure.replace(last, ""))
    if marks.count(last) > 1:
        return None
    other = "," if last == "." else "."
    if other in whole and not _is_grouped(whole, other):
        return None
    return Decimal(f"{whole.replace(other, '') or 0}.{parts}")


def _is_grouped(figure: str, mark: str) -> bool:
    return re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+", figure) is not None


@dataclass
class _Count:
    """A number so far: millions and above, thousands, and the rest; `last` says what came last."""

    high: Decimal = Decimal(0)
    scale: int = 0
    thousands: Decimal = Decimal(0)
    rest: Decimal = Decimal(0)
    last: str = ""

    @property
    def value(self) -> Decimal:
        return self.high + self.thousands + self.rest

    def add(self, word: str, following: str) -> bool:
        """Whether `word` goes on with the number; then it is taken in."""
        if word in UNITS:
            return self._put(UNITS[word], "unit", {"", "hundred", "thousand", "million", "and"})
        if word in TENS:
            return self._put(TENS[word], "ten", {"", "hundred", "thousand", "million"})
        if word in ("cientos", "cientas") and self.last == "unit" and 1 < self.rest % 100 < 10:
            self.rest, self.last = self.rest * 100, "hundred"
            return True
        if word in HUNDREDS:
            return self._put(HUNDREDS[word], "hundred", {"", "thousand", "million"})
        if word == "y":
            return self._and(following)
        return self._scaled(word)

    def _put(self, number: int, kind: str, after: set[str]) -> bool:
        if self.last not in after:
            return False
        if self.last == "and" and not 0 < number < 10:
            return False
        self.rest += number
        ended = number == 0 and kind == "unit" and not self.last
        self.last = "zero" if ended else kind
        return True

    def _and(self, following: str) -> bool:
        small = 0 < UNITS.get(following, 0) < 10
        tens = self.last == "ten" or (self.last == "unit" and self.rest % 100 in (10, 20))
        if not ((tens and small) or (self.last in ("thousand", "million") and following in UNITS)):
            return False
        self.last = "and" if tens else self.last
        return True

    def _scaled(self, word: str) -> bool:
        if word in _DOZENS and self.rest:
            self.rest, self.last = self.rest * 12, "end"
            return True
        if word in _THOUSANDS:
            return self._thousand(word)
        factor = _MILLIONS.get(word, 0)
        below = self.thousands + self.rest
        if not factor or (self.scale and factor >= self.scale) or not below:
            return False
        self.high += below * factor
        self.scale, self.thousands, self.rest, self.last = factor, Decimal(0), Decimal(0), "million"
        return True

    def _thousand(self, word: str) -> bool:
        if self.thousands or self.last in ("and", "zero") or (word != "mil" and not self.rest):
            return False
        self.thousands = (self.rest or Decimal(1)) * 1000
        self.rest, self.last = Decimal(0), "thousand"
        return True


def read_number(tokens: Sequence[str], at: int, mark: str) -> Reading | None:
    """The longest number that begins at `at`, without a sign, or None."""
    if tokens[at] in _POINTS:
        return _with_decimals(tokens, Decimal(0), at, mark)
    if tokens[at] == "media" and _at(tokens, at + 1) in _DOZENS:
        return Decimal(6), at + 2
    count, digits = _Count(), read_digits(tokens[at], mark)
    place = end = at
    if digits is not None:
        count.rest, count.last = digits, "digits"
        place = end = at + 1
    while place < len(tokens) and count.add(tokens[place], _at(tokens, place + 1)):
        place += 1
        if count.last != "and" and tokens[place - 1] != "y":
            end = place
    if end == at:
        return None
    if count.last == "zero":
        behind = read_number(tokens, end, mark) if _at(tokens, end) in UNITS else None
        return behind or _with_decimals(tokens, Decimal(0), end, mark) or (Decimal(0), end)
    if tokens[at] in ("y", *_DOZENS) or (tokens[at] in _THOUSANDS and tokens[at] != "mil"):
        return None
    return _with_decimals(tokens, count.value, end, mark) or (count.value, end)


def _with_decimals(tokens: Sequence[str], whole: Decimal, at: int, mark: str) -> Reading | None:
    """ "coma cero tres", "punto cinco": the words behind the point are its digits."""
    if _at(tokens, at) not in _POINTS:
        return None
    digits, end = "", at + 1
    while UNITS.get(_at(tokens, end), 10) < 10 and _at(tokens, end + 1) != "y":
        digits, end = digits + str(UNITS[tokens[end]]), end + 1
    following = read_plain(tokens, end, mark) if end < len(tokens) else None
    if following is not None and following[0] == int(following[0]):
        digits, end = digits + f"{following[0]:.0f}", following[1]
    return (whole + Decimal(f"0.{digits}"), end) if digits and len(digits) < _LONGEST else None


def read_plain(tokens: Sequence[str], at: int, mark: str) -> Reading | None:
    """A number that does not itself begin with a point."""
    return None if tokens[at] in _POINTS else read_number(tokens, at, mark)


def _at(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if at < len(tokens) else ""
