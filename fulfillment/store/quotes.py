"""Store what is shown for a yes, under an id that no other figures can ever take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.bank.payments import Quote
from fulfillment.store import keys
from fulfillment.store.errors import BooksError
from fulfillment.store.payment_items import quote_item
from fulfillment.store.wire import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import Item


def store_quote(client: DynamoDBClient, table: str, quote: Quote) -> None:
    """Write `quote`; writing the same one again changes nothing.

    Raises `BooksError` when the id is taken by other figures or cannot be part of a key.
    """
    order = quote.order
    ids = (quote.quote_id, quote.customer_id, order.source_account_id, order.destination_id)
    if not keys.addressable(*ids) or quote.customer_id != order.customer_id:
        raise BooksError("a quote with an id that cannot be part of a key")
    try:
        client.put_item(
            TableName=table,
            Item=quote_item(quote),
            ConditionExpression="attribute_not_exists(PK)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        stored = Record(_old_item(error))
        if (stored.text("dg"), stored.text("sid")) != (quote.digest, quote.session_id):
            raise BooksError("this quote id is taken by other figures") from None


def _old_item(error: ClientError) -> Item:
    item: Item = error.response.get("Item", {})  # type: ignore[assignment]  # stubs: not typed
    return item
