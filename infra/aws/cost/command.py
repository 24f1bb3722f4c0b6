"""`teller infra cost`: what the bank costs on AWS, and what QnABot would at the same traffic."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from infra.aws.app import ToolsMissingError, prepare, templates_of
from infra.aws.cost import qnabot
from infra.aws.cost.bill import Month, Turn, by_service, mean_turn
from infra.aws.cost.chart import chart
from infra.aws.cost.data import read_prices, read_traffic
from infra.aws.cost.standing import Standing, standing_of
from infra.aws.stages import STAGES, stage_of

VOLUMES = (10**4, 10**6, 10**8)
HEADLINE = 10**6
_HISTORY = 1_000
"""Lines of the customer on whom turns are counted; a turn's units do not grow with it."""
_IDENTITY = ("Cognito", "Text messages", "Backup")
"""What a bank pays for to know its customers and keep their money, and QnABot has nothing of."""


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the bill. Exit status 2 when the AWS tools are not installed."""
    parser = argparse.ArgumentParser(
        prog="teller infra cost",
        description="Dollars for 1,000 conversations and a month, from the templates, counted"
        " calls, and dated prices (infra/aws/cost/*.toml).",
    )
    parser.add_argument("--stage", choices=sorted(STAGES), default="prod")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("--markdown", action="store_true", help="print the tables of the docs")
    parser.add_argument("--chart", type=Path, metavar="FILE.svg", help="write the chart too")
    given = parser.parse_args(argv)
    try:
        prepare()
    except ToolsMissingError as missing:
        sys.stderr.write(f"teller infra cost: {missing}\n")
        return 2
    _say(f"1 of 2: the stacks of {given.stage} are described (CDK, half a minute of work) ...")
    standing = _standing(given.stage)
    _say("2 of 2: what each kind of turn asks of the table is counted (ten seconds of work) ...")
    report = costed(given.stage, standing, _counted())
    if given.chart:
        given.chart.write_text(chart(_groups(report)))
    sys.stdout.write(json.dumps(report, indent=2) + "\n" if given.json else tables(report))
    return 0


def _say(line: str) -> None:
    """What is being done, for who waits; the report alone goes to stdout."""
    sys.stderr.write(f"teller infra cost: {line}\n")
    sys.stderr.flush()


def costed(stage: str, standing: Standing, turn: Turn) -> dict[str, Any]:
    """The whole report. `usd_per_1000_conversations` is at a million turns a month."""
    prices, traffic = read_prices(), read_traffic()
    months = {n: Month(n, turn, standing, traffic, prices) for n in VOLUMES}
    volumes = {str(n): _of_month(month) for n, month in months.items()}
    return {
        "stage": stage,
        "prices_as_of": prices.as_of.isoformat(),
        "region": prices.region,
        "usd_per_1000_conversations": volumes[str(HEADLINE)]["usd_per_1000_conversations"],
        "at_turns_a_month": HEADLINE,
        "mean_turn": {
            "dynamodb_calls": round(turn.calls, 2),
            "read_units": round(turn.read_units, 2),
            "write_units": round(turn.write_units, 2),
        },
        "volumes": volumes,
        "qnabot_published_usd_a_month": qnabot.PUBLISHED_USD_A_MONTH,
    }


def _of_month(month: Month) -> dict[str, Any]:
    lines, theirs = month.lines(), qnabot.lines_of(month)
    ours, others = by_service(lines), by_service(theirs)
    thousands = month.conversations / 1000
    like = sum(usd for service, usd in ours.items() if service not in _IDENTITY)
    return {
        "conversations": round(month.conversations),
        "customers": round(month.customers),
        "usd_a_month": round(sum(ours.values()), 2),
        "usd_per_1000_conversations": round(sum(ours.values()) / thousands, 2),
        "usd_per_1000_conversations_without_identity": round(like / thousands, 2),
        "by_service": {service: round(usd, 2) for service, usd in ours.items()},
        "lines": [
            {"service": one.service, "price": one.price, "quantity": round(one.quantity, 2),
             "usd": round(one.usd, 2)}
            for one in lines
        ],
        "qnabot": {
            "usd_a_month": round(sum(others.values()), 2),
            "usd_per_1000_conversations": round(sum(others.values()) / thousands, 2),
            "by_service": {service: round(usd, 2) for service, usd in others.items()},
        },
    }  # fmt: skip


def _standing(stage: str) -> Standing:
    with TemporaryDirectory() as scratch:
        found = templates_of(stage_of(stage), Path(scratch))
        return standing_of(json.loads(path.read_text()) for path in found)


def _counted() -> Turn:
    from infra.capacity.command import costs_on

    return mean_turn(costs_on(_HISTORY), read_traffic().turns)


def _groups(report: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    return [
        (
            f"{int(turns):,} turns a month",
            one["usd_per_1000_conversations"],
            one["qnabot"]["usd_per_1000_conversations"],
        )
        for turns, one in report["volumes"].items()
    ]


def tables(report: Mapping[str, Any]) -> str:
    """What the docs show, in Markdown; a terminal reads it too."""
    volumes = report["volumes"]
    head = " | ".join(f"{int(turns):,} turns" for turns in volumes)
    rows = [f"| a month | {head} |", "|---|" + "--:|" * len(volumes)]

    def row(name: str, figures: Sequence[float]) -> str:
        return f"| {name} | " + " | ".join(f"{figure:,.2f}" for figure in figures) + " |"

    each = list(volumes.values())
    services = each[-1]["by_service"]
    rows += [row(name, [one["by_service"][name] for one in each]) for name in services]
    rows.append(row("**dollars a month**", [one["usd_a_month"] for one in each]))
    for name, key in (
        ("**dollars for 1,000 conversations**", "usd_per_1000_conversations"),
        ("the same without identity and backup", "usd_per_1000_conversations_without_identity"),
    ):
        rows.append(row(name, [one[key] for one in each]))
    theirs = [one["qnabot"] for one in each]
    rows.append(row("QnABot, dollars a month", [one["usd_a_month"] for one in theirs]))
    rows.append(
        row("QnABot, for 1,000 conversations", [o["usd_per_1000_conversations"] for o in theirs])
    )
    return "\n".join(rows) + "\n"
