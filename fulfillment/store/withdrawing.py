"""Withdraw a quote for good, or find that it was paid: the one end of every doubt about it.

Nobody can say that a payment was not made while its request may still be on the way. So the quote
is taken out of force first, by a condition that the paying transaction has too: whichever of the
two comes first decides, and the answer stays true.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.payments import NotMade, Receipt, Unknown
from fulfillment.store import keys
from fulfillment.store.errors import BooksBusyError
from fulfillment.store.payment_items import (
    CONSUMED,
    QUOTED,
    WITHDRAWN,
    audit_item,
    read_receipt,
)
from fulfillment.store.reading import Reader
from fulfillment.store.sending import (
    CONDITION_FAILED,
    NO_ANSWER,
    Cancelled,
    Committed,
    Patience,
    send,
)
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

DOUBTS = "DOUBT"
"""The queues of the index in which a quote waits whose payment nobody knows the outcome of."""


@dataclass(frozen=True, slots=True)
class QuoteDesk:
    """Ends quotes in `table` that are not to be paid any more."""

    client: DynamoDBClient
    table: str
    patience: Patience
    new_id: Callable[[], str]

    def withdraw(
        self,
        customer_id: str,
        quote_id: str,
        session_id: str,
        now: datetime,
        besides: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Receipt | NotMade | Unknown:
        """The receipt when it was paid; else it never was, and from now on never will be.

        `besides` is written with it: why it was blocked, if it was.
        `Unknown` when no answer came, or others were in the way at every attempt.
        """
        if not keys.addressable(customer_id, quote_id):
            return NotMade(quote_id)
        request_id = self.new_id()
        entry = audit_item(customer_id, now, request_id, "quote", quote_id, after=WITHDRAWN)
        change = update(
            self.table,
            keys.quote(customer_id, quote_id),
            "SET st = :withdrawn REMOVE G1PK, G1SK",
            {":withdrawn": WITHDRAWN, ":quoted": QUOTED, ":session": session_id},
            condition="st = :quoted AND sid = :session",
        )
        try:
            items = [change, put_new(self.table, entry), *besides]
            sent = send(self.client, items, request_id, self.patience)
        except BooksBusyError:
            return Unknown(quote_id)
        if isinstance(sent, Committed):
            return NotMade(quote_id)
        if isinstance(sent, Cancelled) and sent.reasons[0].code == CONDITION_FAILED:
            stored = sent.reasons[0].item
            if stored is None or Record(stored).text("st") != CONSUMED:
                return NotMade(quote_id)
        try:
            return self._receipt(customer_id, quote_id, session_id) or Unknown(quote_id)
        except NO_ANSWER:
            return Unknown(quote_id)

    def warned(self, customer_id: str, quote_id: str, now: datetime) -> None:
        """Note on a live quote that the customer was warned; the first time is the one that counts.

        May raise botocore's own errors: then nothing was asked, and nothing can be paid yet.
        """
        self.client.update_item(
            TableName=self.table,
            Key=encode(keys.quote(customer_id, quote_id)),
            UpdateExpression="SET warned = if_not_exists(warned, :now)",
            ConditionExpression="st = :quoted",
            ExpressionAttributeValues=encode({":now": keys.exact_instant(now), ":quoted": QUOTED}),
        )

    def doubt(self, customer_id: str, quote_id: str, now: datetime) -> bool:
        """Note that nobody knows what became of a quote, for the next pass over such.

        False when this could not be noted either; the conversation keeps a note of its own.
        """
        try:
            self.client.update_item(
                TableName=self.table,
                Key=encode(keys.quote(customer_id, quote_id)),
                UpdateExpression="SET G1PK = :queue, G1SK = :now",
                ConditionExpression="attribute_exists(PK) AND st <> :withdrawn",
                ExpressionAttributeValues=encode(
                    {
                        ":queue": keys.due(DOUBTS, keys.queue_of(quote_id)),
                        ":now": keys.exact_instant(now),
                        ":withdrawn": WITHDRAWN,
                    }
                ),
            )
        except (BotoCoreError, ClientError):
            return False
        return True

    def clear(self, customer_id: str, quote_id: str) -> None:
        """Take a quote whose payment was found off the list of doubts."""
        self.client.update_item(
            TableName=self.table,
            Key=encode(keys.quote(customer_id, quote_id)),
            UpdateExpression="REMOVE G1PK, G1SK",
            ConditionExpression="attribute_exists(PK)",
        )

    def _receipt(self, customer_id: str, quote_id: str, session_id: str) -> Receipt | None:
        """What was paid on a quote of this customer's in this session, if it is seen."""
        item = Reader(self.client, self.table).one(keys.transfer(quote_id))
        if item is None:
            return None
        record = Record(item)
        if (record.text("cid"), record.optional_text("sid")) != (customer_id, session_id):
            return None
        return read_receipt(item, replayed=True)
