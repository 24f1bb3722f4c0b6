"""From a score, the rules, the amount and the identity to one decision, with every reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fulfillment.bank.money import in_figures
from fulfillment.fraud.facts import PaymentFacts
from fulfillment.fraud.policy.model import Decision, Policy
from fulfillment.fraud.policy.reasons import Reason, ReasonCode
from fulfillment.fraud.policy.rules import Seen, broken_rules


@dataclass(frozen=True, slots=True)
class Ruling:
    """`reasons` are those that ask for the decision taken, the others follow in `besides`.

    `expected_loss` is score times amount in minor units, None without a score.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    besides: tuple[Reason, ...]
    expected_loss: int | None
    policy_version: int
    policy_digest: str


def decide(
    policy: Policy,
    facts: PaymentFacts,
    row: Sequence[float],
    score: float | None,
    identity_level: int,
) -> Ruling:
    """What happens to a payment. `score` is None when no model could judge it.

    A step-up for this very payment answers a challenge; it answers neither a hold nor a block.
    """
    said = [
        *_by_identity(policy, identity_level),
        *_by_score(policy, facts, score),
        *(
            (rule.does, reason)
            for rule, reason in broken_rules(policy, Seen(facts, row, policy.currency))
        ),
    ]
    standing = [one for one in said if not _waived(policy, *one, facts, identity_level)]
    decision = max((does for does, _ in standing), key=_hardness, default=Decision.ALLOW)
    reasons = tuple(reason for does, reason in standing if does is decision)
    return Ruling(
        decision,
        reasons,
        tuple(reason for _, reason in said if reason not in reasons),
        None if score is None else round(score * facts.minor),
        policy.version,
        policy.digest,
    )


def _hardness(decision: Decision) -> int:
    return decision.hardness


def _by_identity(policy: Policy, level: int) -> list[tuple[Decision, Reason]]:
    if level >= policy.identity.least_to_pay:
        return []
    return [(Decision.CHALLENGE, Reason(ReasonCode.IDENTITY, f"identity level {level}"))]


def _by_score(
    policy: Policy, facts: PaymentFacts, score: float | None
) -> list[tuple[Decision, Reason]]:
    if score is None:
        # Without a model a small payment passes on the rules alone, a larger one is stepped up.
        return [(Decision.CHALLENGE, Reason(ReasonCode.NO_MODEL, "judged by rules alone"))]
    said: list[tuple[Decision, Reason]] = []
    bands, losses = policy.bands, policy.expected_loss
    for decision in (Decision.BLOCK, Decision.HOLD, Decision.CHALLENGE):
        band = getattr(bands, decision)
        if score >= band:
            said.append((decision, Reason(ReasonCode.SCORE, f"the score is not below {band:g}")))
            break
    loss = score * facts.minor
    for decision in (Decision.HOLD, Decision.CHALLENGE):
        if loss >= getattr(losses, decision):
            full = f"expected loss {in_figures(loss, policy.currency)}"
            said.append((decision, Reason(ReasonCode.EXPECTED_LOSS, full)))
            break
    return said


def _waived(
    policy: Policy, decision: Decision, reason: Reason, facts: PaymentFacts, level: int
) -> bool:
    if decision is Decision.BLOCK or reason.code is ReasonCode.IDENTITY:
        return False
    if facts.minor < policy.small.amount:
        return True
    return decision is Decision.CHALLENGE and level >= policy.identity.challenge_satisfied_at
