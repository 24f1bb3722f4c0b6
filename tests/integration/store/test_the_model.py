"""The simulator's model of DynamoDB answers as moto does, call by call and corner by corner."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.simulation.dynamo import Table
from tests.simulation.dynamo.cases import TABLE, requests
from tests.simulation.recording import outcome, story

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

MOST_CALLS = 120
"""Of a story, which takes moto some hundredths of a second a call."""
WRONG_IN_MOTO = ("n < :v",)
"""It compares a number with a text, and dies of it."""


def test_a_story_reads_the_same(client: DynamoDBClient, table: str) -> None:
    for number, call in enumerate(story(1)[:MOST_CALLS]):
        ask = getattr(client, call.operation)
        told = outcome(partial(ask, **call.request))
        assert told == call.told, (number, call.operation, call.request)


def test_the_corners_of_the_language_read_the_same(client: DynamoDBClient, table: str) -> None:
    model = Table(TABLE)
    for operation, request in requests(WRONG_IN_MOTO):
        ours = outcome(partial(model.call, operation, request))
        theirs = outcome(partial(getattr(client, operation), **request))
        assert ours == theirs, (operation, request)
