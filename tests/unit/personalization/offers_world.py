"""A world of offers whose truth is known: who would take what, and a log of a ranking that ran."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from models.personalization.policy.log import Choice, Impression
from models.personalization.policy.rankings import Ranking

WORTH = {"savings": 4_000, "certificate": 9_000, "cashback_card": 2_500}
THOUGHT = {"savings": 0.20, "certificate": 0.08, "cashback_card": 0.10}


@dataclass(frozen=True)
class Case:
    """One answer before anything came first, with the truth of each choice."""

    customer: str
    choices: tuple[Choice, ...]
    truth: tuple[float, ...]


class World:
    """Customers who save take savings and certificates, the others cards; what the ranking thinks
    of them is far off, so that what it showed says little of what it did not."""

    def __init__(self, seed: int, explore: float = 0.1) -> None:
        self._dice = Random(seed)
        self._explore = explore

    def cases(self, count: int) -> list[Case]:
        cases: list[Case] = []
        while len(cases) < count:
            name, saves = f"c{len(cases)}", self._dice.random() < 0.4
            cases += [self._case(name, saves) for _ in range(self._dice.randint(1, 3))]
        return cases[:count]

    def _case(self, name: str, saves: bool) -> Case:
        products = self._dice.sample(sorted(WORTH), self._dice.randint(2, 3))
        products.sort(key=lambda one: -THOUGHT[one] * WORTH[one])
        share = self._explore / len(products)
        choices = tuple(
            Choice(one, THOUGHT[one], WORTH[one], (place == 0) * (1 - self._explore) + share, False)
            for place, one in enumerate(products)
        )
        truth = {
            "savings": 0.35 if saves else 0.02,
            "certificate": 0.15 if saves else 0.01,
            "cashback_card": 0.05 if saves else 0.30,
        }
        return Case(name, choices, tuple(truth[one] for one in products))

    def log(self, cases: list[Case]) -> list[Impression]:
        """What the ranking that ran showed, and what was taken."""
        return [self._shown(one) for one in cases]

    def _shown(self, one: Case) -> Impression:
        firsts = [choice.first for choice in one.choices]
        [shown] = self._dice.choices(range(len(firsts)), firsts)
        return Impression(one.customer, one.choices, shown, self._dice.random() < one.truth[shown])


def truth_of(cases: list[Case], ranking: Ranking, *, worth: bool = False) -> float:
    """What `ranking` earns an answer, by what is known of the world."""
    total = 0.0
    for one in cases:
        share = ranking(Impression(one.customer, one.choices, 0, taken=False))
        for p, choice, taken in zip(share, one.choices, one.truth, strict=True):
            total += p * taken * (choice.worth if worth else 1)
    return total / len(cases)
