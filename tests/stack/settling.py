"""Waits until what the bank does of itself, after a turn was answered, is done.

A change that somebody follows goes through the table's stream to a function, and perhaps by a topic
and a queue to the desk, which writes again. What a test undoes earlier comes back later.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from fulfillment.store import keys
from fulfillment.store.wire import encode
from infra.local.load.queues import Queues
from infra.local.streams.filters import wanted
from infra.local.streams.mapping import read_mapping
from tests.running_bank import RunningBank
from tests.stack.eventually import eventually
from tests.stack.ledger_view import books_of
from tests.stack.listening import listening

_NOBODY = "nobody-"
"""How the customers begin whose bell only a test hears."""
_LIMIT_S = 60.0


class Settling:
    """Knows by the stack's own mapping which changes of the table somebody follows."""

    def __init__(self, bank: RunningBank) -> None:
        self._bank = bank
        listed = bank.aws("lambda").list_event_source_mappings()["EventSourceMappings"]
        read = [found for raw in listed if (found := read_mapping(raw)) is not None]
        self._patterns = [pattern for one in read for pattern in one.patterns]

    def is_followed(self, change: Mapping[str, Any]) -> bool:
        """Whether the stream brings `change` to a function, other than those of a waiting test."""
        theirs = change["dynamodb"]["Keys"]["PK"]["S"]
        return _NOBODY not in theirs and wanted(change, self._patterns)

    def wait(self) -> None:
        """Until each change that is in the table by now was followed, and the queues are empty."""
        with listening(self._bank, "teller-chat-doorbell") as heard:
            # Changes of one page may overtake each other. The second ring is in a later page than
            # the first, and no page is read before the one before it is settled.
            for _ in range(2):
                self._ring(heard)
        settled_s, waiting = Queues(self._bank.aws("sqs")).drained(_LIMIT_S)
        assert settled_s is not None, waiting

    def _ring(self, heard: Callable[[], Sequence[str]]) -> None:
        """Leave a message for nobody, and wait until their bell has rung."""
        nobody, books = f"{_NOBODY}{uuid4().hex}", books_of(self._bank)
        key = encode(keys.bank_message(nobody, 1))
        books.client.put_item(TableName=books.table, Item=key)
        eventually(lambda: nobody in _customers(heard()))
        books.client.delete_item(TableName=books.table, Key=key)


def _customers(rung: Iterable[str]) -> list[str]:
    return [json.loads(one)["customer"] for one in rung]
