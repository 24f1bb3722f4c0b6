"""Attribute values: what is written reads back, and what these books never write is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.store.errors import CorruptItemError
from fulfillment.store.wire import Record, Scalar, decode_value, encode, encode_value

scalars: st.SearchStrategy[Scalar] = st.one_of(
    st.text(), st.integers(-(10**38) + 1, 10**38 - 1), st.booleans(), st.none()
)


@given(scalars)
def test_a_value_reads_back_as_the_same_value_of_the_same_type(value: Scalar) -> None:
    decoded = decode_value(encode_value(value))
    assert decoded == value
    assert type(decoded) is type(value)


@given(st.dictionaries(st.text(min_size=1), scalars))
def test_an_item_holds_every_field_but_those_that_are_none(fields: dict[str, Scalar]) -> None:
    item = encode(fields)
    assert {name: decode_value(value) for name, value in item.items()} == {
        name: value for name, value in fields.items() if value is not None
    }


@pytest.mark.parametrize("value", [{"N": "1.5"}, {"N": "1e3x"}, {"L": []}, {"B": b"x"}, {}])
def test_a_value_these_books_never_write_is_refused(value: Any) -> None:
    with pytest.raises(CorruptItemError):
        decode_value(value)


RECORD = Record(
    encode({"PK": "C#mira", "SK": "A#checking", "text": "x", "number": 5, "flag": True})
)


def test_a_record_is_read_by_name_and_type() -> None:
    assert RECORD.text("text") == "x"
    assert RECORD.number("number") == 5
    assert RECORD.flag("flag") is True
    assert (RECORD.tail("PK"), RECORD.tail("SK")) == ("mira", "checking")
    assert RECORD.optional_text("missing") is None
    assert RECORD.number_or_zero("missing") == 0
    assert RECORD.number_or_zero("number") == 5


@pytest.mark.parametrize("name", ["missing", "number", "flag"])
def test_an_attribute_that_is_not_text_is_named_with_its_item(name: str) -> None:
    with pytest.raises(CorruptItemError, match=f"{name} of C#mira / A#checking is not text"):
        RECORD.text(name)


@pytest.mark.parametrize("name", ["missing", "text", "flag"])
def test_an_attribute_that_is_no_number_is_refused(name: str) -> None:
    with pytest.raises(CorruptItemError):
        RECORD.number(name)


@pytest.mark.parametrize("name", ["missing", "text", "number"])
def test_an_attribute_that_is_neither_true_nor_false_is_refused(name: str) -> None:
    with pytest.raises(CorruptItemError):
        RECORD.flag(name)


def test_an_item_without_a_key_can_still_be_complained_about() -> None:
    with pytest.raises(CorruptItemError, match=r"name of \? / \? is not text"):
        Record({}).text("name")
