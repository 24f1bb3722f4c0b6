"""Bots to measure with are as large as asked, the same each time, and can be spoken to."""

from __future__ import annotations

import asyncio

import pytest

from bot.runtime.benchmark import _interleaved, _Served
from bot.runtime.synthetic_bot import MOST_INTENTS, conversations, synthetic_bot, synthetic_locale


@pytest.mark.parametrize("size", [1, 50, MOST_INTENTS])
def test_a_bot_has_as_many_intents_as_asked_and_a_fallback(size: int) -> None:
    assert len(synthetic_locale(size).intents) == size + 1


def test_the_same_bot_and_the_same_conversations_are_made_each_time() -> None:
    locale = synthetic_locale(20)
    assert locale == synthetic_locale(20)
    assert conversations(locale, 30) == conversations(locale, 30)


def test_turns_of_many_sessions_take_their_turns() -> None:
    turns = _interleaved(synthetic_locale(5), 8, sessions=2)
    assert [session for session, _ in turns] == [0, 1] * 4


async def _answers(served: _Served, texts: tuple[str, ...]) -> list[str]:
    for text in texts:
        await served.say(1, text)
    records = served.runtime.log.recent("session-1")
    return [
        record.response["sessionState"]["intent"]["state"] for record in records if record.response
    ]


def test_a_conversation_comes_to_its_end() -> None:
    served = _Served(synthetic_bot(5))
    [intent, *_] = synthetic_locale(5).intents.values()
    first = intent.utterances[0]
    assert asyncio.run(_answers(served, (first, "3", "red", "yes")))[-1] == "ReadyForFulfillment"
    served.runtime.close()
