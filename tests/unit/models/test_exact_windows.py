"""Windows exact to the second, beside a count by hand: the yardstick of the counters by day."""

from __future__ import annotations

import pytest

from fulfillment.fraud.facts import DAY_S, HOUR_S, PaymentFacts
from fulfillment.fraud.features.vector import FEATURES
from models.fraud.exact import ExactWorld
from models.fraud.replay import World, replay
from tests.unit.fraud.payments import history, payment

_ROUNDING = 1 / DAY_S
"""The open end of a window weighs this much of one payment."""


def named(row: list[float]) -> dict[str, float]:
    return dict(zip(FEATURES, row, strict=True))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_window_of_days_is_the_last_days_to_the_second(seed: int) -> None:
    lived = history(seed)
    rows = replay(ExactWorld(), lived, lambda _: True)
    for number, ((facts, _), row) in enumerate(zip(lived, rows, strict=True)):
        before = [one for one, _ in lived[:number]]
        told = named(row)
        mine = [one for one in before if one.customer == facts.customer]
        theirs = [one for one in before if one.counterparty == facts.counterparty]
        for days in (1, 7, 30):
            counted = told[f"customer_count_{days}d"]
            assert counted == pytest.approx(within(mine, facts, days * DAY_S), abs=0.01)
        assert told["counterparty_count_30d"] == pytest.approx(
            within(theirs, facts, 30 * DAY_S), abs=0.01
        )
        assert told["customer_count_2h"] == within(mine, facts, 2 * HOUR_S)
        frauds = [
            one
            for one, fraud in lived[:number]
            if fraud and one.counterparty == facts.counterparty and one.at + 7 * DAY_S <= facts.at
        ]
        assert told["counterparty_frauds_7d"] == pytest.approx(
            within(frauds, facts, 14 * DAY_S), abs=0.01
        )


def within(payments: list[PaymentFacts], facts: PaymentFacts, span_s: int) -> int:
    return sum(1 for one in payments if facts.at - one.at < span_s)


def test_a_payment_of_25_hours_ago_is_in_no_day_that_is_exact_and_in_one_by_the_calendar() -> None:
    noon = payment().at // DAY_S * DAY_S + 12 * HOUR_S
    exact, by_day = ExactWorld(), World()
    for world in (exact, by_day):
        world.note(payment(1, at=noon - 25 * HOUR_S))
    now = payment(2, at=noon)
    assert named(exact.features(now))["customer_count_1d"] == pytest.approx(0, abs=2 * _ROUNDING)
    assert named(by_day.features(now))["customer_count_1d"] == pytest.approx(0.5)


def test_what_does_not_look_through_a_window_is_the_same_in_both() -> None:
    lived = history(3)
    exact = replay(ExactWorld(), lived, lambda _: True)
    by_day = replay(World(), lived, lambda _: True)
    alike = (
        "amount", "hour", "weekend", "night", "hours_since_last", "customer_payments",
        "category_share", "amount_to_category_mean", "new_payee", "payee_count", "new_device",
    )  # fmt: skip
    for one, other in zip(exact, by_day, strict=True):
        assert [named(one)[name] for name in alike] == [named(other)[name] for name in alike]
