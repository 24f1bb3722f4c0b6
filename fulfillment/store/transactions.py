"""A payment as one DynamoDB transaction: every rule a condition, every consequence a write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus, Hold
from fulfillment.bank.holds import hold_of
from fulfillment.bank.limits import Limit
from fulfillment.bank.new_payees import most_for_new
from fulfillment.bank.payments import PaymentKind, PaymentOrder, StepUp
from fulfillment.bank.rules import PAYMENT_ACCOUNTS
from fulfillment.bank.standing import Standing
from fulfillment.bank.step_up import step_up_for
from fulfillment.store import keys
from fulfillment.store.companions import ALONE, Companions
from fulfillment.store.hold_items import authorisation_item, hold_item
from fulfillment.store.items import paid_attribute
from fulfillment.store.payment_items import (
    CONSUMED,
    DAY_LIMIT_KEPT,
    QUOTED,
    STEP_UP,
    audit_item,
    count_attribute,
    spent_attribute,
    transfer_item,
)
from fulfillment.store.postings import payment_lines
from fulfillment.store.writes import book, check, put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import MutableItem, Scalar


class Step(Enum):
    """What an item of the transaction is for: the first whose condition fails is the reason."""

    QUOTE = auto()
    TRANSFER = auto()
    PAYER = auto()
    DESTINATION = auto()
    LIMIT = auto()
    RECORD = auto()
    """Lines, bank shards and the audit entry: none can fail in books that are whole."""
    COMPANION = auto()
    """What somebody else writes with the payment, from what they read before it."""


@dataclass(frozen=True, slots=True)
class Payment:
    """All that a payment's transaction is made of. `shard` takes the bank's side, if it has one.

    `zone` is the customer's, by whose days the payment is counted.
    With `hold_until` the money is only held, to be posted or released by then. `standing` is who
    confirms it and through what: by it the quote must carry a one-time code's mark or need not.
    `consent` is the write that stands for the customer's yes when it was given for good before.
    """

    transfer_id: str
    order: PaymentOrder
    session_id: str
    now: datetime
    limit: Limit
    shard: int
    attempt_id: str
    zone: str
    hold_until: datetime | None = None
    standing: Standing = field(default_factory=Standing)
    consent: TransactWriteItemTypeDef | None = None
    companions: Companions = ALONE

    @property
    def booked_at(self) -> datetime:
        """The moment the lines carry: UTC, to the second."""
        return self.now.astimezone(UTC).replace(microsecond=0)

    @property
    def step_up(self) -> StepUp:
        """Whether the yes alone is enough, by the rule as it is now."""
        if self.companions.code_needed:
            return StepUp.REQUIRED
        return step_up_for(self.order, self.standing)

    @property
    def hold(self) -> Hold | None:
        """What is held, when the money does not move at once."""
        if self.hold_until is None:
            return None
        return hold_of(self.order, self.transfer_id, self.booked_at, self.hold_until)

    def transfer(self) -> MutableItem:
        if self.hold is not None:
            return authorisation_item(self.hold, self.session_id, self.attempt_id)
        return transfer_item(
            self.transfer_id, self.order, self.session_id, self.booked_at, self.attempt_id
        )


PlannedItem = tuple[Step, "TransactWriteItemTypeDef"]


def plan(table: str, payment: Payment) -> list[PlannedItem]:
    """The items of the transaction, each with its step, in the order of diagnosis."""
    return [
        (Step.QUOTE, payment.consent or _consume_quote(table, payment)),
        (Step.TRANSFER, put_new(table, payment.transfer())),
        (Step.PAYER, _debit(table, payment)),
        (Step.DESTINATION, _destination(table, payment)),
        (Step.LIMIT, _count_towards_limit(table, payment)),
        *((Step.RECORD, item) for item in _records(table, payment)),
        *((Step.COMPANION, item) for item in payment.companions.items),
    ]


def _consume_quote(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    """Use the yes up."""
    stepped_up, values = marked_by_a_code(payment.step_up)
    return update(
        table,
        keys.quote(payment.order.customer_id, payment.transfer_id),
        "SET st = :consumed",
        {
            ":consumed": CONSUMED,
            ":quoted": QUOTED,
            ":digest": payment.order.digest,
            ":session": payment.session_id,
            ":now": keys.exact_instant(payment.now),
            **values,
        },
        condition=(
            f"st = :quoted AND dg = :digest AND sid = :session AND #exp > :now AND {stepped_up}"
        ),
        names={"#exp": "exp", "#step": STEP_UP},
    )


def marked_by_a_code(step_up: StepUp) -> tuple[str, dict[str, StepUp]]:
    """The condition on a quote (`#step`, `:digest`) that a one-time code was given where one is
    needed, and its values. A code's mark counts for the very figures that it was given for.
    """
    if step_up is not StepUp.NOT_NEEDED:
        return "#step = :digest", {}
    free = "(attribute_not_exists(#step) OR #step = :free OR #step = :digest)"
    return free, {":free": StepUp.NOT_NEEDED}


def _debit(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    order = payment.order
    kinds = {f":kind{index}": kind for index, kind in enumerate(sorted(PAYMENT_ACCOUNTS))}
    figure = "held = held + :total" if payment.hold else "posted = posted - :total"
    return update(
        table,
        keys.account(order.customer_id, order.source_account_id),
        f"SET avail = avail - :total, {figure}, ver = ver + :one, lt = :transfer",
        {
            ":total": order.total.minor,
            ":one": 1,
            ":transfer": payment.transfer_id,
            ":active": AccountStatus.ACTIVE,
            ":ccy": order.amount.currency,
            **kinds,
        },
        condition=(
            f"st = :active AND ccy = :ccy AND kind IN ({', '.join(kinds)}) AND avail >= :total"
        ),
    )


def _destination(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    order = payment.order
    if order.kind is PaymentKind.TO_PAYEE:
        return _count_for_payee(table, payment)
    if payment.hold is None:
        return credit(table, order, payment.transfer_id)
    return check(
        table,
        keys.account(order.customer_id, order.destination_id),
        "st = :active AND ccy = :ccy",
        {":active": AccountStatus.ACTIVE, ":ccy": order.arrives.currency},
    )


def credit(table: str, order: PaymentOrder, transfer_id: str) -> TransactWriteItemTypeDef:
    """What arrives on the customer's other account, if it is active and of that currency."""
    return update(
        table,
        keys.account(order.customer_id, order.destination_id),
        "SET avail = avail + :amount, posted = posted + :amount, ver = ver + :one, lt = :transfer",
        {
            ":amount": order.arrives.minor,
            ":one": 1,
            ":transfer": transfer_id,
            ":active": AccountStatus.ACTIVE,
            ":ccy": order.arrives.currency,
        },
        condition="st = :active AND ccy = :ccy",
    )


