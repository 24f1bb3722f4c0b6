"""The models that are served: which endpoints there are, from when they are slow."""

from __future__ import annotations

from dataclasses import dataclass

VARIANT = "champion"
INSTANCE = "ml.c7g.large"
SLOW_US = 100_000
"""Microseconds; who asks gives up after 250,000 (`fulfillment.fraud.scoring.endpoint`)."""


@dataclass(frozen=True, slots=True)
class Served:
    """An endpoint and its model, whose archive lies under `models/` and its name in the models' bucket.

    Where a stage is kept, at least `least` instances stand and at most `most`; another has one, or
    two.
    """

    prefix: str
    endpoint: str
    role: str
    least: int
    most: int


SERVED = (
    # In two zones: payments wait for it.
    Served("Fraud", "teller-fraud", "FraudModelRole", least=2, most=20),
    # No money waits for it: while its one instance is replaced, answers say less.
    Served(
        "Personalization", "teller-personalization", "PersonalizationModelRole", least=1, most=4
    ),
)  # fmt: skip
