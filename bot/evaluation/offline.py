"""Speaks to a bot on the offline Lex, in this process."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.definition import BotDefinition
from bot.evaluation.hearing import Heard, heard
from bot.evaluation.test_set import UserRow
from bot.nlu import train
from bot.runtime.code_hook import CodeHook
from bot.runtime.errors import LexRuntimeError
from bot.runtime.hosted_bot import TEST_ALIAS_ID, hosted
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey

BOT_ID = "EVALUATION"


class DelegatingHook:
    """A code hook that adds nothing: every dialog is Lex's, every fulfilment succeeds.

    It stands where a bot's own function is not given, so that what is measured is the definition.
    """

    target = "delegate"

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """Delegate, or close as fulfilled."""
        del budget_s
        state = event["sessionState"]
        intent = dict(state["intent"])
        action = "Delegate"
        if event["invocationSource"] == "FulfillmentCodeHook":
            action, intent["state"] = "Close", "Fulfilled"
        return {
            "sessionState": {
                "sessionAttributes": state.get("sessionAttributes") or {},
                "dialogAction": {"type": action},
                "intent": intent,
            }
        }

    def close(self) -> None:
        """Nothing to let go of."""


class OfflineBot:
    """One locale of a bot, hosted for an evaluation; close it to end its hook's process.

    Deterministic: the clock stands at `now`, and message variations are drawn from one seed.
    """

    def __init__(
        self,
        definition: BotDefinition,
        locale: str,
        hook: CodeHook | None = None,
        *,
        now: datetime | None = None,
        cache_dir: Path | None = None,
    ) -> None:
        moment = now or datetime.now(UTC)
        numbers = count(1)
        ears = {locale: train(definition.locales[locale], cache_dir=cache_dir)}
        self._locale = locale
        self._loop = asyncio.Runner()
        self._runtime = LexRuntime(
            [hosted(BOT_ID, definition, ears, hook or DelegatingHook())],
            clock=lambda: moment,
            rng=random.Random(0),  # noqa: S311 - chooses among prompts, not keys
            new_id=lambda: f"evaluation-{next(numbers)}",
        )

    def say(self, session_id: str, row: UserRow) -> Heard:
        """One turn through the runtime, as RecognizeText runs it."""
        key = SessionKey(BOT_ID, TEST_ALIAS_ID, self._locale, session_id)
        turn = self._runtime.recognise_text(key, _request(row), self._runtime.new_id())
        try:
            return heard(self._loop.run(turn))
        except LexRuntimeError as refused:
            return Heard(error=f"{refused.code}: {refused.message}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._runtime.close()
        self._loop.close()


def _request(row: UserRow) -> dict[str, Any]:
    state: dict[str, Any] = {}
    if row.session_attributes:
        state["sessionAttributes"] = dict(row.session_attributes)
    if row.contexts:
        # A row names the tag alone; a context given by a client lives as the API's defaults say.
        life = {"timeToLiveInSeconds": 86_400, "turnsToLive": 20}
        state["activeContexts"] = [
            {"name": name, "timeToLive": life, "contextAttributes": {}} for name in row.contexts
        ]
    if row.hints:
        state["runtimeHints"] = {
            "slotHints": {
                intent: {
                    slot: {"runtimeHintValues": [{"phrase": phrase} for phrase in phrases]}
                    for slot, phrases in slots.items()
                }
                for intent, slots in row.hints.items()
            }
        }
    request: dict[str, Any] = {"text": row.text}
    if state:
        request["sessionState"] = state
    if row.request_attributes:
        request["requestAttributes"] = dict(row.request_attributes)
    return request
