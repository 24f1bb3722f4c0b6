"""Splits the records of a page among batches that are with the function at the same time.

What Lambda documents for `ParallelizationFactor`: the changes of one item stay in order, whatever
is done at once (Developer Guide, "Process DynamoDB records with Lambda").
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

from infra.local.streams.delivery import Record

_WORTH_A_LANE = 20
"""Records that take about half a second: for fewer, another instance is not worth its start."""


def lanes(records: Sequence[Record], at_once: int) -> list[list[Record]]:
    """`records` in at most `at_once` lanes, in order in each, an item's all in the same one."""
    count = max(1, min(at_once, len(records) // _WORTH_A_LANE))
    split: list[list[Record]] = [[] for _ in range(count)]
    for record in records:
        split[_number(record) % count].append(record)
    return [lane for lane in split if lane]


def _number(record: Record) -> int:
    """The same for every change of an item, in every process."""
    return zlib.crc32(json.dumps(record["dynamodb"]["Keys"], sort_keys=True).encode())
