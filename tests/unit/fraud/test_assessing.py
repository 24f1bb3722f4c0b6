"""Who judges when, and the assessment of a payment from its facts to its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError

from fulfillment.fraud.assessing import Assessor, EntityStates
from fulfillment.fraud.facts import DAY_S
from fulfillment.fraud.features.state import EntityState, note_payment
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import Model, read_model, write_model
from fulfillment.fraud.policy.model import Decision, shipped_policy
from fulfillment.fraud.scoring.chain import JudgedBy, Scorer
from fulfillment.fraud.scoring.circuit import Circuit
from fulfillment.fraud.scoring.endpoint import Endpoint, EndpointError
from tests.unit.fraud.payments import payment
from tests.unit.fraud.test_model import model_parts

NOON = 20_000 * DAY_S + 12 * 3600
STEEP = {
    "feature": [0], "threshold": [50_000.0], "left": [-1], "right": [-2], "value": [-5.0, 2.0],
    "split_cover": [100], "leaf_cover": [95, 5],
}  # fmt: skip


class FakeClient:
    """SageMaker Runtime as told: an answer's bytes, or an error to raise."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def invoke_endpoint(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return {"Body": Body(answer)}


class Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self) -> bytes:
        return self._content


SAID = b'{"predictions": [{"score": 0.25}], "model": {"version": "7"}}'
AWAY = ConnectTimeoutError(endpoint_url="http://127.0.0.1:1")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def endpoint(client: FakeClient, circuit: Circuit | None = None) -> Endpoint:
    return Endpoint(client, circuit=circuit, budget_s=30.0)


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model(write_model(model_parts(trees=[STEEP])))


def states() -> EntityStates:
    return EntityStates(EntityState(), EntityState())


def test_the_endpoint_judges_when_it_answers(model: Model) -> None:
    client = FakeClient(SAID)
    told = Scorer(endpoint(client), model).score([0.0] * len(FEATURES))
    assert (told.probability, told.judged_by, told.model_version) == (0.25, JudgedBy.ENDPOINT, "7")
    assert told.fault is None
    assert client.asked[0]["EndpointName"] == "teller-fraud"


@pytest.mark.parametrize(
    "answer",
    [
        AWAY,
        b"",
        b"{}",
        b'{"predictions": [], "model": {"version": "7"}}',
        b'{"predictions": [{"score": 1.5}], "model": {"version": "7"}}',
        b'{"predictions": [{"score": NaN}], "model": {"version": "7"}}',
        b'{"predictions": [{"score": "high"}], "model": {"version": "7"}}',
    ],
)
def test_the_copy_judges_when_it_does_not_and_says_why(
    model: Model, answer: bytes | Exception
) -> None:
    said = list[str]()
    row = [0.0] * len(FEATURES)
    told = Scorer(endpoint(FakeClient(answer)), model, said.append).score(row)
    assert (told.probability, told.judged_by) == (model.probability(row), JudgedBy.COPY)
    assert told.fault == said[0]


def test_the_rules_judge_when_there_is_no_copy_either() -> None:
    told = Scorer(endpoint(FakeClient(AWAY)), None).score([0.0] * len(FEATURES))
    assert (told.probability, told.judged_by) == (None, JudgedBy.RULES)


def test_an_endpoint_that_takes_longer_than_its_budget_is_not_waited_for(model: Model) -> None:
    import threading

    done = threading.Event()

    class Slow(FakeClient):
        def invoke_endpoint(self, **request: Any) -> dict[str, Any]:
            done.wait(30)
            return super().invoke_endpoint(**request)

    slow = Endpoint(Slow(SAID), budget_s=0.01)
    told = Scorer(slow, model).score([0.0] * len(FEATURES))
    done.set()
    slow.close()
    assert told.judged_by is JudgedBy.COPY
    assert told.fault == "the endpoint took longer than its budget"


