"""DynamoDB's limits on a table that is written to by many at once.

A partition takes 1,000 write and 3,000 read units a second ("Partitions and data distribution"),
and a transaction that meets an item which another one is writing is cancelled for a conflict
("Transaction conflict handling"), both in the Developer Guide. Latencies are assumptions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, cast

from infra.capacity.meter import item_size
from tests.burst.hours import Hours
from tests.simulation.dynamo import Table
from tests.simulation.dynamo.errors import cancelled, client_error

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITES_A_SECOND, READS_A_SECOND = 1_000.0, 3_000.0
_READ_S, _WRITE_S, _TRANSACTION_S = (0.002, 0.008), (0.003, 0.010), (0.008, 0.025)
"""From and to: what an answer takes. A transaction holds its items for as long."""
_CONFLICT, _THROTTLED = "TransactionConflict", "ThrottlingError"
Key = tuple[str, str]


@dataclass
class Partition:
    """Takes `a_second` units a second; `spent` is what was taken of the second that ends now."""

    a_second: float
    spent: float = 0.0
    at: float = 0.0

    def take(self, units: float, now: float) -> bool:
        self.spent = max(0.0, self.spent - (now - self.at) * self.a_second)
        self.at = now
        if self.spent + units > self.a_second:
            return False
        self.spent += units
        return True


@dataclass
class LimitedTable:
    """`table` behind its limits, in the time of `hours`; `met` counts what they refused."""

    table: Table
    hours: Hours
    rng: Random
    met: Counter[str] = field(default_factory=Counter)
    busiest: Counter[str] = field(default_factory=Counter)
    """Write units by partition key."""
    _held: set[Key] = field(default_factory=set)
    _writes: dict[str, Partition] = field(default_factory=dict)
    _reads: dict[str, Partition] = field(default_factory=dict)

    def client(self) -> DynamoDBClient:
        return cast("DynamoDBClient", _Client(self))

    def call(self, operation: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Any operation by its name in botocore."""
        self.met["calls"] += 1
        if operation == "transact_write_items":
            return self._transaction(request)
        if operation in ("put_item", "update_item", "delete_item"):
            return self._write(operation, request)
        self.hours.pause(self.rng.uniform(*_READ_S))
        answer = self.table.call(operation, request)
        for partition, units in _read_units(answer).items():
            known = self._reads.setdefault(partition, Partition(READS_A_SECOND))
            if not known.take(units, self.hours.now):
                self.met["throttled reads"] += 1
                raise client_error("ProvisionedThroughputExceededException", "slow down", operation)
        return answer

    def _transaction(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        writes = [next(iter(one.values())) for one in request["TransactItems"]]
        keys = [_key(one) for one in writes]
        codes = [
            _CONFLICT if key in self._held
            else "None" if self._has_room(key, 2 * self._units(key, one))
            else _THROTTLED
            for key, one in zip(keys, writes, strict=True)
        ]  # fmt: skip
        if any(code != "None" for code in codes):
            self.met.update({code for code in codes if code != "None"})
            self.hours.pause(self.rng.uniform(*_WRITE_S))
            raise cancelled([{"Code": code} for code in codes])
        self._held.update(keys)
        try:
            self.hours.pause(self.rng.uniform(*_TRANSACTION_S))
            return self.table.call("transact_write_items", request)
        finally:
            self._held.difference_update(keys)

    def _write(self, operation: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        key = _key(request)
        if key in self._held:
            self.met["conflicts of one write"] += 1
            raise client_error("TransactionConflictException", "a transaction is at it", operation)
        if not self._has_room(key, self._units(key, request)):
            self.met["throttled writes"] += 1
            raise client_error("ProvisionedThroughputExceededException", "slow down", operation)
        self.hours.pause(self.rng.uniform(*_WRITE_S))
        return self.table.call(operation, request)

    def _has_room(self, key: Key, units: float) -> bool:
        known = self._writes.setdefault(key[0], Partition(WRITES_A_SECOND))
        self.busiest[key[0]] += int(units)
        return known.take(units, self.hours.now)

    def _units(self, key: Key, write: Mapping[str, Any]) -> float:
        """A unit for each KB of the larger of the item before and what is put."""
        sizes = (item_size(self.table.items.get(key) or {}), item_size(write.get("Item") or {}))
        return float(max(1, -(-max(sizes) // 1024)))


class _Client:
    def __init__(self, limited: LimitedTable) -> None:
        self._limited = limited

    def __getattr__(self, operation: str) -> Callable[..., Mapping[str, Any]]:
        return lambda **request: self._limited.call(operation, request)


def _key(write: Mapping[str, Any]) -> Key:
    item = write.get("Key") or write["Item"]
    return item["PK"]["S"], item["SK"]["S"]


def _read_units(answer: Mapping[str, Any]) -> dict[str, float]:
    """By partition: a unit for each 4 KB of what was read, consistently."""
    found = list(answer.get("Items", ()))
    if "Item" in answer:
        found.append(answer["Item"])
    for items in answer.get("Responses", {}).values() if "Responses" in answer else ():
        found += items
    units: Counter[str] = Counter()
    for item in found:
        units[item["PK"]["S"]] += max(1, -(-item_size(item) // 4096))
    return dict(units)
