"""The items of a simulated table, each as bytes: a million of them fit into a laptop."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from tests.simulation.dynamo.evaluation import Item
from tests.simulation.dynamo.model import Key


class PackedItems(MutableMapping[Key, Item]):
    """Behaves as the dictionary that it takes the place of; what it gives out is always new."""

    def __init__(self) -> None:
        self._packed: dict[Key, bytes] = {}

    def __getitem__(self, key: Key) -> Item:
        item: Item = marshal.loads(self._packed[key])  # noqa: S302 - written by ourselves
        return item

    def __setitem__(self, key: Key, item: Item) -> None:
        self._packed[key] = marshal.dumps(_plain(item))

    def __delitem__(self, key: Key) -> None:
        del self._packed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def __iter__(self) -> Iterator[Key]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _plain(item: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: dict(value) for name, value in item.items()}
