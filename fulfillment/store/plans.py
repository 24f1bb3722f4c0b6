"""Keeps a customer's budgets and savings goal: one item, changed only as it was read."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from fulfillment.bank.money import Money
from fulfillment.bank.plans import Plans, SavingsGoal
from fulfillment.store import keys
from fulfillment.store.own_state import keep_all, put_state
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.sending import Patience
from fulfillment.store.wire import Record
from fulfillment.store.writes import put_new

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


def plans_key(customer_id: str) -> keys.Key:
    return {"PK": keys.customer_partition(customer_id), "SK": "PB"}


@dataclass(frozen=True, slots=True)
class PlansDesk:
    """The plans of one customer at a time."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def of(self, customer_id: str) -> Plans:
        """The plans as they stand; none for a customer who never made any. One read."""
        found = Reader(self.client, self.table).one(plans_key(customer_id))
        if found is None:
            return Plans()
        record = Record(found)
        state = json.loads(record.text("state"))
        budgets = {name: Money(*figure) for name, figure in state["budgets"].items()}
        goal = None
        if state["goal"] is not None:
            minor, currency, by = state["goal"]
            goal = SavingsGoal(Money(minor, currency), date.fromisoformat(by) if by else None)
        return Plans(budgets, goal, record.number("ver"))

    def keep(self, customer_id: str, plans: Plans, what: str, at: datetime, entry_id: str) -> Plans:
        """Store what `plans` have become since they were read, with an audit entry `what`.

        Raises `BooksBusyError` when they were changed meanwhile, `BooksUnreachableError` when no
        answer came.
        """
        kept = replace(plans, version=plans.version + 1)
        goal = kept.goal
        state = {
            "budgets": {name: [one.minor, one.currency] for name, one in kept.budgets.items()},
            "goal": goal
            and [goal.amount.minor, goal.amount.currency, goal.by and goal.by.isoformat()],
        }
        change = put_state(self.table, plans_key(customer_id), state, kept.version)
        entry = audit_item(customer_id, at, entry_id, what, "plans")
        items = [change, put_new(self.table, entry)]
        keep_all(self.client, items, entry_id, self.patience, "plans")
        return kept
