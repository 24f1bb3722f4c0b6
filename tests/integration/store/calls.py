"""A DynamoDB client that counts its calls, and can lose requests or answers on demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

Call = Callable[..., Mapping[str, Any]]
Fault = Callable[[Call, Mapping[str, Any]], Mapping[str, Any]]
"""What happens instead of a call: it gets the real call and its request."""

ENDPOINT = "http://127.0.0.1:1"


class CountingClient:
    """Passes calls on to a real client, one planned fault at a time in front of them."""

    def __init__(self, client: DynamoDBClient) -> None:
        self._client = client
        self._faults: dict[str, list[Fault]] = {}
        self.made: Counter[str] = Counter()
        self.requests: list[tuple[str, Mapping[str, Any]]] = []

    def plan(self, operation: str, *faults: Fault) -> None:
        """The next calls of `operation` meet these faults, in turn; later ones go through."""
        self._faults[operation] = list(faults)

    def reset(self) -> None:
        """Forget what was counted."""
        self.made.clear()
        self.requests.clear()

    def as_client(self) -> DynamoDBClient:
        return cast("DynamoDBClient", self)

    def __getattr__(self, operation: str) -> Call:
        real: Call = getattr(self._client, operation)

        def call(**request: Any) -> Mapping[str, Any]:
            self.made[operation] += 1
            self.requests.append((operation, request))
            planned = self._faults.get(operation)
            return planned.pop(0)(real, request) if planned else real(**request)

        return call


def request_lost(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The request never arrives."""
    raise ConnectTimeoutError(endpoint_url=ENDPOINT)


def answer_lost(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """The service does as asked, and nobody hears of it."""
    real(**request)
    raise ReadTimeoutError(endpoint_url=ENDPOINT)


def refused_with(code: str, *reasons: str) -> Fault:
    """The service refuses before doing anything; `reasons` are a cancelled transaction's."""

    def fault(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        response: dict[str, Any] = {"Error": {"Code": code, "Message": "planned"}}
        if reasons:
            response["CancellationReasons"] = [{"Code": reason} for reason in reasons]
        raise ClientError(cast("Any", response), "TransactWriteItems")

    return fault


def then(first: Fault, code: str) -> Fault:
    """The service does as asked, then answers with the error `code`."""

    def fault(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        first(real, request)
        return refused_with(code)(real, request)

    return fault


def does_it(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
    """No fault at all."""
    return real(**request)


conflict = refused_with("TransactionCanceledException", "None", "TransactionConflict")
