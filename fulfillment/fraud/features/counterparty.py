"""What is known of who gets the money: how busy, how large, and how often it was fraud.

A label comes late, so a day's payments count in a risk only once their labels would be known
(`maturity` days later). A verdict that comes sooner, from an analyst or the customer, counts at
once, and so does the payment it is about: a denominator of payments that nobody could have judged
yet would make a compromised terminal look safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fulfillment.fraud.facts import DAY_S, PaymentFacts
from fulfillment.fraud.features.state import DAYS_KEPT, EntityState
from fulfillment.fraud.features.weights import TIME_CONSTANTS, by_age, decay, weighed, window

COUNTERPARTY_FEATURES: Final = (
    "counterparty_count_1d", "counterparty_count_30d", "amount_to_counterparty_mean_30d",
    "counterparty_risk_1d", "counterparty_risk_7d", "counterparty_risk_30d",
    "counterparty_decayed_risk_1d", "counterparty_decayed_risk_7d", "counterparty_decayed_risk_30d",
    "counterparty_frauds_7d", "counterparty_frauds_30d", "counterparty_known_30d",
    "counterparty_days_since_fraud", "counterparty_days_since_first_fraud",
    "counterparty_genuine_since_fraud",
)  # fmt: skip

NEVER_D: Final = float(DAYS_KEPT)
"""Days since the last fraud of a counterparty that has had none."""


def counterparty_features(facts: PaymentFacts, state: EntityState, maturity: int) -> list[float]:
    """In the order of `COUNTERPARTY_FEATURES`; a risk is the share of fraud among what is known."""
    today, rest = divmod(facts.at, DAY_S)
    past = rest / DAY_S
    left = 1.0 - past
    ages = min(maturity + 31, DAYS_KEPT)
    counts, sums, _, frauds, genuine = by_age(state, today, ages)
    judged = _judged(counts, frauds, genuine, maturity, past)
    n30 = window(counts, 30, left)
    f1, f7, f30 = (window(frauds, maturity + days, left) for days in TIME_CONSTANTS)
    k1, k7, k30 = (window(judged, maturity + days, left) for days in TIME_CONSTANTS)
    weights = [decay(days, ages, maturity) for days in TIME_CONSTANTS]
    usual = window(sums, 30, left)
    return [
        window(counts, 1, left), n30, facts.minor * n30 / usual if usual > 0 else 0.0,
        _risk(f1, k1), _risk(f7, k7), _risk(f30, k30),
        *(_risk(weighed(frauds, by), weighed(judged, by)) for by in weights),
        f7, f30, k30,
        *_since_fraud(frauds, judged),
    ]  # fmt: skip


def _judged(
    counts: Sequence[int],
    frauds: Sequence[int],
    genuine: Sequence[int],
    maturity: int,
    past: float,
) -> list[float]:
    """How many payments of each day have a label by now, today's first."""
    told = [fraud + good for fraud, good in zip(frauds, genuine, strict=True)]
    return [
        *told[:maturity],
        max(told[maturity], past * counts[maturity]),
        *map(max, told[maturity + 1 :], counts[maturity + 1 :]),
    ]


def _since_fraud(frauds: Sequence[int], judged: Sequence[float]) -> tuple[float, float, float]:
    """Days since the last and the first known fraud, and the genuine payments since the last."""
    ages = [age for age, count in enumerate(frauds) if count > 0]
    if not ages:
        return NEVER_D, NEVER_D, 0.0
    return float(ages[0]), float(ages[-1]), float(sum(judged[: ages[0]]))


def _risk(frauds: float, judged: float) -> float:
    return frauds / judged if judged > 0 else 0.0
