"""The table's stream and its reader: batches are lost, repeated and overtaken by later ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ConnectTimeoutError

from fulfillment.alerts.events import SecurityEvent
from fulfillment.fraud.facts import Verdict
from fulfillment.fraud.remembering import FraudMemory
from fulfillment.handlers.ordered_batch import OrderedBatch
from fulfillment.handlers.stream import owner
from fulfillment.store import keys
from fulfillment.store.bank_messages import told_to
from fulfillment.store.counting import CounterTable
from fulfillment.store.fraud_labels import read_label
from fulfillment.store.security_events import EVENT
from tests.simulation.bank import Bank
from tests.simulation.rules import BrokenError

_MOST = 10


@dataclass
class Reader:
    """Goes through the stream; `topic` is what was published, in the order in which it was."""

    bank: Bank
    calm: bool = False
    topic: list[SecurityEvent] = field(default_factory=list)
    rung: int = 0
    _at: int = 0
    _broken: BrokenError | None = None

    def play(self) -> None:
        """Batch by batch, in order; now and then an old one comes once more, beside a new one."""
        rng, stage = self.bank.rng, self.bank.stage
        for _ in range(70):
            stage.pause(rng.choice([2, 5, 20]))
            if self._at and rng.random() < 0.1:
                old = rng.randrange(self._at)
                stage.start("old batch", lambda old=old: self._deliver(old))  # type: ignore[misc]  # bound now
            batch = stage.start("stream", self._next)
            while not batch.play.dead:
                stage.pause(0.2)

    def all_again(self) -> None:
        """Everything from the first record on, however often it was delivered before."""
        self.calm = True
        for start in range(0, len(self.bank.auditor.stream), _MOST):
            self._deliver(start)

    def _next(self) -> None:
        start = self._at
        self._at = self._deliver(start)

    def _deliver(self, start: int) -> int:
        """One batch; where the next one begins. Killed on the way, it comes again."""
        batch = self.bank.auditor.stream[start : start + _MOST]
        followed = [(n, one) for n, one in enumerate(batch, start) if _is_followed(one)]
        records = [
            {"eventSource": "aws:dynamodb", "dynamodb": {"NewImage": one, "SequenceNumber": str(n)}}
            for n, one in followed
        ]
        if not records:
            return start + len(batch)
        answer, _ = OrderedBatch(self._process, owner).run(records)
        if self._broken is not None:
            raise self._broken
        return first_failure(answer, start + len(batch))

    def _process(self, image: Mapping[str, Any]) -> None:
        try:
            self._tell_or_learn(image)
        except BrokenError as broken:
            self._broken = broken
            raise

    def _tell_or_learn(self, image: Mapping[str, Any]) -> None:
        bank = self.bank
        if not self.calm and bank.rng.random() < 0.1:
            raise ConnectTimeoutError(endpoint_url="topic")
        if EVENT in image:
            self.topic.append(SecurityEvent.model_validate_json(image[EVENT]["S"]))
        elif image["PK"]["S"].startswith(keys.FRAUD_SCORES):
            label, books = read_label(image), bank.books
            table = CounterTable(books.client, books.table, books.patience, bank.new_id)
            FraudMemory(table).learn(label.payment_id, Verdict(label.verdict), label.by, label.at)
        else:
            self.rung += 1


def first_failure(answer: Mapping[str, Any], end: int) -> int:
    """Where Lambda begins again."""
    failed: Sequence[Mapping[str, str]] = answer["batchItemFailures"]
    return min((int(one["itemIdentifier"]) for one in failed), default=end)


def _is_followed(image: Mapping[str, Any]) -> bool:
    """What the mapping's filter lets through."""
    partition, sort = image["PK"]["S"], image["SK"]["S"]
    is_label = partition.startswith(keys.FRAUD_SCORES) and sort.startswith("L#")
    return EVENT in image or is_label or told_to(partition, sort) is not None
