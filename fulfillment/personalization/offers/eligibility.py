"""Which products a customer may be offered, what each would be worth to them, and by which facts.

The worth is the customer's own, a year, in minor units: interest earned or saved, money back. What
is not known counts as a need that is not met.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from fulfillment.bank.books import AccountKind
from fulfillment.bank.loan_terms import LoanTerms, OutOfTermsError
from fulfillment.bank.money import Money
from fulfillment.bank.schedule import Schedule
from fulfillment.personalization.offers.facts import Fact, FactKind, fact
from fulfillment.personalization.offers.profile import Profile
from fulfillment.personalization.offers.rules import Need, OfferRules, Product, ProductRule

_HUNDRED, _YEAR = 100, 12


@dataclass(frozen=True, slots=True)
class Applicant:
    """What only limits look at, and no ranking: when somebody was born and where they live."""

    born: date | None
    residence: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What the bank pays and charges."""

    schedule: Schedule
    loans: LoanTerms


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unmet` says why not; without any, `worth` is what the product brings the customer a year.
    `sum` is the money that it is about."""

    product: Product
    unmet: tuple[Need, ...]
    sum: int = 0
    worth: int = 0
    facts: tuple[Fact, ...] = field(default=())

    @property
    def is_eligible(self) -> bool:
        return not self.unmet


@dataclass(frozen=True, slots=True)
class _Seen:
    rules: OfferRules
    profile: Profile
    applicant: Applicant
    terms: Terms


def judge(rules: OfferRules, profile: Profile, applicant: Applicant, terms: Terms) -> list[Verdict]:
    """A verdict on every product, in the file's order. In hardship nothing is asked: the caller
    looks at `profile.signs` first, and offers help."""
    seen = _Seen(rules, profile, applicant, terms)
    return [_verdict(rule, seen) for rule in rules.products.values()]


def _verdict(rule: ProductRule, seen: _Seen) -> Verdict:
    minor = _SUMS[rule.product](rule, seen)
    unmet = tuple(need for need in rule.needs if not _MET[need](rule, seen, minor))
    if unmet:
        return Verdict(rule.product, unmet)
    worth = _worth(rule, seen, minor)
    if worth <= 0 and rule.product is not Product.INVESTING:
        return Verdict(rule.product, (Need.WORTH,))
    facts = tuple(fact(kind, seen.profile) for kind in _FACTS[rule.product])
    return Verdict(rule.product, (), minor, worth, facts)


def _idle(rule: ProductRule, seen: _Seen) -> int:
    """What checking never needed, beyond a cushion."""
    cushion = seen.profile.went_out * int(rule.figures["cushion_percent"]) // _HUNDRED
    return max(0, seen.profile.lowest - cushion)


def _beyond_buffer(rule: ProductRule, seen: _Seen) -> int:
    return max(0, seen.profile.savings - seen.profile.went_out * int(rule.figures["buffer_months"]))


def _affordable(rule: ProductRule, seen: _Seen) -> bool:
    owed = Money(seen.profile.owed, seen.profile.currency)
    try:
        stressed = seen.terms.loans.stressed(owed, int(rule.figures["months"]))
    except OutOfTermsError:
        return False
    return stressed.instalment.minor <= seen.terms.loans.bearable(seen.profile.left_over)


def _may_be_lent_to(rule: ProductRule, seen: _Seen) -> bool:
    who, months = seen.applicant, int(rule.figures.get("months", 0))
    today = seen.profile.today
    return seen.terms.loans.refusal(who.born, who.residence, today, months) is None


_SUMS: Mapping[Product, Callable[[ProductRule, _Seen], int]] = {
    Product.SAVINGS: _idle,
    Product.CERTIFICATE: _beyond_buffer,
    Product.CASHBACK_CARD: lambda _, seen: seen.profile.debit_spent,
    Product.REFINANCING_LOAN: lambda _, seen: seen.profile.owed,
    Product.INVESTING: _beyond_buffer,
}


def _at_least(rule: ProductRule, seen: _Seen, name: str, minor: int) -> bool:
    return minor >= seen.rules.units(int(rule.figures[name]))


_MET: Mapping[Need, Callable[[ProductRule, _Seen, int], bool]] = {
    Need.IDLE_MONEY: lambda rule, seen, minor: _at_least(rule, seen, "least_idle", minor),
    Need.BUFFER: lambda rule, seen, minor: _at_least(rule, seen, "least_amount", minor),
    Need.INCOME: lambda rule, seen, minor: (
        seen.profile.pay is not None
        and ("least_spent" not in rule.figures or _at_least(rule, seen, "least_spent", minor))
    ),
    Need.NO_CREDIT_CARD: lambda _rule, seen, _: not seen.profile.has_card,
    Need.NO_CARD_INTEREST: lambda _rule, seen, _: seen.profile.interest == 0,
    Need.CARD_INTEREST: lambda rule, seen, minor: (
        seen.profile.interest > 0 and _at_least(rule, seen, "least_owed", minor)
    ),
    Need.AFFORDABLE: lambda rule, seen, _: _affordable(rule, seen),
    Need.MONEY_LEFT: lambda _rule, seen, _: seen.profile.left_over > 0,
    Need.LENDING_LIMITS: lambda rule, seen, _: _may_be_lent_to(rule, seen),
}

_FACTS: Mapping[Product, tuple[FactKind, FactKind, FactKind]] = {
    Product.SAVINGS: (FactKind.LOWEST, FactKind.WENT_OUT, FactKind.LEFT_OVER),
    Product.CERTIFICATE: (FactKind.SAVINGS, FactKind.WENT_OUT, FactKind.LEFT_OVER),
    Product.CASHBACK_CARD: (FactKind.DEBIT_SPENT, FactKind.PAY, FactKind.LEFT_OVER),
    Product.REFINANCING_LOAN: (FactKind.OWED, FactKind.INTEREST, FactKind.LEFT_OVER),
    Product.INVESTING: (FactKind.SAVINGS, FactKind.WENT_OUT, FactKind.LEFT_OVER),
}


def _worth(rule: ProductRule, seen: _Seen, minor: int) -> int:
    schedule = seen.terms.schedule.terms
    saved = schedule[AccountKind.SAVINGS].earns or Decimal(0)
    match rule.product:
        case Product.SAVINGS:
            return _a_year(minor, saved - (schedule[AccountKind.CHECKING].earns or Decimal(0)))
        case Product.CERTIFICATE:
            return _a_year(minor, Decimal(rule.figures["earns"]) - saved)
        case Product.CASHBACK_CARD:
            return _a_year(minor * _YEAR, Decimal(rule.figures["back_percent"]))
        case Product.REFINANCING_LOAN:
            loan = seen.terms.loans.loan(
                Money(minor, seen.profile.currency), int(rule.figures["months"])
            )
            # A year of it: what the card charged, less the loan's cost spread over its years.
            return seen.profile.interest - loan.cost.minor * _YEAR // loan.months
        case _:
            return 0


def _a_year(minor: int, percent: Decimal) -> int:
    return int(minor * Fraction(percent) / _HUNDRED)
