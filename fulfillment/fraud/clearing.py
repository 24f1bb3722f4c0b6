"""A payment that was stopped, and then found to be the customer's own, is not stopped once more.

Somebody who was told "please try it once more" must not meet the same wall: for a day, as much or
less to the same counterparty goes through. What stopped it counts, though: an account that collects
for thieves is let off by an analyst alone, since whoever is being cheated says "it was me" too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from fulfillment.bank.analyst_cases import CUSTOMER, Act, DeskCase
from fulfillment.fraud.assessing import Assessment
from fulfillment.fraud.facts import PaymentFacts
from fulfillment.fraud.policy.model import Decision
from fulfillment.fraud.policy.reasons import ReasonCode
from fulfillment.fraud.remembering import FraudMemory
from fulfillment.store import keys
from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.wire import Record

GOOD_FOR: Final = timedelta(days=1)
_STOPS: Final = frozenset({Decision.HOLD, Decision.BLOCK})


def unless_cleared(
    assessment: Assessment, facts: PaymentFacts, memory: FraudMemory, now: datetime
) -> Assessment:
    """The assessment, or its payment allowed when a like one was cleared in the last day.

    Costs a query and a read, for payments that would be stopped alone. Raises what the store does.
    """
    if assessment.decision not in _STOPS:
        return assessment
    counters = memory.counters
    cases = DeskCases(counters.client, counters.table, counters.patience)
    for case in cases.of_customer(facts.customer):
        if _was_cleared(case, now) and _is_like(case, facts, memory):
            besides = (*assessment.reasons, *assessment.besides)
            return replace(assessment, decision=Decision.ALLOW, reasons=(), besides=besides)
    return assessment


def _was_cleared(case: DeskCase, now: datetime) -> bool:
    """Of a payment that was blocked: one that was held went through when it was cleared."""
    return (
        case.ended_how is Act.NOT_FRAUD
        and not case.is_held
        and case.payment_id is not None
        and now - case.opened_at < GOOD_FOR
    )


def _is_like(case: DeskCase, facts: PaymentFacts, memory: FraudMemory) -> bool:
    item = memory.counters.event(keys.fraud_score(case.payment_id or ""))
    if item is None:
        return False
    stopped = Record(item)
    same = stopped.text("cp") == keys.fraud_counterparty(facts.counterparty)["PK"]
    return (
        same
        and facts.minor <= stopped.number("minor")
        and not (is_a_thief_s(stopped) and case.ended_by == CUSTOMER)
    )


def is_a_thief_s(judged: Record) -> bool:
    """Whether confirmed frauds led to what was decided: the customer's word clears no such one."""
    why = judged.optional_text("why") or ""
    return ReasonCode.COUNTERPARTY_CONFIRMED_FRAUD in why.split(",")
