"""moto's DynamoDB with transactions that keep the items they touch, and not the whole table.

Before each write of a transaction moto copies its whole table, with every record of its stream, so
that a transaction of twenty writes on 20,000 items copies 400,000 of them. What a transaction may
change is named in it: keeping those items and the length of the stream undoes it as well.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from unittest.mock import patch

from moto import mock_aws
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

_in_transaction: ContextVar[bool] = ContextVar("in_transaction", default=False)
_whole_transaction = DynamoDBBackend.transact_write_items


@contextmanager
def quick_moto() -> Iterator[None]:
    """moto's AWS for as long as it lasts; for one thread, as moto's DynamoDB is."""
    with (
        mock_aws(),
        patch.object(DynamoDBBackend, "transact_write_items", _transaction),
        patch.object(Table, "__deepcopy__", _copied_unless_in_transaction, create=True),
    ):
        yield


def _transaction(backend: Any, transact_items: list[dict[str, Any]]) -> None:
    kept = [_Kept(table, key) for table, key in _touched(backend, transact_items)]
    streams = {id(one.table): (one.table, _stream_length(one.table)) for one in kept}
    entered = _in_transaction.set(True)
    try:
        _whole_transaction(backend, transact_items)
    except BaseException:
        for one in kept:
            one.put_back()
        for table, length in streams.values():
            if table.stream_shard is not None:
                del table.stream_shard.items[length:]
        raise
    finally:
        _in_transaction.reset(entered)


def _touched(
    backend: Any, transact_items: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for item in transact_items:
        for write in item.values():
            table = backend.tables.get(write.get("TableName"))
            if table is not None:
                yield table, write.get("Key") or write.get("Item") or {}


class _Kept:
    """One item as it was, or that there was none."""

    def __init__(self, table: Any, key: Mapping[str, Any]) -> None:
        self.table = table
        names = (table.hash_key_attr, table.range_key_attr)
        self._key = [DynamoType(key[name]) for name in names if name in key]
        complete = len(self._key) == (2 if table.has_range_key else 1)
        self._item = copy.deepcopy(table.get_item(*self._key)) if complete else None
        self._complete = complete

    def put_back(self) -> None:
        """Puts the item where it was; a write without its whole key has changed nothing."""
        if not self._complete:
            return
        *partition, last = self._key
        items = self.table.items[partition[0]] if partition else self.table.items
        if self._item is None:
            items.pop(last, None)
        else:
            items[last] = self._item


def _stream_length(table: Any) -> int:
    return len(table.stream_shard.items) if table.stream_shard is not None else 0


def _copied_unless_in_transaction(table: Any, memo: dict[int, Any]) -> Any:
    if _in_transaction.get():
        return table
    copied = table.__class__.__new__(table.__class__)
    memo[id(table)] = copied
    copied.__dict__.update(copy.deepcopy(table.__dict__, memo))
    return copied
