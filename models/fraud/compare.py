"""`teller models compare fraud`: champion and challenger on the same days, and who should serve."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fulfillment.fraud.facts import DAY_S
from fulfillment.fraud.model.artefact import Model, ModelError
from models.fraud.costs import by_expected_loss, saving_of
from models.fraud.evaluating import Scored, score_window, test_window
from models.fraud.history import DataError, read_history
from models.fraud.measuring import measure
from models.fraud.protocol import seconds
from models.fraud.registry import Registry, RegistryError
from models.fraud.world_file import load_world

_ROUNDS = 200
_SEED = 2026
_SURE = 0.95


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 2 for a registry or data of no use."""
    given = _arguments().parse_args(argv)
    try:
        report = _compare(given)
    except (OSError, ModelError, DataError, RegistryError) as fault:
        sys.stderr.write(f"teller models compare fraud: {fault}\n")
        return 2
    if given.promote and report["challenger_is_better"]:
        Registry(given.registry).promote(given.challenger)
        report["promoted"] = given.challenger
    sys.stdout.write(json.dumps(report, indent=None if given.json else 2) + "\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller models compare fraud",
        description="Score the same days with the champion and a challenger of a registry.",
    )
    parser.add_argument("--registry", type=Path, required=True, metavar="DIR")
    parser.add_argument("--challenger", required=True, metavar="VERSION")
    parser.add_argument("--champion", metavar="VERSION", help="default: the registry's champion")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--states", type=Path, metavar="DIR", help="states of the history before")
    parser.add_argument("--from", dest="start", type=seconds, metavar="DAY")
    parser.add_argument("--to", dest="end", type=seconds, metavar="DAY")
    parser.add_argument("--review-cost", type=int, default=500, metavar="MINOR")
    parser.add_argument("--promote", action="store_true", help="if it is better beyond chance")
    parser.add_argument("--json", action="store_true", help="print it on one line")
    return parser


def _compare(given: argparse.Namespace) -> dict[str, Any]:
    registry = Registry(given.registry)
    champion_version = given.champion or registry.champion
    if champion_version is None:
        raise RegistryError(f"{given.registry} has no champion yet: name one with --champion")
    champion, challenger = registry.read(champion_version), registry.read(given.challenger)
    if champion.maturity != challenger.maturity:
        raise ModelError("the two models wait for labels differently: their features differ")
    history = read_history(given.data, champion.facts["layout"])
    # Neither may have learnt from a day that judges it.
    windows = [test_window(m, history, given.start, given.end) for m in (champion, challenger)]
    window = max(windows, key=lambda one: one.start)
    world = load_world(given.states) if given.states else None
    scored = score_window(champion, history, window, world)
    return compared(champion, challenger, scored, given.review_cost)


def compared(champion: Model, challenger: Model, scored: Scored, review: int) -> dict[str, Any]:
    """Both models' figures, and how sure it is that the challenger saves more.

    Days are drawn again with replacement: `sure` is the share of the draws that it wins.
    """
    history = scored.table.history
    theirs = np.array([challenger.probability(row) for row in scored.table.rows.tolist()])
    days = history.at // DAY_S
    each = [
        [
            saving_of(by_expected_loss(s[rows], history.minor[rows], review),
                      history.fraud[rows], history.minor[rows], review, 1)
            for s in (scored.scores, theirs)
        ]
        for rows in (np.flatnonzero(days == day) for day in np.unique(days))
    ]  # fmt: skip
    gains = np.array([second.saving - first.saving for first, second in each])
    drawn = np.random.default_rng(_SEED).integers(len(gains), size=(_ROUNDS, len(gains)))
    sure = float((gains[drawn].mean(axis=1) > 0).mean())
    return {
        "days": len(gains),
        "champion": {"version": champion.version, **measure(history, scored.scores)},
        "challenger": {"version": challenger.version, **measure(history, theirs)},
        "gain_in_saving_a_day": round(float(gains.mean()), 5),
        "sure": sure,
        "challenger_is_better": sure >= _SURE,
    }
