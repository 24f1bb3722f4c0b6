"""A transaction of the feed as one DynamoDB transaction: conditions, then both sides of the books.

What is let through is an authorisation that was posted in the same moment, so that its record, its
lines and its reversal are those of any card payment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus, Card, Hold
from fulfillment.bank.card_limits import room_for
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState
from fulfillment.store import keys
from fulfillment.store.card_spending import count_spending, usable_card
from fulfillment.store.feed_receipts import FeedReceipt, receipt_item
from fulfillment.store.hold_items import authorisation_item
from fulfillment.store.hold_transactions import HoldStep, plan_authorisation
from fulfillment.store.payment_items import audit_item
from fulfillment.store.postings import card_lines
from fulfillment.store.wire import Scalar, encode
from fulfillment.store.writes import book, put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import MutableItem


class FeedStep(Enum):
    """What an item of the transaction is for: the first whose condition fails is the reason."""

    RECEIPT = auto()
    """The sender's id: is it new?"""
    CARD = auto()
    CARD_LIMIT = auto()
    """Has the card's own limit room for it?"""
    ACCOUNT = auto()
    COMPANION = auto()
    """What was judged, and whom it is told to: made from what was read before."""
    CONSEQUENCE = auto()
    """Records, lines and audit: none can fail in books that are whole."""


PlannedStep = tuple[FeedStep, "TransactWriteItemTypeDef"]


@dataclass(frozen=True, slots=True)
class Movement:
    """What the feed tells of, in the books' terms. `hold` has account, card, text and amount, which
    is below zero for money that comes in. `line` is the kind of the booked line.
    """

    hold: Hold
    line: str
    booked_at: datetime
    shard: int
    zone: str

    @property
    def amount(self) -> Money:
        return self.hold.amount

    @property
    def comes_in(self) -> bool:
        return self.hold.amount.minor < 0


def plan_booking(
    table: str,
    movement: Movement,
    receipt: FeedReceipt,
    companions: Sequence[TransactWriteItemTypeDef] = (),
    card: Card | None = None,
) -> list[PlannedStep]:
    """Book both sides at once; a purchase by `card`, as it was read, within its own limits."""
    hold = movement.hold
    steps: list[PlannedStep] = [(FeedStep.RECEIPT, put_new(table, receipt_item(receipt)))]
    if card is not None and hold.counted_on is not None:
        room = room_for(card, hold.amount)
        counted = count_spending(table, hold, card.card_id, hold.counted_on, room)
        steps.append((FeedStep.CARD, usable_card(table, hold, card)))
        steps.append((FeedStep.CARD_LIMIT, counted))
    steps.append((FeedStep.ACCOUNT, _change_account(table, movement)))
    steps += [(FeedStep.COMPANION, one) for one in companions]
    steps += [(FeedStep.CONSEQUENCE, one) for one in _consequences(table, movement)]
    return steps


def plan_holding(
    table: str,
    hold: Hold,
    receipt: FeedReceipt,
    now: datetime,
    companions: Sequence[TransactWriteItemTypeDef],
    card: Card,
) -> list[PlannedStep]:
    """Hold the money of a card payment until somebody has decided on it."""
    steps: list[PlannedStep] = [(FeedStep.RECEIPT, put_new(table, receipt_item(receipt)))]
    steps += [
        (_HOLD_STEPS.get(step, FeedStep.CONSEQUENCE), one)
        for step, one in plan_authorisation(table, hold, now, receipt.transfer_id, card)
    ]
    return [*steps, *((FeedStep.COMPANION, one) for one in companions)]


def plan_refusal(
    table: str,
    receipt: FeedReceipt,
    companions: Sequence[TransactWriteItemTypeDef] = (),
) -> list[PlannedStep]:
    """Keep on record that nothing moved, and why."""
    audit = audit_item(
        receipt.customer_id,
        receipt.at,
        receipt.transfer_id,
        f"feed_{receipt.decision}",
        receipt.transfer_id,
        why=",".join(receipt.reasons) or None,
    )
    return [
        (FeedStep.RECEIPT, put_new(table, receipt_item(receipt))),
        *((FeedStep.COMPANION, one) for one in companions),
        (FeedStep.CONSEQUENCE, put_new(table, audit)),
    ]


_HOLD_STEPS = {
    HoldStep.CARD: FeedStep.CARD,
    HoldStep.CARD_LIMIT: FeedStep.CARD_LIMIT,
    HoldStep.ACCOUNT: FeedStep.ACCOUNT,
}


def _change_account(table: str, movement: Movement) -> TransactWriteItemTypeDef:
    """What goes out needs an active account that has it; what comes in, one that is not closed."""
    hold = movement.hold
    values: dict[str, Scalar] = {
        ":amount": hold.amount.minor,
        ":one": 1,
        ":transfer": hold.hold_id,
        ":ccy": hold.amount.currency,
    }
    if movement.comes_in:
        condition = "ccy = :ccy AND st <> :closed"
        values[":closed"] = AccountStatus.CLOSED
    else:
        condition = "st = :active AND ccy = :ccy AND avail >= :amount"
        values[":active"] = AccountStatus.ACTIVE
    return update(
        table,
        keys.account(hold.customer_id, hold.account_id),
        "SET avail = avail - :amount, posted = posted - :amount, ver = ver + :one, lt = :transfer",
        values,
        condition=condition,
    )


def _consequences(table: str, movement: Movement) -> Iterator[TransactWriteItemTypeDef]:
    hold = movement.hold
    booked_at = movement.booked_at.astimezone(UTC).replace(microsecond=0)
    lines = card_lines(hold, hold.amount, booked_at, movement.shard, movement.line)
    yield put_new(table, _posted_record(movement))
    yield from book(table, *lines, movement.zone)
    yield put_new(
        table,
        audit_item(
            hold.customer_id,
            movement.booked_at,
            hold.hold_id,
            "authorisation",
            hold.hold_id,
            paid=hold.amount.minor,
        ),
    )


def _posted_record(movement: Movement) -> MutableItem:
    """The authorisation's own record, with the end that it came to at once."""
    hold = movement.hold
    ended: dict[str, Scalar] = {
        "st": TransferState.POSTED,
        "paid": hold.amount.minor,
        "settled": keys.exact_instant(movement.booked_at),
        "ending": hold.hold_id,
        "line": movement.line,
    }
    return {**authorisation_item(hold, "", hold.hold_id), **encode(ended)}
