"""What ended in a dead-letter queue goes back to where it came from, and none of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.local.redrive import QUEUES, redrive, waiting


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        client = boto3.client("sqs", region_name="us-east-1")
        for names in QUEUES.values():
            for name in names:
                client.create_queue(QueueName=name)
        yield client


def test_every_message_is_moved_once_and_the_dead_letter_queue_is_empty(sqs: Any) -> None:
    dead, alive = QUEUES["events"]
    source = sqs.get_queue_url(QueueName=dead)["QueueUrl"]
    for number in range(12):
        sqs.send_message(QueueUrl=source, MessageBody=f"event {number}")
    assert waiting(sqs, dead, alive) == 12
    assert redrive(sqs, dead, alive) == 12
    assert waiting(sqs, dead, alive) == 0
    target = sqs.get_queue_url(QueueName=alive)["QueueUrl"]
    bodies = set()
    while got := sqs.receive_message(QueueUrl=target, MaxNumberOfMessages=10).get("Messages"):
        bodies |= {message["Body"] for message in got}
    assert bodies == {f"event {number}" for number in range(12)}


def test_nothing_there_is_nothing_to_do(sqs: Any) -> None:
    assert redrive(sqs, *QUEUES["jobs"]) == 0
