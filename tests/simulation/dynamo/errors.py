"""DynamoDB's errors, as botocore raises them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from botocore.exceptions import ClientError


def client_error(code: str, message: str, operation: str = "", **more: Any) -> ClientError:
    """botocore's error for an answer of the service."""
    response: dict[str, Any] = {"Error": {"Code": code, "Message": message}, **more}
    return ClientError(cast("Any", response), operation)


def invalid(message: str) -> ClientError:
    """The service does not accept the request, whatever the table holds."""
    return client_error("ValidationException", message)


def condition_failed(item: Mapping[str, Any] | None) -> ClientError:
    """The answer to a single write whose condition does not hold."""
    more: dict[str, Any] = {"Item": item} if item is not None else {}
    return client_error("ConditionalCheckFailedException", "The conditional request failed", **more)


def cancelled(reasons: Sequence[Mapping[str, Any]]) -> ClientError:
    """The answer to a transaction of which one item or more failed."""
    codes = ", ".join(str(reason["Code"]) for reason in reasons)
    return client_error(
        "TransactionCanceledException",
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]",
        CancellationReasons=list(reasons),
    )
