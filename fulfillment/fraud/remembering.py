"""What the fraud features know, kept in the bank's table: read once, written once a payment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from fulfillment.fraud.assessing import Assessment, EntityStates
from fulfillment.fraud.facts import PaymentFacts, Verdict
from fulfillment.fraud.features.counters import Change, payment_change, state_of, verdict_change
from fulfillment.store import keys
from fulfillment.store.counting import (
    Counters,
    CounterTable,
    StaleTallyError,
    Tally,
    counters_in,
)
from fulfillment.store.errors import BooksBusyError
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item, MutableItem

_ATTEMPTS: Final = 4
_KEPT: Final = timedelta(days=400)
"""How long a score is kept: longer than a cardholder may dispute, and enough to train from."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What stands in the table about a payment; `replayed` when it stood there before."""

    decision: str
    score: float | None
    judged_by: str
    replayed: bool
    reasons: tuple[str, ...] = ()
    """The codes of what led to the decision."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Counters of both who are in a payment, as they were read, and the states that they make.

    `before` is what was decided about this very payment, when it was judged and written before.
    """

    customer: Counters
    counterparty: Counters
    before: Recorded | None = None

    @property
    def states(self) -> EntityStates:
        return EntityStates(state_of(self.customer), state_of(self.counterparty))


@dataclass(frozen=True, slots=True)
class FraudMemory:
    """Reads states, records assessments and learns verdicts."""

    counters: CounterTable

    def read(self, facts: PaymentFacts) -> Memory:
        """What is known before a payment, in one BatchGetItem.

        Raises `BooksUnreachableError`, here and in the others.
        """
        wanted = memory_keys(facts.payment_id, facts.customer, facts.counterparty)
        return memory_of(self.counters.items(wanted))

    def writes(
        self, facts: PaymentFacts, assessment: Assessment, memory: Memory
    ) -> list[TransactWriteItemTypeDef]:
        """What `record` writes, to go with the payment itself in one transaction.

        A condition of it fails when somebody has counted a later payment since `memory` was read.
        """
        return self.counters.writes(_event(facts, assessment), _tallies(facts, memory))

    def refusal(
        self, facts: PaymentFacts, assessment: Assessment
    ) -> list[TransactWriteItemTypeDef]:
        """The record of a payment that is not made: kept, and not counted."""
        return self.counters.writes(_event(facts, assessment))

    def record(self, facts: PaymentFacts, assessment: Assessment, memory: Memory) -> Recorded:
        """Keep an assessment and count the payment, in one TransactWriteItems and once.

        Whoever delivers the same payment again gets what was decided the first time. Raises
        `BooksBusyError` when others wrote to the same counters at every attempt.
        """
        event = _event(facts, assessment)
        for _ in range(_ATTEMPTS):
            try:
                before = self.counters.record(event, _tallies(facts, memory))
            except StaleTallyError:
                memory = self.read(facts)
                continue
            return _recorded(before or event, replayed=before is not None)
        raise BooksBusyError("others counted payments of the same people at every attempt")

    def learn(self, payment_id: str, verdict: Verdict, by: str, at: datetime) -> bool:
        """A verdict on a payment arrives (`by` whom), and goes into the features at once.

        The same verdict again changes nothing; a later one takes the first back, in whatever order
        they arrive. False when no such payment was scored. Raises `BooksBusyError` when verdicts
        keep crossing.
        """
        for _ in range(_ATTEMPTS):
            item = self.counters.event(keys.fraud_score(payment_id))
            if item is None:
                return False
            record = Record(item)
            if (keys.exact_instant(at), by) <= _last_word(record):
                return True
            known = record.optional_text("label")
            change = verdict_change(
                record.number("day"), verdict, Verdict(known) if known else None
            )
            named = _label_change(self.counters.table, record, verdict, by, at)
            both = (keys.fraud_customer(record.text("cid")), _stored_key(record))
            tallies = [_tally(key, change) for key in both] if change else []
            if self.counters.amend(named, tallies):
                return True
        raise BooksBusyError("verdicts on the same payment keep crossing")


def memory_keys(payment_id: str, customer: str, counterparty: str) -> list[keys.Key]:
    """What `memory_of` wants the items of, for who reads more in the same call."""
    return [*_keys(customer, counterparty), keys.fraud_score(payment_id)]


def memory_of(items: Sequence[Item]) -> Memory:
    """The memory in the items of `memory_keys`, in their order."""
    customer, counterparty, score = items
    before = _recorded(score, replayed=True) if score else None
    return Memory(counters_in(customer), counters_in(counterparty), before)


def _keys(customer: str, counterparty: str) -> tuple[keys.Key, keys.Key]:
    return keys.fraud_customer(customer), keys.fraud_counterparty(counterparty)


def _tallies(facts: PaymentFacts, memory: Memory) -> list[Tally]:
    customer, counterparty = _keys(facts.customer, facts.counterparty)
    return [
        _tally(customer, payment_change(facts, memory.customer, of_customer=True)),
        _tally(counterparty, payment_change(facts, memory.counterparty, of_customer=False)),
    ]


def _tally(key: keys.Key, change: Change) -> Tally:
    return Tally(key, change.add, change.last_at, change.forget)


def _event(facts: PaymentFacts, assessment: Assessment) -> MutableItem:
    at = datetime.fromtimestamp(facts.at, UTC)
    return encode(
        {
            **keys.fraud_score(facts.payment_id),
            "cid": facts.customer,
            "cp": keys.fraud_counterparty(facts.counterparty)["PK"],
            "day": facts.day,
            "at": facts.at,
            "minor": facts.minor,
            "dec": assessment.decision,
            # As text: DynamoDB's numbers are decimal, and a score must come back as it was.
            "sc": None if assessment.score is None else repr(assessment.score),
            "by": assessment.judged_by,
            "mv": assessment.model_version,
            "pv": f"{assessment.policy_version}/{assessment.policy_digest}",
            "why": ",".join(reason.code for reason in assessment.reasons),
            "row": json.dumps(assessment.features),
            "ttl": int((at + _KEPT).timestamp()),
        }
    )


def _recorded(item: Item, *, replayed: bool) -> Recorded:
    record = Record(item)
    score = record.optional_text("sc")
    why = record.optional_text("why")
    return Recorded(
        record.text("dec"),
        None if score is None else float(score),
        record.text("by"),
        replayed,
        tuple(why.split(",")) if why else (),
    )


def _label_change(
    table: str, score: Record, verdict: Verdict, by: str, at: datetime
) -> TransactWriteItemTypeDef:
    """The score with this verdict, if none came since `score` was read."""
    known_at = score.optional_text("label_at")
    values = {":verdict": verdict, ":by": by, ":at": keys.exact_instant(at)}
    return update(
        table,
        {"PK": score.text("PK"), "SK": score.text("SK")},
        "SET #label = :verdict, label_by = :by, label_at = :at",
        values if known_at is None else {**values, ":known_at": known_at},
        condition="attribute_not_exists(#label)" if known_at is None else "label_at = :known_at",
        names={"#label": "label"},
    )


def _last_word(score: Record) -> tuple[str, str]:
    """When the verdict that is known was given, and by whom: verdicts go in the order of the two,
    which is that of their own items."""
    return score.optional_text("label_at") or "", score.optional_text("label_by") or ""


def _stored_key(record: Record) -> keys.Key:
    return {"PK": record.text("cp"), "SK": "F"}
