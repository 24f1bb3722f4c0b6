"""The bank's personal loan: what it costs and the limits of lending, from `loan_terms.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from fulfillment.bank.loans import Loan, loan_of
from fulfillment.bank.money import Money


class OutOfTermsError(ValueError):
    """An amount or a term that this bank does not lend; `limit` names which."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"the bank lends nothing of that {limit}")
        self.limit = limit


class LendingLimit(StrEnum):
    """Why no loan can be lent, whatever the customer's money says."""

    AGE = "age"
    AGE_AT_END = "age_at_end"
    RESIDENCE = "residence"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """`rates` are (longest term in months, percent a year). `share` is of a month's left-over money
    that an instalment may take, at `stress` percentage points more."""

    currency: str
    least: Money
    most: Money
    shortest: int
    longest: int
    fee_percent: Decimal
    rates: tuple[tuple[int, Decimal], ...]
    least_age: int
    most_age_at_end: int
    residence: frozenset[str]
    share: Fraction
    stress: Decimal
    months_of_history: int

    def loan(self, amount: Money, months: int) -> Loan:
        """A loan on these terms. Raises `OutOfTermsError`."""
        return self._priced(amount, months, Decimal(0))

    def stressed(self, amount: Money, months: int) -> Loan:
        """The same loan at the rate that it has to be bearable at."""
        return self._priced(amount, months, self.stress)

    def rate(self, months: int) -> Decimal:
        """Percent a year for a term. Raises `OutOfTermsError`."""
        if not self.shortest <= months <= self.longest:
            raise OutOfTermsError("term")
        return next(rate for up_to, rate in self.rates if months <= up_to)

    def bearable(self, left_over: int) -> int:
        """The largest instalment (minor units) that `left_over` a month bears."""
        return max(0, int(left_over * self.share))

    def refusal(
        self, born: date | None, residence: str, today: date, months: int
    ) -> LendingLimit | None:
        """The limit of law or bank that a customer does not meet; what is not known is one too."""
        if born is None or not residence:
            return LendingLimit.NOT_KNOWN
        if residence not in self.residence:
            return LendingLimit.RESIDENCE
        age = _years(born, today)
        if age < self.least_age:
            return LendingLimit.AGE
        if age + Fraction(months, 12) > self.most_age_at_end:
            return LendingLimit.AGE_AT_END
        return None

    def _priced(self, amount: Money, months: int, points: Decimal) -> Loan:
        if amount.currency != self.currency or not self.least <= amount <= self.most:
            raise OutOfTermsError("amount")
        fee = Money(round(Fraction(self.fee_percent) * amount.minor / 100), self.currency)
        return loan_of(amount, months, self.rate(months) + points, fee)


@cache
def standard_loan_terms() -> LoanTerms:
    """The terms that ship with the bank."""
    text = (Path(__file__).parent / "loan_terms.toml").read_text(encoding="utf-8")
    return read_loan_terms(text)


def read_loan_terms(text: str) -> LoanTerms:
    """The terms in TOML. Raises ValueError or KeyError for what cannot be terms."""
    raw: dict[str, Any] = tomllib.loads(text)
    limits = raw["limits"]
    rates = tuple((one["up_to"], Decimal(one["percent"])) for one in raw["rates"])
    terms = LoanTerms(
        currency=raw["currency"],
        least=Money.of(str(raw["least"]), raw["currency"]),
        most=Money.of(str(raw["most"]), raw["currency"]),
        shortest=raw["shortest"],
        longest=raw["longest"],
        fee_percent=Decimal(raw["fee_percent"]),
        rates=rates,
        least_age=limits["least_age"],
        most_age_at_end=limits["most_age_at_end"],
        residence=frozenset(limits["residence"]),
        share=Fraction(limits["share_of_left_over_percent"], 100),
        stress=Decimal(limits["stress_points"]),
        months_of_history=limits["months_of_history"],
    )
    if list(rates) != sorted(rates) or not rates or rates[-1][0] < terms.longest:
        raise ValueError("the rates must rise in term and reach the longest")
    return terms


def _years(born: date, today: date) -> int:
    """Whole years of age."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
