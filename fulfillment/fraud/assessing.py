"""Judge a payment before its money moves: features, score, rules and policy to one assessment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from fulfillment.bank.payments import PaymentKind
from fulfillment.fraud.facts import PaymentFacts
from fulfillment.fraud.features.state import EntityState
from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS, feature_vector
from fulfillment.fraud.model.artefact import Model
from fulfillment.fraud.model.causes import Cause, causes
from fulfillment.fraud.model.contributions import Contributions, Explainer
from fulfillment.fraud.policy.deciding import decide
from fulfillment.fraud.policy.model import Decision, Policy
from fulfillment.fraud.policy.reasons import Reason
from fulfillment.fraud.scoring.chain import JudgedBy, Score


class Scores(Protocol):
    """What `Scorer` is to an assessor. `copy` is the model in the function, if there is one."""

    copy: Model | None

    def score(self, row: list[float]) -> Score: ...


@dataclass(frozen=True, slots=True)
class EntityStates:
    """What was known of both who are in a payment, before it."""

    customer: EntityState
    counterparty: EntityState


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was decided about a payment, by whom, and why.

    `reasons` led to the decision, `besides` would have led to a milder one or were answered by a
    step-up: for the customer their `plain` words, for the analyst their `full` ones together with
    `causes` (what raised the score, at most three). `features` are kept for the record: with them
    the same model gives the same score at any time.
    """

    payment_id: str
    decision: Decision
    reasons: tuple[Reason, ...]
    besides: tuple[Reason, ...]
    causes: tuple[Cause, ...]
    contributions: Contributions | None
    score: float | None
    judged_by: JudgedBy
    model_version: str | None
    fault: str | None
    expected_loss: int | None
    policy_version: int
    policy_digest: str
    features: tuple[float, ...]


class Assessor:
    """Judges payments by one scorer and the policy as it stands."""

    def __init__(self, scorer: Scores, policy: Callable[[], Policy]) -> None:
        self._scorer = scorer
        self._policy = policy

    @cached_property
    def _explainer(self) -> Explainer | None:
        copy = self._scorer.copy
        return Explainer(copy.forest) if copy else None

    def judges(self, kind: PaymentKind) -> bool:
        """Whether payments of this kind are judged at all."""
        return kind in self._policy().scope.payments

    def assess(self, facts: PaymentFacts, states: EntityStates, identity_level: int) -> Assessment:
        """The assessment of a payment that is not in `states` yet. Never raises for a fault of the
        endpoint: `judged_by` says who judged instead.

        `identity_level`: 0 anonymous, 1 known, 2 verified, 3 stepped up for this very payment.
        """
        copy = self._scorer.copy
        maturity = copy.maturity if copy else LABEL_MATURITY_DAYS
        row = feature_vector(facts, states.customer, states.counterparty, maturity)
        score = self._scorer.score(row)
        ruling = decide(self._policy(), facts, row, score.probability, identity_level)
        contributions = self._explain(row) if ruling.decision is not Decision.ALLOW else None
        return Assessment(
            facts.payment_id,
            ruling.decision,
            ruling.reasons,
            ruling.besides,
            self._causes(row, contributions),
            contributions,
            score.probability,
            score.judged_by,
            score.model_version,
            score.fault,
            ruling.expected_loss,
            ruling.policy_version,
            ruling.policy_digest,
            tuple(row),
        )

    def again(self, facts: PaymentFacts, before: Assessment, identity_level: int) -> Assessment:
        """The same score, ruled on at another level of identity."""
        row = list(before.features)
        ruling = decide(self._policy(), facts, row, before.score, identity_level)
        return replace(
            before, decision=ruling.decision, reasons=ruling.reasons, besides=ruling.besides
        )

    def _causes(self, row: list[float], found: Contributions | None) -> tuple[Cause, ...]:
        return causes(row, found, currency=self._policy().currency) if found else ()

    def _explain(self, row: list[float]) -> Contributions | None:
        return self._explainer.explain(row) if self._explainer else None
