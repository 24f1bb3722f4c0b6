"""Finds the one amount that a sentence names: "send fifty bucks to Anna on the 3rd"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fulfillment.bank.amounts import (
    AmountProblem,
    AmountQuestion,
    normal_form,
    parse_amount,
)
from fulfillment.bank.currency_words import HUNDREDTHS, UNITS
from fulfillment.bank.money import Money
from fulfillment.bank.number_words import vocabulary_of
from fulfillment.bank.shares import share_of

_MAX_WORDS = 12
_MAX_SENTENCE = 1024
_POWER = r"[\^*×]"
_SIGNED = re.compile(r"[-+$€£¥¢.,]*[0-9]")
_MINUS = frozenset({"-", "minus", "negative", "menos"})
# A number behind these names a thing or a day, not a sum.
_NAMES_A_NUMBER = frozenset(
    "account accounts card ending number no # in th last next january february march april may "
    "june july august september october november december jan feb mar apr jun jul aug sep oct nov "
    "dec en terminada terminado terminan cuenta cuentas tarjeta tarjetas número numero el día dia "
    "cada hace últimos ultimos últimas ultimas próximos proximos enero febrero marzo abril mayo "
    "junio julio agosto septiembre octubre noviembre diciembre".split()
)
# A number before these counts something else.
_COUNTED = frozenset(
    "st nd rd th day days week weeks month months year years hour hours minute minutes am pm "
    "o'clock time times people payments transactions percent % días dias semana semanas mes meses "
    "año años anos hora horas minuto minutos vez veces personas pagos movimientos gracias "
    "january february "
    "march april may june july august september october november december".split()
)
_MONTHS = frozenset(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "cada este".split()
)
# Alone they are more often a pronoun or a determiner than a sum.
_WEAK = frozenset(
    {
        "one", "un", "uno", "zero", "all", "half", "a half", "one half",
        "todo", "toda", "mitad", "un cuarto", "un tercio", "una", "medio", "cero", "el total",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """`phrase`, the words of the sentence (in lower case) that name the amount, and what it is."""

    phrase: str
    amount: Money | AmountQuestion


def find_amount(
    text: str, locale: str, currency: str, available: Money | None = None
) -> FoundAmount | None:
    """The amount that `text` names among other words, or None when it names none.

    A sum with a currency outweighs a bare number; two of the same weight are a question
    (AMBIGUOUS). Parameters as in `parse_amount`. Never raises.
    """
    said = normal_form(text[:_MAX_SENTENCE])
    if said is None:
        return None
    words = [word.strip("()[]\"'!?;:") for word in said.split()]
    words = [word.rstrip(".,") for word in words if word.rstrip(".,")]
    found = list(_phrases(words, locale, currency, available))
    best = [one for one in found if names_currency(one.phrase)] or found
    if len({one.amount for one in best}) > 1:
        phrases = " / ".join(one.phrase for one in best)
        return FoundAmount(phrases, AmountQuestion(AmountProblem.AMBIGUOUS))
    return best[0] if best else None


def leading_amount(text: str, locale: str, currency: str) -> FoundAmount | None:
    """The amount that `text` begins with, as long as it can be, or None. Never raises."""
    said = normal_form(text[:_MAX_SENTENCE])
    words = [word.strip("()[]\"'!?;:").rstrip(".,") for word in (said or "").split()]
    if not words or not _may_begin(words, 0, locale):
        return None
    return _longest(words, 0, locale, currency, None)[0]


def _phrases(
    words: list[str], locale: str, currency: str, available: Money | None
) -> Iterator[FoundAmount]:
    """Every amount from the left, each as long as it can be."""
    start = 0
    while start < len(words):
        found, used = None, 1
        if _may_begin(words, start, locale):
            found, used = _longest(words, start, locale, currency, available)
        if found is not None:
            yield found
        start += used


def _longest(
    words: list[str], start: int, locale: str, currency: str, available: Money | None
) -> tuple[FoundAmount | None, int]:
    for end in range(min(len(words), start + _MAX_WORDS), start, -1):
        phrase = " ".join(words[start:end])
        if phrase in _WEAK or _counts_something(words[end : end + 2]):
            continue
        amount = parse_amount(phrase, locale, currency, available)
        if amount != AmountQuestion(AmountProblem.NOT_AN_AMOUNT):
            return FoundAmount(phrase, amount), end - start
    return None, 1


def _counts_something(behind: list[str]) -> bool:
    """Whether the words behind a number make it a number of things, or a day: "3 de diciembre"."""
    if not behind:
        return False
    is_a_day = behind[0] in ("de", "del") and (behind[1:2] and behind[1] in _MONTHS)
    return behind[0] in _COUNTED or bool(is_a_day) or behind == ["por", "ciento"]


def _may_begin(words: list[str], index: int, locale: str) -> bool:
    """Whether an amount can start here: most words cannot, so most of a sentence costs nothing."""
    word = words[index]
    before = words[index - 1] if index else ""
    if before in _NAMES_A_NUMBER or (before, word) == ("por", "ciento"):
        return False
    vocabulary = vocabulary_of(locale)
    first = re.split(r"-(?=\w)", word)[0] or word
    return (
        _SIGNED.match(word) is not None
        or (first in vocabulary and first not in vocabulary.joints)
        or word in UNITS
        or word in _MINUS
        or any(share_of(" ".join(words[index:end])) for end in range(index + 1, index + 6))
    )


def names_currency(phrase: str) -> bool:
    """Whether the phrase, in lower case, says what the sum is of."""
    parts = re.findall(r"[$€£¥¢]|[^\W\d_]+", phrase)
    return any(part in UNITS or part in HUNDREDTHS for part in parts)


def is_part_of_a_sum(words: str, sentence: str) -> bool:
    """Whether the figure `words` is only one of the two in "10^15": then it is no amount."""
    alone = rf"(?<!{_POWER}){re.escape(words)}(?! ?{_POWER})"
    return words in sentence and re.search(alone, sentence) is None
