"""A stream's talk: turns, the bank's news between them, and coming back after a lost connection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.channels import ChannelSettings
from bot.channels.rates import Rate
from bot.channels.stream.closing import Close, StreamClosedError
from bot.channels.stream.frames import Hello
from tests.unit.channels.conftest import SETTINGS
from tests.unit.channels.fake_lex import answer, lex_error, text
from tests.unit.channels.stream.talking import Rehearsal


@pytest.fixture
def town() -> Rehearsal:
    return Rehearsal()


def test_answers_are_numbered_in_the_order_in_which_they_were_given(town: Rehearsal) -> None:
    grant, after = town.enter()
    assert after == 0
    assert town.say(grant, "hi") is None
    assert town.say(grant, "bye") is None
    assert town.words(grant) == [(1, "You said hi"), (2, "You said bye")]


def test_a_message_sent_again_after_a_lost_connection_is_said_to_lex_once(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.say(grant, "yes", "message-one")
    again, after = town.enter(after=0)
    assert town.say(again, "yes", "message-one") is None
    assert [turn["text"] for turn in town.lex.turns] == ["yes"]
    assert town.words(again, after) == [(1, "You said yes")]


def test_who_comes_back_is_told_what_they_missed_and_nothing_twice(town: Rehearsal) -> None:
    grant, _ = town.enter()
    for words in ("one", "two", "three"):
        town.say(grant, words)
    again, after = town.enter(after=2)
    assert town.words(again, after) == [(3, "You said three")]
    assert town.enter(after=3)[1] == 3
    # A page that was opened anew has nothing to catch up on, and one ahead of us begins anew.
    assert town.enter()[1] == 3
    assert town.enter(after=99)[1] == 3


def test_the_bank_s_message_comes_without_a_word_of_the_customer_s(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.board.said.append("Your payment is on its way.")
    town.talk.look(grant)
    assert town.words(grant) == [(1, "Your payment is on its way.")]
    assert town.talk.frames(grant, 0)[0].frame["type"] == "news"


def test_a_bell_that_rings_twice_tells_once(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.board.said.append("Your payment is on its way.")
    town.talk.look(grant)
    town.talk.look(grant)
    assert len(town.words(grant)) == 1


def test_what_was_said_while_nobody_listened_is_there_when_somebody_comes(town: Rehearsal) -> None:
    town.board.said += ["one", "two"]
    town.board.heard = 1
    grant, after = town.enter()
    assert town.words(grant, after) == [(1, "two")]


def test_what_was_seen_is_heard_and_what_was_sent_alone_is_not(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.board.said.append("Your payment is on its way.")
    town.talk.look(grant)
    assert town.board.heard == 0
    town.talk.seen(grant, 1)
    assert town.board.heard == 1


def test_the_next_turn_does_not_repeat_what_was_pushed(town: Rehearsal) -> None:
    def turn() -> Mapping[str, Any]:
        return answer(text(f"{town.board.tell_in_a_turn()} Hello."))

    town.lex.script["hi"] = turn
    grant, _ = town.enter()
    town.board.said.append("It is on its way.")
    town.talk.look(grant)
    town.say(grant, "hi")  # without having said that it was seen
    assert town.words(grant) == [(1, "It is on its way."), (2, " Hello.")]


def test_what_a_turn_tells_itself_is_not_pushed_after_it(town: Rehearsal) -> None:
    grant, _ = town.enter()

    def turn() -> Mapping[str, Any]:
        town.board.said.append("It is on its way.")
        town.talk.look(grant)  # the bell rings in the middle of the turn
        return answer(text(f"{town.board.tell_in_a_turn()} Hello."))

    town.lex.script["hi"] = turn
    town.say(grant, "hi")
    assert town.words(grant) == [(1, "It is on its way. Hello.")]
    town.talk.look(grant)
    assert len(town.words(grant)) == 1


def test_a_bell_in_the_middle_of_a_turn_that_did_not_tell_is_answered_after_it(
    town: Rehearsal,
) -> None:
    grant, _ = town.enter()

    def turn() -> Mapping[str, Any]:
        town.board.said.append("It is on its way.")
        town.talk.look(grant)
        return answer(text("Hello."))

    town.lex.script["hi"] = turn
    town.say(grant, "hi")
    assert town.words(grant) == [(1, "Hello."), (2, "It is on its way.")]


def test_what_can_wait_waits_while_a_question_is_open_and_follows_the_answer(
    town: Rehearsal,
) -> None:
    town.lex.script["pay anna"] = lambda: answer(text("How much?"), state="InProgress")
    town.lex.script["balance"] = lambda: answer(text("$5. How much?"), state="InProgress")
    grant, _ = town.enter()
    town.say(grant, "pay anna")
    town.board.said.append("By the way: that was charged twice.")
    town.board.tips = (1,)
    town.talk.look(grant)
    town.say(grant, "balance")
    assert [words for _, words in town.words(grant)] == ["How much?", "$5. How much?"]
    town.say(grant, "cancel")
    assert [words for _, words in town.words(grant)][2:] == [
        "You said cancel",
        "By the way: that was charged twice.",
    ]


def test_a_second_message_during_a_turn_is_refused_and_may_be_sent_again(town: Rehearsal) -> None:
    grant, _ = town.enter()
    refused = []

    def turn() -> Mapping[str, Any]:
        refused.append(town.say(grant, "and another thing"))
        return answer(text("Hello."))

    town.lex.script["hi"] = turn
    town.say(grant, "hi")
    [busy] = refused
    assert busy is not None
    assert (busy.code, busy.retryable) == ("one_at_a_time", True)


def test_a_turn_that_fails_is_told_and_can_be_tried_again(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.lex.script["hi"] = lex_error("ThrottlingException")
    refused = town.say(grant, "hi", "message-one")
    assert refused is not None
    assert (refused.code, refused.retryable) == ("assistant_busy", True)
    del town.lex.script["hi"]
    assert town.say(grant, "hi", "message-one") is None
    assert town.words(grant) == [(1, "You said hi")]


def test_an_inbox_that_is_down_holds_no_turn_up_and_loses_nothing(town: Rehearsal) -> None:
    town.board.down = True
    grant, _ = town.enter()
    town.board.said.append("It is on its way.")
    town.talk.look(grant)
    assert town.say(grant, "hi") is None
    town.board.down = False
    town.talk.look(grant)
    assert town.words(grant) == [(1, "You said hi"), (2, "It is on its way.")]


def test_nobody_in_particular_has_no_news_and_can_talk(town: Rehearsal) -> None:
    town.come_in_as_nobody()
    grant, _ = town.enter()
    town.board.said.append("A secret of Amelia's.")
    town.talk.look(grant)
    assert town.talk.listener(grant) is None
    assert town.say(grant, "hi") is None
    assert town.words(grant) == [(1, "You said hi")]


def test_who_is_verified_in_conversation_hears_the_bank_until_they_are_not(
    town: Rehearsal,
) -> None:
    town.come_in_as_nobody()
    grant, _ = town.enter()
    town.say(grant, "123456")
    town.board.speaker = "amelia"
    town.board.said.append("Your payment is on its way.")
    town.talk.look(grant)
    assert town.talk.listener(grant) == "amelia"
    assert town.words(grant, 1) == [(2, "Your payment is on its way.")]
    town.talk.seen(grant, 2)
    assert town.board.heard == 1
    town.board.speaker = None
    town.board.said.append("A secret of Amelia's.")
    town.talk.look(grant)
    assert town.talk.listener(grant) is None
    assert town.words(grant, 2) == []


def test_one_customer_s_numbers_count_for_nobody_else_in_the_same_chat(town: Rehearsal) -> None:
    town.come_in_as_nobody()
    grant, _ = town.enter()
    town.board.speaker, town.board.said = "diego", ["one", "two", "three"]
    town.talk.look(grant)
    # Diego logs out, and Amelia gives a code in the same chat: none of hers was seen yet.
    town.board.speaker, town.board.said, town.board.heard = "amelia", ["hers"], 0
    town.talk.look(grant)
    assert [words for _, words in town.words(grant)] == ["one", "two", "three", "hers"]
    assert town.board.heard == 0


def test_a_bad_token_opens_no_stream(town: Rehearsal) -> None:
    with pytest.raises(StreamClosedError) as closed:
        town.talk.enter(Hello(type="hello", token=town.token[:-2] + "xx"))
    assert closed.value.code is Close.SIGNED_OUT


def test_a_session_that_ended_hears_and_says_nothing_more(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.chat.sign_out(town.token)
    for act in (lambda: town.say(grant, "hi"), lambda: town.talk.frames(grant, 0)):
        with pytest.raises(StreamClosedError):
            act()
    assert town.lex.turns == []


def test_a_session_that_expired_hears_nothing_more(town: Rehearsal) -> None:
    grant, _ = town.enter()
    town.clock.move(timedelta(minutes=61))
    with pytest.raises(StreamClosedError):
        town.talk.frames(grant, 0)


def test_a_customer_who_says_too_much_is_told_when_to_go_on() -> None:
    slow: ChannelSettings = SETTINGS.model_copy(
        update={"customer_rate": Rate(per_minute=6, burst=2)}
    )
    town = Rehearsal(settings=slow)
    grant, _ = town.enter()
    answers = [town.say(grant, "hi") for _ in range(3)]
    assert answers[:2] == [None, None]
    assert answers[2] is not None
    assert (answers[2].code, answers[2].retry_after) == ("too_many_requests", 10)
    assert len(town.lex.turns) == 2
