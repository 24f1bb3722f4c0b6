"""Whether a loan could be borne, by the money that really came and went: a check, not a decision.

Who decides is a person. The check says what they would look at first, so that nobody is surprised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fulfillment.bank.loan_terms import LendingLimit, LoanTerms
from fulfillment.bank.money import Money


class Outlook(StrEnum):
    """`fits` and `too_much` go by what is left of a month; `hardship`, `limits` and `unknown` by
    what comes before it."""

    FITS = "fits"
    TOO_MUCH = "too_much"
    HARDSHIP = "hardship"
    LIMITS = "limits"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Means:
    """What is known of a borrower: left-over money of `months` average months, minor units, whether
    the accounts show hardship, and what limits look at."""

    left_over: int
    months: int
    in_hardship: bool
    born: date | None
    residence: str


@dataclass(frozen=True, slots=True)
class Check:
    """`stressed` is the instalment at the rate it has to be bearable at, `bearable` the most that
    what is left of a month bears."""

    outlook: Outlook
    stressed: Money
    bearable: Money
    limit: LendingLimit | None = None


def check(terms: LoanTerms, amount: Money, months: int, means: Means, today: date) -> Check:
    """What stands for and against a loan. Raises `OutOfTermsError`."""
    stressed = terms.stressed(amount, months).instalment
    bearable = Money(terms.bearable(means.left_over), amount.currency)
    limit = terms.refusal(means.born, means.residence, today, months)
    outlook = Outlook.FITS if stressed <= bearable else Outlook.TOO_MUCH
    if means.months < terms.months_of_history or limit is LendingLimit.NOT_KNOWN:
        outlook = Outlook.UNKNOWN
    elif limit is not None:
        outlook = Outlook.LIMITS
    elif means.in_hardship:
        outlook = Outlook.HARDSHIP
    return Check(outlook, stressed, bearable, limit)


def most(terms: LoanTerms, months: int, means: Means) -> Money | None:
    """The largest loan over `months`, in whole hundreds, that what is left of a month bears; None
    when not even the least is. Raises `OutOfTermsError` for a term that is not lent."""
    hundred = Money.of("100", terms.currency).minor
    bearable = terms.bearable(means.left_over)
    low, high = terms.least.minor // hundred, terms.most.minor // hundred
    if terms.stressed(terms.least, months).instalment.minor > bearable:
        return None
    while low < high:
        middle = (low + high + 1) // 2
        wanted = Money(middle * hundred, terms.currency)
        if terms.stressed(wanted, months).instalment.minor <= bearable:
            low = middle
        else:
            high = middle - 1
    return Money(low * hundred, terms.currency)
