"""Where statement files lie for a few days, and the links by which a customer fetches them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from fulfillment.bank.books import Account
from fulfillment.store.payment_items import audit_item

if TYPE_CHECKING:
    from fulfillment.store.books import Books

LINK_LIVES = timedelta(minutes=10)
"""A link is a bearer's: whoever has it can read the file for as long as it lives."""


_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class StatementShelf:
    """A private bucket. `client` makes S3's client at the first statement, not at a cold start."""

    client: Callable[[], Any]
    bucket: str

    def put(self, content: bytes, file_name: str, file_id: str, at: datetime) -> str:
        """Keep `content` and return a link that saves it as `file_name`, which ends in its kind.

        The key is a day and `file_id`, which nobody can foresee: neither it nor the link tells
        whose statement it is. Raises botocore's own errors.
        """
        client = self.client()
        kind = file_name.rpartition(".")[2]
        key = f"{at:%Y-%m-%d}/{file_id}.{kind}"
        client.put_object(
            Bucket=self.bucket,
            Key=key,
            Body=content,
            ContentType=_CONTENT_TYPES[kind],
            ContentDisposition=f'attachment; filename="{file_name}"',
            CacheControl="private, no-store",
        )
        link: str = client.generate_presigned_url(
            "get_object",
            Params={"Bucket": self.bucket, "Key": key},
            ExpiresIn=int(LINK_LIVES.total_seconds()),
        )
        return link


def note_statement(
    books: Books, account: Account, month: date, file_name: str, file_id: str, at: datetime
) -> None:
    """Write into the customer's record that a file of their account's month was made for them."""
    entry = audit_item(
        account.customer_id, at, file_id, "statement", account.account_id,
        month=f"{month:%Y-%m}", file=file_name.rpartition(".")[2],
    )  # fmt: skip
    books.client.put_item(
        TableName=books.table, Item=entry, ConditionExpression="attribute_not_exists(PK)"
    )
