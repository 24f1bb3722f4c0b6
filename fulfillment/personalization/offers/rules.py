"""The rules of offering, read once from `rules.toml`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from fulfillment.bank.money import Money


class Product(StrEnum):
    """What can be offered. `investing` is information, never advice."""

    SAVINGS = "savings"
    CERTIFICATE = "certificate"
    CASHBACK_CARD = "cashback_card"
    REFINANCING_LOAN = "refinancing_loan"
    INVESTING = "investing"


class Need(StrEnum):
    """What a product asks of a customer; a rule without its data is not met. `worth` is asked of
    all but information: a product that brings its taker nothing is not offered."""

    IDLE_MONEY = "idle_money"
    BUFFER = "buffer"
    INCOME = "income"
    NO_CREDIT_CARD = "no_credit_card"
    NO_CARD_INTEREST = "no_card_interest"
    CARD_INTEREST = "card_interest"
    AFFORDABLE = "affordable"
    MONEY_LEFT = "money_left"
    LENDING_LIMITS = "lending_limits"
    WORTH = "worth"


@dataclass(frozen=True, slots=True)
class ProductRule:
    """`scored` names the propensity that says how likely it is taken; `chance` is the prior where
    none does. With both, the prior holds while the model is away; without a prior, the product is
    then left out."""

    product: Product
    needs: tuple[Need, ...]
    chance: Decimal | None
    scored: str | None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hardship:
    """Signs within `window` after which only help is offered. `below` is minor units."""

    window: timedelta
    days_below: int
    below: int
    overdraft_fees: int
    card_used_percent: int


@dataclass(frozen=True, slots=True)
class TipRules:
    """`between` two tips nothing is told unasked. `looks_a_day` is how often the lines are looked
    into after bookings. A tip that is not seen while it is `fresh` is not told any more."""

    between: timedelta
    looks_a_day: int
    fresh: timedelta


@dataclass(frozen=True, slots=True)
class OfferRules:
    """The whole file; `digest` tells one state of it from another in the log."""

    version: int
    digest: str
    currency: str
    at_most: int
    whole_months: int
    told_at_most: int
    told_within: timedelta
    cool_off: timedelta
    explore_percent: int
    hardship: Hardship
    tips: TipRules
    products: Mapping[Product, ProductRule]

    def units(self, whole: int) -> int:
        """Whole units of the currency in minor units."""
        return Money.of(str(whole), self.currency).minor


@cache
def standard_rules() -> OfferRules:
    """The rules that ship with the bank."""
    return read_rules((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))


def read_rules(text: str) -> OfferRules:
    """The rules in TOML. Raises ValueError or KeyError for what cannot be rules."""
    raw = tomllib.loads(text)
    signs = raw["hardship"]
    rules = OfferRules(
        version=raw["version"],
        digest=hashlib.sha256(text.encode()).hexdigest()[:16],
        currency=raw["currency"],
        at_most=raw["at_most"],
        whole_months=raw["whole_months"],
        told_at_most=raw["told_at_most"],
        told_within=timedelta(days=raw["told_within_days"]),
        cool_off=timedelta(days=raw["cool_off_days"]),
        explore_percent=raw["exploration"]["percent"],
        hardship=Hardship(
            timedelta(days=signs["days"]),
            signs["days_below"],
            Money.of(str(signs["below"]), raw["currency"]).minor,
            signs["overdraft_fees"],
            signs["card_used_percent"],
        ),
        tips=TipRules(
            timedelta(hours=raw["tips"]["hours_between"]),
            raw["tips"]["looks_a_day"],
            timedelta(hours=raw["tips"]["fresh_hours"]),
        ),
        products={Product(name): _product(name, one) for name, one in raw["products"].items()},
    )
    if not 0 <= rules.explore_percent <= 10:
        raise ValueError("exploration is bounded: 0 to 10 percent of answers")
    return rules


def _product(name: str, raw: Mapping[str, Any]) -> ProductRule:
    known = {"needs", "chance", "scored"}
    chance = Decimal(raw["chance"]) if "chance" in raw else None
    if chance is None and "scored" not in raw:
        raise ValueError(f"{name} needs a chance or a propensity that scores it")
    return ProductRule(
        product=Product(name),
        needs=tuple(Need(one) for one in raw["needs"]),
        chance=chance,
        scored=raw.get("scored"),
        figures={key: value for key, value in raw.items() if key not in known},
    )
