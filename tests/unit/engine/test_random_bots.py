"""For random bots and random words: the engine refuses by its own errors, or answers as Lex may."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition.model import BotLocale
from bot.engine.effects import TurnResult
from bot.engine.errors import TurnError
from bot.engine.session import IntentState
from bot.nlu import train
from bot.runtime.answers import recognised
from tests.unit.engine.aws_answers import check_answer
from tests.unit.engine.hook_event_model import HookEvent
from tests.unit.engine.random_bots import Chance
from tests.unit.engine.talk import Talk

TURNS = 6


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_every_turn_is_answered_or_refused_by_name(seed: int) -> None:
    chance = Chance(seed)
    play(chance, Talk(chance.bot()))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_so_it_is_with_the_real_ears(seed: int) -> None:
    chance = Chance(seed)
    bot = chance.bot()
    play(chance, Talk(bot, ears=train(bot, cache_dir=None)))


def play(chance: Chance, talk: Talk) -> None:
    """A few turns, each of which Lex could have answered or refused so; and its hooks' events."""
    bot = talk.locale
    for _ in range(TURNS):
        if chance.chance(0.15):
            talk.given(**chance.given(bot))
        if chance.chance(0.2):
            talk.wait(seconds=2)
        talk.hook, before = chance.hook(), talk.session
        try:
            result = talk.resume() if chance.chance(0.1) else talk.say(chance.words())
        except TurnError:
            # Refused as AWS does: nothing has happened.
            assert talk.session == before
            continue
        assert_lex_could_say(result, bot, talk.now)
    for event in talk.events:
        HookEvent.model_validate(event)


def assert_lex_could_say(result: TurnResult, bot: BotLocale, now: datetime) -> None:
    session = result.session
    assert session.action is not None
    assert session.action.type in ("ElicitSlot", "ElicitIntent", "ConfirmIntent", "Close")
    if session.action.type == "ElicitIntent":
        assert session.intent is None
    else:
        assert session.intent is not None
        assert_is_defined(session.intent, bot)
    if session.intent is not None and session.action.type != "Close":
        assert session.intent.state == "InProgress"
    if session.intent is not None and session.action.type == "ElicitSlot":
        assert session.action.slot in session.intent.slots
    assert 1 <= len(result.interpretations) <= 5
    check_answer(recognised(result, "request-1", now), "RecognizeText")


def assert_is_defined(intent: IntentState, bot: BotLocale) -> None:
    assert set(intent.slots) == {slot.name for slot in bot.intents[intent.name].slots}
