"""Three estimates of what a ranking earns an answer, each with its interval.

Inverse propensity (IPS) weighs each answer by how much likelier the ranking would have made what
came first; it is unbiased where every choice could come first. Self-normalised (SNIPS) divides by
the weights: a little bias, less scatter. Doubly robust (DR) takes a simple model of what is taken
and corrects it by the weighed error; it stays unbiased when that model is wrong. The model of an
answer is made of other customers alone.

Intervals are of 95%, with the answers of a customer counted as one draw. They lean on large
numbers: below `FEW` effective answers nothing is said to be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from models.personalization.policy.log import Choice, Impression
from models.personalization.policy.rankings import Ranking

Floats = npt.NDArray[np.float64]
FEW: Final = 50
_Z = 1.96
_FOLDS = 5
_DOUBT = 10.0
"""How many answers the mean of all products weighs against a product's own."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """`value` an answer, with its standard error."""

    value: float
    error: float

    @property
    def low(self) -> float:
        return max(0.0, self.value - _Z * self.error)

    @property
    def high(self) -> float:
        return self.value + _Z * self.error

    def as_json(self) -> dict[str, float]:
        return {
            "value": round(self.value, 6), "low": round(self.low, 6), "high": round(self.high, 6),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """`effective` is how many answers of the ranking's own the log is worth; `support` the share of
    what it would put first that could come first at all: below one, nothing tells of the rest."""

    ips: Estimate
    snips: Estimate
    dr: Estimate
    effective: float
    support: float

    @property
    def is_known(self) -> bool:
        return self.effective >= FEW and self.support > 1 - 1e-9


def judge(impressions: Sequence[Impression], ranking: Ranking, *, worth: bool = False) -> Judged:
    """What `ranking` earns an answer: how often its first offer is taken or, by `worth`, what that
    brings the customer a year, in minor units. Raises `ValueError` without impressions."""
    if not impressions:
        raise ValueError("there is no answer to judge by")
    wanted = [np.asarray(ranking(one), dtype=np.float64) for one in impressions]
    weights = np.array(
        [share[one.shown] / one.propensity for one, share in zip(impressions, wanted, strict=True)]
    )
    earned = np.array([one.taken * _value(one.choices[one.shown], worth) for one in impressions])
    customers = _numbered([one.customer for one in impressions])
    expected = _expected(impressions, worth)
    modelled = np.array([float(share @ told) for share, told in zip(wanted, expected, strict=True)])
    shown = np.array([told[one.shown] for one, told in zip(impressions, expected, strict=True)])
    total = weights.sum()
    ratio = float(weights @ earned / total) if total else 0.0
    mean = total / len(weights)
    leaning = weights * (earned - ratio) / mean if total else np.zeros(len(weights))
    return Judged(
        ips=_of(weights * earned, customers),
        snips=Estimate(ratio, _of(leaning, customers).error),
        dr=_of(modelled + weights * (earned - shown), customers),
        effective=float(total**2 / (weights @ weights)) if total else 0.0,
        support=float(np.mean([_support(*pair) for pair in zip(impressions, wanted, strict=True)])),
    )


def _value(choice: Choice, worth: bool) -> float:
    return float(choice.worth) if worth else 1.0


def _support(one: Impression, share: Floats) -> float:
    return float(sum(p for p, choice in zip(share, one.choices, strict=True) if choice.first > 0))


def _of(terms: Floats, customers: npt.NDArray[np.int64]) -> Estimate:
    """The mean and its error, by sums over customers."""
    value = float(terms.mean())
    sums = np.bincount(customers, weights=terms - value)
    count = len(sums)
    if count < 2:
        return Estimate(value, float("inf"))
    spread = np.sqrt((sums @ sums) * count / (count - 1)) / len(terms)
    return Estimate(value, float(spread))


def _numbered(customers: Sequence[str]) -> npt.NDArray[np.int64]:
    places = {name: place for place, name in enumerate(dict.fromkeys(customers))}
    return np.array([places[name] for name in customers], dtype=np.int64)


def _expected(impressions: Sequence[Impression], worth: bool) -> list[Floats]:
    """What each choice of each answer was likely to earn, by how often other customers took it."""
    folds = [crc32(one.customer.encode()) % _FOLDS for one in impressions]
    shown: dict[tuple[int, str], list[int]] = {}
    for fold, one in zip(folds, impressions, strict=True):
        tally = shown.setdefault((fold, one.choices[one.shown].product), [0, 0])
        tally[0] += 1
        tally[1] += one.taken
    rates = [_rates(shown, fold) for fold in range(_FOLDS)]
    return [
        np.array(
            [
                rates[fold].get(choice.product, rates[fold][""]) * _value(choice, worth)
                for choice in one.choices
            ]
        )
        for fold, one in zip(folds, impressions, strict=True)
    ]


def _rates(shown: dict[tuple[int, str], list[int]], without: int) -> dict[str, float]:
    """How often each product was taken, in the folds but one; under "" that of all together."""
    sums: dict[str, list[int]] = {}
    for (fold, product), (count, taken) in shown.items():
        if fold != without:
            tally = sums.setdefault(product, [0, 0])
            tally[0] += count
            tally[1] += taken
    whole = sum(count for count, _ in sums.values())
    mean = sum(taken for _, taken in sums.values()) / whole if whole else 0.0
    rates = {
        name: (taken + _DOUBT * mean) / (count + _DOUBT) for name, (count, taken) in sums.items()
    }
    return {**rates, "": mean}
