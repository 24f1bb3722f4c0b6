"""Send one transaction to its end: committed, cancelled by a condition, or no answer.

AWS's advice is followed for what says that nothing happened (conflicts, throttling): the same
request again after a random pause with a growing ceiling, a bounded number of times.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from botocore import exceptions as botocore_errors
from botocore.exceptions import ClientError

from fulfillment.store.errors import BooksBusyError, BooksError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item

NO_ANSWER = (botocore_errors.ConnectionError, botocore_errors.HTTPClientError)
"""botocore's errors after which nobody knows whether the service did as asked."""

CONDITION_FAILED = "ConditionalCheckFailed"

# Reasons inside a cancellation, and whole errors, that say nothing was written.
_BUSY = frozenset(
    {
        "TransactionConflict",
        "ProvisionedThroughputExceeded",
        "ThrottlingError",
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
    }
)
# Errors after which the transaction may be under way or done.
_IN_DOUBT = frozenset(
    {"TransactionInProgressException", "InternalServerError", "InternalFailure"}
    | {"ServiceUnavailable"}
)


@dataclass(frozen=True, slots=True)
class Committed:
    """Every write of the transaction is in the table."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What one item of a cancelled transaction met: a code, and the item as it was stored."""

    code: str
    item: Item | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A condition did not hold and nothing was written; one reason for each item, in order."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """No usable answer: the transaction may have been written or not."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to wait for others; `jitter(ceiling)` draws a pause up to it."""

    attempts: int = 5
    base_seconds: float = 0.02
    longest_seconds: float = 0.4
    sleep: Callable[[float], object] = time.sleep
    jitter: Callable[[float], float] = lambda ceiling: SystemRandom().uniform(0, ceiling)

    def pause(self, attempt: int) -> None:
        """Full jitter before the next attempt: anything up to a ceiling that doubles each time."""
        self.sleep(self.jitter(min(self.longest_seconds, self.base_seconds * 2**attempt)))


def send(
    client: DynamoDBClient,
    items: Sequence[TransactWriteItemTypeDef],
    token: str,
    patience: Patience,
) -> Committed | Cancelled | Lost:
    """Write `items` as one transaction, `token` being its client request token.

    Raises `BooksBusyError` when others were in the way at every attempt, and the service's own
    error for a request it will never accept.
    """
    doubtful = False
    for attempt in range(patience.attempts):
        if attempt:
            patience.pause(attempt - 1)
        try:
            client.transact_write_items(TransactItems=items, ClientRequestToken=token)
        except NO_ANSWER:
            return Lost()
        except ClientError as error:
            cancelled = _condition_failure(error.response)
            if cancelled is not None:
                return cancelled
            doubtful = _in_doubt(error) or doubtful
        else:
            return Committed()
    if doubtful:
        return Lost()
    raise BooksBusyError("the same items were being written by others at every attempt")


def _condition_failure(response: Mapping[str, Any]) -> Cancelled | None:
    reasons = tuple(
        Reason(reason.get("Code", "None"), reason.get("Item") or None)
        for reason in response.get("CancellationReasons", ())
    )
    if any(reason.code == CONDITION_FAILED for reason in reasons):
        return Cancelled(reasons)
    codes = {reason.code for reason in reasons} - {"None"}
    if codes - _BUSY:
        raise BooksError(f"the transaction was cancelled for {', '.join(sorted(codes))}")
    return None


def nothing_happened(error: ClientError) -> bool:
    """Whether the service says that it was too busy to do anything."""
    return error.response["Error"]["Code"] in _BUSY


def _in_doubt(error: ClientError) -> bool:
    """Whether the failed attempt may have been written; re-raises what no retry can cure."""
    code = error.response["Error"]["Code"]
    if code in _IN_DOUBT:
        return True
    if nothing_happened(error) or code == "TransactionCanceledException":
        return False
    raise error
