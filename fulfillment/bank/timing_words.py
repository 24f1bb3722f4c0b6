"""How a language says when a payment is made: its words, and the patterns that they stand in.

Another language is another `TimingWords`: the rules in `future_days` and `payment_timing` know no
word of any language. A sentence is read in lower case and, in Spanish, without accents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from fulfillment.bank.recurrence import Frequency

NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class TimingWords:
    """The words of one language.

    `units` and `relative` map a word to the English key that the rules go by. `days` are the rules
    of `future_days` with the patterns that they read, tried in order; `frequencies` say how often,
    None more or less often than this bank pays. `day_first`: "4/12" is the fourth of December.
    """

    weekdays: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    units: dict[str, str]
    relative: dict[str, str]
    this: frozenset[str]
    next: frozenset[str]
    last: frozenset[str]
    following: frozenset[str]
    day_first: bool
    has_accents: bool
    days: tuple[tuple[str, re.Pattern[str]], ...]
    frequencies: tuple[tuple[Frequency | None, re.Pattern[str]], ...]
    until: re.Pattern[str]
    endless: re.Pattern[str]
    times: re.Pattern[str]
    span: re.Pattern[str]
    month: re.Pattern[str]
    only_day: re.Pattern[str]
    only_weekday: re.Pattern[str]
    bare_number: re.Pattern[str]
    purpose: re.Pattern[str]

    def number(self, said: str) -> int:
        """ "two" or "2" as 2."""
        return self.numbers.get(said) or int(said)

    def nth(self, said: str) -> int:
        """ "third", "3rd" or "3" as 3."""
        return self.ordinals.get(said) or int(re.sub(r"\D", "", said))


@cache
def timing_words(locale: str) -> TimingWords:
    """The words of a Lex locale id; English where there are none yet."""
    # Imported late: a cold start need not compile the patterns of a language that nobody speaks.
    if locale[:2] == "es":
        from fulfillment.bank.spanish_timing import SPANISH

        return SPANISH
    from fulfillment.bank.english_timing import ENGLISH

    return replace(ENGLISH, day_first=True) if locale == "en_GB" else ENGLISH


def one_of(words: dict[str, int]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


def compiled(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Rules with their patterns compiled."""
    return tuple((rule, re.compile(pattern)) for rule, pattern in rules)


def whole_words(
    rules: tuple[tuple[Frequency | None, str], ...],
) -> tuple[tuple[Frequency | None, re.Pattern[str]], ...]:
    """Frequencies with their patterns compiled; each holds for whole words alone."""
    return tuple((rule, re.compile(rf"\b(?:{pattern})\b")) for rule, pattern in rules)
