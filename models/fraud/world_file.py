"""The states at the end of a training history, saved beside the model, to go on from later.

With it a later period can be evaluated alone: without, its first weeks would be judged without a
past. It holds customer ids, so it stays where the training data stays, out of every container.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from fulfillment.fraud.features.state import as_json, from_json
from models.fraud.replay import World

FILE = "states.json.gz"


def save_world(world: World, folder: Path) -> None:
    """Write the states. The same states give the same bytes."""
    raw = {
        "maturity": world.maturity,
        "now": world.now,
        "pending": sorted(world.pending),
        "customers": {name: as_json(state) for name, state in sorted(world.customers.items())},
        "counterparties": {
            name: as_json(state) for name, state in sorted(world.counterparties.items())
        },
    }
    packed = gzip.compress(json.dumps(raw, separators=(",", ":")).encode(), 6, mtime=0)
    (folder / FILE).write_bytes(packed)


def load_world(folder: Path) -> World | None:
    """The saved states, or None where none are saved."""
    path = folder / FILE
    if not path.is_file():
        return None
    raw = json.loads(gzip.decompress(path.read_bytes()))
    return World(
        raw["maturity"],
        {name: from_json(state) for name, state in raw["customers"].items()},
        {name: from_json(state) for name, state in raw["counterparties"].items()},
        [(at, customer, counterparty, day, verdict)
         for at, customer, counterparty, day, verdict in raw["pending"]],
        raw["now"],
    )  # fmt: skip
