"""`teller models policy personalization`: what other rankings of offers would have earned."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fulfillment.personalization.offers.rules import read_rules
from models.personalization.policy.estimating import FEW, Judged, judge
from models.personalization.policy.log import Log, LogError, read_log
from models.personalization.policy.rankings import RANKINGS, Ranking, by_rules

_PRODUCTS = "products"


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the estimates. Exit status 2 for a log or rules of no use."""
    given = _arguments().parse_args(argv)
    try:
        log = read_log(_lines_of(given))
        report = judged(log, _rankings(given.rules))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        sys.stderr.write(f"teller models policy personalization: {fault}\n")
        return 2
    sys.stdout.write(json.dumps(report) + "\n" if given.json else _said(report))
    return 0


def judged(log: Log, rankings: Mapping[str, Ranking]) -> dict[str, Any]:
    """The whole report: each ranking by how often its first offer is taken, and by its worth."""
    impressions = log.impressions
    if not impressions:
        raise LogError("the log has no offer that can be judged")
    return {
        "answers": len(impressions),
        "customers": len({one.customer for one in impressions}),
        "taken": sum(one.taken for one in impressions),
        "left_out": log.left_out,
        _PRODUCTS: _by_product(log),
        "rankings": {
            name: {
                "taken": _json(judge(impressions, ranking)),
                "worth": _json(judge(impressions, ranking, worth=True)),
            }
            for name, ranking in rankings.items()
        },
    }


def _by_product(log: Log) -> dict[str, dict[str, float]]:
    """How often each came first and was taken then, beside the chance it was thought to have."""
    told: dict[str, list[float]] = {}
    for one in log.impressions:
        choice = one.choices[one.shown]
        tally = told.setdefault(choice.product, [0, 0, 0.0])
        tally[0] += 1
        tally[1] += one.taken
        tally[2] += choice.chance
    return {
        name: {
            "first": int(count),
            "taken": round(taken / count, 4),
            "chance": round(thought / count, 4),
        }
        for name, (count, taken, thought) in sorted(told.items())
    }


def _json(one: Judged) -> dict[str, Any]:
    return {
        "ips": one.ips.as_json(),
        "snips": one.snips.as_json(),
        "dr": one.dr.as_json(),
        "effective_answers": round(one.effective, 1),
        "support": round(one.support, 4),
        "known": one.is_known,
    }


def _rankings(rules: Path | None) -> Mapping[str, Ranking]:
    if rules is None:
        return RANKINGS
    return {**RANKINGS, rules.name: by_rules(read_rules(rules.read_text(encoding="utf-8")))}


def _lines_of(given: argparse.Namespace) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if given.log is not None:
        with given.log.open(encoding="utf-8") as file:
            for line in filter(str.strip, file):
                one = json.loads(line)
                yield str(one["customer"]), one["log"]
        return
    yield from scanned(given.table, given.endpoint_url)


def scanned(table: str, endpoint_url: str | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The lines in the bank's table, read once as a whole: for a copy of it, or a small one."""
    import boto3

    pages = boto3.client("dynamodb", endpoint_url=endpoint_url).get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="begins_with(SK, :line)",
        ExpressionAttributeValues={":line": {"S": "PI#"}},
        ProjectionExpression="PK, #log",
        ExpressionAttributeNames={"#log": "log"},
    )  # fmt: skip
    for page in pages:
        for item in page["Items"]:
            if "log" in item:
                yield item["PK"]["S"], json.loads(item["log"]["S"])


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller models policy personalization",
        description="Estimate from the log of offers, in which each line has the chance with which"
        " what came first did so, what other rankings would have earned.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--log", type=Path, metavar="FILE", help='JSON lines of {"customer": ..., "log": {...}}'
    )
    source.add_argument("--table", metavar="NAME", help="the bank's table, read as a whole")
    parser.add_argument("--endpoint-url", metavar="URL", help="of DynamoDB, where it is not AWS's")
    parser.add_argument(
        "--rules", type=Path, metavar="FILE.toml", help="rules of offers to compare too"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _said(report: Mapping[str, Any]) -> str:
    lines = [
        f"{report['answers']:,} answers to {report['customers']:,} customers,"
        f" {report['taken']:,} taken; {report['left_out']:,} lines tell nothing"
    ]
    lines += [
        f"  {name}: first {one['first']:,} times, taken {one['taken']:.1%},"
        f" thought {one['chance']:.1%}"
        for name, one in report[_PRODUCTS].items()
    ]
    for name, measures in report["rankings"].items():
        one = measures["taken"]
        told = ", ".join(
            f"{kind.upper()} {one[kind]['value']:.4f} ({one[kind]['low']:.4f} to"
            f" {one[kind]['high']:.4f})"
            for kind in ("ips", "snips", "dr")
        )
        doubt = "" if one["known"] else f"; too little to tell (fewer than {FEW}, or no support)"
        lines.append(f"{name}: {told}; worth {one['effective_answers']:,.0f} answers{doubt}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
