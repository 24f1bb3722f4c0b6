"""The clients that the bank's code is given: each call stops, may meet a fault, and is judged."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from tests.simulation.auditor import Auditor
from tests.simulation.damage import Damage, damages_of, drawn
from tests.simulation.dynamo import Table
from tests.simulation.dynamo.errors import cancelled, client_error
from tests.simulation.faults import Fault, Weather
from tests.simulation.stage import Killed, Stage
from tests.simulation.watching import Watch
from tests.simulation.words import origin_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_NOWHERE = "http://127.0.0.1:1"
_CONDITION = "ConditionExpression"
_MOST_SORE, _SORE = 0.6, 3.0
"""How often the first writes of their kind meet damage in a spoiled story; the nth does by the
second figure over n.
"""


@dataclass(eq=False)
class Wire:
    """Between the bank's code and the table. Faults come from dice of its own, so that the same
    story can be told in other weather."""

    stage: Stage
    table: Table
    auditor: Auditor
    weather: Weather
    rng: Random
    asks_origins: bool = False
    """Whether somebody wants to know from where in the code each transaction comes."""
    turn: int = 0
    """Which of all damages is the first to be laid: another one in each story."""
    calls: int = 0
    _seen: Counter[str] = field(default_factory=Counter)
    """How many writes of each kind there were: for what, to what, on which condition."""

    def client(self) -> DynamoDBClient:
        return cast("DynamoDBClient", _Client(self))

    def call(self, operation: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """One call, as the caller lives through it."""
        self.calls += 1
        watch = self._watch()
        origin = ""
        if self.asks_origins and (operation == "transact_write_items" or watch.judge):
            origin = origin_of(sys._getframe())
        fault = self.weather.fault(operation, self.rng)
        if self.stage.trace:
            self.stage.say(
                f"{operation} {_in_short(operation, request)} {fault.name if fault else ''}"
            )
        if fault is Fault.KILLED_BEFORE:
            raise Killed
        self.stage.pause()
        self._refuse(fault, operation, request, watch, origin)
        damage: Damage | None = None
        if operation == "transact_write_items" and fault in (None, Fault.DAMAGE):
            damage = self._damage(request, watch, fault)
        if damage is not None:
            answer = self._amid(damage, operation, request, watch, origin)
        else:
            answer = self.deliver(operation, request, watch, origin)
        if fault is Fault.TWICE:
            self._later(operation, request, watch, origin)
        if fault is Fault.KILLED_AFTER:
            raise Killed
        if fault is Fault.ANSWER_LOST:
            watch.in_doubt = True
            raise ReadTimeoutError(endpoint_url=_NOWHERE)
        if fault is Fault.FAILED_AFTER:
            watch.in_doubt = True
            raise client_error("InternalServerError", "planned", operation)
        self.stage.pause()
        return answer

    def _damage(
        self, request: Mapping[str, Any], watch: Watch, fault: Fault | None
    ) -> Damage | None:
        """What is laid in the way of a transaction: by the weather, or because a write of it is of
        a kind that this story has seen seldom, and few stories would ever meet. Of those each
        damage has its turn as the stories go on. A transaction that is refused anyhow is left
        alone: it could not show that the damage was seen.
        """
        if fault is None and not self.weather.spoiled:
            return None
        sent = self.table.was_sent(request.get("ClientRequestToken"))
        if sent or not self.table.would_write(request):
            return None
        found = damages_of(request, self.table)
        if fault is Fault.DAMAGE:
            return drawn(found, self.rng) if found else None
        seldom, times = self._most_seldom(request, watch)
        there = [one for one in found if one.key in seldom]
        if not there or self.rng.random() >= min(_MOST_SORE, _SORE / times):
            return None
        return there[(self.turn + times) % len(there)]

    def _most_seldom(
        self, request: Mapping[str, Any], watch: Watch
    ) -> tuple[set[tuple[str, str]], int]:
        """The items of those writes that this story has made most seldom, and how often."""
        times: dict[tuple[str, str], int] = {}
        for item in request["TransactItems"]:
            for action, one in item.items():
                partition, _, sort = _key(one).partition("/")
                shelf = (sort if partition.startswith("C#") else partition).partition("#")[0]
                kind = f"{watch.name.partition(' ')[0]} {action} {shelf} {one.get(_CONDITION)}"
                self._seen[kind] += 1
                times[partition, sort] = self._seen[kind]
        least = min(times.values())
        return {key for key, number in times.items() if number == least}, least

    def deliver(
        self, operation: str, request: Mapping[str, Any], watch: Watch, origin: str
    ) -> Mapping[str, Any]:
        """The request arrives: the table does as asked or refuses, and the auditor looks on."""
        self.table.origin = origin
        return self.auditor.look_on(operation, request, watch)

    def _refuse(
        self,
        fault: Fault | None,
        operation: str,
        request: Mapping[str, Any],
        watch: Watch,
        origin: str,
    ) -> None:
        if fault is Fault.REQUEST_LOST:
            watch.in_doubt = True
            raise ConnectTimeoutError(endpoint_url=_NOWHERE)
        if fault is Fault.LATE:
            watch.in_doubt = True
            self._later(operation, request, watch, origin)
            self.stage.pause(self.rng.uniform(0.5, 3))
            raise ReadTimeoutError(endpoint_url=_NOWHERE)
        if fault is Fault.CONFLICT:
            raise cancelled([{"Code": "None"}, {"Code": "TransactionConflict"}])
        if fault is Fault.THROTTLED:
            raise client_error("ThrottlingException", "planned", operation)
        if fault is Fault.FAILED_BEFORE:
            watch.in_doubt = True
            raise client_error("InternalServerError", "planned", operation)

    def _later(self, operation: str, request: Mapping[str, Any], watch: Watch, origin: str) -> None:
        def arrive() -> None:
            self.stage.say(f"arrives late: {operation} {_in_short(operation, request)}")
            try:
                self.deliver(operation, request, watch, origin)
            except ClientError as refused:
                self.stage.say(f"refused late: {refused.response['Error']['Code']}")

        self.stage.start("the network", arrive, after=self.rng.choice([0.01, 0.5, 2, 30, 200]))

    def _amid(
        self,
        damage: Damage,
        operation: str,
        request: Mapping[str, Any],
        watch: Watch,
        origin: str,
    ) -> Mapping[str, Any]:
        """Something is not as it was left, just when the request arrives; mended afterwards."""
        self.stage.say(f"damage: {damage.what}")
        watch.damaged = True
        damage.done(self.table)
        self.table.origin = origin
        try:
            return self.auditor.look_on(operation, request, watch, damage)
        finally:
            damage.mended(self.table)

    def _watch(self) -> Watch:
        actor = self.stage.actor
        return actor.context[-1] if actor and actor.context else Watch.of_nothing()


class _Client:
    """Looks like botocore's client of DynamoDB."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __getattr__(self, operation: str) -> Any:
        return lambda **request: self._wire.call(operation, request)


def _in_short(operation: str, request: Mapping[str, Any]) -> str:
    if operation == "transact_write_items":
        return " | ".join(
            f"{action} {_key(one)}"
            for item in request["TransactItems"]
            for action, one in item.items()
        )
    return _key(request) if "Key" in request or "Item" in request else ""


def _key(request: Mapping[str, Any]) -> str:
    key = request.get("Key") or request["Item"]
    return f"{key['PK']['S']}/{key['SK']['S']}"
