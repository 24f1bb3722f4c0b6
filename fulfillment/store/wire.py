"""DynamoDB's attribute values and plain Python values, for the few types these books use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fulfillment.store.errors import CorruptItemError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Item = Mapping[str, AttributeValueTypeDef]
    MutableItem = dict[str, AttributeValueTypeDef]

Scalar = str | int | bool | None


def encode_value(value: Scalar) -> AttributeValueTypeDef:
    """One attribute value: S, N (whole numbers only), BOOL or NULL."""
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    return {"S": str(value)}


def decode_value(value: AttributeValueTypeDef) -> Scalar:
    """The plain value. Raises `CorruptItemError` for a type these books never write."""
    if "S" in value:
        return value["S"]
    if "N" in value:
        return _whole(value["N"])
    if "BOOL" in value:
        return value["BOOL"]
    if "NULL" in value:
        return None
    raise CorruptItemError(f"an attribute of type {', '.join(value)}")


def encode(fields: Mapping[str, Scalar]) -> MutableItem:
    """An item. A field that is None is left out: absence costs no storage."""
    return {name: encode_value(value) for name, value in fields.items() if value is not None}


class Record:
    """A stored item, read by name and type; raises `CorruptItemError` on anything unexpected."""

    def __init__(self, item: Item) -> None:
        self._item = item

    def text(self, name: str) -> str:
        value = self._get(name)
        if not isinstance(value, str):
            raise self._wrong(name, "text")
        return value

    def optional_text(self, name: str) -> str | None:
        return None if self._get(name) is None else self.text(name)

    def number(self, name: str) -> int:
        value = self._get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(name, "a whole number")
        return value

    def number_or_zero(self, name: str) -> int:
        """A counter that `ADD` has not touched yet is not there, and means zero."""
        return 0 if self._get(name) is None else self.number(name)

    def flag_or_false(self, name: str) -> bool:
        """A truth value that is false where it is absent."""
        return name in self._item and self.flag(name)

    def flag(self, name: str) -> bool:
        value = self._get(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def tail(self, name: str) -> str:
        """What follows the last `#` of a key."""
        return self.text(name).rpartition("#")[2]

    def _get(self, name: str) -> Scalar:
        value = self._item.get(name)
        return None if value is None else decode_value(value)

    def _wrong(self, name: str, expected: str) -> CorruptItemError:
        where = " / ".join(self._item.get(key, {}).get("S", "?") for key in ("PK", "SK"))
        return CorruptItemError(f"{name} of {where} is not {expected}")


def _whole(number: str) -> int:
    try:
        return int(number)
    except ValueError:
        raise CorruptItemError("a number that is not whole") from None
