"""Pay a quote once, and give the same answer however often it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fulfillment.bank.payments import Outcome, Refusal, Refused, Unknown
from fulfillment.bank.rules import malformed
from fulfillment.store import keys
from fulfillment.store.diagnosis import diagnose
from fulfillment.store.payment_items import read_receipt
from fulfillment.store.sending import NO_ANSWER, Committed, Lost, Patience, send
from fulfillment.store.transactions import Payment, plan
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True, slots=True)
class Cashier:
    """Writes payments to `table`."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def pay(self, payment: Payment) -> Outcome:
        """Move the money of `payment` in one transaction, or say why not.

        Raises `BooksBusyError` when others wrote to the same accounts at every attempt.
        """
        order = payment.order
        ids = (order.source_account_id, order.destination_id)
        if not keys.addressable(payment.transfer_id, order.customer_id):
            return Refused(Refusal.QUOTE_UNKNOWN)
        wrong = malformed(order) or (None if keys.addressable(*ids) else Refusal.UNKNOWN_ACCOUNT)
        if wrong is not None:
            return Refused(wrong)
        planned = plan(self.table, payment)
        # The token names this request, not the payment: a later request for the same payment is
        # dated differently, and DynamoDB refuses a known token with another content. What makes
        # a payment happen once is its transfer item.
        sent = send(self.client, [item for _, item in planned], payment.attempt_id, self.patience)
        if isinstance(sent, Committed):
            return read_receipt(payment.transfer(), replayed=False)
        if isinstance(sent, Lost):
            return self._recorded(payment, otherwise=Unknown(payment.transfer_id))
        found = diagnose(payment, [step for step, _ in planned], sent.reasons)
        if isinstance(found, Refused):
            return found
        return self._recorded(payment, otherwise=found.otherwise)

    def _recorded(self, payment: Payment, otherwise: Outcome) -> Outcome:
        """The answer that the transfer item holds; `otherwise` when there is no such item."""
        try:
            response = self.client.get_item(
                TableName=self.table,
                Key=encode(keys.transfer(payment.transfer_id)),
                ConsistentRead=True,
            )
        except NO_ANSWER:
            return Unknown(payment.transfer_id)
        item = response.get("Item")
        if item is None:
            return otherwise
        record = Record(item)
        owner = record.text("cid"), record.optional_text("sid")
        if owner != (payment.order.customer_id, payment.session_id):
            return Refused(Refusal.QUOTE_UNKNOWN)
        if record.text("dg") != payment.order.digest:
            return Refused(Refusal.QUOTE_CHANGED)
        return read_receipt(item, replayed=record.text("attempt") != payment.attempt_id)
