"""A payment as one DynamoDB transaction: every rule a condition, every consequence a write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.limits import Limit
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.bank.rules import PAYMENT_ACCOUNTS
from fulfillment.store import keys
from fulfillment.store.items import posting_item
from fulfillment.store.payment_items import (
    CONSUMED,
    DAY_LIMIT_KEPT,
    QUOTED,
    audit_item,
    count_attribute,
    spent_attribute,
    transfer_item,
)
from fulfillment.store.postings import bank_posting_item, payment_lines
from fulfillment.store.wire import Scalar, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import MutableItem


class Step(Enum):
    """What an item of the transaction is for: the first whose condition fails is the reason."""

    QUOTE = auto()
    TRANSFER = auto()
    PAYER = auto()
    DESTINATION = auto()
    LIMIT = auto()
    RECORD = auto()
    """Lines, bank shards and the audit entry: none can fail in books that are whole."""


@dataclass(frozen=True, slots=True)
class Payment:
    """All that a payment's transaction is made of. `shard` takes the bank's side, if it has one."""

    transfer_id: str
    order: PaymentOrder
    session_id: str
    now: datetime
    limit: Limit
    shard: int
    attempt_id: str

    @property
    def booked_at(self) -> datetime:
        """The moment the lines carry: UTC, to the second."""
        return self.now.astimezone(UTC).replace(microsecond=0)

    def transfer(self) -> MutableItem:
        return transfer_item(
            self.transfer_id, self.order, self.session_id, self.booked_at, self.attempt_id
        )


PlannedItem = tuple[Step, "TransactWriteItemTypeDef"]


def plan(table: str, payment: Payment) -> list[PlannedItem]:
    """The items of the transaction, each with its step, in the order of diagnosis."""
    order = payment.order
    own = order.kind is PaymentKind.OWN_TRANSFER
    return [
        (Step.QUOTE, _consume_quote(table, payment)),
        (Step.TRANSFER, put_new(table, payment.transfer())),
        (Step.PAYER, _debit(table, payment)),
        (Step.DESTINATION, _credit(table, payment) if own else _same_payee(table, order)),
        (Step.LIMIT, _count_towards_limit(table, payment)),
        *((Step.RECORD, item) for item in _records(table, payment)),
    ]


def put_new(table: str, item: MutableItem) -> TransactWriteItemTypeDef:
    """An item that must not be there yet."""
    return {
        "Put": {
            "TableName": table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(PK)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def update(
    table: str,
    key: keys.Key,
    change: str,
    values: Mapping[str, Scalar],
    *,
    condition: str | None = None,
    names: Mapping[str, str] | None = None,
) -> TransactWriteItemTypeDef:
    """An update by expression; with a `condition`, its failure tells the item as it was."""
    request: dict[str, Any] = {
        "TableName": table,
        "Key": encode(key),
        "UpdateExpression": change,
        "ExpressionAttributeValues": encode(values),
    }
    if names:
        request["ExpressionAttributeNames"] = dict(names)
    if condition:
        request["ConditionExpression"] = condition
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return {"Update": request}  # type: ignore[typeddict-item]  # built key by key


def credit_shard(table: str, code: str, shard: int, amount: Money) -> TransactWriteItemTypeDef:
    """Add to a shard of the bank's own account, which comes into being with its first line."""
    return update(
        table,
        keys.bank_shard(code, amount.currency, shard),
        "ADD posted :amount, ver :one",
        {":amount": amount.minor, ":one": 1},
    )


def _consume_quote(table: str, payment: Payment) -> TransactWriteItemTypeDef:
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
        },
        condition="st = :quoted AND dg = :digest AND sid = :session AND #exp > :now",
        names={"#exp": "exp"},
    )


def _debit(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    order = payment.order
    kinds = {f":kind{index}": kind for index, kind in enumerate(sorted(PAYMENT_ACCOUNTS))}
    return update(
        table,
        keys.account(order.customer_id, order.source_account_id),
        "SET avail = avail - :total, posted = posted - :total, ver = ver + :one, lt = :transfer",
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


def _credit(table: str, payment: Payment) -> TransactWriteItemTypeDef:
    order = payment.order
    return update(
        table,
        keys.account(order.customer_id, order.destination_id),
        "SET avail = avail + :amount, posted = posted + :amount, ver = ver + :one, lt = :transfer",
        {
            ":amount": order.amount.minor,
            ":one": 1,
            ":transfer": payment.transfer_id,
            ":active": AccountStatus.ACTIVE,
            ":ccy": order.amount.currency,
        },
        condition="st = :active AND ccy = :ccy",
    )


def _same_payee(table: str, order: PaymentOrder) -> TransactWriteItemTypeDef:
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": encode(keys.payee(order.customer_id, order.destination_id)),
            "ConditionExpression": "active = :yes AND target = :target",
            "ExpressionAttributeValues": encode(
                {":yes": True, ":target": order.destination_ref},
            ),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


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
            ":most": limit.payments_per_day,
            ":amount": order.amount.minor,
            ":one": 1,
            ":ttl": int((payment.booked_at + DAY_LIMIT_KEPT).timestamp()),
        },
        condition=condition if possible else "#spent <= :room AND #count < :most",
        names={
            "#spent": spent_attribute(order.kind, order.amount.currency),
            "#count": count_attribute(order.kind, order.amount.currency),
            "#ttl": "ttl",
        },
    )


def _records(table: str, payment: Payment) -> Iterator[TransactWriteItemTypeDef]:
    order = payment.order
    lines, bank_lines = payment_lines(payment.transfer_id, order, payment.booked_at, payment.shard)
    for line in lines:
        yield put_new(table, posting_item(line))
    for bank_line in bank_lines:
        yield credit_shard(table, bank_line.code, bank_line.shard, bank_line.amount)
        yield put_new(table, bank_posting_item(bank_line))
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
