"""Puts faults in front of a botocore client, through its own `before-send` event.

What a handler of that event returns is taken for the service's answer and what it raises for what
the network did, each within one attempt: retries come on top, as with real faults.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError, ConnectTimeoutError, ReadTimeoutError
from botocore.hooks import first_non_none_response

from infra.faults.kinds import Crash, Fault

Plan = Callable[[int, str], Fault | None]
"""The fault of an attempt, by its number from 0 on and the operation's name in the API."""

_HEADERS: Any = {"Content-Type": "application/x-amz-json-1.0"}
_TRANSACTION = "TransactWriteItems"


ANSWERED = "https://answered.invalid/"
"""Where a request goes that was answered already: no service of anybody's."""


def only(number: int, fault: Fault) -> Plan:
    """`fault` at one attempt, and at no other."""
    return lambda at, _operation: fault if at == number else None


@contextmanager
def injected(client: Any, plan: Plan) -> Iterator[list[str]]:
    """Within it, what `client` sends meets `plan`. Yields the operations sent, as they are."""
    sent: list[str] = []
    busy = False

    def before_send(request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse | None:
        nonlocal busy
        if busy:
            return None
        operation = event_name.rpartition(".")[2]
        fault = plan(len(sent), operation)
        sent.append(operation)

        def do_it() -> AWSResponse:
            nonlocal busy
            busy = True
            try:
                return _really(client, request, event_name)
            finally:
                busy = False

        met = None if fault is None else _meet(fault, operation, request, do_it)
        if met is not None:
            # botocore asks every handler of the event, and takes the first answer: an in-process
            # double would do as asked behind our back.
            request.url = ANSWERED
        return met

    name = f"before-send.{client.meta.service_model.service_id.hyphenize()}"
    # First: an in-process double answers the same event, and the first answer counts.
    client.meta.events.register_first(name, before_send)
    try:
        yield sent
    finally:
        client.meta.events.unregister(name, before_send)


def _really(client: Any, request: AWSPreparedRequest, event_name: str) -> AWSResponse:
    """As botocore would go on: whoever else answers the event, else the network."""
    answers = client.meta.events.emit(event_name, request=request)
    answer = first_non_none_response(answers)
    if answer is None:
        answer = client._endpoint.http_session.send(request)
    return cast("AWSResponse", answer)


def _meet(
    fault: Fault,
    operation: str,
    request: AWSPreparedRequest,
    do_it: Callable[[], AWSResponse],
) -> AWSResponse | None:
    if fault is Fault.CONFLICT and operation != _TRANSACTION:
        return None
    answer = do_it() if fault.does_it else None
    match fault:
        case Fault.THROTTLED:
            return _refusal(request, 400, "ThrottlingException")
        case Fault.CONFLICT:
            reasons = [{"Code": "TransactionConflict"}]
            code = "TransactionCanceledException"
            return _refusal(request, 400, code, CancellationReasons=reasons)
        case Fault.SERVER_ERROR_BEFORE | Fault.SERVER_ERROR_AFTER:
            return _refusal(request, 500, "InternalServerError")
        case Fault.TIMEOUT_BEFORE:
            raise ConnectTimeoutError(endpoint_url=request.url)
        case Fault.TIMEOUT_AFTER:
            raise ReadTimeoutError(endpoint_url=request.url)
        case Fault.RESET_BEFORE | Fault.RESET_AFTER:
            raise ConnectionClosedError(endpoint_url=request.url)
        case Fault.CRASH_BEFORE | Fault.CRASH_AFTER:
            raise Crash
        case Fault.TWICE:
            return do_it()
    return answer


def _refusal(request: AWSPreparedRequest, status: int, code: str, **more: object) -> AWSResponse:
    return answer(request, status, {"__type": code, "message": "injected", **more})


def answer(request: AWSPreparedRequest, status: int, body: Mapping[str, object]) -> AWSResponse:
    """An answer of a service that speaks JSON, as it comes off the wire."""
    return AWSResponse(request.url, status, _HEADERS, _Raw(json.dumps(body)))


class _Raw(io.BytesIO):
    """A body that can be read as botocore reads one."""

    def __init__(self, text: str) -> None:
        super().__init__(text.encode())

    def stream(self, amt: int = 1024, **_: Any) -> Iterator[bytes]:
        """The rest of the body, in parts."""
        while part := self.read(amt):
            yield part
