"""How many identities a repair may shut out within an hour: after that a person decides.

Who can make findings up could have everybody shut out who would notice. So an hour has a few places
in the table. A repair takes one before it acts, under a condition: two functions at once never take
the same, and a place is free again an hour after it was taken. One identity has one place, however
often it is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from fulfillment.remediation.repair import Call, RefusedError, Repair, State
from fulfillment.store import keys
from fulfillment.store.wire import encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import MutableItem

AN_HOUR = 3
"""Identities that are shut out within an hour without a person."""
_SECONDS = 3_600
_KEPT_SECONDS = 2 * _SECONDS
TOO_MANY = f"{AN_HOUR} others were within the hour, so a person decides: runbook many-shut-out"


@dataclass(frozen=True, slots=True)
class _Condition:
    expression: str
    values: MutableItem


@dataclass(frozen=True, slots=True)
class Hourly:
    """The places of an hour, in the bank's table; `clock` tells the time with its zone."""

    client: DynamoDBClient
    table: str
    clock: Callable[[], datetime]

    def take(self, identity: str) -> bool:
        """Whether `identity` has a place now. Raises botocore's own errors: without an answer
        nothing is repaired.
        """
        who = hashlib.sha256(identity.encode()).hexdigest()[:32]
        now = int(self.clock().timestamp())
        item = encode({"who": who, "taken": now, "ttl": now + _KEPT_SECONDS})
        its_own = _Condition("who = :who", encode({":who": who}))
        free = _Condition(
            "attribute_not_exists(PK) OR taken <= :free", encode({":free": now - _SECONDS})
        )
        return any(
            self._took(place, item, condition)
            for condition in (its_own, free)
            for place in range(AN_HOUR)
        )

    def _took(self, place: int, item: MutableItem, condition: _Condition) -> bool:
        try:
            self.client.put_item(
                TableName=self.table,
                Item=encode(keys.allowance(f"shut-out/{place}")) | item,
                ConditionExpression=condition.expression,
                ExpressionAttributeValues=condition.values,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True


@dataclass(frozen=True, slots=True)
class Counted:
    """A repair of an identity, which acts on one that `exists` and has a place in the hour."""

    repair: Repair
    identity: str
    exists: Callable[[], bool]
    hourly: Hourly

    @property
    def action(self) -> str:
        return self.repair.action

    def look(self) -> State:
        return self.repair.look()

    def is_well(self, state: State) -> bool:
        return self.repair.is_well(state)

    def act(self, state: State) -> None:
        """Raises `RefusedError` for who is not there, who takes no place, and the one too many."""
        if not self.exists():
            raise RefusedError("there is no such user any more")
        if not self.hourly.take(self.identity):
            raise RefusedError(TOO_MANY)
        self.repair.act(state)

    def undo(self, state: State) -> list[Call]:
        return self.repair.undo(state)


def counted(
    repairs: list[Repair], identity: str, exists: Callable[[], bool], hourly: Hourly
) -> list[Repair]:
    """Each of `repairs` with the hour's places before it."""
    made: list[Any] = [Counted(one, identity, exists, hourly) for one in repairs]
    return made