def _count_for_payee(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    """The same payee as was shown, and one that is no longer new or has not had too much yet."""
    order = payment.order
    room = most_for_new(order.amount.currency) - order.amount
    grown_up = "attribute_not_exists(#new) OR #new <= :now"
    values: dict[str, Scalar] = {
        ":yes": True,
        ":target": order.destination_ref,
        ":now": keys.exact_instant(payment.now),
        ":amount": order.amount.minor,
    }
    if room.minor >= 0:
        grown_up += " OR attribute_not_exists(#paid) OR #paid <= :room"
        values[":room"] = room.minor
    return update(
        table,
        keys.payee(order.customer_id, order.destination_id),
        "ADD #paid :amount",
        values,
        condition=f"active = :yes AND target = :target AND ({grown_up})",
        names={"#new": "new", "#paid": paid_attribute(order.amount.currency)},
    )


def _count_towards_limit(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    order, limit, day = payment.order, payment.limit, payment.booked_at.date()
    room = limit.per_day - order.amount
    # A bucket that is not there yet passes, unless this payment alone is too much: then only the
    # comparison stands, which no bucket can meet.
    possible = room.minor >= 0 and order.amount <= limit.per_payment and limit.payments_per_day > 0
    condition = (
        "(attribute_not_exists(#spent) OR #spent <= :room)"
        " AND (attribute_not_exists(#count) OR #count < :most)"
    )
    return update(
        table,
        keys.day_limit(order.customer_id, day),
        "SET #ttl = :ttl ADD #spent :amount, #count :one",
        {
            ":room": room.minor if possible else -1,
            **({":most": limit.payments_per_day} if possible else {}),
            ":amount": order.amount.minor,
            ":one": 1,
            ":ttl": int((payment.booked_at + DAY_LIMIT_KEPT).timestamp()),
        },
        condition=condition if possible else "#spent <= :room",
        names={
            "#spent": spent_attribute(order.kind, order.amount.currency),
            "#count": count_attribute(order.kind, order.amount.currency),
            "#ttl": "ttl",
        },
    )


def _records(table: str, payment: Payment) -> Iterator[TransactWriteItemTypeDef]:
    order = payment.order
    if payment.hold is not None:
        yield put_new(table, hold_item(payment.hold))
    else:
        lines, bank_lines = payment_lines(
            payment.transfer_id, order, payment.booked_at, payment.shard
        )
        yield from book(table, lines, bank_lines, payment.zone)
    yield put_new(
        table,
        audit_item(
            order.customer_id,
            payment.now,
            payment.transfer_id,
            "payment",
            payment.transfer_id,
            sid=payment.session_id,
            dg=order.digest,
        ),
    )
