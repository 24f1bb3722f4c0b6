"""Why a score is as high as it is: the features' contributions, gathered into things one can say.

Windows of one thing (a counterparty's fraud over 1, 7 and 30 days) are one cause. Only what raised
the score is told, with the payment's own figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fulfillment.bank.money import in_figures
from fulfillment.fraud.facts import first_to_payee, in_words
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.contributions import Contributions

MOST_CAUSES: Final = 3

DOLLARS: Final = "USD"

Row = dict[str, float]
Amount = Callable[[float], str]
"""Writes an amount in minor units as an analyst reads it."""


@dataclass(frozen=True, slots=True)
class Cause:
    """`share` is what it added to the log odds; `full` says it with figures, for the analyst."""

    code: str
    share: float
    full: str


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    features: tuple[str, ...]
    say: Callable[[Row, Amount], str]


def _counterparty(row: Row, _: Amount) -> str:
    if not row["counterparty_frauds_30d"]:
        known = row["counterparty_known_30d"]
        return f"no fraud among {known:.0f} judged payments to the same counterparty"
    return (
        f"{row['counterparty_frauds_30d']:.0f} confirmed frauds among"
        f" {row['counterparty_known_30d']:.0f} judged payments to the same counterparty,"
        f" the last {row['counterparty_days_since_fraud']:.0f} days ago"
    )


def _unfamiliar(row: Row, _: Amount) -> str:
    in_category, in_all = row["category_count"], row["customer_payments"]
    if row["new_payee"]:
        return first_to_payee(in_category, in_all)
    return (
        f"{row['payee_count']:.0f} earlier payments to this payee, {in_category:.0f} in this"
        f" category, of {in_all:.0f} in all"
    )


_KINDS: Final = (
    _Kind(
        "counterparty_fraud",
        tuple(
            name
            for name in FEATURES
            if name.startswith("counterparty_")
            and name not in ("counterparty_count_1d", "counterparty_count_30d")
        ),
        _counterparty,
    ),
    _Kind(
        "counterparty_habits",
        ("counterparty_count_1d", "counterparty_count_30d", "amount_to_counterparty_mean_30d"),
        lambda row, _: (
            f"{row['amount_to_counterparty_mean_30d']:.1f} times what this counterparty usually"
            f" gets; {row['counterparty_count_30d']:.0f} payments to it in 30 days"
        ),
    ),
    _Kind(
        "amount",
        ("amount",),
        lambda *_: "the amount by itself",
    ),
    _Kind(
        "amount_unusual",
        (
            "amount_to_mean_30d", "amount_to_decayed_mean_30d", "amount_deviations_30d",
            "amount_to_settled_mean", "amount_settled_deviations",
        ),
        lambda row, amount: (
            f"{row['amount_to_mean_30d']:.1f} times the customer's 30-day mean of"
            f" {amount(row['customer_mean_30d'])}"
        ),
    ),
    _Kind(
        "spending_changed",
        (
            "mean_7d_to_30d", "decayed_mean_1d_to_30d", "customer_mean_7d", "customer_mean_30d",
            "customer_decayed_mean_1d", "customer_decayed_mean_7d", "mean_7d_to_settled",
            "decayed_mean_1d_to_settled",
        ),
        lambda row, amount: (
            f"the 7-day mean is {row['mean_7d_to_30d']:.1f} times the 30-day mean of"
            f" {amount(row['customer_mean_30d'])}"
        ),
    ),
    _Kind(
        "velocity",
        (
            "customer_count_1d", "customer_count_7d", "customer_count_30d", "customer_sum_1d",
            "customer_decayed_count_1d", "customer_count_2h", "customer_sum_2h",
            "customer_sum_2h_to_mean_30d", "customer_count_24h", "hours_since_last",
        ),
        lambda row, _: (
            f"{row['customer_count_2h']:.0f} payments in two hours and"
            f" {row['customer_count_24h']:.0f} in a day before this one, the last"
            f" {row['hours_since_last']:.1f} hours ago"
        ),
    ),
    _Kind(
        "customer_fraud",
        ("customer_frauds_30d",),
        lambda row, _: (
            f"{row['customer_frauds_30d']:.0f} confirmed frauds on the customer in 30 days"
        ),
    ),
    _Kind(
        "unfamiliar",
        (
            "category_share", "amount_to_category_mean", "category_count", "new_payee",
            "payee_count", "new_device", "customer_payments",
        ),
        _unfamiliar,
    ),
    _Kind(
        "time_of_day",
        ("hour", "weekend", "night"),
        lambda row, _: f"at {in_words(int(row['hour']))} on the customer's clock",
    ),
)  # fmt: skip

KIND_OF: Final = {name: kind.code for kind in _KINDS for name in kind.features}
"""The cause that each feature belongs to."""


def causes(
    row: Sequence[float],
    contributions: Contributions,
    most: int = MOST_CAUSES,
    currency: str = DOLLARS,
) -> tuple[Cause, ...]:
    """What raised the score most, the strongest first. `currency` is that of the amounts."""
    shares: dict[str, float] = {}
    for name, share in zip(FEATURES, contributions.by_feature, strict=True):
        shares[KIND_OF[name]] = shares.get(KIND_OF[name], 0.0) + share
    figures = dict(zip(FEATURES, row, strict=True))

    def written(minor: float) -> str:
        return in_figures(minor, currency)

    raised = sorted(
        (kind for kind in _KINDS if shares.get(kind.code, 0.0) > 0),
        key=lambda kind: -shares[kind.code],
    )
    return tuple(
        Cause(kind.code, shares[kind.code], kind.say(figures, written)) for kind in raised[:most]
    )
