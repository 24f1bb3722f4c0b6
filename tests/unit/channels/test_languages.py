"""A message may say in which language it is; the chat goes on in it, and forgets nothing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.lex import Languages
from tests.unit.channels.asgi import Client
from tests.unit.channels.fake_lex import ScriptedLex

STATE: dict[str, Any] = {
    "sessionAttributes": {"shown": "[1]"},
    "activeContexts": [{"name": "balance_shown"}],
    "intent": {"name": "SendMoney", "slots": {"amount": None}, "state": "InProgress"},
    "dialogAction": {"type": "ElicitSlot", "slotToElicit": "amount"},
    "originatingRequestId": "1",
    "runtimeHints": {},
}


def _say(client: Client, text: str, locale: str | None = None) -> int:
    body = {"text": text, **({"locale": locale} if locale else {})}
    return client.post("/chat/messages", body).status


def test_without_a_language_the_banks_own_is_spoken_then_the_last(
    signed_in: Client, lex: ScriptedLex
) -> None:
    for text, locale in (("hi", None), ("hola", "es_US"), ("saldo", None), ("hi", "en_GB")):
        assert _say(signed_in, text, locale) == 200
    assert [turn["localeId"] for turn in lex.turns] == ["en_US", "es_US", "es_US", "en_GB"]


def test_the_open_question_goes_with_the_chat_and_nothing_of_lexs_own(
    signed_in: Client, lex: ScriptedLex
) -> None:
    lex.known["en_US"] = STATE
    _say(signed_in, "send money to anna")
    _say(signed_in, "cincuenta", "es_US")
    carried = lex.turns[1]["sessionState"]
    expected = {k: STATE[k] for k in list(STATE)[:4]}
    assert carried == {**expected, "intent": {**expected["intent"], "slots": {}}}
    assert len(lex.deleted) == 1
    _say(signed_in, "si")
    assert "sessionState" not in lex.turns[2]


def test_a_session_that_lex_has_forgotten_starts_in_the_new_language(
    signed_in: Client, lex: ScriptedLex
) -> None:
    _say(signed_in, "hi")
    assert _say(signed_in, "hola", "es_US") == 200
    assert lex.turns[1]["sessionState"] == {}


@pytest.mark.parametrize("locale", ["fr_FR", "es_us", "es_US/../x", ""])
def test_a_language_that_the_bank_does_not_speak_is_refused(
    signed_in: Client, lex: ScriptedLex, locale: str
) -> None:
    refused = signed_in.post("/chat/messages", {"text": "hi", "locale": locale})
    assert refused.status in (400, 422)
    assert lex.turns == []


def test_a_secret_is_spoken_of_in_the_language_of_the_chat(signed_in: Client) -> None:
    body = {"text": "mi contraseña es hunter2", "locale": "es_US"}
    said = signed_in.post("/chat/messages", body).json
    if said["heard"] is None:
        body["text"] = "my password is hunter2"
        said = signed_in.post("/chat/messages", body).json
    assert said["messages"][0]["content"].startswith("Por favor, no comparta")


def test_the_languages_of_the_latest_sessions_alone_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.channels.lex._REMEMBERED", 2)
    languages = Languages()
    for session in ("a", "b", "c"):
        languages.note(session, "es_US")
    assert [languages.last(session) for session in "abc"] == [None, "es_US", "es_US"]
