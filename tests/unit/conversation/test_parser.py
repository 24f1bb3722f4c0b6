"""Conversation files are read as people write them, and a fault is told with its line."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.parser import ConversationSyntaxError, load, parse
from bot.conversation.pattern import TextPattern
from bot.conversation.script import (
    CustomerAction,
    ExpectedMessage,
    Press,
    Quantity,
    ResendHook,
    Say,
    SayAgain,
    Subject,
)

WHOLE = """\
# A whole file.
title: A flat white
as: maya
locale: en_GB

customer: a flat white please
teller: Which size?
teller: We have two.
  intent: OrderCoffee
  slot drink: flat white
  slot size: (none)
  attribute visits: 3
  action: ElicitSlot size
  buttons: Small | Large
  ledger: nothing

customer: [Large]
teller: Done:
  | a large flat white.
  state: Fulfilled
  ledger: checking -$4.50

retry
teller: (anything)
retry the hook
teller: (nothing)
"""


def test_a_whole_file_is_read() -> None:
    conversation = parse(WHOLE)
    assert conversation.title == "A flat white"
    assert conversation.customer == "maya"
    assert conversation.locale == "en_GB"
    assert [turn.line for turn in conversation.turns] == [6, 17, 23, 25]
    assert [turn.action for turn in conversation.turns] == [
        Say("a flat white please"),
        Press("Large"),
        SayAgain(),
        ResendHook(),
    ]


def test_messages_belong_to_the_turn_above_them() -> None:
    first, second, third, fourth = parse(WHOLE).turns
    assert first.messages == (
        ExpectedMessage(7, TextPattern("Which size?")),
        ExpectedMessage(8, TextPattern("We have two.")),
    )
    assert second.messages == (ExpectedMessage(18, TextPattern("Done:\na large flat white.")),)
    assert third.messages == (ExpectedMessage(24, Quantity.ANYTHING),)
    assert fourth.messages == (ExpectedMessage(26, Quantity.NOTHING),)


def test_expectations_keep_their_line_subject_name_and_words() -> None:
    first = parse(WHOLE).turns[0]
    assert [
        (expectation.line, expectation.subject, expectation.name, expectation.written)
        for expectation in first.expectations
    ] == [
        (9, Subject.INTENT, "", "intent: OrderCoffee"),
        (10, Subject.SLOT, "drink", "slot drink: flat white"),
        (11, Subject.SLOT, "size", "slot size: (none)"),
        (12, Subject.ATTRIBUTE, "visits", "attribute visits: 3"),
        (13, Subject.ACTION, "", "action: ElicitSlot size"),
        (14, Subject.BUTTONS, "", "buttons: Small | Large"),
    ]
    assert first.ledger is not None
    assert first.ledger.changes == ()


def test_a_file_without_headers_is_an_anonymous_conversation_named_by_its_file() -> None:
    conversation = parse("customer: hi\n", "conversations/a-first-hello.chat")
    assert conversation.customer is None
    assert conversation.title == "a first hello"
    assert conversation.locale == "en_US"


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("customer: hi", Say("hi")),
        ("Customer : hi: there", Say("hi: there")),
        ("customer: (empty)", Say("")),
        ("customer: \\(empty)", Say("(empty)")),
        ("customer: \\[Large]", Say("[Large]")),
        ("customer: [Large] please", Say("[Large] please")),
        ("customer: [ Extra large ]", Press("Extra large")),
        ('customer: (3 times "ab ")', Say("ab ab ab ")),
        ('customer: (1,100 times "a")', Say("a" * 1100)),
        ("customer: # is a number", Say("# is a number")),
        ("customer: 🫖", Say("🫖")),
    ],
)
def test_what_a_customer_does(line: str, action: CustomerAction) -> None:
    assert parse(line).turns[0].action == action


def test_a_customer_line_may_go_on() -> None:
    assert parse("customer: one\n  | two").turns[0].action == Say("one\ntwo")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "nobody says anything"),
        ("# only a comment\n", 1, "nobody says anything"),
        ("title: x\n", 1, "nobody says anything"),
        ("hello", 1, "a line starts with customer:"),
        ("customer:", 1, "customer: says nothing"),
        ("customer: hi\nteller:", 2, "write (nothing)"),
        ("teller: hi", 1, "a customer: line comes before"),
        ("  intent: X\ncustomer: hi", 1, "a customer: line comes before"),
        ("retry", 1, "a customer: line comes before"),
        ("customer: hi\nintent: X", 2, "intent: stands under a turn"),
        ("customer: hi\nledger: nothing", 2, "ledger: stands under a turn"),
        ("customer: hi\nslot amount: 5", 2, "slot amount: stands under a turn"),
        ("customer: hi\n  teller: hello", 2, "teller: starts at the left edge"),
        ("customer: hi\nas: maya", 2, "as: belongs above the first customer: line"),
        ("as: maya\nas: tom\ncustomer: hi", 2, "as: is given twice"),
        ("as:\ncustomer: hi", 1, "as: says nothing"),
        ("mood: happy\ncustomer: hi", 1, "mood: is not known here"),
        ("customer: hi\n  mood: happy", 2, "mood: is no expectation; there are intent,"),
        ("customer: hi\n  intent:", 2, "write (none)"),
        ("customer: hi\n  slot: 5", 2, "slot is followed by a name"),
        ("customer: hi\n  intent x: 5", 2, "intent: takes no name"),
        ("customer: hi\n  ledger: a lot", 2, "is not a ledger change"),
        ("customer: hi\n  ledger: nothing\n  ledger: nothing", 3, "ledger: is given twice"),
        ("customer: hi\nteller: /(/", 2, "is not a regular expression"),
        ("customer: hi\nteller: a\nteller: (nothing)", 3, "(nothing) stands alone"),
        ('customer: (999999 times "a")', 1, "more than 100,000 characters"),
        ("| on", 1, "there is no line to continue"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(ConversationSyntaxError) as refused:
        parse(text, "some.chat")
    assert refused.value.line == line
    assert reason in refused.value.reason
    assert str(refused.value).startswith(f"some.chat:{line}: ")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ConversationSyntaxError):
        assert parse(text).turns


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "hello.chat"
    path.write_text("\ufeffcustomer: grüß dich\r\n", encoding="utf-8")
    assert load(path).turns[0].action == Say("grüß dich")
    assert load(path).source == str(path)


def test_the_head_may_say_what_the_client_sends_with_every_turn() -> None:
    script = parse("request x-teller-channel: sms\nas: maya\ncustomer: hi\n")
    assert script.request_attributes == {"x-teller-channel": "sms"}


def test_the_language_may_change_on_the_way() -> None:
    text = "locale: en_GB\ncustomer: hi\n\nlocale: es_US\ncustomer: hola\ncustomer: gracias\n"
    conversation = parse(text)
    assert conversation.locale == "en_GB"
    assert [turn.locale for turn in conversation.turns] == [None, "es_US", None]
