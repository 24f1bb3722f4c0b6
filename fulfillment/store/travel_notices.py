"""The trips that customers told of: noted once, listed while they last, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from fulfillment.bank.travel import TravelNotice
from fulfillment.store import keys
from fulfillment.store.errors import BooksError, BooksUnreachableError
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.sending import CONDITION_FAILED, Committed, Lost, Patience, send
from fulfillment.store.wire import Record, Scalar, encode
from fulfillment.store.writes import put_new, remove

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item

_KEPT = timedelta(days=35)
_LETTER = "J"


@dataclass(frozen=True, slots=True)
class TravelDesk:
    """Writes notices to `table`, each change with its audit entry or not at all."""

    client: DynamoDBClient
    table: str
    patience: Patience
    new_id: Callable[[], str]

    def note(self, notice: TravelNotice, now: datetime) -> bool:
        """Keep `notice`; False when it was kept before.

        Raises `BooksUnreachableError` when no answer came; asking again is safe.
        """
        item: dict[str, Scalar] = {
            **_key(notice),
            "place": notice.place,
            "first": notice.first.isoformat(),
            "last": notice.last.isoformat(),
            "at": keys.instant(now),
            "ttl": int((datetime.combine(notice.last, time(), UTC) + _KEPT).timestamp()),
        }
        return self._write(put_new(self.table, encode(item)), notice, "noted", now)

    def take_back(self, notice: TravelNotice, now: datetime) -> bool:
        """Forget `notice`; False when it was gone. Raises as `note` does."""
        return self._write(remove(self.table, _key(notice)), notice, "taken_back", now)

    def current(self, customer_id: str, today: date) -> list[TravelNotice]:
        """The trips that are not over, the next one first. One query."""
        if not keys.addressable(customer_id):
            return []
        partition = keys.customer_partition(customer_id)
        found = Reader(self.client, self.table).between(partition, "J#", f"J#{AFTER}")
        notices = [_read(item, customer_id) for item in found]
        return sorted((n for n in notices if n.last >= today), key=lambda n: (n.first, n.place))

    def _write(
        self, change: TransactWriteItemTypeDef, notice: TravelNotice, what: str, now: datetime
    ) -> bool:
        token = self.new_id()
        entry = audit_item(
            notice.customer_id, now, f"{token}-{what}", "travel", notice.notice_id, did=what
        )  # fmt: skip
        sent = send(self.client, [change, put_new(self.table, entry)], token, self.patience)
        if isinstance(sent, Lost):
            raise BooksUnreachableError("no answer about a travel notice")
        if not isinstance(sent, Committed) and sent.reasons[0].code != CONDITION_FAILED:
            raise BooksError("an entry about a travel notice is already there")
        return isinstance(sent, Committed)


def _key(notice: TravelNotice) -> keys.Key:
    partition = keys.customer_partition(notice.customer_id)
    return {"PK": partition, "SK": f"{_LETTER}#{notice.notice_id}"}


def _read(item: Item, customer_id: str) -> TravelNotice:
    record = Record(item)
    return TravelNotice(
        customer_id,
        record.text("place"),
        date.fromisoformat(record.text("first")),
        date.fromisoformat(record.text("last")),
    )
