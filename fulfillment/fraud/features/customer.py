"""What a payment looks like beside the customer's own past."""

from __future__ import annotations

from math import sqrt
from typing import Final

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts
from fulfillment.fraud.features.state import DAYS_KEPT, EntityState
from fulfillment.fraud.features.weights import TIME_CONSTANTS, by_age, decay, weighed, window

CUSTOMER_FEATURES: Final = (
    "customer_count_1d", "customer_count_7d", "customer_count_30d",
    "customer_sum_1d", "customer_mean_7d", "customer_mean_30d",
    "customer_decayed_count_1d", "customer_decayed_mean_1d", "customer_decayed_mean_7d",
    "amount_to_mean_30d", "amount_to_decayed_mean_30d", "mean_7d_to_30d", "decayed_mean_1d_to_30d",
    "amount_deviations_30d",
    "amount_to_settled_mean", "amount_settled_deviations", "mean_7d_to_settled",
    "decayed_mean_1d_to_settled",
    "customer_frauds_30d",
    "hours_since_last", "customer_count_2h", "customer_sum_2h", "customer_sum_2h_to_mean_30d",
    "customer_count_24h", "customer_payments",
)  # fmt: skip

_AGES: Final = 31
_SETTLED: Final = 8
"""Days after which a payment says what is usual: a card stolen this week has not spoilt it yet."""

NEVER_H: Final = 24.0 * 61
"""Hours since the last payment of somebody who has made none."""


def customer_features(facts: PaymentFacts, state: EntityState) -> list[float]:
    """In the order of `CUSTOMER_FEATURES`. Amounts are minor units; a mean of nothing is 0.

    The payment itself is not in the windows: `state` is what was known before it.
    """
    today, rest = divmod(facts.at, DAY_S)
    left = 1.0 - rest / DAY_S
    counts, sums, squares, frauds, _ = by_age(state, today, DAYS_KEPT)
    n7, n30 = window(counts, 7, left), window(counts, 30, left)
    mean7, mean30 = _mean(window(sums, 7, left), n7), _mean(window(sums, 30, left), n30)
    fast, medium, slow = (decay(days, _AGES) for days in TIME_CONSTANTS)
    count_fast = weighed(counts, fast)
    mean_fast = _mean(weighed(sums, fast), count_fast)
    mean_slow = _mean(weighed(sums, slow), weighed(counts, slow))
    settled_count = float(sum(counts[_SETTLED:]))
    settled = _mean(float(sum(sums[_SETTLED:])), settled_count)
    settled_squares = float(sum(squares[_SETTLED:]))
    return [
        window(counts, 1, left), n7, n30, window(sums, 1, left), mean7, mean30,
        count_fast, mean_fast, _mean(weighed(sums, medium), weighed(counts, medium)),
        _ratio(facts.minor, mean30), _ratio(facts.minor, mean_slow), _ratio(mean7, mean30),
        _ratio(mean_fast, mean_slow),
        _deviations(facts.minor, mean30, window(squares, 30, left), n30),
        _ratio(facts.minor, settled),
        _deviations(facts.minor, settled, settled_squares, settled_count),
        _ratio(mean7, settled), _ratio(mean_fast, settled),
        window(frauds, 30, left),
        *_lately(facts, state, mean30),
    ]  # fmt: skip


def _lately(facts: PaymentFacts, state: EntityState, mean30: float) -> tuple[float, ...]:
    this_hour = facts.at // HOUR_S
    n2 = s2 = n24 = 0
    for hour, (count, minor) in state.hours.items():
        if 0 <= this_hour - hour < 24:
            n24 += count
            if this_hour - hour < 2:
                n2 += count
                s2 += minor
    since = max(0, facts.at - state.last_at) / HOUR_S if state.last_at else NEVER_H
    lately = (min(since, NEVER_H), n2, s2, _ratio(s2, mean30), n24, state.payments)
    return tuple(float(value) for value in lately)


def _mean(total: float, count: float) -> float:
    return total / count if count > 0 else 0.0


def _ratio(value: float, usual: float) -> float:
    """How many times the usual, 0 when there is no usual."""
    return value / usual if usual > 0 else 0.0


def _deviations(amount: int, mean: float, squares: float, count: float) -> float:
    """How many standard deviations above the mean; 0 with fewer than three payments."""
    if count < 3:
        return 0.0
    variance = squares / count - mean * mean
    # Below a hundredth of the mean the deviation is rounding, or payments that are all alike.
    spread = max(sqrt(variance) if variance > 0 else 0.0, 0.01 * mean, 1.0)
    return (amount - mean) / spread
