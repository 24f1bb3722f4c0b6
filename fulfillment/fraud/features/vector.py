"""The features of a payment: one fixed list, computed by the same code in training and serving."""

from __future__ import annotations

from typing import Final

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts
from fulfillment.fraud.features.counterparty import COUNTERPARTY_FEATURES, counterparty_features
from fulfillment.fraud.features.customer import CUSTOMER_FEATURES, customer_features
from fulfillment.fraud.features.state import EntityState

SCHEMA_VERSION: Final = 1
"""Raised whenever a feature is added, taken away, moved or means something else."""

PAYMENT_FEATURES: Final = ("amount", "hour", "weekend", "night")
FAMILIAR_FEATURES: Final = (
    "category_share", "amount_to_category_mean", "category_count",
    "new_payee", "payee_count", "new_device",
)  # fmt: skip
FEATURES: Final = (
    *PAYMENT_FEATURES, *CUSTOMER_FEATURES, *FAMILIAR_FEATURES, *COUNTERPARTY_FEATURES,
)  # fmt: skip

LABEL_MATURITY_DAYS: Final = 7
"""After how many days a payment that nobody complained about counts as genuine."""

_NIGHT_ENDS: Final = 6
_EPOCH_WEEKDAY: Final = 3  # 1970-01-01 was a Thursday.


def feature_vector(
    facts: PaymentFacts,
    customer: EntityState,
    counterparty: EntityState,
    maturity: int = LABEL_MATURITY_DAYS,
) -> list[float]:
    """The values of `FEATURES`, in order, all finite; both states as they were before `facts`."""
    return [
        *_payment_features(facts),
        *customer_features(facts, customer),
        *_familiar_features(facts, customer),
        *counterparty_features(facts, counterparty, maturity),
    ]


def _payment_features(facts: PaymentFacts) -> tuple[float, float, float, float]:
    local = facts.at + facts.offset_s
    hour = local % DAY_S / HOUR_S
    weekend = (local // DAY_S + _EPOCH_WEEKDAY) % 7 >= 5
    return float(facts.minor), hour, float(weekend), float(hour < _NIGHT_ENDS)


def _familiar_features(facts: PaymentFacts, state: EntityState) -> tuple[float, ...]:
    share = to_mean = of_category = 0.0
    if facts.category:
        of_category = state.known.get(f"category:{facts.category}", 0)
        if of_category:
            share = of_category / state.payments
            to_mean = facts.minor * of_category / max(1, state.spent[f"category:{facts.category}"])
    payee = state.known.get(f"payee:{facts.payee}", 0) if facts.payee else 0
    new_device = facts.device and f"device:{facts.device}" not in state.known
    return (
        share,
        to_mean,
        float(of_category),
        float(bool(facts.payee) and payee == 0),
        float(payee),
        float(bool(new_device)),
    )
