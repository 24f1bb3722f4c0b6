"""A batch of a stream's records, in which nobody's record overtakes an earlier one of theirs.

Powertools' processor answers Lambda with the records that failed, and Lambda sends everything from
the first of them on again. So what comes after a failure of the same owner is not even tried; what
is other people's is, so that one poisoned record makes nobody else wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

Image = Mapping[str, Any]


class HeldBackError(Exception):
    """An earlier record of the same owner has failed in this batch."""


class OrderedBatch:
    """Runs `process` on the new image of each record; `owner` says whose order has to be kept."""

    def __init__(self, process: Callable[[Image], None], owner: Callable[[Image], str]) -> None:
        self._process = process
        self._owner = owner
        self._failed: set[str] = set()

    def run(self, records: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], list[str]]:
        """The answer for Lambda, and the kind of each fault, in order."""
        processor = BatchProcessor(
            event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False
        )
        with processor(records=[dict(record) for record in records], handler=self._one):
            processor.process()
        faults = [kind.__name__ for kind, _, _ in processor.exceptions if kind is not None]
        return processor.response(), faults

    def _one(self, record: DynamoDBRecord) -> None:
        # Powertools would read numbers as Decimal: the store's own readers take them as they are.
        image: Image = record.raw_event["dynamodb"]["NewImage"]
        owner = self._owner(image)
        if owner in self._failed:
            raise HeldBackError
        try:
            self._process(image)
        except Exception:
            self._failed.add(owner)
            raise
