"""The numbered messages of the bank to a customer, each written with what it tells of.

How many there are and how many were heard stands on the customer's own item, which every turn reads
anyway: a turn without news costs nothing more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.money import Money
from fulfillment.store import keys
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.wire import Record, Scalar, encode
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation's connection with the analyst of a case; with nobody when it is empty."""

    case_id: str = ""


_KEY = re.compile(r"C#([^#]+) M#\d{10}")
_KEPT = timedelta(days=30)
_AT_A_TIME = 20


def tell(
    table: str, message: BankMessage, line: Line | None = None
) -> list[TransactWriteItemTypeDef]:
    """The writes that leave `message`, whose number is one more than the customer's last.

    The first fails when another message took the number: read the customer anew and try again.
    `line` says with whose case the customer's chat is connected from now on.
    """
    change = "SET msgs = :number"
    values: dict[str, Scalar] = {
        ":number": message.number,
        ":last": message.number - 1,
        ":none": 0,
    }
    if line is not None and line.case_id:
        change += ", desk = :case"
        values[":case"] = line.case_id
    elif line is not None:
        change += " REMOVE desk"
    count = update(
        table,
        keys.customer(message.customer_id),
        change,
        values,
        condition=(
            "attribute_exists(PK)"
            " AND (msgs = :last OR (attribute_not_exists(msgs) AND :last = :none))"
        ),
    )
    amount = message.amount
    item = encode(
        {
            **keys.bank_message(message.customer_id, message.number),
            "at": keys.exact_instant(message.at),
            "kind": message.kind,
            "amt": amount.minor if amount else None,
            "ccy": amount.currency if amount else None,
            "to": message.to or None,
            "text": message.text or None,
            "pid": message.payment_id,
            "ttl": int((message.at + _KEPT).timestamp()),
        }
    )
    return [count, put_new(table, item)]


def hung_up(table: str, customer_id: str) -> TransactWriteItemTypeDef:
    """The write that ends the conversation's connection with an analyst, and tells nobody."""
    key = keys.customer(customer_id)
    # A customer who is there, whoever they are connected with.
    return update(table, key, "REMOVE desk", {":them": key["PK"]}, condition="PK = :them")


@dataclass(frozen=True, slots=True)
class MessageBoard:
    """Reads messages of `table`, and notes which were heard. May raise botocore's own errors."""

    client: DynamoDBClient
    table: str

    def after(self, customer_id: str, number: int) -> list[BankMessage]:
        """The messages behind `number`, oldest first, a few at a time. One query."""
        if not keys.addressable(customer_id):
            return []
        first = keys.bank_message(customer_id, number + 1)
        reader = Reader(self.client, self.table)
        found = reader.between(first["PK"], first["SK"], f"M#{AFTER}", page_size=_AT_A_TIME)
        return [_read(item) for item, _ in zip(found, range(_AT_A_TIME), strict=False)]

    def heard(self, customer_id: str, number: int) -> bool:
        """Note that the customer heard everything up to `number`; False when that was known.

        Of two that are about to tell the same, one gets True.
        """
        try:
            self.client.update_item(
                TableName=self.table,
                Key=encode(keys.customer(customer_id)),
                UpdateExpression="SET heard = :number",
                ConditionExpression=(
                    "msgs >= :number AND (attribute_not_exists(heard) OR heard < :number)"
                ),
                ExpressionAttributeValues=encode({":number": number}),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True


def told_to(partition: str, sort: str) -> str | None:
    """To whom the message at this key is; None for the key of anything else."""
    found = _KEY.fullmatch(f"{partition} {sort}")
    return found[1] if found else None


def _read(item: Item) -> BankMessage:
    record = Record(item)
    minor = record.number("amt") if "amt" in item else None
    return BankMessage(
        customer_id=record.tail("PK"),
        number=int(record.tail("SK")),
        at=keys.moment(record.text("at")),
        kind=BankMessageKind(record.text("kind")),
        amount=Money(minor, record.text("ccy")) if minor is not None else None,
        to=record.optional_text("to") or "",
        text=record.optional_text("text") or "",
        payment_id=record.optional_text("pid"),
    )
