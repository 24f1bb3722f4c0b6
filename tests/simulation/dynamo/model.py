"""A table with DynamoDB's promises, in one thread: strict in what it takes, atomic in what it does.

Items are never changed in place: whoever was handed one keeps it as it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.dynamo import grammar
from tests.simulation.dynamo.errors import cancelled, client_error, condition_failed, invalid
from tests.simulation.dynamo.evaluation import Item, Placeholders, changed, holds

Key = tuple[str, str]
Request = Mapping[str, Any]
Answer = dict[str, Any]

TRANSACTION_ITEMS = 100
BATCH_ITEMS = 25
TOKEN_LIFE_S = 600.0
"""How long a client request token is remembered."""
_PAGE = 1000
_ALLOWED = {
    "get_item": {"TableName", "Key", "ConsistentRead"},
    "put_item": {"TableName", "Item"},
    "update_item": {"TableName", "Key", "UpdateExpression"},
    "delete_item": {"TableName", "Key"},
    "query": {
        "TableName", "IndexName", "KeyConditionExpression", "ConsistentRead", "ScanIndexForward",
        "Limit", "ExclusiveStartKey", "Select",
    },
    "scan": {"TableName", "ConsistentRead", "ExclusiveStartKey"},
    "batch_write_item": {"RequestItems"},
    "transact_write_items": {"TransactItems", "ClientRequestToken"},
    "transact_get_items": {"TransactItems"},
    "batch_get_item": {"RequestItems"},
}  # fmt: skip
_CONDITIONAL = {
    "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
    "ReturnValuesOnConditionCheckFailure", "ReturnValues",
}  # fmt: skip
_WRITES = {"Put", "Update", "Delete", "ConditionCheck"}


@dataclass(frozen=True)
class Change:
    """One write as it will be, or is: the item before and after it, None where there is none."""

    key: Key
    before: Item | None
    after: Item | None


@dataclass
class Table:
    """`name`, its items, and one index over `G1PK` and `G1SK` that may lag behind.

    `condition_of` says which condition of a write counts: its own, unless somebody meddles. It is
    asked with who asks, what is done by which request, the item's key, and the item as it is.
    """

    name: str
    now: Callable[[], float] = lambda: 0.0
    condition_of: Callable[[str, str, Request, Key, Item | None], grammar.Condition | None] = field(
        default=lambda _origin, _action, request, _key, _before: condition_of(request)
    )
    committed: Callable[[list[Change]], None] = lambda _changes: None
    """Is told of the changes of each write that was made."""
    index_lags: Callable[[], bool] = lambda: False
    """Whether a read of the index misses what was written last."""
    asked: Callable[[], None] = lambda: None
    """Is told of each transaction that comes, before any of its conditions is looked at."""
    origin: str = ""
    """Who asks, for `condition_of`: told by the caller."""
    items: dict[Key, Item] = field(default_factory=dict)
    _sorts: dict[str, list[str]] = field(default_factory=dict)
    _due: dict[Key, Item] = field(default_factory=dict)
    _due_before: dict[Key, Item] = field(default_factory=dict)
    _tokens: dict[str, tuple[float, Sequence[Request]]] = field(default_factory=dict)

    def call(self, operation: str, request: Request) -> Answer:
        """Any operation by its name in botocore."""
        allowed = _ALLOWED.get(operation)
        if allowed is None:
            raise invalid(f"this model knows no {operation}")
        extra = request.keys() - allowed - _CONDITIONAL
        if extra:
            raise invalid(f"this model knows no {', '.join(sorted(extra))} of {operation}")
        if request.get("TableName", self.name) != self.name:
            raise client_error("ResourceNotFoundException", "no such table")
        done: Answer = getattr(self, f"_{operation}")(request)
        return done

    # --- reads ---

    def _get_item(self, request: Request) -> Answer:
        found = self.items.get(_key_of(request["Key"]))
        return {"Item": found} if found is not None else {}

    def _transact_get_items(self, request: Request) -> Answer:
        gets = [one["Get"] for one in request["TransactItems"]]
        return {"Responses": [self._get_item(one) for one in gets]}

    def _batch_get_item(self, request: Request) -> Answer:
        keys = request["RequestItems"][self.name]["Keys"]
        if len({_key_of(key) for key in keys}) != len(keys) or len(keys) > TRANSACTION_ITEMS:
            raise invalid("keys given twice, or too many")
        found = [self._get_item({"Key": key}) for key in keys]
        return {"Responses": {self.name: [one["Item"] for one in found if one]},
                "UnprocessedKeys": {}}  # fmt: skip

    def _query(self, request: Request) -> Answer:
        given = Placeholders.of(request, request["KeyConditionExpression"])
        partition, low, high, bare = _key_range(request["KeyConditionExpression"], given)
        if "IndexName" in request:
            return self._query_index(request, partition, high)
        if bare != ("PK", "SK"):
            raise invalid(f"a key condition on {bare}")
        sorts = self._sorts.get(partition, [])
        chosen = sorts[bisect_left(sorts, low) : bisect_right(sorts, high)]
        if not request.get("ScanIndexForward", True):
            chosen = chosen[::-1]
        start = request.get("ExclusiveStartKey")
        if start is not None:
            after = _key_of(start)[1]
            forward = request.get("ScanIndexForward", True)
            chosen = [s for s in chosen if (s > after if forward else s < after)]
        page = chosen[: request.get("Limit", _PAGE)]
        items = [self.items[partition, sort] for sort in page]
        answer: Answer = {"Count": len(items)}
        if request.get("Select") != "COUNT":
            answer["Items"] = items
        if len(page) < len(chosen) or (page and len(page) == request.get("Limit")):
            answer["LastEvaluatedKey"] = {"PK": {"S": partition}, "SK": {"S": page[-1]}}
        return answer

    def _query_index(self, request: Request, queue: str, until: str) -> Answer:
        if request["IndexName"] != "gsi1" or request.get("ConsistentRead"):
            raise invalid("no such index, or a consistent read of one")
        view = self._due_before if self.index_lags() else self._due
        found = [
            item
            for item in view.values()
            if item["G1PK"]["S"] == queue and item["G1SK"]["S"] <= until
        ]
        found.sort(key=lambda item: (item["G1SK"]["S"], item["PK"]["S"], item["SK"]["S"]))
        return {"Items": found, "Count": len(found)}

    def _scan(self, _request: Request) -> Answer:
        return {"Items": list(self.items.values())}

    # --- single writes ---

    def _put_item(self, request: Request) -> Answer:
        return self._alone("Put", request)

    def _update_item(self, request: Request) -> Answer:
        return self._alone("Update", request)

    def _delete_item(self, request: Request) -> Answer:
        return self._alone("Delete", request)

    def _alone(self, action: str, request: Request) -> Answer:
        self.asked()
        change, holds_ = self._plan(action, request)
        if not holds_:
            wants_old = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
            raise condition_failed(change.before if wants_old else None)
        self.write([change])
        wanted = request.get("ReturnValues", "NONE")
        if wanted == "ALL_NEW":
            return {"Attributes": change.after}
        if wanted == "ALL_OLD":
            return {"Attributes": change.before} if change.before is not None else {}
        if wanted == "UPDATED_NEW":
            return {"Attributes": _updated(request, change.after or {})}
        if wanted != "NONE":
            raise invalid(f"this model returns no {wanted}")
        return {}

    def _batch_write_item(self, request: Request) -> Answer:
        writes = request["RequestItems"][self.name]
        if not 0 < len(writes) <= BATCH_ITEMS:
            raise invalid(f"a batch of {len(writes)}")
        changes = [self._plan("Put", one["PutRequest"])[0] for one in writes]
        if len({change.key for change in changes}) != len(changes):
            raise invalid("an item given twice")
        self.write(changes)
        return {"UnprocessedItems": {}}

    # --- transactions ---

    def _transact_write_items(self, request: Request) -> Answer:
        writes = request["TransactItems"]
        if not 0 < len(writes) <= TRANSACTION_ITEMS:
            raise invalid(f"a transaction of {len(writes)} items")
        token = request.get("ClientRequestToken")
        if token is not None and self._was_done(token, writes):
            return {}
        self.asked()
        planned = [self._plan(*_only(write)) for write in writes]
        if len({change.key for change, _ in planned}) != len(planned):
            raise invalid("a transaction cannot name one item twice")
        if not all(fits for _, fits in planned):
            raise cancelled(
                [_reason(*_only(w), c, fits) for w, (c, fits) in zip(writes, planned, strict=True)]
            )
        if token is not None:
            self._tokens[token] = self.now(), writes
        self.write([change for change, _ in planned if change.before is not change.after])
        return {}

    def _was_done(self, token: str, writes: Sequence[Request]) -> bool:
        if not 0 < len(token) <= 36:
            raise invalid("a client request token has 1 to 36 characters")
        at, content = self._tokens.get(token, (float("-inf"), ()))
        if self.now() - at > TOKEN_LIFE_S:
            return False
        if content != writes:
            raise client_error("IdempotentParameterMismatchException", "another content")
        return True

    def was_sent(self, token: str | None) -> bool:
        """Whether a transaction with this token was written a short time ago."""
        at, _ = self._tokens.get(token or "", (float("-inf"), ()))
        return self.now() - at <= TOKEN_LIFE_S

    def would_write(self, request: Request) -> bool:
        """Whether a transaction that came now would be made, by the conditions that it has."""
        for action, one in map(_only, request["TransactItems"]):
            condition = condition_of(one)
            before = self.items.get(_key_of(one["Item"] if action == "Put" else one["Key"]))
            given = Placeholders.of(
                one, one.get("ConditionExpression"), one.get("UpdateExpression")
            )
            if condition is not None and not holds(condition, before or {}, given):
                return False
        return True

    # --- what all writes are made of ---

    def _plan(self, action: str, request: Request) -> tuple[Change, bool]:
        """What a write would do, and whether its condition holds."""
        if action not in _WRITES:
            raise invalid(f"no write: {action}")
        expression = request.get("ConditionExpression")
        change_text = request.get("UpdateExpression")
        given = Placeholders.of(request, expression, change_text)
        key = _key_of(request["Item"] if action == "Put" else request["Key"])
        before = self.items.get(key)
        condition = self.condition_of(self.origin, action, request, key, before)
        fits = condition is None or holds(condition, before or {}, given)
        if not fits or action == "ConditionCheck":
            if action == "ConditionCheck" and expression is None:
                raise invalid("a check without a condition")
            return Change(key, before, before), fits
        if action == "Put":
            return Change(key, before, request["Item"]), True
        if action == "Delete":
            return Change(key, before, None), True
        start: Item = before if before is not None else request["Key"]
        after = changed(start, grammar.update(change_text or ""), given)
        if _key_of(after) != key:
            raise invalid("an update of the key")
        return Change(key, before, after), True

    def write(self, changes: list[Change]) -> None:
        """Make changes without asking anything."""
        self._due_before = dict(self._due)
        for change in changes:
            self._store(change)
        self.committed(changes)

    def put_aside(self, key: Key, item: Item | None) -> None:
        """Lay down `item`, or take away what lies there, as nobody may: for damage."""
        self._store(Change(key, self.items.get(key), item))

    def begin_again(self, items: Mapping[Key, Item]) -> None:
        """Hold `items` and nothing else, as a table that was made just now: no token is known."""
        for key in list(self.items):
            self.put_aside(key, None)
        self._tokens.clear()
        for key, item in items.items():
            self.put_aside(key, item)

    def _store(self, change: Change) -> None:
        key = change.key
        sorts = self._sorts.setdefault(key[0], [])
        if change.after is None:
            if self.items.pop(key, None) is not None:
                sorts.remove(key[1])
            self._due.pop(key, None)
            return
        for name, value in change.after.items():
            if len(value) != 1 or (name in ("PK", "SK", "G1PK", "G1SK") and not value.get("S")):
                raise invalid(f"no value of {name}: {value}")
        if key not in self.items:
            insort(sorts, key[1])
        self.items[key] = change.after
        if "G1PK" in change.after and "G1SK" in change.after:
            self._due[key] = change.after
        else:
            self._due.pop(key, None)


def condition_of(request: Request) -> grammar.Condition | None:
    """The condition that a write states."""
    text = request.get("ConditionExpression")
    return grammar.condition(text) if text else None


def _updated(request: Request, after: Item) -> Item:
    """The attributes that an update has set or added to, as they are now."""
    change = grammar.update(request["UpdateExpression"])
    names = request.get("ExpressionAttributeNames", {})
    touched = (names.get(path.name, path.name) for path, _ in (*change.sets, *change.adds))
    return {name: after[name] for name in touched}


def _only(write: Request) -> tuple[str, Request]:
    if len(write) != 1:
        raise invalid("one item of a transaction does one thing")
    return next(iter(write.items()))


def _reason(action: str, request: Request, change: Change, fits: bool) -> dict[str, Any]:
    if fits:
        return {"Code": "None"}
    reason: dict[str, Any] = {
        "Code": "ConditionalCheckFailed",
        "Message": "The conditional request failed",
    }
    wants_old = request.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
    if wants_old and change.before is not None:
        reason["Item"] = change.before
    return reason


def _key_of(item: Item) -> Key:
    try:
        return item["PK"]["S"], item["SK"]["S"]
    except KeyError:
        raise invalid("an item or a key without its key") from None


_END = "\U0010ffff"


def _key_range(text: str, given: Placeholders) -> tuple[str, str, str, tuple[str, str]]:
    """The partition, the first and the last sort key, and the names of the two keys."""
    tree = grammar.condition(text)
    terms = tree.terms if isinstance(tree, grammar.All) else (tree,)
    low, high, sort_name = "", _END, "SK"
    match terms[0]:
        case grammar.Comparison(grammar.Path() as path, "=", value):
            name, partition = given.name(path), _text(value, given)
        case _:
            raise invalid("a key condition begins with the partition")
    match terms[1:]:
        case ():
            pass
        case (grammar.Between(grammar.Path() as path, first, last),):
            sort_name, low, high = given.name(path), _text(first, given), _text(last, given)
            if low > high:
                raise invalid("BETWEEN from the greater to the smaller")
        case (grammar.Comparison(grammar.Path() as path, "<=", last),):
            sort_name, high = given.name(path), _text(last, given)
        case (grammar.Call("begins_with", path, grammar.Value() as start),):
            sort_name, low = given.name(path), _text(start, given)
            high = low + _END
        case _:
            raise invalid(f"a key condition that this model does not know: {text}")
    return partition, low, high, (name, sort_name)


def _text(operand: grammar.Operand, given: Placeholders) -> str:
    value = given.read(operand, {})
    if value is None or "S" not in value:
        raise invalid("a key is a text")
    text: str = value["S"]
    return text
