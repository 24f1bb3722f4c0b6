"""The simulator's model of DynamoDB answers as the embedded AWS does, call by call."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.simulation.dynamo import Table
from tests.simulation.dynamo.cases import TABLE, requests
from tests.simulation.recording import outcome, story

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

STORIES = (1, 2, 5)
WRONG_IN_THE_EMULATOR = ("SET t = t + :v", "SET n = :v, n = :v")
"""It adds to a text, and sets one attribute twice; DynamoDB does neither."""


@pytest.mark.parametrize("seed", STORIES)
def test_a_story_reads_the_same(client: DynamoDBClient, table: str, seed: int) -> None:
    for number, call in enumerate(story(seed)):
        ask = getattr(client, call.operation)
        told = outcome(partial(ask, **call.request))
        assert told == call.told, (number, call.operation, call.request)


def test_the_corners_of_the_language_read_the_same(client: DynamoDBClient, table: str) -> None:
    model = Table(TABLE)
    for operation, request in requests(WRONG_IN_THE_EMULATOR):
        ours = outcome(partial(model.call, operation, request))
        theirs = outcome(partial(getattr(client, operation), **request))
        assert ours == theirs, (operation, request)
