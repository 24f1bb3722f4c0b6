"""Invented payments: a few customers, a few counterparties, some fraud, over many days."""

from __future__ import annotations

import random

from fulfillment.fraud.facts import DAY_S, PaymentFacts

FIRST_AT = 1_700_000_000


def payment(number: int = 0, **changes: object) -> PaymentFacts:
    """One ordinary payment, with what the test is about changed."""
    facts: dict[str, object] = {
        "payment_id": f"p{number}",
        "at": FIRST_AT + 40 * DAY_S,
        "customer": "ana",
        "counterparty": "grocer",
        "minor": 4_250,
    }
    return PaymentFacts(**(facts | changes))  # type: ignore[arg-type]


def history(seed: int, days: int = 75, a_day: int = 3) -> list[tuple[PaymentFacts, bool]]:
    """Payments in time order, each with whether it is fraud: one in nine."""
    dice = random.Random(seed)
    times = sorted(FIRST_AT + dice.randrange(days * DAY_S) for _ in range(days * a_day))
    return [
        (
            PaymentFacts(
                f"p{number}",
                at,
                dice.choice(["ana", "ben", "cleo"]),
                dice.choice(["grocer", "cinema", "garage", "landlord"]),
                dice.choice([100, 999, 12_345, 50_000, 7]),
                category=dice.choice(["food", "fun", ""]),
                payee=dice.choice(["", "b1", "b2", "b3"]),
                device=dice.choice(["", "phone", "laptop"]),
                offset_s=dice.choice([-18_000, 0, 3_600]),
            ),
            dice.random() < 0.11,
        )
        for number, at in enumerate(times)
    ]
