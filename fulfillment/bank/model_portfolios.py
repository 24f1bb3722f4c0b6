"""Which model portfolio goes with a goal, a horizon and an attitude to risk: rules, no advice."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Shares in percent, and how far it may `fall` in a bad year, in percent."""

    name: str
    from_points: int
    stocks: int
    bonds: int
    cash: int
    fall: int


@dataclass(frozen=True, slots=True)
class Suitability:
    """The rules: points of each answer, and the portfolios by the points that they ask for."""

    version: int
    least_years: int
    buffer_months: int
    most_for_years: int
    goals: Mapping[str, int]
    risks: Mapping[str, int]
    portfolios: tuple[Portfolio, ...]

    def portfolio(self, goal: str, years: int, risk: str) -> Portfolio | None:
        """What may be shown; None when the money is needed too soon. Whoever would sell after a
        fall is shown the most careful. Raises KeyError for an answer that is none."""
        points = self.goals[goal] + self.risks[risk]
        if years < self.least_years:
            return None
        if self.risks[risk] == 0:
            return self.portfolios[0]
        points += min(self.most_for_years, years - self.least_years)
        return [one for one in self.portfolios if points >= one.from_points][-1]


@cache
def standard_suitability() -> Suitability:
    """The rules that ship with the bank."""
    text = (Path(__file__).parent / "model_portfolios.toml").read_text(encoding="utf-8")
    raw: dict[str, Any] = tomllib.loads(text)
    portfolios = tuple(Portfolio(**one) for one in raw["portfolios"])
    if any(one.stocks + one.bonds + one.cash != 100 for one in portfolios):
        raise ValueError("the shares of a portfolio are a hundred percent together")
    return Suitability(
        raw["version"],
        raw["least_years"],
        raw["buffer_months"],
        raw["most_for_years"],
        raw["points"]["goal"],
        raw["points"]["risk"],
        tuple(sorted(portfolios, key=lambda one: one.from_points)),
    )
