"""What a customer should not have written is taken out, by the channel and by fulfillment alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.secrets_said import without_secrets as by_the_channel
from fulfillment.identity.secrets_said import without_secrets as by_fulfillment

each_room = pytest.mark.parametrize("clean", [by_the_channel, by_fulfillment], ids=["bot", "ff"])
# Numbers that card schemes publish for testing.
SECRETS = [
    ("my card is 4111 1111 1111 1111", "my card is card ending 1111", "4111 1111"),
    ("4111111111111111", "card ending 1111", "411111111111"),
    ("amex 378282246310005 please", "amex card ending 0005 please", "378282"),
    ("it's 5555-5555-5555-4444.", "it's card ending 4444.", "5555-5555"),
    ("my pin is 4821", "my pin [removed]", "4821"),
    ("PIN number: 48 21", "PIN number [removed]", "48 21"),
    ("the cvv 123 on the back", "the cvv [removed] on the back", "123"),
    ("security code is 9876", "security code [removed]", "9876"),
    ("my password is hunter2!", "my password [removed]", "hunter2"),
    ("password: correct-horse", "password [removed]", "correct"),
    ("mi contraseña es gato99", "mi contraseña [removed]", "gato99"),
]
HARMLESS = [
    "what's my balance",
    "4111 1111 1111 1112",
    "send it to DE89 3704 0044 0532 0130 00",
    "account 021000089 55120934",
    "send 1234.56 dollars to Anna",
    "my code is 123456",
    "123 456",
    "4020 7781",
    "my password is not working",
    "i forgot my pin",
    "change my pin",
    "my pin is blocked",
    "pin for my card ending 3358",
    "i entered the pin 3 times",
]


@each_room
@pytest.mark.parametrize(("said", "left", "secret"), SECRETS)
def test_a_secret_is_taken_out_and_the_rest_stays(
    clean: Callable[[str], object], said: str, left: str, secret: str
) -> None:
    assert clean(said).text == left  # type: ignore[attr-defined]  # two rooms, one shape
    assert clean(said).had_secret  # type: ignore[attr-defined]
    assert secret not in left


@each_room
@pytest.mark.parametrize("said", HARMLESS)
def test_what_is_no_secret_stays_as_it_is(clean: Callable[[str], object], said: str) -> None:
    assert clean(said).text == said  # type: ignore[attr-defined]
    assert not clean(said).had_secret  # type: ignore[attr-defined]


@given(st.text(alphabet="0123456789 -.,:pincvwdas is", max_size=60))
def test_both_rooms_clean_any_text_alike_and_once_is_enough(text: str) -> None:
    cleaned = by_the_channel(text)
    assert (cleaned.text, cleaned.had_secret) == (
        by_fulfillment(text).text,
        by_fulfillment(text).had_secret,
    )
    assert "4111111111111111" not in cleaned.text


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_no_visa_number_gets_through(body: int) -> None:
    digits = f"4{body:015d}"[:15]
    total = sum(
        (d * 2 - 9 if d * 2 > 9 else d * 2) if place % 2 == 0 else d
        for place, d in enumerate(map(int, reversed(digits)))
    )
    number = f"{digits}{-total % 10}"
    assert number not in by_the_channel(f"pay with {number} now").text
