"""What became of each transaction of the feed: its receipt, which is also its idempotency key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.store import keys
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item, MutableItem

_PARTITION, _SORT = "TX#", "T"
_KEPT = timedelta(days=400)
"""As long as a score is kept, and longer than any sender repeats itself."""


@dataclass(frozen=True, slots=True)
class FeedReceipt:
    """`decision` is allow, hold, block or decline; `booked` whether money has moved. `reasons` are
    codes, `case_id` the analysts' case where there is one. `replayed`: it had been so before.
    """

    transaction_id: str
    digest: str
    transfer_id: str
    customer_id: str
    decision: str
    at: datetime
    booked: bool = False
    reasons: tuple[str, ...] = ()
    case_id: str | None = None
    replayed: bool = False


def receipt_key(transaction_id: str) -> keys.Key:
    """Where the receipt of a sender's transaction lies."""
    return {"PK": f"{_PARTITION}{transaction_id}", "SK": _SORT}


def receipt_item(receipt: FeedReceipt) -> MutableItem:
    return encode(
        {
            **receipt_key(receipt.transaction_id),
            "dg": receipt.digest,
            "tid": receipt.transfer_id,
            "cid": receipt.customer_id,
            "dec": receipt.decision,
            "at": keys.exact_instant(receipt.at),
            "booked": receipt.booked,
            "why": ",".join(receipt.reasons) or None,
            "case": receipt.case_id,
            "ttl": int((receipt.at + _KEPT).timestamp()),
        }
    )


def booked_by_the_feed(item: Item) -> str | None:
    """Whose money a transaction of the feed moved; None for the item of anything else."""
    record = Record(item)
    is_receipt = record.text("PK").startswith(_PARTITION) and record.text("SK") == _SORT
    return record.text("cid") if is_receipt and record.flag("booked") else None


def read_receipt(item: Item) -> FeedReceipt:
    """As it was written, `replayed`."""
    record = Record(item)
    why = record.optional_text("why")
    found = FeedReceipt(
        transaction_id=record.tail("PK"),
        digest=record.text("dg"),
        transfer_id=record.text("tid"),
        customer_id=record.text("cid"),
        decision=record.text("dec"),
        at=keys.moment(record.text("at")),
        booked=record.flag("booked"),
        reasons=tuple(why.split(",")) if why else (),
        case_id=record.optional_text("case"),
    )
    return replace(found, replayed=True)
