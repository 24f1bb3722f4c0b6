"""The bank that is loaded: one of its own in a folder that goes away, with its books to look at."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fulfillment.store.auditing import audit
from fulfillment.store.loading import load_books
from infra.local.bench import running_bank
from infra.local.load.customers import load_books_of
from infra.local.load.memory import resident_mb
from infra.local.load.queues import Queues
from infra.local.ports import free_port
from infra.local.settings import LocalSettings
from infra.local.stack import aws_client, outputs


@dataclass(frozen=True)
class LoadedBank:
    """A running bank; `pid` is its supervisor's."""

    settings: LocalSettings
    pid: int
    table: str
    queues: Queues

    def aws(self, service: str) -> Any:
        """A client of its own: threads share none with each other's bursts of connections."""
        return aws_client(service, self.settings)

    def memory_mb(self) -> float:
        """Of all its processes together."""
        return resident_mb(self.pid)

    def violations(self) -> Sequence[str]:
        """What `teller ledger audit` finds."""
        return audit(self.aws("dynamodb"), self.table).violations

    def movements(self) -> int:
        """How many the books have."""
        pages = self.aws("dynamodb").get_paginator("scan").paginate(
            TableName=self.table, ConsistentRead=True, Select="COUNT",
            FilterExpression="begins_with(PK, :transfer)",
            ExpressionAttributeValues={":transfer": {"S": "T#"}},
        )  # fmt: skip
        return sum(page["Count"] for page in pages)


@contextmanager
def loaded_bank(customers: int) -> Iterator[LoadedBank]:
    """A fresh bank with so many customers besides the demonstration's; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="teller-load-") as folder:
        settings = LocalSettings(free_port(), Path(folder))
        with running_bank(settings) as (_, process):
            table = outputs(settings)["BankTableName"]
            load_books(
                aws_client("dynamodb", settings), table, load_books_of(customers, settings.now)
            )
            yield LoadedBank(settings, process.pid, table, Queues(aws_client("sqs", settings)))