def scores(endpoint: Endpoint, times: int) -> list[bool]:
    """Whether each of some calls got an answer."""
    got = []
    for _ in range(times):
        try:
            endpoint.score([0.0])
        except EndpointError:
            got.append(False)
        else:
            got.append(True)
    return got


def test_after_failures_in_a_row_the_endpoint_is_left_alone_and_tried_again_later() -> None:
    clock = Clock()
    client = FakeClient(*[AWAY] * 3, SAID)
    watched = endpoint(client, Circuit(failures=3, recovery_s=10, clock=clock))
    assert scores(watched, 5) == [False] * 5
    assert len(client.asked) == 3
    clock.now = 9.9
    assert scores(watched, 1) == [False]
    clock.now = 10.0
    assert scores(watched, 2) == [True, True]
    assert len(client.asked) == 5


def test_while_one_tries_for_all_the_others_are_told_no_and_a_failed_try_shuts_it_again() -> None:
    clock = Clock()
    circuit = Circuit(failures=1, recovery_s=10, clock=clock)
    circuit.failed()
    clock.now = 10.0
    assert [circuit.may_call(), circuit.may_call()] == [True, False]
    circuit.failed()
    clock.now = 19.9
    assert not circuit.may_call()
    clock.now = 20.0
    assert circuit.may_call()
    circuit.succeeded()
    assert [circuit.may_call(), circuit.may_call()] == [True, True]


def test_one_success_forgives_earlier_failures() -> None:
    circuit = Circuit(failures=2, clock=Clock())
    for _ in range(3):
        circuit.failed()
        circuit.succeeded()
    assert circuit.may_call()


def assessor(model: Model | None, answer: bytes | Exception = AWAY) -> Assessor:
    return Assessor(Scorer(endpoint(FakeClient(answer)), model), shipped_policy)


def test_an_ordinary_payment_is_allowed_and_explains_nothing(model: Model) -> None:
    told = assessor(model).assess(payment(at=NOON), states(), 2)
    assert (told.decision, told.causes, told.contributions) == (Decision.ALLOW, (), None)
    assert told.score == model.probability(list(told.features))


def test_a_payment_that_is_stopped_says_why_in_both_languages_of_meaning(model: Model) -> None:
    known = states()
    for number in range(5):
        note_payment(payment(number, at=NOON - DAY_S), known.customer, known.counterparty)
    told = assessor(model).assess(payment(9, at=NOON, minor=60_000), known, 2)
    assert told.decision is Decision.HOLD
    assert told.judged_by is JudgedBy.COPY
    assert [reason.code for reason in told.reasons] == ["score", "expected_loss"]
    assert all(reason.plain != reason.full for reason in told.reasons)
    assert [cause.code for cause in told.causes] == ["amount"]
    assert told.causes[0].full == "the amount by itself"
    assert told.contributions is not None
    assert told.contributions.base + sum(told.contributions.by_feature) == pytest.approx(2.0)


def test_nothing_but_who_judged_changes_when_the_endpoint_goes_away(model: Model) -> None:
    facts = payment(at=NOON, minor=60_000)
    score = model.probability([float(facts.minor)] + [0.0] * (len(FEATURES) - 1))
    said = b'{"predictions": [{"score": %r}], "model": {"version": "1"}}' % score
    up = assessor(model, said).assess(facts, states(), 2)
    down = assessor(model, AWAY).assess(facts, states(), 2)
    assert (up.judged_by, down.judged_by) == (JudgedBy.ENDPOINT, JudgedBy.COPY)

    def rest(told: Any) -> Sequence[Any]:
        return [told.decision, told.reasons, told.causes, told.score, told.model_version]

    assert rest(up) == rest(down)


def test_without_any_model_the_rules_still_stop_what_they_know(model: Model) -> None:
    told = assessor(None).assess(payment(at=NOON, minor=60_000, payee="new"), states(), 2)
    assert (told.judged_by, told.score, told.contributions) == (JudgedBy.RULES, None, None)
    assert told.decision is Decision.CHALLENGE
    assert {reason.code for reason in told.reasons} >= {"no_model", "new_payee"}
