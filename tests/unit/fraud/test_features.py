"""A feature means one thing: in training, in serving, and counted by hand from raw payments."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

import pytest

from fulfillment.fraud.facts import DAY_S, PaymentFacts, Verdict
from fulfillment.fraud.features.counters import (
    Change,
    counters_of,
    payment_change,
    state_of,
    verdict_change,
)
from fulfillment.fraud.features.state import EntityState, as_json, from_json, note_payment
from fulfillment.fraud.features.vector import FEATURES, feature_vector
from models.fraud.replay import World, replay
from tests.unit.fraud.payments import FIRST_AT, history, payment
from tests.unit.fraud.plain_features import Told, plain_features

PROTECTED = {"gender", "dob", "age", "job", "profile", "duration", "fraud_scenario", "marital"}


def apply(counters: dict[str, int], change: Change) -> None:
    """What DynamoDB does with a change."""
    for name, amount in change.add.items():
        counters[name] = counters.get(name, 0) + amount
    if change.last_at is not None:
        counters["lt"] = change.last_at
    for name in change.forget:
        counters.pop(name, None)


class Online:
    """The counters of the table, changed payment by payment as the store does it."""

    def __init__(self) -> None:
        self.customers: dict[str, dict[str, int]] = {}
        self.counterparties: dict[str, dict[str, int]] = {}

    def score(self, facts: PaymentFacts, maturity: int) -> list[float]:
        mine = self.customers.setdefault(facts.customer, {})
        theirs = self.counterparties.setdefault(facts.counterparty, {})
        row = feature_vector(facts, state_of(mine), state_of(theirs), maturity)
        apply(mine, payment_change(facts, mine, of_customer=True))
        apply(theirs, payment_change(facts, theirs, of_customer=False))
        return row

    def learn(self, facts: PaymentFacts) -> None:
        change = verdict_change(facts.day, Verdict.FRAUD, None)
        assert change is not None
        apply(self.customers[facts.customer], change)
        apply(self.counterparties[facts.counterparty], change)


@pytest.mark.parametrize(("seed", "maturity"), [(1, 7), (2, 7), (3, 21), (4, 0)])
def test_replay_serving_and_a_count_by_hand_give_the_same_features(
    seed: int, maturity: int
) -> None:
    lived = history(seed)
    replayed = list(replay(World(maturity), lived, lambda _: True, maturity * DAY_S))
    online, waiting = Online(), list[PaymentFacts]()
    for number, (facts, fraud) in enumerate(lived):
        for one in [w for w in waiting if w.at + maturity * DAY_S <= facts.at]:
            online.learn(one)
            waiting.remove(one)
        served = online.score(facts, maturity)
        told = [
            Told(past, Verdict.FRAUD)
            for past, was_fraud in lived[:number]
            if was_fraud and past.at + maturity * DAY_S <= facts.at
        ]
        by_hand = plain_features(facts, [past for past, _ in lived[:number]], told, maturity)
        assert list(by_hand) == list(FEATURES)
        assert served == replayed[number]
        assert served == pytest.approx([float(v) for v in by_hand.values()], rel=1e-9, abs=1e-9)
        if fraud:
            waiting.append(facts)


def states_after(events: Sequence[tuple[PaymentFacts, bool]]) -> World:
    """The states when each payment and each verdict has arrived, in the order given."""
    world = World()
    for facts, is_verdict in events:
        customer, counterparty = world.look(facts)
        if is_verdict:
            customer.learn(facts.day, Verdict.FRAUD)
            counterparty.learn(facts.day, Verdict.FRAUD)
        else:
            note_payment(facts, customer, counterparty)
    return world


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_payments_and_verdicts_arrive_does_not_matter(seed: int) -> None:
    lived = history(seed, days=130, a_day=2)
    events = [(facts, False) for facts, _ in lived]
    events += [(facts, True) for facts, fraud in lived if fraud]
    shuffled = random.Random(seed).sample(events, len(events))
    first, second = states_after(events), states_after(shuffled)
    probe = payment(at=FIRST_AT + 130 * DAY_S)
    assert first.features(probe) == second.features(probe)
    for name, state in first.customers.items():
        kept = counters_of(state_of(counters_of(second.customers[name])))
        assert counters_of(state_of(counters_of(state))) == kept


def test_a_verdict_that_is_taken_back_leaves_no_trace() -> None:
    counters = dict(counters_of(state_after_one()))
    before = dict(counters)
    change = verdict_change(payment().day, Verdict.FRAUD, None)
    assert change is not None
    apply(counters, change)
    back = verdict_change(payment().day, Verdict.GENUINE, Verdict.FRAUD)
    assert back is not None
    apply(counters, back)
    assert state_of(counters).days[payment().day][3] == 0
    assert state_of(counters).days[payment().day][4] == 1
    assert {k: v for k, v in counters.items() if k[0] not in "fg"} == before


def state_after_one() -> EntityState:
    customer, counterparty = EntityState(), EntityState()
    note_payment(payment(), customer, counterparty)
    return customer


def test_a_verdict_said_twice_changes_nothing() -> None:
    assert verdict_change(1, Verdict.GENUINE, Verdict.GENUINE) is None


def test_a_payment_from_long_ago_counts_in_nothing_that_has_passed() -> None:
    customer = EntityState()
    now = payment(1)
    note_payment(now, customer, EntityState())
    note_payment(payment(2, at=now.at - 100 * DAY_S), customer, EntityState())
    assert list(customer.days) == [now.day]
    assert customer.last_at == now.at
    assert customer.payments == 2


def test_an_early_verdict_counts_at_once_and_one_that_nobody_gave_does_not() -> None:
    """Of ten payments today, two are known as fraud and one as genuine: two thirds, not a fifth."""
    world = World()
    for number in range(10):
        world.note(payment(number))
    _, grocer = world.look(payment())
    for verdict in (Verdict.FRAUD, Verdict.FRAUD, Verdict.GENUINE):
        grocer.learn(payment().day, verdict)
    row = dict(zip(FEATURES, world.features(payment(11, at=payment().at + 3600)), strict=True))
    assert row["counterparty_risk_7d"] == pytest.approx(2 / 3)
    assert row["counterparty_known_30d"] == 3


def test_a_new_payee_and_a_new_device_are_new_once() -> None:
    world = World()
    facts = payment(payee="b9", device="phone")
    first = dict(zip(FEATURES, world.features(facts), strict=True))
    world.note(facts)
    second = dict(zip(FEATURES, world.features(facts), strict=True))
    assert (first["new_payee"], first["new_device"]) == (1, 1)
    assert (second["new_payee"], second["payee_count"], second["new_device"]) == (0, 1, 0)


def test_a_state_comes_back_from_json_as_it_was() -> None:
    world = World()
    for facts, _ in history(9, days=10):
        world.note(facts)
    for state in (*world.customers.values(), *world.counterparties.values()):
        assert from_json(json.loads(json.dumps(as_json(state)))) == state


def test_nothing_protected_and_no_answer_is_a_feature() -> None:
    words = {word for name in FEATURES for word in (name, *name.split("_"))}
    assert words & PROTECTED == set()
    assert len(set(FEATURES)) == len(FEATURES)
