"""Reads an amount as customers write it: the right Money or a specific question, no guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fulfillment.bank.money import Money, MoneyRangeError, exponent
from fulfillment.bank.number_words import number_in_words


class AmountProblem(StrEnum):
    """Why a text is not an amount that can be booked."""

    NOT_AN_AMOUNT = "not_an_amount"
    NOT_POSITIVE = "not_positive"
    TOO_MANY_DECIMALS = "too_many_decimals"
    TOO_LARGE = "too_large"
    OTHER_CURRENCY = "other_currency"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class AmountQuestion:
    """What to ask about instead of guessing."""

    problem: AmountProblem


_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_UNITS = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "usd": "USD", "us$": "USD",
    "euro": "EUR", "euros": "EUR", "eur": "EUR", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "gbp": "GBP", "yen": "JPY", "jpy": "JPY", "dólares": "USD", "dólar": "USD",
}  # fmt: skip
_ALL = {"everything", "all of it", "all my money", "my whole balance", "the whole balance", "all"}
_HALF = {"half", "half of it", "half my balance", "half of my balance", "half the balance"}
# Where the comma marks decimals. es_US follows US usage.
_COMMA_DECIMAL = {"es_ES", "de_DE", "fr_FR", "it_IT"}
_DIGITS = re.compile(r"\d[\d.,]*")
_SUFFIXES = {"k": Decimal(1000), "m": Decimal(10**6), "": Decimal(1)}
_MAX_DIGITS = 24


def parse_amount(
    text: str, locale: str, currency: str, available: Money | None = None
) -> Money | AmountQuestion:
    """`text` as Money in `currency`. "half my balance" needs `available`.

    A form that two readers could read differently ("1.500" in one locale and another) is asked
    about, and so is another currency: nothing is converted silently.
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold().rstrip(".!?")
    share = _share(said, available)
    if share is not None:
        return _checked(share)
    code, body, negative = _split(said)
    if code is not None and code != currency:
        return AmountQuestion(AmountProblem.OTHER_CURRENCY)
    value = _value(body, locale)
    if isinstance(value, AmountQuestion):
        return value
    return _money(-value if negative else value, currency)


def _share(said: str, available: Money | None) -> Money | None:
    if available is None:
        return None
    if said in _ALL:
        return available
    # Half of an odd number of cents is rounded down: never more than half.
    return Money(available.minor // 2, available.currency) if said in _HALF else None


def _split(said: str) -> tuple[str | None, str, bool]:
    """Currency code, the rest, and whether a minus stood before it."""
    negative = said.startswith(("-", "−", "minus ", "negative "))
    body = re.sub(r"^(?:-|−|minus |negative )\s*", "", said)
    code: str | None = None
    for symbol, name in _SYMBOLS.items():
        if symbol in body:
            code, body = name, body.replace(symbol, " ", 1)
            break
    kept = []
    for word in body.split():
        if word in _UNITS:
            code = code or _UNITS[word]
        else:
            kept.append(word)
    body = " ".join(kept)
    if body.startswith("-"):
        negative, body = True, body[1:]
    return code, body, negative


def _value(body: str, locale: str) -> Decimal | AmountQuestion:
    compact = re.sub(r"(?<=\d)\s+(?=[km]$)", "", body)
    suffix = compact[-1:] if compact[-1:] in ("k", "m") and compact[:-1] else ""
    digits = compact[: len(compact) - len(suffix)]
    if _DIGITS.fullmatch(digits) and digits.isascii():
        number = _digits(digits, locale, scaled=bool(suffix))
        if isinstance(number, AmountQuestion):
            return number
        return number * _SUFFIXES[suffix]
    words = number_in_words(body)
    return AmountQuestion(AmountProblem.NOT_AN_AMOUNT) if words is None else words


def _digits(digits: str, locale: str, *, scaled: bool) -> Decimal | AmountQuestion:
    """Digits with separators by the locale's rules; an unsure grouping is asked about."""
    if len(digits) > _MAX_DIGITS:
        return AmountQuestion(AmountProblem.TOO_LARGE)
    decimal, group = (",", ".") if locale in _COMMA_DECIMAL else (".", ",")
    whole, mark, fraction = digits.partition(decimal)
    if decimal in fraction or group in fraction or not whole[-1:].isdigit():
        return AmountQuestion(AmountProblem.AMBIGUOUS)
    if mark and not fraction:
        return AmountQuestion(AmountProblem.AMBIGUOUS)
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        return AmountQuestion(AmountProblem.AMBIGUOUS)
    # "1.500" is 1.5 here and 1500 elsewhere: no money has three decimals in these currencies.
    if len(fraction) == 3 and group not in whole and not scaled and whole != "0":
        return AmountQuestion(AmountProblem.AMBIGUOUS)
    return Decimal(whole.replace(group, "") + ("." + fraction if fraction else ""))


def _money(value: Decimal, currency: str) -> Money | AmountQuestion:
    if value <= 0:
        return AmountQuestion(AmountProblem.NOT_POSITIVE)
    if value != round(value, exponent(currency)):
        return AmountQuestion(AmountProblem.TOO_MANY_DECIMALS)
    try:
        return Money.of(value, currency)
    except MoneyRangeError:
        return AmountQuestion(AmountProblem.TOO_LARGE)


def _checked(money: Money) -> Money | AmountQuestion:
    return money if money.is_positive else AmountQuestion(AmountProblem.NOT_POSITIVE)
