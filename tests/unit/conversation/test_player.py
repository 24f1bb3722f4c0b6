"""A conversation is played to its end, and every line that is not met is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.conversation.ledger import LedgerChange
from bot.conversation.parser import parse
from bot.conversation.player import perform, play
from bot.conversation.reply import Button, Card, DialogState, Reply

SIZES = Card("Sizes", buttons=(Button("Small", "a small one"), Button("Large", "a large one")))


class ScriptedChannel:
    """Answers in order, and remembers what it was told."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.said: list[str] = []

    def say(self, text: str) -> Reply:
        self.said.append(text)
        return self.replies.pop(0)


class ResendingChannel(ScriptedChannel):
    def resend_hook(self) -> Reply:
        return self.replies.pop(0)


class ScriptedProbe:
    """Changes in order; the first are those from before the conversation."""

    def __init__(self, *changes: Sequence[LedgerChange]) -> None:
        self.left = [[], *changes]

    def changes(self) -> Sequence[LedgerChange]:
        return self.left.pop(0)


def says(*texts: str, **dialog: object) -> Reply:
    state = DialogState(**dialog)  # type: ignore[arg-type]
    return Reply(texts=texts, dialog=state)


def problems(text: str, *replies: Reply) -> list[tuple[int, str, str]]:
    found = play(parse(text), ScriptedChannel(*replies))
    return [(mismatch.line, mismatch.expected, mismatch.said) for mismatch in found]


def test_a_conversation_that_goes_as_written_has_no_mismatch() -> None:
    text = """\
customer: a flat white
teller: Which size?
  intent: OrderCoffee
  slot size: (none)
  slot drink: flat ...
  action: ElicitSlot size
  buttons: Small | Large
  card: Sizes
customer: [large]
teller: Done...
  state: Fulfilled
  attribute visits: 3
  attribute voucher: (none)
  context: order_made
  confirmation: None
"""
    asked = Reply(
        texts=("Which size?",),
        cards=(SIZES,),
        dialog=DialogState(
            intent="OrderCoffee",
            action="ElicitSlot",
            slot_to_elicit="size",
            slots={"size": None, "drink": "flat white"},
        ),
    )
    done = says(
        "Done. Enjoy!",
        intent_state="Fulfilled",
        confirmation="None",
        attributes={"visits": "3"},
        contexts=("menu_shown", "order_made"),
    )
    channel = ScriptedChannel(asked, done)
    assert play(parse(text), channel) == []
    assert channel.said == ["a flat white", "a large one"]


@pytest.mark.parametrize(
    ("lines", "reply", "expected"),
    [
        ("teller: Hi", says("Hello"), (2, "Hi", "Hello")),
        ("teller: Hi", says(), (2, "Hi", "(nothing)")),
        ("teller: (anything)", says(), (2, "(anything)", "(nothing)")),
        ("teller: (nothing)", says("Hello"), (2, "(nothing)", "Hello")),
        ("teller: Hi", says("Hi", "Bye"), (2, "no further message", "Bye")),
        ("teller: Hi\nteller: Bye", says("Hi", "Hi"), (3, "Bye", "Hi")),
        ("  intent: A", says(intent="B"), (2, "intent: A", "B")),
        ("  intent: A", says(), (2, "intent: A", "(none)")),
        ("  intent: (none)", says(intent="B"), (2, "intent: (none)", "B")),
        ("  slot size: (none)", says(slots={"size": "L"}), (2, "slot size: (none)", "L")),
        ("  slot size: (anything)", says(slots={}), (2, "slot size: (anything)", "(none)")),
        ("  attribute a: 1", says(attributes={"a": "2"}), (2, "attribute a: 1", "2")),
        ("  context: a", says(contexts=("b", "c")), (2, "context: a", "b | c")),
        ("  action: Close", says(action="ElicitIntent"), (2, "action: Close", "ElicitIntent")),
        ("  buttons: Small", Reply(cards=(SIZES,)), (2, "buttons: Small", "Small | Large")),
        ("  buttons: (none)", Reply(cards=(SIZES,)), (2, "buttons: (none)", "Small | Large")),
        ("  card: Menu", Reply(cards=(SIZES,)), (2, "card: Menu", "Sizes")),
        ("", Reply(error="ThrottlingException"), (1, "an answer", "error: ThrottlingException")),
        ("  error: Validation...", says("Hi"), (2, "error: Validation...", "(none)")),
        ("  intent: A", Reply(), (2, "something this channel can show", "(not shown)")),
        ("  ledger: nothing", says(), (2, "something this channel can show", "(not shown)")),
    ],
)
def test_a_line_that_is_not_met_is_told(
    lines: str, reply: Reply, expected: tuple[int, str, str]
) -> None:
    assert problems(f"customer: hi\n{lines}", reply) == [expected]


