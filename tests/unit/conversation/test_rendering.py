"""A reply in a terminal: readable without colours, and unable to command the terminal."""

from __future__ import annotations

import io

import pytest

from bot.conversation.rendering import Style, printable, rendered
from bot.conversation.reply import Button, Card, Reply

PLAIN = Style(coloured=False)


class FakeTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_messages_cards_and_numbered_buttons_are_shown() -> None:
    reply = Reply(
        texts=("From which account?\nYou have two.",),
        cards=(
            Card("Your accounts", "As of today", (Button("Checking", "c"), Button("Savings", "s"))),
            Card("Or", None, (Button("Cancel", "cancel"),)),
        ),
    )
    assert rendered(reply, PLAIN) == (
        "Teller: From which account?\n"
        "        You have two.\n"
        "        Your accounts\n"
        "        As of today\n"
        "        [1] Checking\n"
        "        [2] Savings\n"
        "        Or\n"
        "        [3] Cancel\n"
    )


@pytest.mark.parametrize("title", ["From which account?", "From which…"])
def test_a_card_that_repeats_the_message_shows_its_buttons_alone(title: str) -> None:
    card = Card(title, None, (Button("Checking", "c"),))
    assert rendered(Reply(("From which account?",), (card,)), PLAIN) == (
        "Teller: From which account?\n        [1] Checking\n"
    )


def test_a_refusal_and_silence_are_told() -> None:
    assert rendered(Reply(error="Too fast (HTTP 429)"), PLAIN) == "Too fast (HTTP 429)\n"
    assert rendered(Reply(), PLAIN) == "(no answer)\n"


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not Style.for_stream(io.StringIO()).coloured
    assert Style.for_stream(FakeTerminal()).coloured
    assert "\x1b[" in rendered(Reply(texts=("hi",)), Style.for_stream(FakeTerminal()))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Style.for_stream(FakeTerminal()).coloured


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\x07\rb\x9b1m", "ab1m"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("👩\u200d👧 ok\n\tok", "👩\u200d👧 ok\n\tok"),
    ],
)
def test_a_message_cannot_command_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown
