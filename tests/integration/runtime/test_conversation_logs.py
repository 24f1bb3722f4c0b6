"""Conversation logs in Lex's format: what is in an entry, and what never is."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from bot.definition import BotDefinition
from bot.runtime.conversation_log import ConversationLog
from bot.runtime.errors import DependencyFailedError
from bot.runtime.hosted_bot import hosted
from bot.runtime.lex_runtime import LexRuntime
from tests.integration.runtime.conftest import BOT_ID, SettableClock
from tests.integration.runtime.keyword_recogniser import KeywordRecogniser
from tests.integration.runtime.test_lex_runtime import KEY, FakeHook, say

Entry = dict[str, Any]


class LoggedRuntime:
    """A runtime and the lines of its conversation log."""

    def __init__(self, definition: BotDefinition) -> None:
        ids = (f"request-{number}" for number in itertools.count(1))
        ears = {name: KeywordRecogniser(locale) for name, locale in definition.locales.items()}
        self.hook = FakeHook()
        self.runtime = LexRuntime(
            [hosted(BOT_ID, definition, ears, self.hook)],
            clock=SettableClock(),
            rng=random.Random(7),
            new_id=lambda: next(ids),
        )
        self.lines: list[str] = []
        self.runtime.log.observe(ConversationLog(self.runtime.bots, self.lines.append))

    @property
    def entries(self) -> list[Entry]:
        return [json.loads(line) for line in self.lines]


def with_hidden_size(definition: BotDefinition) -> BotDefinition:
    """The coffee counter's bot, as if the size of a coffee were a secret."""
    locale = definition.locales["en_US"]
    order = locale.intents["OrderCoffee"]
    slots = tuple(replace(slot, obfuscated=slot.name == "size") for slot in order.slots)
    intents = {**locale.intents, "OrderCoffee": replace(order, slots=slots)}
    return replace(definition, locales={"en_US": replace(locale, intents=intents)})


@pytest.fixture
def logged(definition: BotDefinition) -> LoggedRuntime:
    return LoggedRuntime(with_hidden_size(definition))


def test_a_turn_is_an_entry_of_the_guides_form(logged: LoggedRuntime) -> None:
    say(logged.runtime, "a flat white please", requestAttributes={"counter": "Ada"})
    [entry] = logged.entries
    assert entry["message-version"] == "2.0"
    assert entry["bot"] == {
        "id": BOT_ID,
        "name": "BeanBar",
        "aliasId": "TSTALIASID",
        "aliasName": "TestBotAlias",
        "localeId": "en_US",
        "version": "DRAFT",
    }
    assert entry["inputTranscript"] == "a flat white please"
    question, card = entry["messages"]
    assert question == {"contentType": "PlainText", "content": "Which size?"}
    assert [b["value"] for b in card["imageResponseCard"]["buttonsList"]] == ["small", "large"]
    assert entry["sessionState"]["dialogAction"] == {"type": "ElicitSlot", "slotToElicit": "size"}
    assert entry["sessionState"]["intent"]["name"] == "OrderCoffee"
    assert isinstance(entry["interpretations"][0]["nluConfidence"], str)
    assert (entry["missedUtterance"], entry["developerOverride"]) == (False, False)
    assert (entry["inputMode"], entry["operationName"]) == ("Text", "RecognizeText")
    assert entry["requestAttributes"] == {"counter": "Ada"}
    assert entry["sessionId"] == KEY.session_id
    assert entry["timestamp"].endswith("Z")


def test_a_missed_utterance_has_no_intent_and_no_slot_to_elicit(logged: LoggedRuntime) -> None:
    say(logged.runtime, "qwertz uiop")
    [entry] = logged.entries
    assert entry["missedUtterance"]
    assert "intent" not in entry["sessionState"]
    assert "slotToElicit" not in entry["sessionState"]["dialogAction"]


def test_an_obfuscated_value_is_in_no_part_of_an_entry_but_what_the_bot_says(
    logged: LoggedRuntime,
) -> None:
    say(logged.runtime, "a flat white please")
    said = say(logged.runtime, "large")
    assert said["sessionState"]["intent"]["slots"]["size"]["value"]["originalValue"] == "large"
    entry = logged.entries[-1]
    assert entry.pop("messages")[0]["content"] == "A large flat white. Is that right?"
    assert entry["inputTranscript"] == "{size}"
    assert "large" not in json.dumps(entry)


def test_a_reply_without_a_value_for_an_obfuscated_slot_is_hidden_whole(
    logged: LoggedRuntime,
) -> None:
    say(logged.runtime, "a flat white please")
    say(logged.runtime, "my neighbour's dog")
    assert logged.entries[-1]["inputTranscript"] == "{size}"


def test_the_channels_own_attributes_are_never_logged(logged: LoggedRuntime) -> None:
    say(logged.runtime, "a flat white please", requestAttributes={"x-teller-identity": "secret"})
    assert "requestAttributes" not in logged.entries[0]
    assert "secret" not in logged.lines[0]


def test_a_refused_turn_is_not_logged(logged: LoggedRuntime) -> None:
    def fail() -> None:
        raise ConnectionError("nobody there")

    logged.hook.before = fail
    with pytest.raises((DependencyFailedError, ConnectionError)):
        say(logged.runtime, "a flat white please")
    assert logged.lines == []


def test_what_is_said_to_a_bot_for_children_is_never_logged(definition: BotDefinition) -> None:
    logged = LoggedRuntime(replace(definition, child_directed=True))
    say(logged.runtime, "a flat white please")
    assert logged.lines == []


def test_putting_a_session_is_not_an_utterance(logged: LoggedRuntime) -> None:
    request = {"sessionState": {"sessionAttributes": {"a": "1"}}}
    asyncio.run(logged.runtime.put_session(KEY, request, "request-0"))
    assert logged.lines == []
