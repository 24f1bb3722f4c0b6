"""The writes that every transaction on the books is made of, each with its condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from fulfillment.bank.totals import Tally, day_of
from fulfillment.store import keys
from fulfillment.store.items import posting_item
from fulfillment.store.postings import BankPosting, bank_posting_item
from fulfillment.store.totals_items import additions, names_to_note
from fulfillment.store.wire import Scalar, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import MutableItem


def put_new(table: str, item: MutableItem) -> TransactWriteItemTypeDef:
    """An item that must not be there yet."""
    return {
        "Put": {
            "TableName": table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(PK)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def update(
    table: str,
    key: keys.Key,
    change: str,
    values: Mapping[str, Scalar],
    *,
    condition: str | None = None,
    names: Mapping[str, str] | None = None,
) -> TransactWriteItemTypeDef:
    """An update by expression; with a `condition`, its failure tells the item as it was."""
    request: dict[str, Any] = {
        "TableName": table,
        "Key": encode(key),
        "UpdateExpression": change,
        "ExpressionAttributeValues": encode(values),
    }
    if names:
        request["ExpressionAttributeNames"] = dict(names)
    if condition:
        request["ConditionExpression"] = condition
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return {"Update": request}  # type: ignore[typeddict-item]  # built key by key


def check(
    table: str, key: keys.Key, condition: str, values: Mapping[str, Scalar]
) -> TransactWriteItemTypeDef:
    """A condition on an item that is not written; its failure tells the item as it was."""
    return {
        "ConditionCheck": {
            "TableName": table,
            "Key": encode(key),
            "ConditionExpression": condition,
            "ExpressionAttributeValues": encode(values),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def credit_shard(table: str, code: str, shard: int, amount: Money) -> TransactWriteItemTypeDef:
    """Add to a shard of the bank's own account, which comes into being with its first line."""
    return update(
        table,
        keys.bank_shard(code, amount.currency, shard),
        "ADD posted :amount, ver :one",
        {":amount": amount.minor, ":one": 1},
    )


def remove(table: str, key: keys.Key) -> TransactWriteItemTypeDef:
    """Take away an item that must be there."""
    return {
        "Delete": {
            "TableName": table,
            "Key": encode(key),
            "ConditionExpression": "attribute_exists(PK)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def book(
    table: str, lines: Sequence[Posting], bank_lines: Iterable[BankPosting], zone: str
) -> Iterator[TransactWriteItemTypeDef]:
    """The lines of a movement, the bank's own accounts that some of them are on, and the totals.

    `zone` is the customer's: it says on which of their days the lines are counted.
    """
    for line in lines:
        yield put_new(table, posting_item(line, day_of(line.booked_at, zone)))
    for bank_line in bank_lines:
        yield credit_shard(table, bank_line.code, bank_line.shard, bank_line.amount)
        yield put_new(table, bank_posting_item(bank_line))
    for key, tally in additions(lines, zone).items():
        yield _add(table, key, tally)
    for key, names in names_to_note(lines).items():
        yield _note(table, key, names)


def _add(table: str, key: tuple[str, str], tally: Tally) -> TransactWriteItemTypeDef:
    """Add to a tally, which comes into being with its first line."""
    return update(
        table,
        {"PK": key[0], "SK": key[1]},
        "ADD " + ", ".join(f"{name} :{name}" for name in tally),
        {f":{name}": figure for name, figure in tally.items()},
    )


def _note(table: str, key: tuple[str, str], names: Set[str]) -> TransactWriteItemTypeDef:
    """Add names to a set of them; one that is in it changes nothing."""
    return {
        "Update": {
            "TableName": table,
            "Key": encode({"PK": key[0], "SK": key[1]}),
            "UpdateExpression": "ADD parties :names",
            "ExpressionAttributeValues": {":names": {"SS": sorted(names)}},
        }
    }
