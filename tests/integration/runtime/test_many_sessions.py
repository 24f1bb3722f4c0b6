"""Thousands of conversations at once: each gets its own answers, and none sees another's."""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from bot.definition import BotDefinition
from bot.runtime.hosted_bot import hosted
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey
from tests.integration.runtime.conftest import BOT_ID, SettableClock
from tests.integration.runtime.keyword_recogniser import KeywordRecogniser
from tests.integration.runtime.test_lex_runtime import FakeHook, texts

SESSIONS, THREADS = 2_400, 8
DRINKS = ("a flat white please", "can I get a cappuccino", "an espresso please")


def _talk(runtime: LexRuntime, sessions: range) -> list[list[str]]:
    """The conversations of one thread, all of them turn by turn, on a loop of its own."""

    async def hold() -> list[list[str]]:
        said: list[list[str]] = [[] for _ in sessions]
        for turn in range(3):
            for place, session in enumerate(sessions):
                size = "small" if session % 2 else "large"
                text = (DRINKS[session % 3], size, "yes")[turn]
                key = SessionKey(BOT_ID, "TSTALIASID", "en_US", f"many-{session}")
                answer = await runtime.recognise_text(key, {"text": text}, runtime.new_id())
                said[place] += texts(answer)[:1]
        return said

    return asyncio.run(hold())


def test_thousands_of_sessions_on_several_threads_keep_apart(definition: BotDefinition) -> None:
    ids = count()
    ears = {name: KeywordRecogniser(locale) for name, locale in definition.locales.items()}
    runtime = LexRuntime(
        [hosted(BOT_ID, definition, ears, FakeHook())],
        clock=SettableClock(),
        rng=random.Random(7),
        new_id=lambda: f"request-{next(ids)}",
    )
    each = SESSIONS // THREADS
    with ThreadPoolExecutor(THREADS) as threads:
        parts = [range(n * each, (n + 1) * each) for n in range(THREADS)]
        said = [talk for done in threads.map(lambda p: _talk(runtime, p), parts) for talk in done]
    runtime.close()
    assert len(said) == SESSIONS
    for session, talk in enumerate(said):
        drink = ("flat white", "cappuccino", "espresso")[session % 3]
        size = "small" if session % 2 else "large"
        assert talk[1] == f"A {size} {drink}. Is that right?"
        assert "Enjoy!" in talk[2]
