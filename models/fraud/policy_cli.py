"""`teller fraud policy check|dry-run`: lint a policy, and see what a change would have done."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fulfillment.fraud.model.artefact import Model, ModelError, read_model
from fulfillment.fraud.policy.deciding import Ruling, decide
from fulfillment.fraud.policy.lint import lint_policy
from fulfillment.fraud.policy.model import SHIPPED, Policy, PolicyError, read_policy
from models.fraud.history import DataError, History, read_history
from models.fraud.protocol import seconds
from models.fraud.registry import MODEL_FILE
from models.fraud.replay import World, replay

_VERIFIED = 2
_MOST_SHOWN = 20


def main(argv: Sequence[str]) -> int:
    """Exit status 1 when `check` finds something, 2 for files of no use."""
    given = _arguments().parse_args(argv)
    try:
        if given.action == "check":
            return _check(given)
        report = dry_run(given)
    except (OSError, PolicyError, ModelError, DataError) as fault:
        sys.stderr.write(f"teller fraud policy {given.action}: {fault}\n")
        return 2
    sys.stdout.write(json.dumps(report, indent=None if given.json else 2) + "\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teller fraud policy", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="what is wrong or odd about a policy")
    check.add_argument("policy", type=Path, nargs="?", default=SHIPPED)
    run = actions.add_parser("dry-run", help="what a policy would have done to past payments")
    run.add_argument("policy", type=Path, help="the policy that is proposed")
    run.add_argument("--against", type=Path, default=SHIPPED, help="the policy that stands")
    run.add_argument("--model", type=Path, required=True, metavar="DIR")
    run.add_argument("--data", type=Path, required=True, metavar="DIR")
    run.add_argument("--from", dest="start", type=seconds, metavar="DAY")
    for one in (check, run):
        one.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _check(given: argparse.Namespace) -> int:
    policy = read_policy(given.policy.read_text(encoding="utf-8"))
    found = lint_policy(policy)
    said = {"version": policy.version, "digest": policy.digest, "findings": found}
    if given.json:
        sys.stdout.write(json.dumps(said) + "\n")
    else:
        lines = found or [f"policy version {policy.version} ({policy.digest}): nothing to say"]
        sys.stdout.write("\n".join(lines) + "\n")
    return 1 if found else 0


def dry_run(given: argparse.Namespace) -> dict[str, Any]:
    """Both policies on every payment since `start`, and what the new one changes."""
    new, old = (read_policy(p.read_text(encoding="utf-8")) for p in (given.policy, given.against))
    model = read_model((given.model / MODEL_FILE).read_bytes())
    history = read_history(given.data, model.facts["layout"])
    start = given.start
    if start is None:
        start = int(model.facts["trained"]["last_trained_at"])
    return compare_policies(old, new, model, history, start)


def compare_policies(
    old: Policy, new: Policy, model: Model, history: History, start: int
) -> dict[str, Any]:
    """How many payments each policy allows, challenges, holds and blocks, and which ones change."""
    world = World(model.maturity)
    counts = {"old": Counter[str](), "new": Counter[str]()}
    frauds = {"old": Counter[str](), "new": Counter[str]()}
    changes: Counter[str] = Counter()
    shown: list[dict[str, Any]] = []
    judged = (pair for pair in history.payments() if pair[0].at >= start)
    rows = replay(world, history.payments(), lambda facts: facts.at >= start)
    for row, (facts, fraud) in zip(rows, judged, strict=True):
        score = model.probability(row)
        before, after = (decide(one, facts, row, score, _VERIFIED) for one in (old, new))
        for name, ruling in (("old", before), ("new", after)):
            counts[name][ruling.decision] += 1
            frauds[name][ruling.decision] += fraud
        if before.decision is not after.decision:
            changes[f"{before.decision} -> {after.decision}"] += 1
            if len(shown) < _MOST_SHOWN:
                shown.append(_change(facts.minor, score, fraud, before, after))
    return {
        "from_policy": f"{old.version}/{old.digest}",
        "to_policy": f"{new.version}/{new.digest}",
        "payments": sum(counts["old"].values()),
        "decisions": {name: dict(sorted(count.items())) for name, count in counts.items()},
        "frauds": {name: dict(sorted(count.items())) for name, count in frauds.items()},
        "changes": dict(changes.most_common()),
        "examples": shown,
    }


def _change(minor: int, score: float, fraud: bool, before: Ruling, after: Ruling) -> dict[str, Any]:
    reasons = after.reasons or before.reasons
    return {
        "minor": minor,
        "score": round(score, 4),
        "fraud": fraud,
        "change": f"{before.decision} -> {after.decision}",
        "because": [reason.code for reason in reasons],
    }
