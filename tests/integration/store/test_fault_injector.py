"""The fault injector in front of moto: what is called before is before, what is after is after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from infra.faults import Crash, Fault, injected, only

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@pytest.fixture(autouse=True)
def three_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What botocore does ten times for DynamoDB, with pauses up to 25 seconds, it does thrice."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")


KEY = {"PK": {"S": "C#mira"}, "SK": {"S": "P"}}


def write(client: DynamoDBClient, table: str) -> None:
    """Add one to a counter, once for each time that it arrives."""
    update = {
        "TableName": table, "Key": KEY, "UpdateExpression": "ADD n :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}},
    }  # fmt: skip
    client.transact_write_items(TransactItems=[{"Update": update}])  # type: ignore[typeddict-item]  # a plain dict


def counted(client: DynamoDBClient, table: str) -> int:
    item = client.get_item(TableName=table, Key=KEY).get("Item", {})
    return int(item["n"]["N"]) if item else 0


@pytest.mark.parametrize("fault", list(Fault))
def test_the_service_does_as_asked_or_not_as_the_fault_says(
    client: DynamoDBClient, table: str, fault: Fault
) -> None:
    # botocore retries up to its limit, and each of its attempts meets the fault.
    with injected(client, lambda _at, _operation: fault) as sent:
        if fault is Fault.TWICE:
            write(client, table)
        else:
            with pytest.raises((BotoCoreError, ClientError, Crash)):
                write(client, table)
    times = 2 if fault is Fault.TWICE else 1
    assert counted(client, table) == (len(sent) * times if fault.does_it else 0)


def test_a_fault_at_one_attempt_is_retried_by_botocore_itself(
    client: DynamoDBClient, table: str
) -> None:
    with injected(client, only(0, Fault.THROTTLED)) as sent:
        write(client, table)
    assert len(sent) == 2
    assert counted(client, table) == 1


def test_a_conflict_is_of_transactions_alone(client: DynamoDBClient, table: str) -> None:
    with injected(client, only(0, Fault.CONFLICT)):
        assert counted(client, table) == 0


def test_nothing_is_injected_any_more_afterwards(client: DynamoDBClient, table: str) -> None:
    with injected(client, only(0, Fault.CRASH_BEFORE)), pytest.raises(Crash):
        write(client, table)
    write(client, table)
    assert counted(client, table) == 1
