"""Keeps a customer's wishes about offers, and the log of what was told and why.

Whether anything may be told unasked stands on the customer's own item too, which every turn reads
anyway: for whoever has not agreed a turn costs nothing more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.bank.offer_wishes import OfferWishes, Told
from fulfillment.store import keys
from fulfillment.store.bank_messages import tell
from fulfillment.store.own_state import keep_all, put_state
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.sending import Patience
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.bank.bank_messages import BankMessage
    from fulfillment.store.wire import MutableItem

_LOG_KEPT = timedelta(days=400)


def wishes_key(customer_id: str) -> keys.Key:
    return {"PK": keys.customer_partition(customer_id), "SK": "PW"}


def impression_key(customer_id: str, at: datetime, entry_id: str) -> keys.Key:
    """A line of the log: what was told, out of what, and how likely it was to come first."""
    sort = f"PI#{keys.exact_instant(at)}#{entry_id}"
    return {"PK": keys.customer_partition(customer_id), "SK": sort}


@dataclass(frozen=True, slots=True)
class WishesDesk:
    """The wishes of one customer at a time. `entry_id` of a change is fresh: it names its lines."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def of(self, customer_id: str) -> OfferWishes:
        """The wishes as they stand; off for a customer who never said. One read."""
        found = Reader(self.client, self.table).one(wishes_key(customer_id))
        if found is None:
            return OfferWishes()
        record = Record(found)
        state = json.loads(record.text("state"))
        return OfferWishes(
            on=record.flag("on"),
            less={kind: date.fromisoformat(day) for kind, day in state["less"].items()},
            told={
                kind: Told(times, date.fromisoformat(day))
                for kind, (times, day) in state["told"].items()
            },
            last=state["last"],
            version=record.number("ver"),
        )

    def keep(
        self,
        customer_id: str,
        wishes: OfferWishes,
        what: str,
        at: datetime,
        entry_id: str,
        log: str | None = None,
        message: BankMessage | None = None,
    ) -> OfferWishes:
        """Store what `wishes` have become since they were read, with an audit entry `what` and,
        where something was told, its line of the `log`, and the `message` that is left for the
        customer, of wishes that are on and stay so: all or nothing.

        Raises `BooksBusyError` when they were changed meanwhile, `BooksUnreachableError` when no
        answer came.
        """
        kept = replace(wishes, version=wishes.version + 1)
        entry = audit_item(customer_id, at, entry_id, what, "offers", after=str(kept.on).lower())
        items = [
            self._put(customer_id, kept),
            put_new(self.table, entry),
            # A message counts on the customer's item, where it stands already that wishes are on.
            *(tell(self.table, message) if message else [self._flag(customer_id, kept)]),
        ]
        if log is not None:
            items.append(put_new(self.table, self._line(customer_id, at, entry_id, log)))
        keep_all(self.client, items, entry_id, self.patience, "wishes for offers")
        return kept

    def _flag(self, customer_id: str, kept: OfferWishes) -> TransactWriteItemTypeDef:
        return update(
            self.table,
            keys.customer(customer_id),
            "SET tips = :on",
            {":on": kept.on},
            condition="attribute_exists(PK)",
        )

    def _put(self, customer_id: str, kept: OfferWishes) -> TransactWriteItemTypeDef:
        state = {
            "less": {kind: day.isoformat() for kind, day in kept.less.items()},
            "told": {
                kind: [told.times, told.since.isoformat()] for kind, told in kept.told.items()
            },
            "last": kept.last,
        }
        return put_state(self.table, wishes_key(customer_id), state, kept.version, on=kept.on)

    @staticmethod
    def _line(customer_id: str, at: datetime, entry_id: str, log: str) -> MutableItem:
        return encode(
            {
                **impression_key(customer_id, at, entry_id),
                "log": log,
                "ttl": int((at + _LOG_KEPT).timestamp()),
            }
        )
