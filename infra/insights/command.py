"""`teller models insights`: what the insights see on the seeded bank, and among purchases."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infra.insights.measuring import HORIZONS, Found, Told, forecasts, recurring_found
from infra.insights.purchases import planted_found
from infra.insights.seeded import histories


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures as one JSON object."""
    parser = argparse.ArgumentParser(prog="teller models insights", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how many banks are drawn")
    parser.add_argument("--purchases", type=Path, help="a Sparkov file (Parquet)")
    parser.add_argument("--customers", type=int, default=100, help="of that file")
    given = parser.parse_args(argv)
    report = measured(range(1, given.seeds + 1))
    if given.purchases:
        report["planted_among_purchases"] = _found(planted_found(given.purchases, given.customers))
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return 0


def measured(seeds: Sequence[int]) -> dict[str, Any]:
    """The seeded bank's figures over several draws of it."""
    found, told = Found(), []
    for seed in seeds:
        for history in histories(seed):
            found += recurring_found(history)
            for account in history.checking:
                own = [one for one in history.entries if one.account_id == account]
                told += list(forecasts(own))
    return {
        "recurring": _found(found),
        "forecast": {days: _told([one for one in told if one.days == days]) for days in HORIZONS},
    }


def _found(found: Found) -> dict[str, float]:
    return {
        "right": found.right,
        "wrong": found.wrong,
        "missed": found.missed,
        "f1": round(found.f1, 4),
    }


def _told(told: Sequence[Told]) -> dict[str, float]:
    """Mean absolute errors in whole units of the currency; the interval claims to cover 0.8."""
    count = max(len(told), 1)
    return {
        "forecasts": len(told),
        "mean_error": round(sum(one.error for one in told) / count / 100, 2),
        "naive_error": round(sum(one.naive_error for one in told) / count / 100, 2),
        "covered": round(sum(one.is_within for one in told) / count, 3),
    }
