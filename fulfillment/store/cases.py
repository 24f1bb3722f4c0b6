"""Open a case with its audit entry, once, however often it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fulfillment.bank.cases import Case
from fulfillment.store import keys
from fulfillment.store.errors import BooksError, BooksUnreachableError
from fulfillment.store.items import case_item, read_case
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.security_events import Event, event_put
from fulfillment.store.sending import NO_ANSWER, Committed, Lost, Patience, send
from fulfillment.store.writes import put_new

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


def open_case(
    client: DynamoDBClient,
    table: str,
    case: Case,
    token: str,
    patience: Patience,
    told: Event | None = None,
) -> Case:
    """The case as it is stored: `case` itself, or the one that was opened before under its id.

    `told` is what the bank's people hear of it, written with the case or not at all.

    Raises `BooksUnreachableError` when no answer came and the case could not be found either.
    """
    if not keys.addressable(case.customer_id, case.case_id):
        raise BooksError("a case id or customer id that cannot be part of a key")
    entry = audit_item(
        case.customer_id, case.opened_at, case.case_id, "case", case.case_id, after=case.status
    )
    items = [put_new(table, case_item(case)), put_new(table, entry)]
    items += [event_put(table, told)] if told else []
    sent = send(client, items, token, patience)
    if isinstance(sent, Committed):
        return case
    if isinstance(sent, Lost):
        return _after_silence(client, table, case)
    stored = sent.reasons[0].item
    if stored is None:
        raise BooksError("a record of this case is there without the case")
    return read_case(stored)


def _after_silence(client: DynamoDBClient, table: str, case: Case) -> Case:
    try:
        stored = Reader(client, table).one(keys.case(case.customer_id, case.case_id))
    except NO_ANSWER as error:
        raise BooksUnreachableError("no answer about opening a case") from error
    if stored is None:
        raise BooksUnreachableError("no answer about opening a case")
    return read_case(stored)
