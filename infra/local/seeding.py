"""Fills an empty bank with the demo customers, once, and tells the pages who they are."""

from __future__ import annotations

import json

from fulfillment.store.loading import load_books
from infra.local.demo_bank import demo_books, demo_customers
from infra.local.settings import DEMO_SEED, LocalSettings
from infra.local.stack import aws_client


def seed_once(settings: LocalSettings, table: str) -> int:
    """Loads the demo bank unless it is there. Returns how many postings were loaded now."""
    _introduce(settings)
    client = aws_client("dynamodb", settings)
    first = demo_customers()[0]
    key = {"PK": {"S": f"C#{first.customer_id}"}, "SK": {"S": "P"}}
    if "Item" in client.get_item(TableName=table, Key=key):
        return 0
    books = demo_books(DEMO_SEED, settings.now)
    load_books(client, table, books)
    return len(books.postings)


def _introduce(settings: LocalSettings) -> None:
    people = [
        {"id": c.customer_id, "name": c.name, "description": c.description}
        for c in demo_customers()
    ]
    settings.demo_customers_file.write_text(json.dumps(people, indent=2))
