"""A salary day: pay and purchases come through the feed as fast as this machine books them.

One in ten is a purchase with a card, which is judged; the rest is pay that arrives. How far the
table's stream is behind is measured as its reader would feel it: a purchase of a moment ago is
labelled, as an analyst does, and the time is taken until the fraud features know the label.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fulfillment.store import keys
from fulfillment.store.fraud_labels import FraudLabel, put_label
from fulfillment.store.sending import Patience
from fulfillment.store.wire import encode
from infra.local.feed_cli import credential, post
from infra.local.load.bank import LoadedBank, loaded_bank
from infra.local.load.customers import CARD, CHECKING, CURRENCY, customer_id
from infra.local.load.heard import memory_figures

_SENDERS, _CUSTOMERS = 8, 200
_JUDGED_EVERY, _PROBE_EVERY_S, _LOOK_S, _LIMIT_S, _DRAIN_S = 10, 2.0, 0.05, 600.0, 600.0
_TRIES, _PAUSE_S = 5, 0.2
_BUSY = 503
_SHOPS = ("Corner Coffee", "Whole Foods", "Metro", "Odeon", "City Power")


@dataclass
class Sent:
    """Written to by all senders."""

    statuses: Counter[int] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    again: int = 0
    purchases: list[tuple[str, str]] = field(default_factory=list)
    """Customer and payment of each purchase that was booked."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, customer: str, status: int, answer: Mapping[str, Any], tries: int) -> None:
        with self._lock:
            self.statuses[status] += 1
            self.again += tries
            decision = answer.get("decision")
            if decision is None:
                return
            self.decisions[str(decision)] += 1
            if answer["booked"] and answer["id"].startswith("card-"):
                self.purchases.append((customer, answer["transaction"]))


def salary_day(count: int) -> dict[str, Any]:
    """The report of `count` transactions; `wrong` is empty when nothing was."""
    with loaded_bank(_CUSTOMERS) as bank:
        return _played(bank, count)


def _played(bank: LoadedBank, count: int) -> dict[str, Any]:
    sent, memory, key, run = Sent(), [bank.memory_mb()], credential(bank.settings), uuid.uuid4().hex
    lags: list[float | None] = []
    before, began, over = bank.movements(), time.monotonic(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(bank, sent, over, lags, memory))
    watcher.start()
    with ThreadPoolExecutor(_SENDERS) as senders:
        list(senders.map(partial(_send, bank, key, run, sent), range(count)))
    took = time.monotonic() - began
    last = _lag(bank, sent)
    over.set()
    watcher.join()
    drained_s, waiting = bank.queues.drained(_DRAIN_S)
    memory.append(bank.memory_mb())
    violations, booked = bank.violations(), bank.movements() - before
    taken = sent.statuses[200] + sent.statuses[201]
    refused = {status: n for status, n in sent.statuses.items() if status not in (200, 201)}
    moved = sent.decisions["allow"] + sent.decisions["hold"]
    wrong = [f"{n} transactions were answered with {status}" for status, n in refused.items()]
    if booked != moved:
        wrong.append(f"{moved} transactions moved money and {booked} movements are booked")
    if last is None or None in lags:
        wrong.append(f"the stream did not come within {_LIMIT_S:.0f} s")
    wrong += violations
    wrong += [f"{n} messages are in {name}" for name, n in waiting.items()]
    return {
        "transactions": count,
        "seconds": round(took, 1),
        "per_s": round(count / took, 1),
        "taken": taken,
        "decisions": dict(sorted(sent.decisions.items())),
        "sent_again_after_503": sent.again,
        "booked": booked,
        "stream_behind_s": _behind([lag for lag in lags if lag is not None], last),
        "memory_mb": memory_figures(memory),
        "queues_drained_s": None if drained_s is None else round(drained_s, 1),
        "violations_of_the_books": len(violations),
        "wrong": wrong,
    }  # fmt: skip


def _behind(lags: Sequence[float], last: float | None) -> dict[str, Any]:
    return {
        "probes": len(lags),
        "median": round(statistics.median(lags), 2) if lags else None,
        "most": round(max(lags), 2) if lags else None,
        "after_the_last": None if last is None else round(last, 2),
    }


def _send(bank: LoadedBank, key: str, run: str, sent: Sent, number: int) -> None:
    body = transaction(run, number, datetime.now(UTC))
    line = json.dumps(body).encode()
    for tries in range(_TRIES):
        status, answer = post(bank.settings, line, key)
        if status != _BUSY:
            break
        # As the feed's own document asks: the same transaction again.
        time.sleep(_PAUSE_S * 2**tries)
    sent.note(str(body["customer"]), status, answer, tries)


def transaction(
    run: str, number: int, now: datetime, customers: int = _CUSTOMERS
) -> dict[str, Any]:
    """What the feed is sent as the `number`th of `run`, for one of so many `customers`."""
    is_judged = number % _JUDGED_EVERY == 0
    whole = {
        "id": f"{'card' if is_judged else 'pay'}-{run[:8]}-{number}",
        "at": now.isoformat(timespec="seconds"),
        "customer": customer_id(number % customers),
        "amount": {"minor": 300 + number % 900, "currency": CURRENCY},
    }
    if is_judged:
        shop = _SHOPS[number // _JUDGED_EVERY % len(_SHOPS)]
        return whole | {"kind": "card_purchase", "card": CARD, "merchant": shop}
    return whole | {"kind": "account_credit", "account": CHECKING, "payer": "Initech",
                    "purpose": "salary"}  # fmt: skip


def _watch(
    bank: LoadedBank,
    sent: Sent,
    over: threading.Event,
    lags: list[float | None],
    memory: list[float],
) -> None:
    while not over.wait(_PROBE_EVERY_S):
        memory.append(bank.memory_mb())
        if sent.purchases:
            lags.append(_lag(bank, sent))


def _lag(bank: LoadedBank, sent: Sent) -> float | None:
    """Seconds from a label in the table to the label in the features; None for none in time."""
    if not sent.purchases:
        return None
    client, (customer, payment) = bank.aws("dynamodb"), sent.purchases[-1]
    now, began = datetime.now(UTC), time.monotonic()
    verdict = FraudLabel(payment, customer, "genuine", f"probe-{uuid.uuid4().hex[:8]}", now)
    put_label(client, bank.table, verdict, Patience())
    while time.monotonic() - began < _LIMIT_S:
        found = client.get_item(
            TableName=bank.table, Key=encode(keys.fraud_score(payment)), ConsistentRead=True
        ).get("Item", {})
        if "label" in found:
            return time.monotonic() - began
        time.sleep(_LOOK_S)
    return None
