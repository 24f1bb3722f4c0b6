"""What the poller reads of a stream is what a function is handed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError

from infra.local.settings import LocalSettings
from infra.local.streams.as_sent import streams_client
from infra.local.streams.poller import as_event

SENT = {
    "eventID": "e1",
    "eventName": "MODIFY",
    "dynamodb": {
        "ApproximateCreationDateTime": 1_795_000_000,
        "Keys": {"PK": {"S": "C#amelia"}},
        "NewImage": {"raw": {"B": "AAH/"}, "tags": {"BS": ["AQ=="]}, "n": {"NULL": True}},
        "SequenceNumber": "1",
    },
}


class Body:
    def __init__(self, content: Any) -> None:
        self._content = json.dumps(content).encode()

    def stream(self) -> Iterator[bytes]:
        yield self._content


def answering(status: int, content: Any) -> Any:
    """The poller's client, on a service that answers this."""
    client = streams_client(LocalSettings(8700, Path("/nowhere")))

    def answer(request: Any, **_: Any) -> AWSResponse:
        return AWSResponse(request.url, status, HTTPHeaders(), Body(content))

    client.meta.events.register("before-send", answer)
    return client


def test_a_record_is_handed_on_as_it_was_sent_with_its_source() -> None:
    page = answering(200, {"Records": [SENT], "NextShardIterator": "next"}).get_records(
        ShardIterator="first"
    )
    assert page["NextShardIterator"] == "next"
    [record] = page["Records"]
    assert as_event(record, "arn:stream") == {**SENT, "eventSourceARN": "arn:stream"}


def test_a_refusal_still_has_its_code() -> None:
    client = answering(400, {"__type": "com.amazonaws#ExpiredIteratorException", "message": "old"})
    with pytest.raises(ClientError) as refused:
        client.get_records(ShardIterator="first")
    assert refused.value.response["Error"]["Code"] == "ExpiredIteratorException"
