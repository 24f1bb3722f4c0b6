"""News for a customer: written with the event it tells of, told once, at their next turn.

How many there are stands on the customer's own item, which every turn reads anyway: a turn without
news costs nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.money import Money
from fulfillment.bank.notices import MissedPayment
from fulfillment.bank.payments import Refusal
from fulfillment.store import keys
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.sending import Committed, Patience, send
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import put_new, remove, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item

_AT_A_TIME = 3
"""How many are told in one turn: Lex takes five messages."""


def announce(table: str, notice: MissedPayment) -> list[TransactWriteItemTypeDef]:
    """The writes that leave a notice, for the transaction of the event itself."""
    item = encode(
        {
            **keys.notice(notice.customer_id, notice.at, notice.notice_id),
            "amt": notice.amount.minor,
            "ccy": notice.amount.currency,
            "to": notice.to,
            "due": notice.due.isoformat(),
            "why": notice.reason,
            "more": notice.goes_on,
        }
    )
    count = update(
        table,
        keys.customer(notice.customer_id),
        "ADD news :one",
        {":one": 1},
        condition="attribute_exists(PK)",
    )
    return [put_new(table, item), count]


@dataclass(frozen=True, slots=True)
class NoticeBoard:
    """Reads and clears notices in `table`."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def read(self, customer_id: str) -> list[MissedPayment]:
        """The oldest few notices. One query."""
        if not keys.addressable(customer_id):
            return []
        partition = keys.customer_partition(customer_id)
        reader = Reader(self.client, self.table)
        items = reader.between(partition, "N#", f"N#{AFTER}", page_size=_AT_A_TIME)
        return [_read(item) for item, _ in zip(items, range(_AT_A_TIME), strict=False)]

    def clear(self, notices: Sequence[MissedPayment], token: str) -> bool:
        """Take notices off the board that were told; False when another turn told them."""
        if not notices:
            return True
        count = update(
            self.table,
            keys.customer(notices[0].customer_id),
            "ADD news :told",
            {":told": -len(notices)},
        )
        gone = [remove(self.table, keys.notice(n.customer_id, n.at, n.notice_id)) for n in notices]
        return isinstance(send(self.client, [*gone, count], token, self.patience), Committed)


def _read(item: Item) -> MissedPayment:
    record = Record(item)
    _, at, notice_id = record.text("SK").split("#")
    return MissedPayment(
        notice_id=notice_id,
        customer_id=record.tail("PK"),
        at=keys.moment(at),
        amount=Money(record.number("amt"), record.text("ccy")),
        to=record.text("to"),
        due=date.fromisoformat(record.text("due")),
        reason=Refusal(record.text("why")),
        goes_on=record.flag("more"),
    )
