"""Reads the sums a search is limited to: "over $50", "between 20 and 40", "the 12.50 one"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fulfillment.bank.amount_phrases import find_amount, leading_amount, names_currency
from fulfillment.bank.amounts import normal_form, parse_amount
from fulfillment.bank.money import Money

_BETWEEN = re.compile(
    r"\b(?:between|from|entre|de|desde)\s+(?P<low>.{1,40}?)\s+(?:and|to|y|a|hasta)\s+(?P<rest>.+)"
)
_DASHED = re.compile(r"(?P<low>[$€£]?[0-9][0-9.,]*)\s?[-–—]\s?(?P<rest>[$€£]?[0-9].*)")
_IS_BETWEEN = ("between", "entre")
_ENGLISH = {
    "more": r"over|above|(?<!no )(?<!not )more than|greater than|bigger than|larger than"
    r"|higher than|upwards of|exceeding|beyond",
    "least": r"at least|no less than|not less than|a minimum of",
    "less": r"under|below|(?<!no )(?<!not )less than|smaller than|lower than|cheaper than|beneath",
    "most": r"at most|up to|no more than|not more than|a maximum of",
    "about": r"around|about|roughly|approximately|approx|close to|near",
}
_SPANISH = {
    "more": r"(?<!no )m[aá]s de|mayor(?:es)? (?:de|a|que)|superior(?:es)? a|por encima de"
    r"|(?:por )?arriba de|sobre|que pasen? de",
    "least": r"al menos|por lo menos|como m[ií]nimo|un m[ií]nimo de|no menos de|a partir de",
    "less": r"(?<!no )menos de|menor(?:es)? (?:de|a|que)|inferior(?:es)? a|por debajo de"
    r"|(?:por )?abajo de",
    "most": r"como m[aá]ximo|un m[aá]ximo de|a lo m[aá]s|a lo sumo|no m[aá]s de|hasta",
    "about": r"alrededor de|cerca de|aproximadamente|m[aá]s o menos|unos|unas",
}


def _before(words: dict[str, str]) -> re.Pattern[str]:
    """What stands before a sum: each key is a group of its words."""
    ways = "|".join(f"(?P<{way}>{said})" for way, said in words.items())
    return re.compile(rf"\b(?:{ways})\s+(?P<rest>.+)")


_BEFORE = {"en": _before(_ENGLISH), "es": _before(_SPANISH)}
_AT_LEAST_BEHIND = re.compile(
    r"^(?:or|and)\s(?:more|over|above|up|higher|bigger)\b|^plus\b"
    r"|^(?:o|y) (?:m[aá]s|mayor)\b|^(?:para|en) (?:arriba|adelante)\b"
)
_AT_MOST_BEHIND = re.compile(
    r"^(?:or|and)\s(?:less|under|below|lower|smaller)\b|^(?:o|y) menos\b|^para abajo\b"
)
_CENTS = re.compile(r"[0-9][.,][0-9]{2}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_TENTH = 10
_MAX_LENGTH = 400


@dataclass(frozen=True, slots=True)
class AmountRange:
    """From `low` to `high` minor units of `currency`, both included; None where it is open."""

    low: int | None
    high: int | None
    currency: str

    def holds(self, amount: Money) -> bool:
        """Whether the size of `amount`, money in or out, lies in the range."""
        size = abs(amount.minor)
        return (
            amount.currency == self.currency
            and (self.low is None or size >= self.low)
            and (self.high is None or size <= self.high)
        )


def find_range(text: str, locale: str, currency: str) -> AmountRange | None:
    """The range of sums that `text` names among other words, or None when it names none.

    "Over" leaves the sum itself out and "at least" takes it in; "around" is a tenth to both
    sides. A bare whole number alone is no sum: it may count lines or name a year.
    Parameters as in `parse_amount`. Never raises.
    """
    said = normal_form(text[:_MAX_LENGTH])
    if said is None:
        return None
    said = " ".join(re.sub(r"[¿?¡!]", " ", said).split())
    return (
        _two_ends(said, locale, currency)
        or _one_end(said, locale, currency)
        or _one_sum(said, locale, currency)
    )


def exactly(amount: Money) -> AmountRange:
    """That sum alone."""
    return AmountRange(abs(amount.minor), abs(amount.minor), amount.currency)


def _two_ends(said: str, locale: str, currency: str) -> AmountRange | None:
    for pattern in (_BETWEEN, _DASHED):
        match = pattern.search(said)
        if match is None:
            continue
        low = parse_amount(match["low"], locale, currency)
        found = leading_amount(match["rest"], locale, currency)
        if found is None or not isinstance(low, Money) or not isinstance(found.amount, Money):
            continue
        if _YEAR.fullmatch(match["low"]) and _YEAR.fullmatch(found.phrase):
            continue
        bare = not names_currency(f"{match['low']} {found.phrase}")
        if bare and (pattern is _DASHED or not match.group().startswith(_IS_BETWEEN)):
            continue
        ends = sorted((low.minor, found.amount.minor))
        return AmountRange(ends[0], ends[1], currency)
    return None


def _one_end(said: str, locale: str, currency: str) -> AmountRange | None:
    for match in _BEFORE.get(locale[:2], _BEFORE["en"]).finditer(said):
        found = leading_amount(match["rest"], locale, currency)
        if found is not None and isinstance(found.amount, Money):
            return _range(match, found.amount)
    return None


def _range(match: re.Match[str], amount: Money) -> AmountRange:
    minor, currency = amount.minor, amount.currency
    if match["more"]:
        return AmountRange(minor + 1, None, currency)
    if match["least"]:
        return AmountRange(minor, None, currency)
    if match["less"]:
        return AmountRange(None, minor - 1, currency)
    if match["most"]:
        return AmountRange(None, minor, currency)
    return AmountRange(minor - minor // _TENTH, minor + minor // _TENTH, currency)


def _one_sum(said: str, locale: str, currency: str) -> AmountRange | None:
    """A sum with its currency or its cents: "$12", "the 12.50 one", "fifty dollars or more"."""
    found = find_amount(said, locale, currency)
    if found is None or not isinstance(found.amount, Money):
        return None
    behind = said.partition(found.phrase)[2].strip()
    if _AT_LEAST_BEHIND.search(behind):
        return AmountRange(found.amount.minor, None, currency)
    if _AT_MOST_BEHIND.search(behind):
        return AmountRange(None, found.amount.minor, currency)
    if names_currency(found.phrase) or _CENTS.search(found.phrase):
        return exactly(found.amount)
    return None
