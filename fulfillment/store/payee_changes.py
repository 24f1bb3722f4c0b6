"""Make a confirmed change to the payees: once, audited, in the transaction that uses the yes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.bank.new_payees import new_until
from fulfillment.bank.payee_changes import (
    ChangeKind,
    ChangeRefusal,
    PayeeChange,
    PayeeChanged,
)
from fulfillment.store import keys
from fulfillment.store.errors import BooksError, BooksUnreachableError
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.sending import (
    CONDITION_FAILED,
    NO_ANSWER,
    Committed,
    Lost,
    Patience,
    Reason,
    send,
)
from fulfillment.store.wire import Record, Scalar, encode
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item, MutableItem

_SHOWN, _MADE = "shown", "made"
_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PayeeDesk:
    """Writes changes of payees to `table`."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def show(self, change: PayeeChange) -> None:
        """Store what is shown for a yes. Raises `BooksError` for an id that is taken."""
        if not keys.addressable(change.change_id, change.customer_id, change.payee_id):
            raise BooksError("a change of a payee with an id that cannot be part of a key")
        item = put_new(self.table, _change_item(change))
        sent = send(self.client, [item], change.change_id[:36], self.patience)
        if isinstance(sent, Lost):
            raise BooksUnreachableError("no answer about showing a change of a payee")
        if not isinstance(sent, Committed):
            raise BooksError("this id of a change is taken")

    def shown(self, customer_id: str, change_id: str, session_id: str) -> PayeeChange | None:
        """What was shown to this customer in this session under that id, or None."""
        if not keys.addressable(customer_id, change_id):
            return None
        item = Reader(self.client, self.table).one(keys.payee_change(customer_id, change_id))
        found = _read_change(item) if item else None
        return found if found is not None and found.session_id == session_id else None

    def is_made(self, change: PayeeChange) -> bool:
        """Whether `change` was made before. One read."""
        key = keys.payee_change(change.customer_id, change.change_id)
        item = Reader(self.client, self.table).one(key)
        return item is not None and Record(item).text("st") == _MADE

    def make(self, change: PayeeChange, now: datetime, token: str) -> PayeeChanged | ChangeRefusal:
        """Make the change that was confirmed, once; asking again answers the same.

        Raises `BooksUnreachableError` when no answer came and the change does not show it.
        """
        entry = audit_item(
            change.customer_id, now, change.change_id, f"payee_{change.kind}", change.payee_id,
            dg=change.digest, sid=change.session_id,
        )  # fmt: skip
        items = [
            self._use(change, now),
            self._change(change, now),
            put_new(self.table, entry),
        ]
        sent = send(self.client, items, token, self.patience)
        if isinstance(sent, Committed):
            return PayeeChanged(change)
        if isinstance(sent, Lost):
            return self._after_silence(change)
        return _why_not(change, sent.reasons)

    def _use(self, change: PayeeChange, now: datetime) -> TransactWriteItemTypeDef:
        return update(
            self.table,
            keys.payee_change(change.customer_id, change.change_id),
            "SET st = :made",
            {
                ":made": _MADE,
                ":shown": _SHOWN,
                ":digest": change.digest,
                ":session": change.session_id,
                ":now": keys.exact_instant(now),
            },
            condition="st = :shown AND dg = :digest AND sid = :session AND #exp > :now",
            names={"#exp": "exp"},
        )

    def _change(self, change: PayeeChange, now: datetime) -> TransactWriteItemTypeDef:
        key = keys.payee(change.customer_id, change.payee_id)
        if change.kind is ChangeKind.ADD:
            return update(
                self.table,
                key,
                "SET #name = :name, bank = :bank, target = :target, active = :yes, #new = :until"
                " REMOVE nick",
                {
                    ":name": change.name,
                    ":bank": change.bank_name,
                    ":target": change.target,
                    ":yes": True,
                    ":no": False,
                    ":until": keys.exact_instant(new_until(now)),
                },
                condition="attribute_not_exists(PK) OR active = :no",
                names={"#name": "name", "#new": "new"},
            )
        as_shown = "active = :yes AND target = :target AND #name = :was"
        values: dict[str, Scalar] = {":yes": True, ":target": change.target, ":was": change.was}
        if change.kind is ChangeKind.RENAME:
            values[":name"] = change.name
            return update(
                self.table, key, "SET #name = :name REMOVE nick", values,
                condition=as_shown, names={"#name": "name"},
            )  # fmt: skip
        values[":no"] = False
        return update(
            self.table, key, "SET active = :no", values,
            condition=as_shown, names={"#name": "name"},
        )  # fmt: skip

    def _after_silence(self, change: PayeeChange) -> PayeeChanged:
        try:
            key = keys.payee_change(change.customer_id, change.change_id)
            item = Reader(self.client, self.table).one(key)
        except NO_ANSWER as error:
            raise BooksUnreachableError("no answer about changing a payee") from error
        if item is None or Record(item).text("st") != _MADE:
            raise BooksUnreachableError("no answer about changing a payee")
        return PayeeChanged(change)


def _why_not(change: PayeeChange, reasons: tuple[Reason, ...]) -> PayeeChanged | ChangeRefusal:
    yes, payee, _ = reasons
    if yes.code == CONDITION_FAILED:
        record = Record(yes.item or {})
        owner = record.optional_text("sid"), record.optional_text("dg")
        if yes.item is None or owner != (change.session_id, change.digest):
            return ChangeRefusal.NOT_SHOWN
        made = record.text("st") == _MADE
        return PayeeChanged(change, replayed=True) if made else ChangeRefusal.EXPIRED
    if payee.code == CONDITION_FAILED:
        return ChangeRefusal.PAYEE_CHANGED
    raise BooksError("a record of this change of a payee is there without the change")


def _change_item(change: PayeeChange) -> MutableItem:
    return encode(
        {
            **keys.payee_change(change.customer_id, change.change_id),
            "st": _SHOWN,
            "dg": change.digest,
            "sid": change.session_id,
            "kind": change.kind,
            "payee": change.payee_id,
            "target": change.target,
            "name": change.name,
            "was": change.was,
            "bank": change.bank_name,
            "at": keys.exact_instant(change.created_at),
            "exp": keys.exact_instant(change.expires_at),
            "ttl": int((change.expires_at + _KEPT).timestamp()),
        }
    )


def _read_change(item: Item) -> PayeeChange:
    record = Record(item)
    return PayeeChange(
        change_id=record.tail("SK"),
        customer_id=record.tail("PK"),
        session_id=record.text("sid"),
        kind=ChangeKind(record.text("kind")),
        payee_id=record.text("payee"),
        target=record.text("target"),
        name=record.text("name"),
        was=record.text("was"),
        bank_name=record.text("bank"),
        created_at=keys.moment(record.text("at")),
    )
