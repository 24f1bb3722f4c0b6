"""How a correction is laid down: its record, and the lines of what it corrects turned round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.bank.books import Posting
from fulfillment.bank.exchange import Exchange, exchanged
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState
from fulfillment.bank.reversals import Reversal, reversal_id
from fulfillment.store import keys
from fulfillment.store.hold_items import CARD, read_authorisation
from fulfillment.store.order_items import exchange_fields, read_exchange, read_order
from fulfillment.store.postings import BankPosting, card_lines, payment_lines
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item

REVERSAL = "reversal"
"""The kind of record that a correction has, beside the kinds of payments."""

Lines = tuple[list[Posting], list[BankPosting]]


def reversal_item(original: Item, booked_at: datetime, decided: Mapping[str, str]) -> Item:
    """The record of a correction: whose, of what, how much, and how it was `decided`."""
    record = Record(original)
    transfer_id, fee = record.tail("PK"), record.number("fee")
    was_held = record.optional_text("exp") is not None
    paid = record.number("paid") if was_held else record.number("amt") + fee
    return encode(
        {
            **keys.transfer(reversal_id(transfer_id)),
            "st": TransferState.POSTED,
            "kind": REVERSAL,
            "of": transfer_id,
            "was": record.text("kind"),
            "cid": record.text("cid"),
            "src": record.text("src"),
            "dst": record.optional_text("dst"),
            "amt": paid - fee,
            "fee": fee,
            "ccy": record.text("ccy"),
            **exchange_fields(_exchange_of(record, paid - fee)),
            "at": keys.instant(booked_at),
            **decided,
        }
    )


def _exchange_of(record: Record, minor: int) -> Exchange | None:
    """What a posted amount was exchanged for, perhaps a part of what had been agreed."""
    agreed = read_exchange(record)
    return exchanged(Money(minor, record.text("ccy")), agreed.rate) if agreed else None


def read_reversal(item: Item, *, replayed: bool) -> Reversal:
    record = Record(item)
    currency = record.text("ccy")
    return Reversal(
        transfer_id=record.tail("PK"),
        reverses=record.text("of"),
        amount=Money(record.number("amt"), currency),
        fee=Money(record.number("fee"), currency),
        reason=record.text("why"),
        booked_at=keys.moment(record.text("at")),
        replayed=replayed,
    )


def opposite_lines(original: Item, booked_at: datetime, shard: int) -> Lines:
    """The original's lines with the other sign, dated anew, under the reversal's own id.

    They keep their kind, merchant and category, so that sums over them come out as if nothing had
    been: a transfer that came back is still a transfer, and no income.
    """
    transfer_id = Record(original).tail("PK")
    customer, bank = _lines(original, booked_at, shard)
    new_id = reversal_id(transfer_id)

    def own_id(posting_id: str) -> str:
        return new_id + posting_id.removeprefix(transfer_id)

    return (
        [
            replace(
                line,
                posting_id=own_id(line.posting_id),
                transfer_id=new_id,
                amount=-line.amount,
                description=f"Reversal: {line.description}",
            )
            for line in customer
        ],
        [
            replace(
                line,
                posting_id=own_id(line.posting_id),
                transfer_id=new_id,
                amount=-line.amount,
                description=f"Reversal: {line.description}",
            )
            for line in bank
        ],
    )


def _lines(original: Item, booked_at: datetime, shard: int) -> Lines:
    record = Record(original)
    held = read_authorisation(original)
    if record.text("kind") == CARD and held is not None and held.posted is not None:
        kind = record.optional_text("line") or CARD
        return card_lines(held.hold, held.posted, booked_at, shard, kind)
    order = read_order(record, record.text("cid"))
    if held is not None and held.posted is not None:
        order = order.of(held.posted - order.fee)
    return payment_lines(record.tail("PK"), order, booked_at, shard)
