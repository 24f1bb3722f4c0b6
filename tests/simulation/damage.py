"""Books that are not whole: a stray record where a write goes, one that is gone, a wrong figure.

What a movement finds amiss must stop it: it never builds on damage, and never writes over a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.simulation.dynamo import Table
from tests.simulation.dynamo.evaluation import Item


@dataclass(frozen=True)
class Damage:
    """One item as it is for a moment, None for gone, in place of what it was."""

    what: str
    key: tuple[str, str]
    before: Item | None
    during: Item | None

    def done(self, table: Table) -> None:
        table.put_aside(self.key, self.during)

    def mended(self, table: Table) -> None:
        """Back to how it was, unless the write went through all the same."""
        if table.items.get(self.key) is self.during:
            table.put_aside(self.key, self.before)


def damage_of(request: Mapping[str, Any], table: Table, rng: Random) -> Damage | None:
    """Damage to one of the records that a transaction is about to write, or None."""
    found: list[Damage] = []
    for item in request.get("TransactItems", ()):
        ((action, write),) = item.items()
        key = write.get("Key") or write["Item"]
        where = key["PK"]["S"], key["SK"]["S"]
        before = table.items.get(where)
        if action == "Put" and before is None:
            stray = {"PK": key["PK"], "SK": key["SK"], "stray": {"BOOL": True}}
            if not where[0].startswith("T#"):
                found.append(Damage("a stray record", where, None, stray))
        elif action == "Delete" and before is not None:
            found.append(Damage("a record is gone", where, before, None))
        elif action == "Update" and before is not None and "held - " in write["UpdateExpression"]:
            low = {**before, "held": {"N": "0"}}
            found.append(Damage("less is held than was promised", where, before, low))
    return rng.choice(found) if found else None
