"""Reads an amount as customers write it: the right Money or a specific question, no guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fulfillment.bank.currency_words import COUNTRIES, HUNDREDTHS, UNITS
from fulfillment.bank.digit_forms import number_in_digits
from fulfillment.bank.money import MAX_MINOR, Money, exponent
from fulfillment.bank.number_words import TwoReadingsError, Word, number_of, vocabulary_of
from fulfillment.bank.shares import share_of


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


_TOKEN = re.compile(
    r"(?:us|ca|c|au|a|nz|hk|mx)?\$|[.,]?[0-9](?:[0-9.,]*[0-9])?|[^\W\d_]+|[^\s]", re.UNICODE
)
_NUMBER = re.compile(r"[.,]?[0-9][0-9.,]*")
_MINUS = frozenset({"-", "minus", "negative", "menos", "negativo"})
_FILLERS = frozenset("please just only exactly por favor solo sólo nada más exactamente".split())
_MAX_LENGTH = 200


class _OtherCurrencyError(ValueError):
    """The words name a currency that is not the account's."""


def parse_amount(
    text: str, locale: str, currency: str, available: Money | None = None
) -> Money | AmountQuestion:
    """`text`, which is an amount and nothing else, as Money in `currency` (ISO 4217 code).

    `locale` is a Lex locale id: it tells "1.500,00" from "1,500.00", and the language of number
    words. "half my balance" needs `available`. A form that two readers could read differently
    ("1.500" in one locale and another) is asked about, and so is another currency: nothing is
    converted silently. Never raises, whatever the text.
    """
    said = normal_form(text)
    if said is None or len(said) > _MAX_LENGTH:
        return AmountQuestion(AmountProblem.NOT_AN_AMOUNT)
    share = share_of(said)
    if share is not None:
        return _share(share, currency, available)
    try:
        value = _value(_tokens(said), locale, currency)
    except TwoReadingsError:
        return AmountQuestion(AmountProblem.AMBIGUOUS)
    except _OtherCurrencyError:
        return AmountQuestion(AmountProblem.OTHER_CURRENCY)
    if value is None:
        return AmountQuestion(AmountProblem.NOT_AN_AMOUNT)
    return _money(value, currency)


def normal_form(text: str) -> str | None:
    """`text` in one case and one width, or None when it has digits that only look like ours.

    Full-width digits are plain digits typed on another keyboard; a raised "5²" is not 52.
    """
    for character in text:
        if "\uff10" <= character <= "\uff19" or character.isascii():
            continue
        if any(part.isdigit() for part in unicodedata.normalize("NFKC", character)):
            return None
    plain = unicodedata.normalize("NFKC", text).casefold().replace("−", "-").replace("’", "'")
    return re.sub(r"[,;:!?]+(?= |$)", "", " ".join(plain.split())).rstrip(" .")


def _share(share: Fraction, currency: str, available: Money | None) -> Money | AmountQuestion:
    """Rounded down to a minor unit: half of an odd cent is never more than half."""
    if available is None:
        return AmountQuestion(AmountProblem.AMBIGUOUS)
    if available.currency != currency:
        return AmountQuestion(AmountProblem.OTHER_CURRENCY)
    money = Money(int(available.minor * share), currency)
    return money if money.is_positive else AmountQuestion(AmountProblem.NOT_POSITIVE)


