"""Fills an empty bank with the demo customers, once, and tells the pages who they are."""

from __future__ import annotations

import json
from datetime import UTC
from decimal import Decimal
from typing import Any

from fulfillment.bank.exchange import Rate
from fulfillment.bank.opening import OpeningBooks
from fulfillment.fraud.features.counters import counters_of
from fulfillment.store import keys
from fulfillment.store.loading import load_books
from fulfillment.store.rates import RateTable
from fulfillment.store.wire import encode
from infra.local.demo_bank import demo_books, demo_customers
from infra.local.demo_bank.fraud_past import past_of
from infra.local.settings import DEMO_SEED, LocalSettings
from infra.local.stack import aws_client

RATES = {("USD", "EUR"): "0.9184", ("EUR", "USD"): "1.0792"}
"""What the demonstration's bank pays: made up, and apart by its margin."""


def seed_once(settings: LocalSettings, table: str) -> int:
    """Loads the demo bank unless it is there. Returns how many postings were loaded now."""
    _introduce(settings)
    client = aws_client("dynamodb", settings)
    _set_rates(client, table, settings)
    first = demo_customers()[0]
    key = {"PK": {"S": f"C#{first.customer_id}"}, "SK": {"S": "P"}}
    if "Item" in client.get_item(TableName=table, Key=key):
        return 0
    books = demo_books(DEMO_SEED, settings.now)
    load_books(client, table, books)
    _remember(client, table, books)
    return len(books.postings)


def _set_rates(client: Any, table: str, settings: LocalSettings) -> None:
    """Puts rates of this start, since nobody's treasury does: old ones are not offered."""
    now = settings.now.astimezone(UTC).replace(microsecond=0)
    for (sells, buys), value in RATES.items():
        RateTable(client, table).put(Rate(sells, buys, Decimal(value), now, "demonstration"))


def _remember(client: Any, table: str, books: OpeningBooks) -> None:
    """Puts what the fraud features would know by now: no customer begins as a stranger."""
    customers, counterparties = past_of(books)
    states = [
        *((keys.fraud_customer(name), state) for name, state in customers.items()),
        *((keys.fraud_counterparty(name), state) for name, state in counterparties.items()),
    ]
    for key, state in states:
        client.put_item(TableName=table, Item=encode({**key, **counters_of(state)}))


def _introduce(settings: LocalSettings) -> None:
    people = [
        {"id": c.customer_id, "name": c.name, "description": c.description}
        for c in demo_customers()
    ]
    settings.demo_customers_file.write_text(json.dumps(people, indent=2))
