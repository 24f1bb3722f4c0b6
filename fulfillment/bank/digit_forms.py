"""Digits with separators by a locale's rules; a form that another locale reads otherwise asks."""

from __future__ import annotations

import re
from fractions import Fraction

from fulfillment.bank.number_words import TwoReadingsError

# Where the comma marks decimals (CLDR). es_US follows US usage.
_COMMA_DECIMAL = frozenset({"es_ES", "de_DE", "fr_FR", "it_IT"})


def number_in_digits(digits: str, locale: str, decimals: int) -> Fraction:
    """ "1,250.50" of a currency with `decimals` places, exactly.

    Raises `TwoReadingsError` for "1,50" where the comma groups, for "1.500" where the point marks
    decimals and the currency has fewer than three, and for any other grouping that is not clear.
    """
    decimal, group = (",", ".") if locale in _COMMA_DECIMAL else (".", ",")
    whole, mark, fraction = digits.partition(decimal)
    if mark and not re.fullmatch(r"[0-9]+", fraction):
        raise TwoReadingsError
    if group in whole and not re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:\{group}[0-9]{{3}})+", whole):
        raise TwoReadingsError
    if decimals < 3 and len(fraction) == 3 and re.fullmatch(r"[1-9][0-9]{0,2}", whole):
        raise TwoReadingsError
    return Fraction(f"{whole.replace(group, '') or '0'}.{fraction or '0'}")
