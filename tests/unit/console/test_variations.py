"""Messages that may be said in several ways."""

from __future__ import annotations

import re

from bot.console.export import conversation_file
from bot.console.variations import other_ways
from bot.conversation.lex_channel import reply_from_lex
from bot.conversation.parser import parse
from bot.conversation.player import play
from bot.conversation.reply import Reply
from bot.definition.flow import Outcome
from bot.definition.model import BotLocale, Intent
from bot.definition.speech import Message, MessageGroup
from tests.unit.console.test_export import record

GREETINGS = ("Hello {name}. (It's nice to see you.)", "Good day, [tier] customer!", "Hi.")


def locale(*ways: str) -> BotLocale:
    group = MessageGroup(tuple(Message("PlainText", way) for way in ways))
    greet = Intent("Greet", None, ("hello",), (), closing=Outcome(response=(group,)))
    return BotLocale("en_US", 0.4, {"Greet": greet}, {})


def said(content: str) -> dict[str, object]:
    return {"messages": [{"contentType": "PlainText", "content": content}]}


def test_each_way_of_a_message_is_found_with_its_slots_filled() -> None:
    ways = other_ways("Good day, gold customer!", locale(*GREETINGS))
    assert len(ways) == 3
    assert re.fullmatch(ways[0], "Hello Ana. (It's nice to see you.)")
    assert not re.fullmatch(ways[0], "Hello Ana. It's nice to see you.")


def test_a_message_without_variations_has_no_other_way() -> None:
    assert other_ways("Hi.", locale("Hi.")) == []
    assert other_ways("Something the hook said", locale(*GREETINGS)) == []


def test_a_saved_conversation_passes_with_any_variation_and_no_other_message() -> None:
    text = conversation_file([record("hello", said("Hi."))], locale(*GREETINGS), None)

    class Answering:
        def __init__(self, content: str) -> None:
            self.content = content

        def say(self, text: str) -> Reply:
            return reply_from_lex(said(self.content))

    assert play(parse(text), Answering("Good day, silver customer!")) == []
    assert len(play(parse(text), Answering("Go away."))) == 1
