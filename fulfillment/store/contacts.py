"""Customer numbers and telephones: two items, so that a number finds its owner in one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fulfillment.bank.contacts import Contact
from fulfillment.store import keys
from fulfillment.store.reading import Reader
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import MutableItem


def contact_items(contact: Contact) -> tuple[MutableItem, MutableItem]:
    """The customer's contact, and the way to them from their number."""
    return (
        encode(
            {
                **keys.contact(contact.customer_id),
                "number": contact.number,
                "phone": contact.phone,
            }
        ),
        encode({**keys.customer_number(contact.number), "cid": contact.customer_id}),
    )


@dataclass(frozen=True, slots=True)
class Contacts:
    """Reads contacts. Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str

    def owner_of(self, number: str) -> str | None:
        """The id of the customer whose number it is, or None. One read, either way."""
        if not keys.addressable(number):
            return None
        item = Reader(self.client, self.table).one(keys.customer_number(number))
        return Record(item).text("cid") if item else None

    def phone_of(self, customer_id: str) -> str | None:
        """The telephone (E.164) of a customer, None where there is no such customer."""
        if not keys.addressable(customer_id):
            return None
        item = Reader(self.client, self.table).one(keys.contact(customer_id))
        return Record(item).text("phone") if item else None
