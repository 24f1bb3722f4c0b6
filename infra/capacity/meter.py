"""A DynamoDB client that counts calls and capacity units, by the sizes of what is read and written.

No emulator tells consumed capacity as the service does, so it is worked out by the rules of the
developer guide: a strongly consistent read costs a unit for each 4 KB that a call touches, a
standard write one for each 1 KB of the larger of the item before and after, in a transaction two.
A check of a condition in a transaction is counted as a write. An index costs a write of its own
whenever an item in it is put or taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_READ_BLOCK, _WRITE_BLOCK = 4096, 1024
_INDEX_KEY = "G1PK"
Item = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Meter:
    """Counts what goes through `client`, which must not be used by others at the same time."""

    client: DynamoDBClient
    calls: Counter[str] = field(default_factory=Counter)
    read_units: int = 0
    write_units: int = 0
    items_read: int = 0

    def reset(self) -> None:
        self.calls.clear()
        self.read_units = self.write_units = self.items_read = 0

    def as_client(self) -> DynamoDBClient:
        return cast("DynamoDBClient", _Metered(self))

    def call(self, operation: str, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Does as asked, and counts it."""
        self.calls[operation] += 1
        run: Callable[..., Mapping[str, Any]] = getattr(self.client, operation)
        if operation == "transact_write_items":
            writes = [_write(one) for one in request["TransactItems"]]
            before = [self._stored(*write) for write in writes]
            response = run(**request)
            self._count_writes(writes, before, units=2)
            return response
        if operation in ("put_item", "update_item"):
            written = [(request["TableName"], request.get("Key") or _key(request["Item"]))]
            before = [self._stored(*written[0])]
            try:
                return run(**request)
            finally:  # a write that a condition refuses is charged all the same
                self._count_writes(written, before, units=1)
        response = run(**request)
        items = response.get("Items", [response["Item"]] if "Item" in response else [])
        self.items_read += len(items)
        self.read_units += _blocks(sum(item_size(item) for item in items), _READ_BLOCK)
        return response

    def _count_writes(
        self, writes: Iterable[tuple[str, Item]], before: Iterable[Item | None], units: int
    ) -> None:
        for write, old in zip(writes, before, strict=True):
            new = self._stored(*write)
            sizes = [_blocks(item_size(item or {}), _WRITE_BLOCK) for item in (old, new)]
            self.write_units += units * max(sizes)
            if _in_index(old) != _in_index(new):
                self.write_units += max(sizes)

    def _stored(self, table: str, key: Item) -> Item | None:
        return self.client.get_item(TableName=table, Key=cast("Any", key)).get("Item")


class _Metered:
    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def __getattr__(self, operation: str) -> Callable[..., Mapping[str, Any]]:
        return lambda **request: self._meter.call(operation, request)


def item_size(item: Item) -> int:
    """Bytes by which DynamoDB counts: names and values, numbers by their digits."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Mapping[str, Any]) -> int:
    ((kind, held),) = value.items()
    if kind == "S":
        return len(str(held).encode())
    if kind == "N":
        digits = str(held).lstrip("-").strip("0") or "0"
        return (len(digits) + 1) // 2 + 1 + int(str(held).startswith("-"))
    if kind == "SS":
        return 3 + sum(len(str(one).encode()) + 1 for one in held)
    return 1


def _blocks(size: int, block: int) -> int:
    return max(1, -(-size // block))


def _write(item: Mapping[str, Any]) -> tuple[str, Item]:
    ((_, request),) = item.items()
    return request["TableName"], request.get("Key") or _key(request["Item"])


def _key(item: Item) -> Item:
    return {name: item[name] for name in ("PK", "SK")}


def _in_index(item: Item | None) -> bool:
    return item is not None and _INDEX_KEY in item
