"""A payment in conversation, with each kind of fault of the plan at every call of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.faults import Fault
from infra.faults.plan import ClockStep, PlanError, read_plan
from tests.integration.faults.outcomes import (
    BEGIN,
    DOCS,
    STORIES,
    Talk,
    after_a_clock_step,
    first_morning,
    fresh_bank,
    outcomes,
)
from tests.integration.faults.talking_bank import TalkingBank, without_waiting

PAYMENT = STORIES[0]
AWAY = next(one for one in read_plan().faults if one.named == "down")


@pytest.fixture(scope="module")
def bank() -> Iterator[TalkingBank]:
    logging.disable(logging.CRITICAL)
    with without_waiting():
        yield fresh_bank()
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("fault", [Fault.TIMEOUT_AFTER, Fault.CRASH_AFTER])
def test_the_ledger_fails_at_any_call_and_the_payment_is_made_once(
    bank: TalkingBank, fault: Fault
) -> None:
    planned = AWAY.model_copy(update={"fault": fault, "all_calls": False})
    met = outcomes(PAYMENT, planned, bank)
    assert sum(met.values()) >= 8
    if fault is Fault.TIMEOUT_AFTER:
        # Its client asks again, and the transaction knows that it was made.
        assert set(met) == {"as ever"}


def test_the_fraud_endpoint_is_away_and_the_payment_goes_on(bank: TalkingBank) -> None:
    planned = AWAY.model_copy(update={"dependency": "sagemaker-runtime"})
    assert set(outcomes(PAYMENT, planned, bank)) == {"as ever"}


def test_a_payment_that_does_not_end_right_is_a_break(bank: TalkingBank) -> None:
    talk = Talk(first_morning(bank), PAYMENT)
    always = talk.bank
    with (
        always.failing("dynamodb", lambda _at, _operation: Fault.THROTTLED),
        pytest.raises(Exception, match=r"not done|Throttling|busy"),
    ):
        talk.tell(0, "secretsmanager", lambda *_: None)


def test_the_plan_names_every_service_of_a_turn_and_the_docs_have_its_table() -> None:
    plan = read_plan()
    services = {one.dependency for one in plan.faults}
    assert services == {"dynamodb", "secretsmanager", "sagemaker-runtime"}
    table = DOCS.read_text().partition(BEGIN)[2]
    for one in plan.faults:
        assert f"| {one.dependency} | {one.named} |" in table
    for step in plan.clock:
        assert f"| the clock | {step.named} |" in table
    for other in plan.machine:
        assert f"| {other.part} | {other.named} |" in table


@pytest.mark.parametrize("stepped", read_plan().clock, ids=lambda one: one.named)
def test_the_clock_steps_by_an_hour_and_the_payment_is_made_once(
    bank: TalkingBank, stepped: ClockStep
) -> None:
    assert after_a_clock_step(PAYMENT, stepped, bank).total() == 2


def test_a_plan_that_is_none_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "plan.yaml"
    wrong.write_text("faults: [{dependency: dynamodb, named: odd, fault: explodes}]")
    with pytest.raises(PlanError, match=r"plan\.yaml: faults\.0\.fault"):
        read_plan(wrong)
    wrong.write_text("faults: [")
    with pytest.raises(PlanError, match="is not YAML"):
        read_plan(wrong)
