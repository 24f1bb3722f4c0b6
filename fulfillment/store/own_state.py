"""What a customer has chosen, as one item: a state in JSON with a version, changed only as it was
read, together with its audit entry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fulfillment.store.errors import BooksBusyError, BooksUnreachableError
from fulfillment.store.sending import Committed, Lost, Patience, send
from fulfillment.store.writes import update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store import keys
    from fulfillment.store.wire import Scalar


def put_state(
    table: str, key: keys.Key, state: Mapping[str, Any], version: int, **beside: Scalar
) -> TransactWriteItemTypeDef:
    """Keeps `state` as `version`, the next one after the version that was read (0: none was), and
    `beside` it what others read without the state.
    """
    values = {"ver": version, "state": json.dumps(state, sort_keys=True), **beside}
    return update(
        table,
        key,
        "SET " + ", ".join(f"#{name} = :{name}" for name in values),
        {
            **{f":{name}": value for name, value in values.items()},
            ":before": version - 1,
            ":none": 0,
        },
        condition="#ver = :before OR (attribute_not_exists(PK) AND :before = :none)",
        names={f"#{name}": name for name in values},
    )


def keep_all(
    client: DynamoDBClient,
    items: list[TransactWriteItemTypeDef],
    token: str,
    patience: Patience,
    what: str,
) -> None:
    """Writes `items` or none of them. `what` names them in an error.

    Raises `BooksBusyError` when one was changed meanwhile, `BooksUnreachableError` when no answer
    came.
    """
    sent = send(client, items, token, patience)
    if isinstance(sent, Lost):
        raise BooksUnreachableError(f"no answer about {what}")
    if not isinstance(sent, Committed):
        raise BooksBusyError(f"the {what} were changed meanwhile")
