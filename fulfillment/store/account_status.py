"""Freeze an account: one conditional change with its audit entry, safe to repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fulfillment.bank.books import Account, AccountStatus
from fulfillment.store import keys
from fulfillment.store.errors import BooksError, BooksUnreachableError
from fulfillment.store.items import read_account
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.sending import NO_ANSWER, Committed, Lost, Patience, send
from fulfillment.store.writes import put_new, update

if TYPE_CHECKING:
    from datetime import datetime

    from mypy_boto3_dynamodb.client import DynamoDBClient


def freeze_account(
    client: DynamoDBClient,
    table: str,
    account: Account,
    now: datetime,
    token: str,
    patience: Patience,
) -> Account:
    """The account as it is afterwards: frozen, or closed when it had been closed before.

    A frozen account pays nothing out and takes nothing in; only the bank thaws it. Raises
    `BooksUnreachableError` when no answer came and the account does not show the change.
    """
    entry = audit_item(
        account.customer_id,
        now,
        token,
        "account",
        account.account_id,
        before=AccountStatus.ACTIVE,
        after=AccountStatus.FROZEN,
    )
    change = update(
        table,
        keys.account(account.customer_id, account.account_id),
        "SET st = :frozen, ver = ver + :one",
        {":frozen": AccountStatus.FROZEN, ":active": AccountStatus.ACTIVE, ":one": 1},
        condition="st = :active",
    )
    sent = send(client, [change, put_new(table, entry)], token, patience)
    if isinstance(sent, Lost):
        return _after_silence(client, table, account)
    if not isinstance(sent, Committed) and sent.reasons[0].item is not None:
        return read_account(sent.reasons[0].item)
    if not isinstance(sent, Committed):
        raise BooksError("an account that was just read is not there")
    return _read(client, table, account)


def _after_silence(client: DynamoDBClient, table: str, account: Account) -> Account:
    try:
        found = _read(client, table, account)
    except NO_ANSWER as error:
        raise BooksUnreachableError("no answer about freezing an account") from error
    if found.status is AccountStatus.ACTIVE:
        raise BooksUnreachableError("no answer about freezing an account")
    return found


def _read(client: DynamoDBClient, table: str, account: Account) -> Account:
    stored = Reader(client, table).one(keys.account(account.customer_id, account.account_id))
    if stored is None:
        raise BooksError("an account that was just read is not there")
    return read_account(stored)
