"""The event that a code hook receives. Source: developer guide, "AWS Lambda input event format"."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.engine.session import ActiveContext, DialogAction
from tests.unit.engine.export import ENABLED, fallback, intent, locale, slot
from tests.unit.engine.talk import NOON, Talk

Json = dict[str, Any]


def event_of(text: str = "3 cakes", **request: str) -> Json:
    talk = Talk(
        locale(
            intent(
                "Order",
                "{count} cakes",
                slots=(slot("count"), slot("day", "AMAZON.Date")),
                dialogCodeHook=ENABLED,
            ),
            intent("Hours", "hours"),
            fallback(),
        )
    )
    live = ActiveContext("shop", NOON + timedelta(seconds=90), 3, {"name": "Ada"})
    talk.given(attributes={"a": "1"}, contexts=(live,), action=DialogAction("ElicitIntent"))
    talk.say(text, **request)
    return talk.events[0]


def test_it_says_who_asks_for_what() -> None:
    event = event_of(channel="web")
    assert {key: event[key] for key in ("messageVersion", "invocationSource", "inputMode")} == {
        "messageVersion": "1.0",
        "invocationSource": "DialogCodeHook",
        "inputMode": "Text",
    }
    assert event["bot"] == {
        "id": "BOT0000001",
        "name": "Small",
        "aliasId": "TSTALIASID",
        "aliasName": "TestBotAlias",
        "localeId": "en_US",
        "version": "DRAFT",
    }
    assert (event["sessionId"], event["inputTranscript"]) == ("session-1", "3 cakes")
    assert event["requestAttributes"] == {"channel": "web"}


def test_it_tells_what_would_happen_next() -> None:
    event = event_of()
    assert event["proposedNextState"] == {
        "dialogAction": {"type": "ElicitSlot", "slotToElicit": "day"},
        "intent": event["sessionState"]["intent"],
        "prompt": {"attempt": "Initial"},
    }


def test_empty_slots_are_null_and_filled_ones_are_whole() -> None:
    assert event_of()["sessionState"]["intent"]["slots"] == {
        "count": {
            "shape": "Scalar",
            "value": {"originalValue": "3", "interpretedValue": "3", "resolvedValues": ["3"]},
        },
        "day": None,
    }


def test_confidence_is_a_number_and_the_fallback_intent_has_none() -> None:
    readings = event_of()["interpretations"]
    assert [(r["intent"]["name"], r.get("nluConfidence")) for r in readings] == [
        ("Order", 0.9),
        ("Hours", 0.0),
        ("FallbackIntent", None),
    ]
    assert readings[0]["intent"] == event_of()["sessionState"]["intent"]


def test_session_attributes_and_contexts_are_those_of_this_turn() -> None:
    state = event_of()["sessionState"]
    assert state["sessionAttributes"] == {"a": "1"}
    [context] = state["activeContexts"]
    assert context["timeToLive"] == {"timeToLiveInSeconds": 90, "turnsToLive": 2}


def test_the_one_transcription_is_what_was_typed() -> None:
    [transcription] = event_of()["transcriptions"]
    assert transcription["transcription"] == "3 cakes"
    assert transcription["resolvedContext"] == {"intent": "Order"}
    assert list(transcription["resolvedSlots"]) == ["count"]
