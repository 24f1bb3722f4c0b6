"""States in the table: one read and one write a payment, once each, in whatever order they come."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.fraud.assessing import Assessment, Assessor
from fulfillment.fraud.facts import DAY_S, PaymentFacts, Verdict
from fulfillment.fraud.features.state import EntityState, note_payment
from fulfillment.fraud.features.vector import feature_vector
from fulfillment.fraud.model.artefact import read_model, write_model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.remembering import FraudMemory, Recorded
from fulfillment.fraud.scoring.chain import Scorer
from fulfillment.store.errors import BooksBusyError, BooksUnreachableError
from models.fraud.replay import World
from tests.integration.store.calls import (
    CountingClient,
    answer_lost,
    conflict,
    does_it,
    request_lost,
)
from tests.unit.fraud.payments import history, payment
from tests.unit.fraud.test_model import model_parts

ASSESSOR = Assessor(Scorer(None, read_model(write_model(model_parts()))), shipped_policy)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def take(memory: FraudMemory, facts: PaymentFacts) -> tuple[Assessment, Recorded]:
    """The whole way of one payment."""
    known = memory.read(facts)
    assessment = ASSESSOR.assess(facts, known.states, 2)
    return assessment, memory.record(facts, assessment, known)


def features(memory: FraudMemory, facts: PaymentFacts) -> list[float]:
    states = memory.read(facts).states
    return feature_vector(facts, states.customer, states.counterparty)


def test_a_payment_costs_one_read_and_one_transactional_write(
    memory: FraudMemory, calls: CountingClient
) -> None:
    take(memory, payment(1))
    assert calls.made == {"batch_get_item": 1, "transact_write_items": 1}


def test_the_table_gives_the_features_that_a_replay_gives(memory: FraudMemory) -> None:
    world = World()
    for facts, fraud in history(5, days=30, a_day=1):
        assert list(take(memory, facts)[0].features) == world.features(facts)
        world.note(facts)
        if fraud:
            world.expect(facts, Verdict.FRAUD, facts.at)
            memory.learn(facts.payment_id, Verdict.FRAUD, "analyst", LATER)


def test_a_payment_that_is_delivered_again_counts_once_and_gets_the_first_answer(
    memory: FraudMemory,
) -> None:
    first, recorded = take(memory, payment(1))
    assert (recorded.replayed, recorded.decision) == (False, first.decision)
    before = features(memory, payment(2))
    _, again = take(memory, payment(1))
    reasons = tuple(reason.code for reason in first.reasons)
    assert again == Recorded(first.decision, first.score, first.judged_by, True, reasons)
    assert features(memory, payment(2)) == before


def test_order_does_not_matter_to_what_is_remembered(memory: FraudMemory) -> None:
    payments = [facts for facts, _ in history(6, days=65, a_day=1)]
    customer, counterparty = EntityState(), EntityState()
    probe = payment(at=payments[-1].at + 3600)
    for facts in payments:
        if facts.customer == probe.customer:
            note_payment(facts, customer, EntityState())
        if facts.counterparty == probe.counterparty:
            counterparty.note(facts.at, facts.minor)
    for facts in random.Random(1).sample(payments, len(payments)):
        take(memory, facts)
    assert features(memory, probe) == feature_vector(probe, customer, counterparty)


def test_old_days_are_taken_away_by_later_payments(memory: FraudMemory) -> None:
    take(memory, payment(1))
    take(memory, payment(2, at=payment().at + 90 * DAY_S))
    known = memory.read(payment())
    assert not any(name.endswith(str(payment().day)) for name in known.customer)
    assert known.customer["pn"] == 2


def test_a_verdict_reaches_both_states_and_saying_it_again_changes_nothing(
    memory: FraudMemory,
) -> None:
    take(memory, payment(1))
    for _ in range(2):
        assert memory.learn("p1", Verdict.FRAUD, "analyst", LATER)
    known = memory.read(payment())
    for counters in (known.customer, known.counterparty):
        assert counters[f"f{payment().day}"] == 1


def test_a_verdict_that_is_changed_takes_the_first_back(memory: FraudMemory) -> None:
    take(memory, payment(1))
    memory.learn("p1", Verdict.FRAUD, "analyst", LATER)
    memory.learn("p1", Verdict.GENUINE, "customer", LATER)
    known = memory.read(payment())
    assert known.counterparty[f"f{payment().day}"] == 0
    assert known.counterparty[f"g{payment().day}"] == 1


def test_the_last_verdict_counts_in_whatever_order_the_stream_brings_them(
    memory: FraudMemory,
) -> None:
    take(memory, payment(1))
    soon_after = LATER + timedelta(microseconds=1)
    assert memory.learn("p1", Verdict.GENUINE, "analyst", soon_after)
    assert memory.learn("p1", Verdict.FRAUD, "customer", LATER)
    known = memory.read(payment())
    assert known.counterparty[f"g{payment().day}"] == 1
    assert known.counterparty.get(f"f{payment().day}", 0) == 0


def test_a_verdict_that_was_said_again_is_not_taken_back_by_one_from_in_between(
    memory: FraudMemory,
) -> None:
    take(memory, payment(1))
    for verdict, after_s in ((Verdict.FRAUD, 0), (Verdict.FRAUD, 2), (Verdict.GENUINE, 1)):
        assert memory.learn("p1", verdict, "analyst", LATER + timedelta(seconds=after_s))
    assert memory.read(payment()).counterparty[f"f{payment().day}"] == 1


def test_a_verdict_on_a_payment_that_nobody_scored_is_told_so(memory: FraudMemory) -> None:
    assert not memory.learn("nobody", Verdict.FRAUD, "analyst", LATER)


def test_a_payment_that_another_one_overtook_is_counted_from_what_is_there_now(
    memory: FraudMemory,
) -> None:
    earlier, later = payment(1), payment(2, at=payment().at + 60)
    stale = memory.read(earlier)
    take(memory, later)
    memory.record(earlier, ASSESSOR.assess(earlier, stale.states, 2), stale)
    known = memory.read(earlier)
    assert known.customer["pn"] == 2
    assert known.customer["lt"] == later.at


def test_an_answer_that_was_lost_is_looked_up_and_not_counted_twice(
    memory: FraudMemory, calls: CountingClient
) -> None:
    calls.plan("transact_write_items", answer_lost)
    assessment, recorded = take(memory, payment(1))
    assert recorded.decision == assessment.decision
    assert memory.read(payment()).customer["pn"] == 1


def test_a_request_that_never_arrived_is_an_error_and_can_be_sent_again(
    memory: FraudMemory, calls: CountingClient
) -> None:
    calls.plan("transact_write_items", request_lost)
    with pytest.raises(BooksUnreachableError):
        take(memory, payment(1))
    take(memory, payment(1))
    assert memory.read(payment()).customer["pn"] == 1


def test_a_conflict_with_another_write_is_waited_out_but_not_for_ever(
    memory: FraudMemory, calls: CountingClient
) -> None:
    calls.plan("transact_write_items", conflict, does_it)
    take(memory, payment(1))
    calls.plan("transact_write_items", *[conflict] * 5)
    with pytest.raises(BooksBusyError):
        take(memory, payment(2))


def test_keys_that_a_busy_table_left_out_are_asked_for_again(
    memory: FraudMemory, calls: CountingClient
) -> None:
    take(memory, payment(1))

    def half(real: object, request: dict[str, object]) -> dict[str, object]:
        answer = dict(real(**request))  # type: ignore[operator]
        [(table, asked)] = request["RequestItems"].items()  # type: ignore[attr-defined]
        answer["Responses"] = {table: []}
        answer["UnprocessedKeys"] = {table: asked}
        return answer

    calls.plan("batch_get_item", half)  # type: ignore[arg-type]
    assert memory.read(payment()).customer["pn"] == 1


def test_who_gets_the_money_is_not_readable_in_a_key(
    memory: FraudMemory, calls: CountingClient
) -> None:
    take(memory, payment(1, counterparty="Kutch, Hermiston and Farrell"))
    assert "Kutch" not in str(calls.requests)
