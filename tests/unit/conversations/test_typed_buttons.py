"""What a button shows, typed, does what the button sends: for each button of each reply."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fulfillment.conversations
from fulfillment.bank.disputes import DisputeReason
from fulfillment.bank.money import Money
from fulfillment.conversations.progress import CONFIRMATION, Task
from fulfillment.conversations.typed_buttons import ATTRIBUTE, keep_buttons, plain, pressed
from fulfillment.lex import Reply, Turn, card, text
from fulfillment.lex.event import LexEvent
from fulfillment.lex.testing import lex_event
from fulfillment.replies import Speech
from fulfillment.replies.speech import locales

CODE = Path(fulfillment.conversations.__file__).parent
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
YES, NO = "said.yes", "said.no"


def keys_in(node: ast.AST) -> list[str]:
    said = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
    return [one for one in said if isinstance(one, str) and one.partition(".")[2]]


def buttons_in_code() -> Iterator[tuple[str, str]]:
    """What each button shows and sends, by the keys that the conversations ask for."""
    for path in CODE.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            if call.func.attr == "way" and len(keys := keys_in(call)) == 2:
                yield keys[0], keys[1]
            if call.func.attr == "yes_or_no":
                yield from ((key, YES) for key in keys_in(call.args[1]))
                yield from ((key, NO) for key in (keys_in(call.args[2]) if call.args[2:] else []))


CONFIRMATIONS = sorted(
    {(shown, sent) for shown, sent in buttons_in_code() if sent in (YES, NO)}
    | {("payment.no", NO), ("scam.stop", NO), ("scam.sure", YES), ("schedule.yes", YES)}
    | {(f"payment.yes_{verb}", YES) for verb in ("send", "move")} | {("paying.yes", YES)}
)  # fmt: skip
ANSWERS = sorted(
    {(f"disputes.{reason}", f"said.{reason}") for reason in DisputeReason}
    | {(f"paying.{part}", f"said.{part}") for part in ("minimum", "statement", "everything")}
)


def turn_of(transcript: str, session: dict[str, str]) -> Turn:
    turn = Turn.of(LexEvent.model_validate(lex_event("Anything", transcript=transcript)))
    turn.session = session
    return turn


def session_after(
    asked: Task, *buttons: tuple[str, str], action: str = "ElicitSlot"
) -> dict[str, str]:
    turn = turn_of("", {})
    messages = (text("Well?"), card("Choose", list(buttons)))
    slot = None if asked.asked == CONFIRMATION else asked.asked
    is_question = action == "ElicitSlot" and slot is None
    reply = Reply("ConfirmIntent" if is_question else action, messages, slot)  # type: ignore[arg-type]
    keep_buttons(turn, asked, reply)
    return turn.session


def spellings(shown: str) -> tuple[str, ...]:
    return shown, shown.upper(), f"{shown.casefold()}!", shown.replace(",", "")


@pytest.mark.parametrize("locale", sorted(locales()))
@pytest.mark.parametrize(("shown", "sent"), CONFIRMATIONS)
def test_a_label_of_a_confirmation_is_the_answer_that_its_button_gives(
    shown: str, sent: str, locale: str
) -> None:
    speech = Speech(locale, "UTC", NOW)
    label, value = speech.words(shown), speech.words(sent)
    for said in spellings(label):
        session = session_after(Task("Any", {}, CONFIRMATION), (label, value))
        found = pressed(turn_of(said, session))
        if plain(label) == plain(value):
            assert found is None
            continue
        assert found is not None
        assert found.answer is (sent == YES)


@pytest.mark.parametrize("locale", sorted(locales()))
@pytest.mark.parametrize(("shown", "sent"), ANSWERS)
def test_a_label_of_a_choice_is_the_value_that_its_button_sends(
    shown: str, sent: str, locale: str
) -> None:
    speech = Speech(locale, "UTC", NOW)
    view = {"amount": Money(3500, "USD")} if shown.startswith("paying.") else {}
    label, value = speech.words(shown, **view), speech.words(sent)
    for said in spellings(label):
        session = session_after(Task("Any", {}, "slot"), (label, value))
        found = pressed(turn_of(said, session))
        assert (found.value if found else said) == value or plain(said) == plain(value)


def test_every_confirmation_in_the_code_is_among_them() -> None:
    assert len(CONFIRMATIONS) > 20
    assert ("schedule.yes_cancel", YES) in CONFIRMATIONS
    assert ("schedule.keep", NO) in CONFIRMATIONS


def test_other_words_press_nothing_and_buttons_are_those_of_the_last_answer_alone() -> None:
    session = session_after(Task("Any", {"amount": "20"}, CONFIRMATION), ("Yes, cancel it", "yes"))
    assert pressed(turn_of("cancel it", session)) is None
    assert session == {}
    assert pressed(turn_of("Yes, cancel it", session)) is None


def test_the_question_is_kept_with_what_was_said_for_it() -> None:
    asked = Task("SendMoney", {"amount": "20", "payee": "Anna"}, CONFIRMATION)
    found = pressed(turn_of("yes, send it", session_after(asked, ("Yes, send it", "yes"))))
    assert found is not None
    assert found.task == asked


def test_two_buttons_that_show_the_same_are_told_apart_by_pressing_them_alone() -> None:
    twice = [("Nov 2: Cafe $3.00", "1: Cafe"), ("Nov 2: Cafe $3.00", "2: Cafe")]
    assert session_after(Task("DisputeCharge", {}, "charge"), *twice) == {}


def test_what_an_answer_shows_beside_no_question_is_a_sentence_of_its_own() -> None:
    assert session_after(Task("Help", {}, "x"), ("Spending", "my spending"), action="Close") == {}


@given(st.text() | st.dictionaries(st.text(), st.integers()).map(json.dumps))
def test_an_attribute_that_somebody_else_wrote_presses_nothing(forged: str) -> None:
    assert pressed(turn_of("yes, send it", {ATTRIBUTE: forged})) is None
