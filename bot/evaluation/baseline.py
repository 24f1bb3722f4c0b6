"""Keeps a test set from getting worse: figures and rows that were right once stay right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.judging import ConversationResult, Status
from bot.evaluation.test_set import TestSetError

RATES = ("intent_accuracy", "top3_accuracy", "slot_accuracy", "conversation_success")


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run reached: its rates, and the texts of the rows that were right."""

    rates: Mapping[str, float]
    right: frozenset[str]


def baseline_of(summary: Mapping[str, Any], results: Sequence[ConversationResult]) -> Baseline:
    """The baseline that this run would set."""
    rates = {name: summary[name] for name in RATES if summary[name] is not None}
    return Baseline(rates, frozenset(_texts(results, "Matched")))


def regressions(
    before: Baseline, summary: Mapping[str, Any], results: Sequence[ConversationResult]
) -> list[str]:
    """One sentence for each rate that fell and each row that was right and is wrong now.

    Rows that left the test set are not missed; new rows count in the rates alone.
    """
    fallen = [
        f"{name} fell from {rate:.4f} to {summary[name] or 0.0:.4f}"
        for name, rate in before.rates.items()
        if (summary.get(name) or 0.0) < rate
    ]
    wrong = _texts(results, "Mismatched") | _texts(results, "ExecutionError")
    return fallen + [f"{text!r} was right before" for text in sorted(wrong & before.right)]


def _texts(results: Sequence[ConversationResult], status: Status) -> set[str]:
    return {row.row.text for talk in results for row in talk.rows if row.end_to_end == status}


def read_baseline(path: Path) -> Baseline:
    """A kept baseline. Raises `TestSetError`."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Baseline({n: float(v) for n, v in kept["rates"].items()}, frozenset(kept["right"]))
    except OSError as fault:
        raise TestSetError(f"{path}: {fault.strerror}") from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise TestSetError(f"{path}: not a baseline of `teller lex evaluate`") from fault


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Keeps `baseline` as JSON that reads well in a review."""
    kept = {"rates": dict(baseline.rates), "right": sorted(baseline.right)}
    path.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
