"""What is seen of a customer before an offer, and how its facts are put into words."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from fulfillment.bank.loan_terms import standard_loan_terms
from fulfillment.bank.money import Money
from fulfillment.bank.schedule import standard_schedule
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import recent_lines
from fulfillment.personalization.offers.eligibility import Applicant, Terms, Verdict, judge
from fulfillment.personalization.offers.facts import Fact, FactKind
from fulfillment.personalization.offers.profile import Profile, profile_of
from fulfillment.personalization.offers.ranking import Likely
from fulfillment.personalization.offers.rules import (
    Need,
    OfferRules,
    Product,
    standard_rules,
)

_YEAR, _THOUSAND = 12, 1000

NAMES = {
    Product.SAVINGS: "offers.name_savings",
    Product.CERTIFICATE: "offers.name_certificate",
    Product.CASHBACK_CARD: "offers.name_cashback_card",
    Product.REFINANCING_LOAN: "offers.name_refinancing_loan",
    Product.INVESTING: "offers.name_investing",
}
NEEDS = {
    Need.IDLE_MONEY: "offers.need_idle_money",
    Need.BUFFER: "offers.need_buffer",
    Need.INCOME: "offers.need_income",
    Need.NO_CREDIT_CARD: "offers.need_no_credit_card",
    Need.NO_CARD_INTEREST: "offers.need_no_card_interest",
    Need.CARD_INTEREST: "offers.need_card_interest",
    Need.AFFORDABLE: "offers.need_affordable",
    Need.MONEY_LEFT: "offers.need_money_left",
    Need.LENDING_LIMITS: "offers.need_lending_limits",
    Need.WORTH: "offers.need_worth",
}
_OVER_MONTHS = {
    FactKind.LEFT_OVER: "offers.fact_left_over",
    FactKind.WENT_OUT: "offers.fact_went_out",
    FactKind.DEBIT_SPENT: "offers.fact_debit_spent",
}
_SINCE = {FactKind.LOWEST: "offers.fact_lowest", FactKind.INTEREST: "offers.fact_interest"}
_ON = {FactKind.SAVINGS: "offers.fact_savings", FactKind.OWED: "offers.fact_owed"}


_NAMED = (
    (Product.REFINANCING_LOAN, re.compile(r"\b(?:loans?|credit$|pr[eé]stamos?)\b", re.IGNORECASE)),
    (Product.CASHBACK_CARD, re.compile(r"\b(?:cards?|tarjetas?)\b", re.IGNORECASE)),
    (Product.SAVINGS, re.compile(r"\b(?:savings?|ahorros?)\b", re.IGNORECASE)),
    (Product.CERTIFICATE, re.compile(r"\b(?:certificates?|certificados?)\b", re.IGNORECASE)),
    (Product.INVESTING, re.compile(r"\b(?:invest\w*|inver\w+)\b", re.IGNORECASE)),
)


def named_in(words: str) -> str:
    """The product that a customer's words name; empty for none."""
    return next((str(product) for product, said in _NAMED if said.search(words)), "")


def terms() -> Terms:
    """What the bank pays and charges, by its two files."""
    return Terms(standard_schedule(), standard_loan_terms())


def seen(desk: Desk) -> Profile:
    """The customer's money, from one bounded read of their lines."""
    accounts = desk.open_accounts()
    lines = recent_lines(desk, accounts)
    # A month before the first line is not a month in which nothing was spent.
    since = max(lines.since, lines.entries[0].day) if lines.entries else desk.speech.today
    return profile_of(
        standard_rules(), accounts, lines.entries, lines.found, desk.speech.today, since
    )


def verdicts(desk: Desk, profile: Profile) -> list[Verdict]:
    """What the rules say of each product."""
    who = Applicant(desk.customer.born, desk.customer.residence)
    return judge(standard_rules(), profile, who, terms())


def chances(
    desk: Desk, rules: OfferRules, profile: Profile, eligible: Container[Product]
) -> dict[Product, Likely]:
    """How likely each of the eligible products is wanted, and who says so.

    While the model is away a product has the prior of its rules; one without is left out.
    """
    of = {one.product: one for one in rules.products.values() if one.product in eligible}
    inputs = _inputs(profile)
    asked = {one.scored: inputs for one in of.values() if one.scored}
    endpoint = desk.deps.propensities() if asked else None
    told = endpoint.chances(asked) if endpoint else {}
    found: dict[Product, Likely] = {}
    for product, rule in of.items():
        if rule.scored and rule.scored in told:
            said = told[rule.scored]
            found[product] = Likely(said.probability, said.model_version)
        elif rule.chance is not None:
            found[product] = Likely(rule.chance)
    return found


def _inputs(profile: Profile) -> dict[str, float]:
    """Nothing but what the bank's own books say, in the model's units: thousands a year, thousands
    a month by card, and which of the bank's products the customer has."""
    unit = Money.of("1", profile.currency).minor * _THOUSAND
    return {
        "Income": round(profile.came_in * _YEAR / unit, 3),
        "CCAvg": round((profile.card_spent + profile.debit_spent) / unit, 3),
        "CreditCard": float(profile.has_card),
        "Personal Loan": float(profile.has_loan),
    }


def fact_words(desk: Desk, fact: Fact, currency: str) -> str:
    """The fact as the customer can check it."""
    speech = desk.speech
    amount, first = Money(abs(fact.minor), currency), date.fromisoformat(fact.first)
    if fact.kind in _OVER_MONTHS:
        last = date.fromisoformat(fact.last)
        ends = {"first": speech.month(first), "last": speech.month(last)}
        period = speech.month(first) if first == last else speech.words("common.span", **ends)
        key = "offers.fact_short" if fact.minor < 0 else _OVER_MONTHS[fact.kind]
        return speech.words(key, amount=amount, period=period)
    day = speech.calendar_day(first)
    if fact.kind in _SINCE:
        return speech.words(_SINCE[fact.kind], amount=Money(fact.minor, currency), since=day)
    if fact.kind in _ON:
        return speech.words(_ON[fact.kind], amount=Money(fact.minor, currency), day=day)
    return speech.words("offers.fact_pay", amount=amount, payer=fact.name, day=day)
