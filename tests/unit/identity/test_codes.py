"""One-time codes open what they were made for, and a session's record has a place of its own."""

from __future__ import annotations

import pytest

from fulfillment.identity.keys import TokenKey
from fulfillment.identity.one_time_code import (
    is_a_code_alone,
    opens,
    read_code,
    read_customer_number,
    seal,
)
from fulfillment.identity.session_policy import session_key

KEY, NEXT = (TokenKey(kid, f"a secret of more than sixty-four bytes for the key {kid} " * 2)
             for kid in ("k1", "k2"))  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("123456", "123456"),
        ("it's 123-456, I think", "123456"),
        ("１２３ ４５６", "123456"),
        ("12345", None),
        ("1234567", None),
        ("123456 or 654321", None),
        ("123456 and again 123456", "123456"),
        ("no idea", None),
    ],
)
def test_a_code_is_six_digits_and_not_one_of_two(said: str, code: str | None) -> None:
    assert read_code(said) == code


@pytest.mark.parametrize(
    "said", ["123456", "123 456", "123-456.", " 1 2 3 4 5 6 ", "１２３ ４５６"]
)
def test_six_digits_alone_are_a_code(said: str) -> None:
    assert is_a_code_alone(said)


@pytest.mark.parametrize(
    "said",
    ["1500", "1234567", "$123456", "123,456", "123.456", "send 123456", "12345 6 7", "-123456"],
)
def test_a_sum_or_another_number_is_none(said: str) -> None:
    assert not is_a_code_alone(said)


def test_a_customer_number_has_eight_digits() -> None:
    assert read_customer_number("my number is 1234 5678") == "12345678"
    assert read_customer_number("123456") is None


def test_a_code_opens_what_it_was_sealed_for_and_nothing_else() -> None:
    sealed = seal("123456", "payment q-1", "salt", KEY)
    assert opens(sealed, "123456", "payment q-1", (NEXT, KEY))
    assert not opens(sealed, "123457", "payment q-1", (KEY,))
    assert not opens(sealed, "123456", "payment q-2", (KEY,))
    assert not opens(sealed, "123456", "payment q-1", (NEXT,))
    assert not opens("rubbish", "123456", "payment q-1", (KEY,))
    assert "123456" not in sealed


def test_no_text_of_one_part_passes_for_the_border_of_two() -> None:
    assert session_key("bot", "alias", "s") == session_key("bot", "alias", "s")
    assert session_key("bo", "talias", "s") != session_key("bot", "alias", "s")
    assert len(session_key("b", "a", "any # text")) == 40
