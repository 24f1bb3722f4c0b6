"""Every fault at every call of every story of money: nothing is lost, and nothing happens twice.

botocore's own client sends, with and without its retries; the simulator's model of DynamoDB, which
answers as moto and the embedded AWS do, is the service, so that all of it takes seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from fulfillment.store.auditing import audit
from fulfillment.store.loading import load_books
from infra.faults import Fault, injected, only
from tests.integration.faults.stories import STORIES, Teller
from tests.simulation.dynamo import Table
from tests.simulation.endpoint import client_of
from tests.unit.bank.values import opening_books

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from infra.faults.injector import Plan
    from tests.simulation.dynamo.evaluation import Item
    from tests.simulation.dynamo.model import Key

TABLE = "teller-books"
NEVER: Plan = lambda _at, _operation: None  # noqa: E731  # a constant of the plans' type


def _first_morning() -> dict[Key, Item]:
    table = Table(TABLE)
    load_books(client_of(table), TABLE, opening_books())
    return table.items


FIRST_MORNING = _first_morning()


@pytest.fixture(scope="module", params=[1, 3], ids=["no retries", "botocore's retries"])
def bank(request: pytest.FixtureRequest) -> tuple[Table, DynamoDBClient]:
    table = Table(TABLE)
    return table, client_of(table, request.param)


def told(
    bank: tuple[Table, DynamoDBClient], story: Callable[[Teller], None], plan: Plan
) -> tuple[list[str], dict[str, tuple[int, int, int]], int]:
    """What was sent, what the accounts hold in the end, and how many movements there are."""
    table, client = bank
    for key in list(table.items):
        table.put_aside(key, None)
    for key, item in FIRST_MORNING.items():
        table.put_aside(key, item)
    teller = Teller(client, TABLE)
    with injected(client, plan) as sent:
        story(teller)
    assert audit(client, TABLE).violations == []
    accounts = {
        one.account_id: (one.posted.minor, one.held.minor, one.available.minor)
        for one in teller.books().accounts("mira")
    }
    movements = sum(partition.startswith("T#") for partition, _ in table.items)
    return sent, accounts, movements


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.replace("_", " "))
def test_a_fault_at_any_call_changes_nothing_in_the_end(
    bank: tuple[Table, DynamoDBClient],
    story: Callable[[Teller], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # botocore waits between its attempts; nobody here has to.
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    calm, accounts, movements = told(bank, story, NEVER)
    assert calm
    for number in range(len(calm)):
        for fault in Fault:
            met, then, moved = told(bank, story, only(number, fault))
            assert len(met) > number
            assert (then, moved) == (accounts, movements), (number, calm[number], fault)
