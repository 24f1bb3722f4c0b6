"""`teller capacity`: what each kind of turn asks of DynamoDB, on histories of several lengths.

It runs the code that runs on AWS over moto, in this process; units are worked out by the rules of
`meter`. `--lines` sets the lengths, `--markdown` prints the table of the docs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from botocore.session import get_session

from fulfillment.store.loading import load_books
from infra.capacity.history import FULL_DAYS, books_of
from infra.capacity.meter import Meter
from infra.capacity.quick_moto import quick_moto
from infra.capacity.turns import KINDS, Cost, measure
from infra.local.stack import TEMPLATE

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_TABLE = "teller-capacity"
_SETTINGS = {
    "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the costs; exits with 1 when a longer history makes any turn dearer."""
    parser = argparse.ArgumentParser(
        prog="teller capacity", description="Count what each kind of turn asks of DynamoDB."
    )
    parser.add_argument(
        "--lines", type=int, nargs="+", default=[1_000, 20_000], help="lengths of the history"
    )
    parser.add_argument(
        "--days", type=int, default=FULL_DAYS, help="over how many days the lines are spread"
    )
    parser.add_argument("--markdown", action="store_true", help="print the table of the docs")
    given = parser.parse_args(argv)
    costs = {lines: costs_on(lines, given.days) for lines in sorted(given.lines)}
    grows = len({tuple(_constant(found)) for found in costs.values()}) > 1
    sys.stdout.write(_table(costs[max(costs)]) if given.markdown else _json(costs))
    if grows:
        sys.stderr.write("teller capacity: a longer history costs something else\n")
    return int(grows)


def costs_on(lines: int, days: int = FULL_DAYS) -> list[Cost]:
    """What each kind of turn costs a customer with `lines` lines, on a table of its own."""
    before = {name: os.environ.get(name) for name in _SETTINGS}
    os.environ.update(_SETTINGS)
    try:
        with quick_moto():
            client = cast("DynamoDBClient", get_session().create_client("dynamodb"))
            create_table(client, _TABLE)
            load_books(client, _TABLE, books_of(lines, days))
            return list(measure(Meter(client), _TABLE))
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _constant(costs: Sequence[Cost]) -> Iterator[object]:
    """What must be the same on every history: all but a search up to its bound."""
    bounded = {kind.name for kind in KINDS if kind.bounded}
    return (cost.units for cost in costs if cost.kind not in bounded)


def create_table(client: DynamoDBClient, name: str) -> None:
    """The table of the template, as far as keys and indexes go."""
    template = json.loads(TEMPLATE.read_text())
    wanted: dict[str, Any] = template["Resources"]["BankTable"]["Properties"]
    names = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    client.create_table(TableName=name, **{key: wanted[key] for key in names})


def _json(costs: dict[int, list[Cost]]) -> str:
    found = {str(lines): [one.as_json() for one in each] for lines, each in costs.items()}
    return json.dumps(found, indent=2) + "\n"


def _table(costs: Sequence[Cost]) -> str:
    rows = ["| turn | calls | items read | read units | write units |", "|---|---|---|---|---|"]
    rows += [
        f"| {one.kind} | {one.calls} | {one.items_read} | {one.read_units} | {one.write_units} |"
        for one in costs
    ]
    return "\n".join(rows) + "\n"
