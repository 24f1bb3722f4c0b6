"""The offline Lex as the cases speak to it: the real runtime and recogniser, a clock to turn."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.runtime.code_hook import HookError, HookTimeoutError, decode_answer, encode_event
from bot.runtime.errors import LexRuntimeError
from bot.runtime.hosted_bot import TEST_ALIAS_ID, HostedBot
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey
from tests.conformance.playing import Json
from tests.conformance.scripted_hook import ScriptedError, handler
from tests.conformance.strict_shapes import shape_faults

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


class RecordingHook:
    """The scripted function, and every event it was called with."""

    target = "scripted"

    def __init__(self) -> None:
        self.seen: list[Json] = []

    def invoke(self, event: Mapping[str, Any], _budget_s: float) -> Any:
        sent = json.loads(encode_event(event))
        self.seen.append(sent)
        try:
            return decode_answer(json.dumps(handler(sent)).encode())
        except ScriptedError as fault:
            if str(fault) == "timeout":
                raise HookTimeoutError(30.0) from fault
            raise HookError(f"the code hook raised ScriptedError: {fault}") from fault

    def close(self) -> None:
        """Nothing to let go of."""


class OfflineLex:
    """One session on a runtime of its own."""

    def __init__(self, bot: HostedBot, hook: RecordingHook, locale: str, session: str) -> None:
        self._now = MONDAY
        self._hook = hook
        self._key = SessionKey(bot.bot_id, TEST_ALIAS_ID, locale, session)
        ids = (f"request-{number}" for number in itertools.count(1))
        self._runtime = LexRuntime(
            [bot], clock=lambda: self._now, rng=random.Random(0), new_id=lambda: next(ids)
        )
        self._loop = asyncio.Runner()
        self.shape_faults: list[str] = []

    def recognise(self, text: str, state: Json | None, attributes: Mapping[str, str]) -> Json:
        request: Json = {"text": text, "requestAttributes": dict(attributes)}
        if state is not None:
            request["sessionState"] = state
        turn = self._runtime.recognise_text(self._key, request, self._runtime.new_id())
        return self._checked(self._run(turn), "RecognizeText")

    def put(self, request: Json, attributes: Mapping[str, str]) -> Json:
        whole = {**request, "requestAttributes": dict(attributes)}
        answer = self._run(self._runtime.put_session(self._key, whole, self._runtime.new_id()))
        # In PutSession's own answer these are packed into headers; here they are seen as they are.
        self._checked(answer, "GetSession")
        return answer

    def get(self) -> Json:
        try:
            return self._checked(self._runtime.get_session(self._key), "GetSession")
        except LexRuntimeError as refused:
            return {"error": refused.code, "message": refused.message}

    def delete(self) -> Json:
        return self._checked(self._runtime.delete_session(self._key), "DeleteSession")

    def wait(self, seconds: int) -> None:
        self._now += timedelta(seconds=seconds)

    def events(self) -> list[Json]:
        seen, self._hook.seen = self._hook.seen, []
        return seen

    def _checked(self, answer: Json, operation: str) -> Json:
        """`answer`, held against AWS's model unless it is an error."""
        if "error" not in answer:
            self.shape_faults += shape_faults(answer, operation)
        return answer

    def close(self) -> None:
        """Ends the runtime and its loop."""
        self._runtime.close()
        self._loop.close()

    def _run(self, turn: Coroutine[Any, Any, Json]) -> Json:
        try:
            return self._loop.run(turn)
        except LexRuntimeError as refused:
            return {"error": refused.code, "message": refused.message}
