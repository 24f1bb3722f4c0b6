"""Many processes pay from few accounts at once; then every figure is held against what was told.

    python -m tests.load.transfers --workers 16 --transfers 20000

prints JSON and exits with 1 when the books do not balance, an account is overdrawn, a quote was
paid twice, or a balance is not what the receipts make it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from fulfillment.bank.payments import Receipt, Refused
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksBusyError
from fulfillment.store.loading import load_books
from tests.embedded_aws import dynamodb_at, embedded_aws
from tests.integration.store.table import create_table
from tests.load.plan import OPENING, Attempt, attempts, distinct, opening_accounts
from tests.unit.bank.values import NOW, dollars, limits_of, opening_books

_LIMITS = limits_of("1000.00", "100000000.00", 10_000_000)


def pay_all(endpoint: str, table: str, plan: Sequence[Attempt]) -> list[tuple[Attempt, str, float]]:
    """One worker: each attempt, what it was told, and how long that took, in seconds.

    A quote is shown before its yes; whoever sends it again shows the same figures again.
    """
    client = dynamodb_at(endpoint)
    books = Books(client, table, standing_limits=_LIMITS)
    told = []
    for attempt in plan:
        books.put_quote(quote(attempt.order, "s-1", attempt.quote_id, NOW))
        started = time.perf_counter()
        try:
            outcome = books.pay(attempt.quote_id, attempt.order, "s-1", NOW)
        except BooksBusyError:
            told.append((attempt, "busy", time.perf_counter() - started))
            continue
        spent = time.perf_counter() - started
        if isinstance(outcome, Receipt):
            told.append((attempt, "again" if outcome.replayed else "paid", spent))
        else:
            assert isinstance(outcome, Refused), outcome
            told.append((attempt, str(outcome.reason), spent))
    client.close()
    return told


def faults(
    told: Sequence[tuple[Attempt, str, float]], balances: dict[str, int], violations: Sequence[str]
) -> list[str]:
    """What is wrong with the books after all that was told."""
    paid = Counter(attempt.quote_id for attempt, answer, _ in told if answer == "paid")
    found = [f"{quote_id} was paid {times} times" for quote_id, times in paid.items() if times > 1]
    expected = {name: dollars(amount).minor for name, amount in OPENING.items()}
    for attempt, answer, _ in told:
        if answer == "paid":
            order = attempt.order
            expected[order.source_account_id] -= order.total.minor
            if order.destination_id in expected:
                expected[order.destination_id] += order.amount.minor
    for name, minor in balances.items():
        if minor < 0:
            found.append(f"{name} is overdrawn: {minor}")
        if minor != expected[name]:
            found.append(f"{name} has {minor}, the receipts make {expected[name]}")
    return [*found, *violations]


def run(workers: int, transfers: int, seed: int) -> dict[str, Any]:
    """The figures of one run, `violations` among them."""
    plan = attempts(Random(seed), workers, transfers // workers)
    with tempfile.TemporaryDirectory() as folder, embedded_aws(Path(folder)) as endpoint:
        client = dynamodb_at(endpoint)
        table = create_table(client)
        load_books(client, table, opening_books(*opening_accounts()))
        started = time.perf_counter()
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            parts = pool.map(pay_all, [endpoint] * workers, [table] * workers, plan)
            told = [answer for part in parts for answer in part]
        seconds = time.perf_counter() - started
        accounts = {one.account_id: one for one in Books(client, table).accounts("mira")}
        report = audit(client, table)
        client.close()
    times = sorted(spent for _, _, spent in told)
    balances = {name: one.available.minor for name, one in accounts.items()}
    return {
        "workers": workers,
        "attempts": len(told),
        "quotes": len(distinct(plan)),
        "answers": dict(sorted(Counter(answer for _, answer, _ in told).items())),
        "seconds": round(seconds, 1),
        "attempts_per_s": round(len(told) / seconds, 1),
        "pay_p50_ms": round(1000 * times[len(times) // 2], 1),
        "pay_p99_ms": round(1000 * times[int(len(times) * 0.99)], 1),
        "postings": report.postings,
        "violations": faults(told, balances, report.violations),
    }


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.load.transfers", description=__doc__)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--transfers", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args(argv)
    figures = run(options.workers, options.transfers, options.seed)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    return int(bool(figures["violations"]))


if __name__ == "__main__":
    raise SystemExit(main())
