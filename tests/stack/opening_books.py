"""The bank's table as the demo opened it, and the way back to it after a test changed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.running_bank import RunningBank
from tests.stack.ledger_view import books_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_A_BATCH = 25
"""Writes that one BatchWriteItem takes."""


class OpeningBooks:
    """Remembers every item of a bank that was just opened, and puts them back as they were."""

    def __init__(self, bank: RunningBank) -> None:
        self._client: DynamoDBClient = bank.aws("dynamodb")
        self._table = books_of(bank).table
        self._opening = self._items()

    def restore(self) -> None:
        """Take away what was added since, and put back what was changed or removed."""
        present = self._items()
        removed = [_removal(item) for key, item in present.items() if key not in self._opening]
        written = [
            {"PutRequest": {"Item": item}}
            for key, item in self._opening.items()
            if present.get(key) != item
        ]
        writes: list[Any] = removed + written
        for start in range(0, len(writes), _A_BATCH):
            batch = {self._table: writes[start : start + _A_BATCH]}
            answer = self._client.batch_write_item(RequestItems=batch)
            assert not answer["UnprocessedItems"]

    def _items(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        pages = self._client.get_paginator("scan").paginate(TableName=self._table)
        items = (item for page in pages for item in page["Items"])
        return {(item["PK"]["S"], item["SK"]["S"]): item for item in items}


def _removal(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"DeleteRequest": {"Key": {"PK": item["PK"], "SK": item["SK"]}}}
