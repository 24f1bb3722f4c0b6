"""What mutated events found: whatever an event holds, what goes back is what Lex takes."""

from __future__ import annotations

from typing import Any

import pytest

from fulfillment.lex import LexResolver, Turn, text
from fulfillment.lex.resolver import MalformedEventError
from fulfillment.lex.testing import lex_event
from tests.unit.lex.lex_rules import faults_of


def _answer(event: dict[str, Any]) -> dict[str, Any]:
    app = LexResolver()

    @app.dialog("Join")
    def join(turn: Turn) -> Any:
        return turn.delegate() if turn.transcript == "go on" else turn.confirm(text("Sure?"))

    return app.resolve(event)


def test_a_state_or_a_confirmation_that_lex_does_not_know_is_not_returned() -> None:
    event = lex_event("Join", transcript="go on", confirmation="Perhaps")
    event["sessionState"]["intent"]["state"] = "Dreaming"
    answer = _answer(event)
    assert faults_of(answer) == []
    intent = answer["sessionState"]["intent"]
    assert (intent["state"], intent["confirmationState"]) == ("InProgress", "None")


@pytest.mark.parametrize(("seconds", "turns"), [(1, 0), (90_000, 40)])
def test_a_context_goes_back_with_a_life_that_lex_takes(seconds: int, turns: int) -> None:
    event = lex_event("Join")
    life = {"timeToLiveInSeconds": seconds, "turnsToLive": turns}
    context = {"name": "paid", "timeToLive": life, "contextAttributes": {"to": "Anna"}}
    event["sessionState"]["activeContexts"] = [context]
    answer = _answer(event)
    assert faults_of(answer) == []
    (returned,) = answer["sessionState"]["activeContexts"]
    assert returned["contextAttributes"] == {"to": "Anna"}


@pytest.mark.parametrize("part", ["timeToLive", "contextAttributes", "name"])
def test_a_context_that_is_not_whole_is_none_of_lexs(part: str) -> None:
    event = lex_event("Join")
    life = {"timeToLiveInSeconds": 60, "turnsToLive": 5}
    context: dict[str, Any] = {"name": "paid", "timeToLive": life, "contextAttributes": {}}
    del context[part]
    event["sessionState"]["activeContexts"] = [context]
    with pytest.raises(MalformedEventError, match=part):
        _answer(event)


def test_half_an_emoji_becomes_a_sign_that_can_be_stored_and_a_whole_one_stays() -> None:
    event = lex_event("Join", transcript="thanks \ud83e", session={"said": "\U0001f984 and \ud83e"})
    event["sessionId"] = "s-\ud83e"
    answer = _answer(event)
    assert answer["sessionState"]["sessionAttributes"]["said"] == "\U0001f984 and \ufffd"


@pytest.mark.parametrize("locale", ["", " ", "../../etc/passwd", "en_US_and_much_more", "en-US\n"])
def test_a_language_that_lex_has_no_name_for_is_none_of_lexs(locale: str) -> None:
    event = lex_event("Join")
    event["bot"]["localeId"] = locale
    with pytest.raises(MalformedEventError, match=r"bot\.localeId"):
        _answer(event)


def test_an_event_without_an_intent_is_none_of_lexs() -> None:
    event = lex_event("Join")
    event["sessionState"]["intent"]["name"] = ""
    with pytest.raises(MalformedEventError, match=r"intent\.name"):
        _answer(event)
