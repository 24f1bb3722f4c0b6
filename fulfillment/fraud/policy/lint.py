"""What a reviewer would ask about a policy that is well formed: rules that cannot matter."""

from __future__ import annotations

from collections.abc import Iterator

from fulfillment.fraud.policy.model import Decision, Policy


def lint_policy(policy: Policy) -> list[str]:
    """One sentence for each oddity; an empty list for a policy without any."""
    return [*_costs(policy), *_rules(policy), *_words(policy)]


def _costs(policy: Policy) -> Iterator[str]:
    if policy.expected_loss.hold < policy.costs.review:
        yield ("expected_loss.hold is below costs.review: a look costs more than it can save")
    if policy.identity.challenge_satisfied_at < policy.identity.least_to_pay:
        yield "identity.challenge_satisfied_at is below identity.least_to_pay"


def _rules(policy: Policy) -> Iterator[str]:
    rules = policy.rules
    for name in type(rules).model_fields:
        rule = getattr(rules, name)
        if 0 < rule.amount <= policy.small.amount and rule.does is not Decision.BLOCK:
            yield f"rules.{name}.amount is within small.amount, where the rule does nothing"
    if rules.new_payee_large.amount <= rules.new_payee.amount:
        yield "rules.new_payee_large begins below rules.new_payee: the smaller never applies alone"
    if rules.new_payee_large.does.hardness < rules.new_payee.does.hardness:
        yield "rules.new_payee_large is milder than rules.new_payee"
    if rules.velocity.payments_2h > rules.velocity.payments_24h:
        yield "rules.velocity.payments_2h can never be reached before payments_24h"
    if rules.night.from_hour == rules.night.to_hour:
        yield "rules.night covers no hour"


def _words(policy: Policy) -> Iterator[str]:
    words = policy.rules.scam_words.words
    for word in sorted({word for word in words if words.count(word) > 1}):
        yield f"rules.scam_words names {word!r} twice"
    for word in words:
        if len(word.strip()) < 4:
            yield f"rules.scam_words: {word!r} is so short that innocent memos hold it"
