"""The same question, by whatever path, counts up; ways out are due by that count alone."""

from __future__ import annotations

import pytest

from fulfillment.conversations.circles import ATTRIBUTE, times_put
from fulfillment.lex import Reply, Turn, text
from fulfillment.lex.event import LexEvent
from fulfillment.lex.testing import lex_event

WHICH = text("Which account?")


def turn_of(intent: str, session: dict[str, str]) -> Turn:
    turn = Turn.of(LexEvent.model_validate(lex_event(intent)))
    turn.session = session
    return turn


def asked(slot: str, *words: str) -> Reply:
    return Reply("ElicitSlot", tuple(map(text, words)), slot_to_elicit=slot)


def test_a_question_counts_up_whichever_turn_puts_it_again() -> None:
    session: dict[str, str] = {}
    own = asked("account", "Which account?")
    assert times_put(turn_of("GetStatement", session), own) == 1
    # A glance in between was answered, and the question put again for the task.
    after_a_glance = asked("account", "You have $5.", "Which account?").for_intent("GetStatement")
    assert times_put(turn_of("CheckBalance", session), after_a_glance) == 2
    assert times_put(turn_of("RepeatThat", session), own.for_intent("GetStatement")) == 3
    assert times_put(turn_of("GetStatement", session), asked("account", "Not one of yours.")) == 4


def test_the_same_words_are_the_same_question_whoever_asks() -> None:
    session: dict[str, str] = {}
    times_put(turn_of("FreezeCard", session), asked("card", "Which card?"))
    assert times_put(turn_of("ReplaceCard", session), asked("card", "Which card?")) == 2


@pytest.mark.parametrize(
    "between", [asked("amount", "How much?"), Reply("Close", (text("Done."),)), Reply("Delegate")]
)
def test_another_question_or_an_end_begins_anew(between: Reply) -> None:
    session: dict[str, str] = {}
    question = asked("account", "Which account?")
    times_put(turn_of("SendMoney", session), question)
    times_put(turn_of("SendMoney", session), between)
    assert times_put(turn_of("SendMoney", session), question) == 1


def test_a_yes_or_no_without_words_counts_by_its_task() -> None:
    session: dict[str, str] = {}
    times_put(turn_of("SendMoney", session), Reply("ConfirmIntent"))
    assert times_put(turn_of("SendMoney", session), Reply("ConfirmIntent")) == 2
    assert times_put(turn_of("TransferMoney", session), Reply("ConfirmIntent")) == 1


@pytest.mark.parametrize("forged", ["", "|", "x|y|z", "-4|A.b|c", "9999|A.b|c", "²|A.b|c", "a" * 9])
def test_what_somebody_else_wrote_counts_for_nothing(forged: str) -> None:
    session = {ATTRIBUTE: forged}
    assert times_put(turn_of("A", session), asked("b", "?")) == 1
