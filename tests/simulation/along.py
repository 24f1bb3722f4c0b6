"""What is written along with a movement: whether it is out of date, by looking at what is there.

A record is written once; a version follows the one that was read; a counter's moment only goes
forward; messages of the bank's are numbered without a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.simulation.dynamo import Table
from tests.simulation.dynamo.evaluation import Item


def out_of_date(writes: Iterable[Mapping[str, Any]], table: Table) -> bool:
    """Whether one of `writes` was made from what has changed since."""
    return any(_is_old(action, one, table) for item in writes for action, one in item.items())


def _is_old(action: str, write: Mapping[str, Any], table: Table) -> bool:
    key = write.get("Key") or write["Item"]
    there = table.items.get((key["PK"]["S"], key["SK"]["S"]))
    values = write.get("ExpressionAttributeValues", {})
    if action == "Put":
        if ":before" not in values:
            return there is not None
        return there is None or there["ver"] != values[":before"]
    if ":lt" in values:
        return _number(there, "lt") >= int(values[":lt"]["N"])
    if ":number" in values:
        return there is None or _number(there, "msgs") + 1 != int(values[":number"]["N"])
    return False


def _number(item: Item | None, name: str) -> int:
    return int(item[name]["N"]) if item and name in item else 0