def test_further_buttons_are_allowed_where_the_file_says_so() -> None:
    assert problems("customer: hi\n  buttons: Small | ...", Reply(cards=(SIZES,))) == []


def test_an_expected_error_is_no_mismatch() -> None:
    text = "customer: (empty)\n  error: ValidationException...\n"
    assert problems(text, Reply(error="ValidationException: 1 validation error detected")) == []


def test_the_play_goes_on_after_a_mismatch() -> None:
    text = "customer: one\nteller: 1\ncustomer: two\nteller: 2"
    assert [line for line, _, _ in problems(text, says("I"), says("II"))] == [2, 4]


def test_a_button_that_is_not_there_is_told_and_not_pressed() -> None:
    text = "customer: hi\ncustomer: [Medium]\ncustomer: bye"
    channel = ScriptedChannel(Reply(cards=(SIZES,)), says())
    [mismatch] = play(parse(text), channel)
    assert (mismatch.line, mismatch.said) == (
        2,
        "there is no button [Medium]; there are: Small | Large",
    )
    assert channel.said == ["hi", "bye"]


def test_retry_sends_the_same_text_again() -> None:
    channel = ScriptedChannel(Reply(cards=(SIZES,)), says(), says())
    assert play(parse("customer: hi\ncustomer: [Small]\nretry"), channel) == []
    assert channel.said == ["hi", "a small one", "a small one"]


def test_a_hook_is_resent_where_the_channel_can() -> None:
    text = "customer: pay\nretry the hook\nteller: Already paid."
    channel = ResendingChannel(says("Paid."), says("Already paid."))
    assert play(parse(text), channel) == []
    assert channel.said == ["pay"]
    [mismatch] = play(parse(text), ScriptedChannel(says("Paid.")))
    assert "cannot deliver a code hook event again" in mismatch.said


def test_what_a_match_kept_can_be_said_later() -> None:
    text = """\
customer: pay
teller: /receipt (?P<receipt>[A-Z]+-\\d+)/
customer: show {receipt}
teller: Receipt {receipt} ...
"""
    channel = ScriptedChannel(says("Keep receipt AB-7."), says("Receipt AB-7 is for tea"))
    assert play(parse(text), channel) == []
    assert channel.said == ["pay", "show AB-7"]


PAID = [LedgerChange("Checking", Decimal("-4.5"), "USD")]


def test_the_ledger_moves_as_written() -> None:
    text = "customer: pay\n  ledger: checking -$4.50\ncustomer: pay again\n  ledger: nothing"
    assert play(parse(text), ScriptedChannel(says(), says()), ScriptedProbe(PAID, [])) == []


@pytest.mark.parametrize(
    ("lines", "moved", "line", "expected", "said"),
    [
        ("  ledger: nothing", PAID, 2, "ledger: nothing", "ledger: Checking -$4.5"),
        ("  ledger: checking -$5", PAID, 2, "ledger: checking -$5", "ledger: Checking -$4.5"),
        ("  ledger: checking -$5", [], 2, "ledger: checking -$5", "ledger: nothing"),
        ("teller: ...", PAID, 1, "ledger: nothing", "ledger: Checking -$4.5"),
    ],
)
def test_money_that_moves_otherwise_is_told(
    lines: str, moved: list[LedgerChange], line: int, expected: str, said: str
) -> None:
    conversation = parse(f"customer: pay\n{lines}")
    [mismatch] = play(conversation, ScriptedChannel(says("Paid.")), ScriptedProbe(moved))
    assert (mismatch.line, mismatch.expected, mismatch.said) == (line, expected, said)


def test_what_happened_before_does_not_belong_to_the_first_turn() -> None:
    probe = ScriptedProbe([])
    probe.left[0] = PAID
    assert play(parse("customer: hi\n  ledger: nothing"), ScriptedChannel(says()), probe) == []


def test_lines_a_channel_cannot_show_are_listed_apart() -> None:
    text = "customer: hi\nteller: Hello\n  intent: Welcome\n  ledger: nothing"
    playback = perform(parse(text), ScriptedChannel(Reply(texts=("Hello",))))
    assert playback.mismatches == ()
    assert playback.unchecked == (3, 4)


def test_a_mismatch_reads_like_a_sentence() -> None:
    [mismatch] = play(parse("customer: hi\nteller: Hi", "a.chat"), ScriptedChannel(says("Hello")))
    assert str(mismatch) == "a.chat:2: after “hi”\n  expected: Hi\n  said:     Hello"
