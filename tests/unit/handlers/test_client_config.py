"""What the clients of our functions send, and how long they wait: nothing leaves this process."""

from __future__ import annotations

from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.session import Session

from fulfillment.client_config import client_config

_ANSWERED = 200


class _Raw:
    """The body of an answer, as botocore reads one."""

    def stream(self) -> list[bytes]:
        return [b"{}"]


def _sent(**request: Any) -> AWSPreparedRequest:
    """The request that a client of ours makes of a `get_item` with `request`."""
    session = Session()
    session.set_credentials("key", "secret")
    client: Any = session.create_client(
        "dynamodb", region_name="us-east-1", config=client_config(read_s=2)
    )
    sent: list[AWSPreparedRequest] = []

    def keep(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        sent.append(request)
        return AWSResponse(request.url, _ANSWERED, HTTPHeaders(), _Raw())

    client.meta.events.register("before-send", keep)
    client.get_item(**request)
    return sent[0]


def test_a_request_says_in_few_words_who_asks() -> None:
    sent = _sent(TableName="books", Key={"PK": {"S": "one"}})
    agent: Any = sent.headers["User-Agent"]
    name, botocore, python, *_ = agent.decode("ascii").split()
    assert name == "Teller"
    assert botocore.startswith("Botocore/")
    assert python.startswith("lang/python#3.")


def test_the_shape_of_a_request_is_left_to_the_service_to_judge() -> None:
    without_a_key: Any = _sent(TableName="books").body
    assert without_a_key == b'{"TableName": "books"}'


def test_waits_and_tries_are_as_asked() -> None:
    hasty: Any = client_config(connect_s=0.5, read_s=1, attempts=2)
    assert (hasty.connect_timeout, hasty.read_timeout) == (0.5, 1)
    assert hasty.retries == {"mode": "standard", "total_max_attempts": 2}
