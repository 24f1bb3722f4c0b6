"""What the feed's sender is answered: a status and a JSON body that tells of no customer."""

from __future__ import annotations

from typing import Any

from fulfillment.store.feed_receipts import FeedReceipt

Answer = tuple[int, dict[str, Any]]


def taken(receipt: FeedReceipt) -> Answer:
    """201 for what is new, 200 for what had been taken before."""
    body: dict[str, Any] = {
        "id": receipt.transaction_id,
        "transaction": receipt.transfer_id,
        "decision": receipt.decision,
        "booked": receipt.booked,
        "reasons": list(receipt.reasons),
        "replayed": receipt.replayed,
    }
    if receipt.case_id is not None:
        body["case"] = receipt.case_id
    return (200 if receipt.replayed else 201), body


def refused(status: int, error: str, message: str, **more: object) -> Answer:
    """`error` is a stable word for a program, `message` a sentence for its operator."""
    return status, {"error": error, "message": message, **more}
