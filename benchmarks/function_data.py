"""What functions that read a whole table hold of it at once, for the most that they may read."""

from __future__ import annotations

import random
import time
import tracemalloc
from dataclasses import dataclass

from fulfillment.fraud.drift import drift_of_all
from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, read_model
from fulfillment.handlers.ledger_audit import LARGEST_BYTES
from fulfillment.store.auditing import judge
from fulfillment.store.evidence import Evidence
from infra.capacity.meter import item_size
from infra.local.load.bank import LoadedBank

MOST_JUDGED_A_WEEK = 100_000
"""Payments, of a bank with eight million turns a month of which one in twenty is a payment."""
_ROWS, _SEED = 5_000, 2026
_MB = 2**20


@dataclass(frozen=True, slots=True)
class Audit:
    """Of the largest table that is audited in place, both times that it may be read: milliseconds
    of the processor and megabytes at once."""

    run_ms: float
    held_mb: float


def audited(bank: LoadedBank) -> Audit:
    """Audits the books of a running bank as the function does, and looks what that takes."""
    began = time.process_time()
    stored, _ = _evidence(bank)
    spent_ms = (time.process_time() - began) * 1000
    tracemalloc.start()
    _, evidence = _evidence(bank)
    judge(evidence)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    times = LARGEST_BYTES / stored
    return Audit(2 * spent_ms * times, held * times / _MB)


def _evidence(bank: LoadedBank) -> tuple[int, Evidence]:
    """Bytes of the table, as DynamoDB counts, and what its audit holds."""
    scan = bank.aws("dynamodb").get_paginator("scan")
    evidence, stored = Evidence(), 0
    for page in scan.paginate(TableName=bank.table, ConsistentRead=True):
        for item in page["Items"]:
            stored += item_size(item)
            evidence.take(item)
    return stored, evidence


def drift_mb() -> float:
    """Of a week's judged payments."""
    model, chance = read_model(SHIPPED_MODEL.read_bytes()), random.Random(_SEED)  # noqa: S311
    tracemalloc.start()
    rows = [tuple(chance.random() for _ in FEATURES) for _ in range(_ROWS)]
    drift_of_all(model, rows, [chance.random() for _ in rows])
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held / _ROWS * MOST_JUDGED_A_WEEK / _MB
