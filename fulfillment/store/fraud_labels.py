"""Verdicts on payments, as they arrive: each an item of its own, never changed.

The stream brings each to the fraud features (`FraudMemory.learn`), so that whoever has a verdict,
an analyst, the customer or a chargeback, stores it in their own transaction and is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from fulfillment.store import keys
from fulfillment.store.errors import BooksUnreachableError, CorruptItemError
from fulfillment.store.sending import CONDITION_FAILED, Cancelled, Committed, Patience, send
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import put_new

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item


@dataclass(frozen=True, slots=True)
class FraudLabel:
    """What somebody found a payment to be, and when. `by` is a kind of judge (`analyst:U123`,
    `customer`, `chargeback`), `cid` the customer whose payment it is.
    """

    payment_id: str
    customer_id: str
    verdict: Literal["fraud", "genuine"]
    by: str
    at: datetime


def label_put(table: str, label: FraudLabel) -> TransactWriteItemTypeDef:
    """The label as part of somebody's transaction; its condition fails when it was put before."""
    return put_new(
        table,
        encode(
            {
                **keys.fraud_label(label.payment_id, label.at, label.by),
                "cid": label.customer_id,
                "verdict": label.verdict,
                "by": label.by,
                "at": keys.exact_instant(label.at),
            }
        ),
    )


def put_label(client: DynamoDBClient, table: str, label: FraudLabel, patience: Patience) -> bool:
    """Store a label by itself; False when the same judge had put it at the same time before.

    Raises `BooksUnreachableError` when no answer came: putting it again is safe.
    """
    sent = send(client, [label_put(table, label)], uuid4().hex, patience)
    if isinstance(sent, Committed):
        return True
    if isinstance(sent, Cancelled) and sent.reasons[0].code == CONDITION_FAILED:
        return False
    raise BooksUnreachableError("nobody answered whether the label was written")


def read_label(item: Item) -> FraudLabel:
    """Raises `CorruptItemError` for an item that is no label."""
    record = Record(item)
    verdict = record.text("verdict")
    if verdict not in ("fraud", "genuine"):
        raise CorruptItemError("a verdict that is neither fraud nor genuine")
    return FraudLabel(
        payment_id=record.tail("PK"),
        customer_id=record.text("cid"),
        verdict="fraud" if verdict == "fraud" else "genuine",
        by=record.text("by"),
        at=keys.moment(record.text("at")),
    )
