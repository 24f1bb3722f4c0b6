"""Corners of DynamoDB's language, each as one request on the same few items."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

TABLE = "teller-books"
KEY = {"PK": {"S": "C#mira"}, "SK": {"S": "A#checking"}}
NOBODY = {"PK": {"S": "C#mira"}, "SK": {"S": "A#nobody"}}
ITEMS: tuple[Mapping[str, Any], ...] = (
    {**KEY, "n": {"N": "10"}, "t": {"S": "b"}, "yes": {"BOOL": True}},
    {"PK": {"S": "C#mira"}, "SK": {"S": "A#savings"}, "n": {"N": "-3"}},
    {"PK": {"S": "C#mira"}, "SK": {"S": "B#anna"}},
    {"PK": {"S": "C#mira"}, "SK": {"S": "Z#1"}, "n": {"N": "9007199254740993"}},
)

CONDITIONS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("n >= :v", {":v": {"N": "10"}}),
    ("n > :v", {":v": {"N": "10"}}),
    ("n <= :v", {":v": {"N": "9"}}),
    ("n < :v", {":v": {"N": "100"}}),
    ("n <> :v", {":v": {"S": "10"}}),
    ("n = :v", {":v": {"S": "10"}}),
    ("n < :v", {":v": {"S": "z"}}),
    ("absent = :v", {":v": {"N": "1"}}),
    ("absent <> :v", {":v": {"N": "1"}}),
    ("absent < :v", {":v": {"N": "1"}}),
    ("NOT absent < :v", {":v": {"N": "1"}}),
    ("t BETWEEN :a AND :b", {":a": {"S": "a"}, ":b": {"S": "b"}}),
    ("t IN (:a, :b)", {":a": {"S": "a"}, ":b": {"S": "b"}}),
    ("absent IN (:a, :b)", {":a": {"S": "a"}, ":b": {"S": "b"}}),
    ("begins_with(t, :a)", {":a": {"S": "b"}}),
    ("attribute_exists(n) AND attribute_not_exists(absent)", {}),
    ("attribute_not_exists(n) OR n < :v AND t = :t", {":v": {"N": "1"}, ":t": {"S": "b"}}),
    ("(attribute_not_exists(n) OR n > :v) AND t = :t", {":v": {"N": "1"}, ":t": {"S": "b"}}),
    ("yes = :y", {":y": {"BOOL": True}}),
    ("yes = :y", {":y": {"BOOL": False}}),
)
"""Conditions that DynamoDB takes, and their values."""

UPDATES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("SET n = n - :v", {":v": {"N": "11"}}),
    ("SET n = n + :v, t = :t", {":v": {"N": "1"}, ":t": {"S": "c"}}),
    ("SET elsewhere = n, n = :v", {":v": {"N": "0"}}),
    ("SET absent = absent + :v", {":v": {"N": "1"}}),
    ("SET n = if_not_exists(n, :v)", {":v": {"N": "1"}}),
    ("SET absent = if_not_exists(absent, :v)", {":v": {"N": "1"}}),
    ("SET absent = if_not_exists(absent, :v) + :v", {":v": {"N": "1"}}),
    ("SET absent = if_not_exists(absent, none)", {}),
    ("SET t = t + :v", {":v": {"N": "1"}}),
    ("ADD n :v, fresh :v", {":v": {"N": "-4"}}),
    ("ADD t :v", {":v": {"N": "1"}}),
    ("SET t = :t ADD n :v REMOVE yes", {":v": {"N": "1"}, ":t": {"S": "c"}}),
    ("SET t = :t REMOVE absent", {":t": {"S": "d"}}),
    ("SET session = :t", {":t": {"S": "a reserved word"}}),
    ("SET n = :v, n = :v", {":v": {"N": "1"}}),
    ("SET PK = :t", {":t": {"S": "C#otto"}}),
    ("SET unused = :t", {":t": {"S": "c"}, ":u": {"S": "d"}}),
    ("SET unknown = :nothing", {}),
)


def requests(wrong_elsewhere: Collection[str] = ()) -> list[tuple[str, dict[str, Any]]]:
    """Every case as an operation and its request, but for expressions that another gets wrong."""
    found: list[tuple[str, dict[str, Any]]] = [
        ("put_item", {"TableName": TABLE, "Item": dict(item)}) for item in ITEMS
    ]
    for text, values in CONDITIONS:
        if text in wrong_elsewhere:
            continue
        for key in (KEY, NOBODY):
            check = {
                "TableName": TABLE, "Key": key, "ConditionExpression": text,
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD", **_values(values),
            }  # fmt: skip
            found.append(("transact_write_items", {"TransactItems": [{"ConditionCheck": check}]}))
    for text, values in UPDATES:
        if text in wrong_elsewhere:
            continue
        for key in (KEY, NOBODY):
            update = {"TableName": TABLE, "Key": key, "UpdateExpression": text, **_values(values)}
            found.append(("update_item", {**update, "ReturnValues": "ALL_NEW"}))
            found.append(("get_item", {"TableName": TABLE, "Key": key}))
        found.append(("delete_item", {"TableName": TABLE, "Key": NOBODY}))
        found.append(("put_item", {"TableName": TABLE, "Item": dict(ITEMS[0])}))
    found += _transactions()
    return found + _queries()


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"ExpressionAttributeValues": values} if values else {}


def _transactions() -> list[tuple[str, dict[str, Any]]]:
    put = {"Put": {"TableName": TABLE, "Item": {**NOBODY, "n": {"N": "1"}}}}
    fails = {
        "Update": {
            "TableName": TABLE, "Key": KEY, "UpdateExpression": "SET n = n - :v",
            "ConditionExpression": "n >= :v", "ExpressionAttributeValues": {":v": {"N": "99"}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }  # fmt: skip
    gone = {
        "Delete": {"TableName": TABLE, "Key": NOBODY, "ConditionExpression": "attribute_exists(PK)"}
    }
    read = ("get_item", {"TableName": TABLE, "Key": NOBODY})
    return [
        ("transact_write_items", {"TransactItems": [put, fails]}),
        read,
        ("transact_write_items", {"TransactItems": [gone]}),
        ("transact_write_items", {"TransactItems": [put, put]}),
        ("transact_write_items", {"TransactItems": [put]}),
        read,
        ("transact_write_items", {"TransactItems": [gone]}),
        read,
    ]


def _queries() -> list[tuple[str, dict[str, Any]]]:
    base: dict[str, Any] = {"TableName": TABLE, "ConsistentRead": True}
    between = "PK = :p AND SK BETWEEN :a AND :b"
    partition = {":p": {"S": "C#mira"}}
    accounts = {**partition, ":a": {"S": "A#"}, ":b": {"S": "A#~"}}
    return [
        ("query", {**base, "KeyConditionExpression": "PK = :p",
                   "ExpressionAttributeValues": partition}),
        ("query", {**base, "KeyConditionExpression": between,
                   "ExpressionAttributeValues": accounts}),
        ("query", {**base, "KeyConditionExpression": between, "ScanIndexForward": False,
                   "Limit": 1, "ExpressionAttributeValues": accounts}),
        ("query", {**base, "KeyConditionExpression": between,
                   "ExpressionAttributeValues": accounts, "ExclusiveStartKey": KEY}),
        ("query", {**base, "KeyConditionExpression": "PK = :p AND begins_with(SK, :a)",
                   "ExpressionAttributeValues": {**partition, ":a": {"S": "A#"}}}),
    ]  # fmt: skip
