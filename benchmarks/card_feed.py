"""Card purchases judged and booked, one after the other: how many one core does in a second.

The desk of the feed, with the model's copy, over botocore's own client and the simulator's
DynamoDB. What the simulator itself takes is left out: on AWS another machine does that. The
baseline is botocore alone, sending the very same requests and reading the very same answers.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from benchmarks.figures import Figures, beside
from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.feed.desk import FeedDesk
from fulfillment.feed.transaction import read_transaction
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, read_model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.scoring.chain import Scorer
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from infra.local.load.customers import CARD, CURRENCY, customer_id, load_books_of
from tests.simulation.dynamo import Table
from tests.simulation.endpoint import client_of

_TABLE = "teller-feed"
_CUSTOMERS, _PURCHASES_A_ROUND, _WARM = 100, 20, 50
_SHOPS = ("Corner Coffee", "Whole Foods", "Metro", "Odeon", "City Power")
_BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class _TimedTable(Table):
    """Knows what it took of the processor itself, and what it answered."""

    own_s: float = 0.0
    answers: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = field(default_factory=list)

    def call(self, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        began = time.process_time()
        try:
            told = super().call(operation, request)
        finally:
            self.own_s += time.process_time() - began
        self.answers.append((operation, request, told))
        return told


def measure(rounds: int) -> Figures:
    """Processor time of one purchase, reads and writes included; each has to be let through."""
    table = _TimedTable(_TABLE, _BEGAN.timestamp)
    client = client_of(table)
    load_books(client, _TABLE, load_books_of(_CUSTOMERS, _BEGAN))
    assessor = Assessor(Scorer(None, read_model(SHIPPED_MODEL.read_bytes())), shipped_policy)
    now = [_BEGAN]
    desk = FeedDesk(Books(client, _TABLE), shipped_desk_policy(), lambda: now[0], lambda: assessor)
    count = rounds * _PURCHASES_A_ROUND
    sent = [_purchase(number) for number in range(_WARM + count)]
    decisions: Counter[str] = Counter()
    for place, (raw, at) in enumerate(sent):
        if place == _WARM:
            table.answers.clear()
            table.own_s, began = 0.0, time.process_time()
        now[0] = at
        decisions[desk.take(read_transaction(raw, at)).decision] += 1
    ours = time.process_time() - began - table.own_s
    bare = _bare(table.answers)
    return {
        "card_purchase_from_the_feed": beside(
            "cpu_us",
            ours / count * 1e6,
            "botocore alone, same calls",
            bare / count * 1e6,
            purchases=count,
            calls_each=round(len(table.answers) / count, 2),
            per_processor_second=round(count / ours),
            decisions=dict(decisions),
        )
    }


def _purchase(number: int) -> tuple[str, datetime]:
    at = _BEGAN + timedelta(seconds=37 * number)
    body = {
        "kind": "card_purchase", "id": f"auth-{number}", "at": at.isoformat(),
        "customer": customer_id(number % _CUSTOMERS), "card": CARD,
        "merchant": _SHOPS[number % len(_SHOPS)], "category": "dining",
        "amount": {"minor": 300 + number % 900, "currency": CURRENCY},
    }  # fmt: skip
    return json.dumps(body), at


def _bare(answers: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> float:
    """Seconds of the processor for the same requests and answers by a client and nothing else."""
    waiting = iter(told for _, _, told in answers)
    client: Any = client_of(cast("Table", _Replaying(waiting)))
    began = time.process_time()
    for operation, request, _ in answers:
        getattr(client, operation)(**request)
    return time.process_time() - began


@dataclass
class _Replaying:
    """A table that answers what another one did."""

    waiting: Any

    def call(self, _operation: str, _request: Mapping[str, Any]) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", next(self.waiting))