def _tokens(said: str) -> list[str]:
    parts = _TOKEN.findall(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", said))
    return [part for part in parts if part not in _FILLERS]


def _value(tokens: list[str], locale: str, currency: str) -> Fraction | None:
    """[minus] [unit] number [unit] [rest], in major units; signed."""
    negative, tokens = _without_sign(tokens)
    units, tokens = _leading_unit(tokens)
    if not negative:
        negative, tokens = _without_sign(tokens)
    head, found, tail = _at_unit(tokens)
    if found is None and units and head and HUNDREDTHS.keys() & set(head[-1:]):
        head, tail = head[:1], head[1:]  # "$5 and 50 cents"
    if found is None and not tail and head and head[-1] in HUNDREDTHS:
        value = _cents(head, locale, currency)
    else:
        value = _major(head, tail, locale, currency, has_unit=bool(units or found))
    if value is None:
        return None
    _require(currency, units, found, *(HUNDREDTHS.get(word) for word in (*head[-1:], *tail[-1:])))
    return -value if negative else value


def _without_sign(tokens: list[str]) -> tuple[bool, list[str]]:
    negative = bool(tokens) and tokens[0] in _MINUS
    return negative, tokens[1:] if negative else tokens


def _leading_unit(tokens: list[str]) -> tuple[frozenset[str] | None, list[str]]:
    if not tokens or tokens[0] not in UNITS:
        return None, tokens
    return UNITS[tokens[0]], tokens[1:]


def _at_unit(tokens: list[str]) -> tuple[list[str], frozenset[str] | None, list[str]]:
    """What stands before the first unit, what currencies the unit may mean, what stands behind."""
    for index, token in enumerate(tokens):
        if token not in UNITS:
            continue
        meant, head = UNITS[token], tokens[:index]
        if head and head[-1] in COUNTRIES:
            meant, head = meant & COUNTRIES[head[-1]], head[:-1]
        return head, meant, tokens[index + 1 :]
    return tokens, None, []


def _require(currency: str, *units: frozenset[str] | None) -> None:
    said = [meant for meant in units if meant is not None]
    if not said:
        return
    common = frozenset.intersection(*said)
    if not common:
        raise TwoReadingsError
    if currency not in common:
        raise _OtherCurrencyError


def _cents(tokens: list[str], locale: str, currency: str) -> Fraction | None:
    """ "50 cents" as 0.50 of the major unit."""
    if vocabulary_of(locale).joints & set(tokens) and len(tokens) > 3:
        raise TwoReadingsError  # "five hundred and fifty cents": 5.50 or 500.50?
    number = _number(tokens[:-1], locale, currency)
    return None if number is None else number / 100


def _major(
    head: list[str], tail: list[str], locale: str, currency: str, *, has_unit: bool
) -> Fraction | None:
    vocabulary = vocabulary_of(locale)
    if has_unit and len(head) == 1 and head[0] in vocabulary.ones:
        value: Fraction | None = Fraction(1)
    elif has_unit and tuple(head) == vocabulary.half_of:
        value = Fraction(1, 2)
    else:
        value = _number(head, locale, currency)
    if value is None or not tail:
        return value
    part = _part(head, tail, locale, currency)
    return None if part is None or value.denominator != 1 else value + part


def _part(head: list[str], tail: list[str], locale: str, currency: str) -> Fraction | None:
    """What follows the unit: "and a half", "and fifty cents", "fifty"."""
    vocabulary = vocabulary_of(locale)
    if tuple(tail) == vocabulary.half:
        if head[-1] in vocabulary.scales:
            raise TwoReadingsError
        return Fraction(1, 2)
    rest = tail[1:] if tail[0] in vocabulary.joints else tail
    has_word = bool(rest) and rest[-1] in HUNDREDTHS
    part = _number(rest[:-1] if has_word else rest, locale, currency)
    if part is None or part >= 100 or part.denominator != 1:
        return None
    if part < 10 and not has_word:
        raise TwoReadingsError  # "five dollars five": 5.05 or 5.50?
    return part / 100


def _number(tokens: list[str], locale: str, currency: str) -> Fraction | None:
    vocabulary = vocabulary_of(locale)
    if not all(token in vocabulary or _NUMBER.fullmatch(token) for token in tokens):
        return None
    words: list[Word] = [
        number_in_digits(token, locale, exponent(currency)) if _NUMBER.fullmatch(token) else token
        for token in tokens
    ]
    return number_of(words, vocabulary)


def _money(value: Fraction, currency: str) -> Money | AmountQuestion:
    minor = value * 10 ** exponent(currency)
    if minor <= 0:
        return AmountQuestion(AmountProblem.NOT_POSITIVE)
    if minor > MAX_MINOR:
        return AmountQuestion(AmountProblem.TOO_LARGE)
    if minor.denominator != 1:
        return AmountQuestion(AmountProblem.TOO_MANY_DECIMALS)
    return Money(minor.numerator, currency)
