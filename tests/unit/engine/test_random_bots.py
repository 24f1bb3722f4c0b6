"""For random bots and random words: the engine refuses by its own errors, or answers as Lex may."""

from __future__ import annotations

from typing import Any

from botocore.session import Session as AwsModels
from botocore.validate import ParamValidator
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.definition.model import BotLocale
from bot.engine.effects import TurnResult
from bot.engine.errors import TurnError
from bot.engine.session import IntentState
from tests.unit.engine.export import Json
from tests.unit.engine.random_bots import Chance
from tests.unit.engine.talk import NOON, Talk

ANSWER = AwsModels().get_service_model("lexv2-runtime").shape_for("RecognizeTextResponse")
TURNS = 6


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_every_turn_is_answered_or_refused_by_name(seed: int) -> None:
    chance = Chance(seed)
    bot = chance.bot()
    talk = Talk(bot)
    for _ in range(TURNS):
        talk.hook, before = chance.hook(), talk.session
        try:
            result = talk.say(chance.words())
        except TurnError:
            # Refused as AWS does: nothing has happened.
            assert talk.session == before
            continue
        assert_lex_could_say(result, bot)
    for event in talk.events:
        assert_lex_could_ask(event)


def assert_lex_could_say(result: TurnResult, bot: BotLocale) -> None:
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
    wire = {
        "messages": [message.to_wire() for message in result.messages],
        "sessionState": filled(session.to_wire(NOON, "request-1")),
        "interpretations": [filled(reading.to_wire()) for reading in result.interpretations],
    }
    assert ParamValidator().validate(wire, ANSWER).generate_report() == ""


def assert_is_defined(intent: IntentState, bot: BotLocale) -> None:
    assert set(intent.slots) == {slot.name for slot in bot.intents[intent.name].slots}


def assert_lex_could_ask(event: Json) -> None:
    assert event["invocationSource"] in ("DialogCodeHook", "FulfillmentCodeHook")
    assert event["interpretations"][0]["intent"] == event["sessionState"]["intent"]
    dialog = event["invocationSource"] == "DialogCodeHook"
    assert ("proposedNextState" in event) == dialog


def filled(wire: Any) -> Any:
    """AWS's model knows no null; Lex sends it for an empty slot and an ambiguous value."""
    if isinstance(wire, dict):
        kept = {k: filled(v) for k, v in wire.items() if v is not None or k == "interpretedValue"}
        return {k: "null" if v is None else v for k, v in kept.items()}
    return [filled(item) for item in wire] if isinstance(wire, list) else wire
