"""Which eligible offers come first: by expected value, now and then by a draw, and always logged.

The draw is what makes other rankings judgeable from the log (inverse propensity): every eligible
offer has a known chance of coming first, and none that is not eligible has any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fulfillment.personalization.offers.eligibility import Verdict
from fulfillment.personalization.offers.rules import OfferRules, Product

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely a product is taken, by the model of that version; by the rules without one."""

    chance: Decimal
    model: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """`first` is how likely it was to come first. `expected` is chance times worth, in minor units
    a year."""

    verdict: Verdict
    likely: Likely
    expected: int
    first: Decimal


@dataclass(frozen=True, slots=True)
class Ranking:
    """The offers to tell, in order, of the `eligible` ones; `explored` when a draw chose the
    first."""

    told: tuple[Ranked, ...]
    eligible: tuple[Ranked, ...]
    explored: bool


def rank(
    rules: OfferRules,
    verdicts: Iterable[Verdict],
    chances: Mapping[Product, Likely],
    left_out: frozenset[Product],
    draw: Decimal,
) -> Ranking:
    """The order of what may be offered. `chances` has no entry for a product that could not be
    scored: that one is left out. `draw` is uniform in [0, 1): it decides on exploring, and on what.
    """
    allowed = [
        one
        for one in verdicts
        if one.is_eligible and one.product in chances and one.product not in left_out
    ]
    valued = [
        (one, likely, round(likely.chance * one.worth))
        for one in allowed
        for likely in (chances[one.product],)
    ]
    # Equal values (information is worth no money) keep the file's order.
    ordered = sorted(valued, key=lambda one: -one[2])
    count = len(ordered)
    if not count:
        return Ranking((), (), explored=False)
    share = Decimal(rules.explore_percent) / _HUNDRED
    eligible = [
        Ranked(verdict, likely, expected, _first_chance(place, count, share))
        for place, (verdict, likely, expected) in enumerate(ordered)
    ]
    explored = count > 1 and draw < share
    order: Sequence[Ranked] = eligible
    if explored:
        place = int(draw / share * count)
        order = [eligible[place], *eligible[:place], *eligible[place + 1 :]]
    return Ranking(tuple(order[: rules.at_most]), tuple(eligible), explored)


def _first_chance(place: int, count: int, share: Decimal) -> Decimal:
    if count == 1:
        return Decimal(1)
    best = (1 - share) if place == 0 else Decimal(0)
    return best + share / count
