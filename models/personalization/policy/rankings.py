"""Rankings to compare: how likely each would have put each choice of an answer first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from fulfillment.personalization.offers.rules import OfferRules
from models.personalization.policy.log import Choice, Impression

Ranking = Callable[[Impression], Sequence[float]]
"""Of each choice, in their order, the probability of coming first; they add up to one."""

_HUNDRED = 100


def as_logged(one: Impression) -> Sequence[float]:
    """The ranking that ran, with its exploration."""
    return [choice.first for choice in one.choices]


def uniform(one: Impression) -> Sequence[float]:
    return [1 / len(one.choices)] * len(one.choices)


def best_by(value: Callable[[Choice], float], explore: float = 0.0) -> Ranking:
    """The choice of the highest value comes first, the earlier one of equals; in a share of
    `explore` answers any of them does."""

    def ranking(one: Impression) -> Sequence[float]:
        best = max(range(len(one.choices)), key=lambda place: (value(one.choices[place]), -place))
        count = len(one.choices)
        return [(place == best) * (1 - explore) + explore / count for place in range(count)]

    return ranking


def by_rules(rules: OfferRules) -> Ranking:
    """What other rules would have put first among the same choices: their priors where no model
    scored, their exploration. A product that they do not have keeps the chance it was logged with.
    """
    priors = {
        str(product): float(rule.chance)
        for product, rule in rules.products.items()
        if rule.chance is not None
    }

    def value(choice: Choice) -> float:
        chance = choice.chance if choice.scored else priors.get(choice.product, choice.chance)
        return chance * choice.worth

    return best_by(value, rules.explore_percent / _HUNDRED)


RANKINGS: Final[Mapping[str, Ranking]] = {
    "as logged": as_logged,
    "chance times worth": best_by(lambda choice: choice.chance * choice.worth),
    "chance alone": best_by(lambda choice: choice.chance),
    "worth alone": best_by(lambda choice: choice.worth),
    "any at random": uniform,
}
