"""`teller lex bench`: how fast the offline Lex hears and answers, as one JSON object.

No hook is called: what is measured is recognition, dialog and session, in this process. Every turn
stands beside a baseline of the same run: the text held against every sample utterance of the bot
by regular expressions, which is all that an emulator by string matching does.

Times are of the clock on the wall; `cpu` ones are of the processor, and hold on a busy machine too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.definition.model import BotDefinition, BotLocale
from bot.nlu import train
from bot.runtime.hosted_bot import TEST_ALIAS_ID, hosted
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey
from bot.runtime.synthetic_bot import conversations, synthetic_bot

_SESSIONS = (1, 16, 256)
_SIZES = (10, 100, 700)
_TURN_BOT = 50
_LIVE_SESSIONS = 10_000
_SLOT = re.compile(r"\\\{\w+\\\}")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="teller lex bench", description="Measure the offline Lex without hooks, as JSON."
    )
    parser.add_argument("--turns", type=int, default=2_000, help="turns of each figure (2000)")
    parser.add_argument("--json", action="store_true", help="accepted for symmetry: it always is")
    turns: int = parser.parse_args(argv).turns
    sys.stdout.write(json.dumps(measure(turns), indent=2) + "\n")
    return 0


def measure(turns: int) -> dict[str, Any]:
    """Figures of turns by number of sessions, of learning by size of bot, and of memory."""
    figures: dict[str, Any] = {"machine": {"python": sys.version.split()[0], "turns": turns}}
    definition = synthetic_bot(_TURN_BOT)
    baseline = _matching(definition.locales["en_US"], turns)
    for sessions in _SESSIONS:
        figures[f"lex_turn_{sessions}_sessions"] = _turns(definition, turns, sessions, baseline)
    for size in _SIZES:
        figures[f"lex_load_{size}_intents"] = _load(size)
    figures["lex_memory"] = _memory(definition)
    return figures


class _Served:
    """The bot on a runtime whose clock goes on a second a turn."""

    def __init__(self, definition: BotDefinition) -> None:
        ears = {lang: train(locale, None) for lang, locale in definition.locales.items()}
        ids, seconds = count(), count()
        start = datetime(2026, 1, 1, tzinfo=UTC)
        self.runtime = LexRuntime(
            [hosted(definition.identifier, definition, ears)],
            clock=lambda: start + timedelta(milliseconds=next(seconds)),
            rng=random.Random(0),  # noqa: S311 - chooses among prompts
            new_id=lambda: f"bench-{next(ids)}",
        )
        self._bot = definition.identifier

    async def say(self, session: int, text: str) -> None:
        key = SessionKey(self._bot, TEST_ALIAS_ID, "en_US", f"session-{session}")
        await self.runtime.recognise_text(key, {"text": text}, self.runtime.new_id())


def _turns(
    definition: BotDefinition, turns: int, sessions: int, baseline_ms: list[float]
) -> dict[str, Any]:
    served = _Served(definition)
    texts = _interleaved(definition.locales["en_US"], turns, sessions)
    asyncio.run(_timed(served, texts[: max(100, turns // 10)]))
    times, cpu = asyncio.run(_timed(served, texts))
    served.runtime.close()
    median, base = statistics.median(times), statistics.median(baseline_ms)
    return {
        "turns_per_s": round(1000 * len(times) / sum(times)),
        "p50_ms": round(median, 3),
        "p99_ms": round(_p99(times), 3),
        "cpu_p50_ms": round(statistics.median(cpu), 3),
        "cpu_p99_ms": round(_p99(cpu), 3),
        "intents": _TURN_BOT,
        "baseline": "matching_every_sample_utterance",
        "baseline_p50_ms": round(base, 3),
        "ratio": round(median / base, 2),
    }


def _interleaved(locale: BotLocale, turns: int, sessions: int) -> list[tuple[int, str]]:
    """Turns of many conversations at once, so that each session waits for its next turn."""
    talks = conversations(locale, turns)
    said = [
        (session, text)
        for start in range(0, len(talks), sessions)
        for texts in zip(*talks[start : start + sessions], strict=True)
        for session, text in enumerate(texts)
    ]
    return said[:turns]


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


async def _timed(
    served: _Served, texts: Iterable[tuple[int, str]]
) -> tuple[list[float], list[float]]:
    """Milliseconds of each turn, on the wall and of this thread's processor."""
    times, cpu = [], []
    for session, text in texts:
        started, began = time.perf_counter(), time.thread_time()
        await served.say(session, text)
        times.append((time.perf_counter() - started) * 1000)
        cpu.append((time.thread_time() - began) * 1000)
    return times, cpu


def _matching(locale: BotLocale, turns: int) -> list[float]:
    """Milliseconds of matching each text against every sample utterance, until one fits."""
    patterns = [
        re.compile(_SLOT.sub(r".+", re.escape(utterance)) + r"\Z", re.IGNORECASE)
        for intent in locale.intents.values()
        for utterance in intent.utterances
    ]
    times = []
    for texts in conversations(locale, turns // 4 + 1):
        for text in texts:
            started = time.perf_counter()
            any(pattern.match(text) for pattern in patterns)
            times.append((time.perf_counter() - started) * 1000)
    return times


def _load(size: int) -> dict[str, Any]:
    """Seconds until a bot can be spoken to, beside compiling its utterances to patterns."""
    definition = synthetic_bot(size)
    locale = definition.locales["en_US"]
    started, began = time.perf_counter(), time.process_time()
    train(locale, None)
    learned, spent = time.perf_counter() - started, time.process_time() - began
    started = time.perf_counter()
    for intent in locale.intents.values():
        for utterance in intent.utterances:
            re.compile(_SLOT.sub(r".+", re.escape(utterance)) + r"\Z", re.IGNORECASE)
    compiled = time.perf_counter() - started
    re.purge()
    return {
        "s": round(learned, 3),
        "cpu_s": round(spent, 3),
        "baseline": "compiling_its_utterances_to_patterns",
        "baseline_s": round(compiled, 3),
        "ratio": round(learned / compiled, 2),
    }


def _memory(definition: BotDefinition) -> dict[str, Any]:
    """What live sessions in the middle of a dialog hold, beside their state as JSON text."""
    served = _Served(definition)
    texts = [talk[0] for talk in conversations(definition.locales["en_US"], _LIVE_SESSIONS)]

    async def begin() -> None:
        for session, text in enumerate(texts):
            await served.say(session, text)

    tracemalloc.start()
    asyncio.run(begin())
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    key = SessionKey(definition.identifier, TEST_ALIAS_ID, "en_US", "session-1")
    text = len(json.dumps(served.runtime.get_session(key)).encode())
    served.runtime.close()
    return {
        "live_sessions": _LIVE_SESSIONS,
        "kb_per_session": round(held / _LIVE_SESSIONS / 1024, 2),
        "baseline": "get_session_as_json",
        "baseline_kb": round(text / 1024, 2),
        "ratio": round(held / _LIVE_SESSIONS / text, 2),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
