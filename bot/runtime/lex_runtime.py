"""Lex Runtime V2 without HTTP: finds the bot and the session, runs the turn, performs its hooks."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.engine.effects import HookCall, HookOutcome, Message, TurnResult, UserInput
from bot.engine.errors import TurnError
from bot.engine.messages import message_of_wire
from bot.engine.session import Session
from bot.engine.speaking import prompt_for, speak
from bot.engine.turn import Stage, resume, run_turn, takes_a_step
from bot.runtime import answers
from bot.runtime.answers import Json, KeptSession
from bot.runtime.errors import LexRuntimeError, ResourceNotFoundError, ValidationError, named
from bot.runtime.hook_calls import HookCaller
from bot.runtime.hosted_bot import Addressed, HostedBot
from bot.runtime.session_state import with_state
from bot.runtime.session_store import SessionKey, SessionStore
from bot.runtime.timed_recogniser import TimedRecogniser
from bot.runtime.turn_guard import TurnGuard
from bot.runtime.turn_log import HookRecord, TurnLog, TurnRecord, without_private

Request = Mapping[str, Any]
"""An operation's input as validated: path, header and body members by their names."""


@dataclass(slots=True)
class _Watched:
    """A request under way, as its record will tell of it."""

    at: datetime
    hooks: list[HookRecord] = field(default_factory=list)
    trace: tuple[Json, ...] = ()
    asked: str | None = None
    ears: TimedRecogniser | None = None
    answer: Json | None = None
    error: str | None = None


class LexRuntime:
    """Hosts bots and holds their sessions, all in memory. Its errors are `LexRuntimeError`s.

    `clock` gives aware UTC times, `rng` chooses among variations of a message, `new_id` makes
    request ids, `stopwatch` counts the seconds that turns take, whatever the clock
    says. Limits of the API's model are the caller's to check (`validation.validate`).
    """

    def __init__(
        self,
        bots: Iterable[HostedBot],
        *,
        clock: Callable[[], datetime],
        rng: random.Random,
        new_id: Callable[[], str],
        sessions: SessionStore[KeptSession] | None = None,
        guard: TurnGuard | None = None,
        hooks: HookCaller | None = None,
        log: TurnLog | None = None,
        stopwatch: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.bots: Mapping[str, HostedBot] = {bot.bot_id: bot for bot in bots}
        self.new_id = new_id
        self.log = TurnLog() if log is None else log
        self._clock = clock
        self._stopwatch = stopwatch
        self._rng = rng
        self._sessions = SessionStore() if sessions is None else sessions
        self._guard = TurnGuard() if guard is None else guard
        self._hooks = HookCaller() if hooks is None else hooks
        self._met: set[tuple[str, str]] = set()
        """Bots and locales that have been spoken to."""

    async def recognise_text(
        self,
        key: SessionKey,
        request: Request,
        request_id: str,
        operation: str = "RecognizeText",
    ) -> Json:
        """RecognizeText: one turn. A turn that is refused leaves the session as it was.

        `operation` is what the turn is recorded as: RecognizeUtterance of text is the same turn.
        """
        where = await self._meet(key)
        with (
            self._guard.turn(key),
            self._watching(operation, key, request, request_id) as seen,
        ):
            session = self._session(key, where, request.get("sessionState"), seen.at)
            seen.asked = session.action.slot if session.action else None
            stage = self._stage(where, seen)
            attributes = request.get("requestAttributes") or {}
            user = UserInput(request["text"], attributes, request_id=request_id)
            result = await self._play(run_turn(stage, session, user), where, seen)
            seen.trace = result.trace
            self._keep(
                key,
                where,
                KeptSession(result.session, request_id, result.messages, result.interpretations),
            )
            seen.answer = answers.recognised(result, request_id, self._clock())
            return seen.answer

    async def put_session(self, key: SessionKey, request: Request, request_id: str) -> Json:
        """PutSession: the given parts of the state replace the stored ones.

        `Delegate` takes the next step that the definition and the hooks have for that state, and
        `Close` has an intent that is ready for fulfilment fulfilled by its hook. Any other action
        is kept for the next turn. Without `messages`, the answer has what the dialog
        says, or the definition's own prompt for a slot or a confirmation.
        """
        where = await self._meet(key)
        with self._guard.turn(key), self._watching("PutSession", key, request, request_id) as seen:
            session = self._session(key, where, request["sessionState"], seen.at)
            messages = _given_messages(request)
            acts = request["sessionState"].get("dialogAction") is not None
            if acts and takes_a_step(where.locale, session):
                changed = await self._delegate(session, request, request_id, where, seen)
                changed = replace(changed, messages=messages or changed.messages)
            else:
                messages = messages or self._prompt(session, where)
                changed = KeptSession(session, request_id, messages)
            self._keep(key, where, changed)
            seen.answer = answers.put(changed, self._clock())
            return seen.answer

    async def _delegate(
        self, session: Session, request: Request, request_id: str, where: Addressed, seen: _Watched
    ) -> KeptSession:
        """The session after the step that the dialog takes by itself."""
        attributes = request.get("requestAttributes") or {}
        user = UserInput("", attributes, request_id=request_id)
        result = await self._play(resume(self._stage(where, seen), session, user), where, seen)
        seen.trace = result.trace
        return KeptSession(result.session, request_id, result.messages, result.interpretations)

    def get_session(self, key: SessionKey) -> Json:
        """GetSession: what the last turn left. Raises `ResourceNotFoundError` without a session."""
        self._find(key)
        now = self._clock()
        kept = self._sessions.get(key, now)
        if kept is None:
            raise ResourceNotFoundError("There is no session with this identifier")
        return answers.stored(kept, now)

    def delete_session(self, key: SessionKey) -> Json:
        """DeleteSession: the session is gone afterwards, whether or not it was there."""
        self._find(key)
        with self._guard.turn(key):
            self._sessions.delete(key)
        return answers.deleted(key)

    def close(self) -> None:
        """Let go of threads, connections and processes of hooks. Sessions end with the runtime."""
        self._hooks.close()
        hooks = {
            id(alias.code_hook): alias.code_hook
            for bot in self.bots.values()
            for alias in bot.aliases.values()
        }
        for hook in hooks.values():
            if hook is not None:
                hook.close()

    async def _meet(self, key: SessionKey) -> Addressed:
        """As `_find`, beside the loop the first time: a locale is learned when first spoken to,
        which takes seconds, and others speak meanwhile.
        """
        place = (key.bot_id, key.locale_id)
        if place in self._met:
            return self._find(key)
        where = await asyncio.to_thread(self._find, key)
        self._met.add(place)
        return where

    def _find(self, key: SessionKey) -> Addressed:
        bot = self.bots.get(key.bot_id)
        if bot is None:
            raise ResourceNotFoundError(f"There is no bot {key.bot_id}")
        alias = bot.aliases.get(key.alias_id)
        if alias is None:
            raise ResourceNotFoundError(f"The bot {key.bot_id} has no such alias")
        locale = bot.definition.locales.get(key.locale_id)
        recogniser = bot.recognisers.get(key.locale_id)
        if locale is None or recogniser is None:
            raise ResourceNotFoundError(f"The bot {key.bot_id} does not speak this locale")
        return Addressed(bot, alias, locale, recogniser)

    def _session(
        self, key: SessionKey, where: Addressed, state: Mapping[str, Any] | None, now: datetime
    ) -> Session:
        """The stored session, or a new one if there is room for it, as the caller wants it."""
        kept = self._sessions.get(key, now)
        if kept is None:
            self._sessions.admit(now)
        session = kept.session if kept else Session(key.session_id)
        return with_state(session, state, where.locale, now)

    async def _play(
        self,
        turn: Generator[HookCall, HookOutcome, TurnResult],
        where: Addressed,
        seen: _Watched,
    ) -> TurnResult:
        """Run the engine to the end of the turn, performing each hook call it asks for."""
        try:
            call = next(turn)
            while True:
                performed = await self._hooks.perform(call, where.alias.code_hook)
                seen.hooks.append(performed.record)
                call = turn.send(performed.outcome)
        except StopIteration as end:
            result: TurnResult = end.value
            return result
        except TurnError as refused:
            seen.trace = refused.trace
            raise named(refused.aws_name, str(refused)) from refused

    def _stage(self, where: Addressed, seen: _Watched) -> Stage:
        seen.ears = TimedRecogniser(where.recogniser, self._stopwatch)
        return Stage(where.locale, where.identity, seen.ears, seen.at, self._rng)

    def _keep(self, key: SessionKey, where: Addressed, kept: KeptSession) -> None:
        idle = timedelta(seconds=where.bot.definition.idle_ttl_s)
        self._sessions.put(key, kept, idle, self._clock())

    def _prompt(self, session: Session, where: Addressed) -> tuple[Message, ...]:
        """What the definition would say for the session's dialog action."""
        if session.intent is None or session.action is None:
            return ()
        prompt = prompt_for(where.locale.intents[session.intent.name], session.action)
        groups = prompt.groups if prompt else ()
        return speak(groups, session.intent, session.attributes, self._rng)

    @contextmanager
    def _watching(
        self, operation: str, key: SessionKey, request: Request, request_id: str
    ) -> Iterator[_Watched]:
        """Record the request when it ends, answered or refused."""
        seen = _Watched(self._clock())
        started = self._stopwatch()
        try:
            yield seen
        except LexRuntimeError as refused:
            seen.error = f"{refused.code}: {refused.message}"
            raise
        except Exception as fault:
            seen.error = type(fault).__name__
            raise
        finally:
            self.log.add(
                TurnRecord(
                    request_id=request_id,
                    operation=operation,
                    session=key,
                    at=seen.at,
                    text=request.get("text"),
                    request=_shown(request),
                    response=seen.answer,
                    error=seen.error,
                    hooks=tuple(seen.hooks),
                    trace=seen.trace,
                    duration_ms=(self._stopwatch() - started) * 1000,
                    asked=seen.asked,
                    nlu_ms=seen.ears.spent_ms if seen.ears else 0.0,
                )
            )


def _given_messages(request: Request) -> tuple[Message, ...]:
    try:
        return tuple(message_of_wire(wire) for wire in request.get("messages") or [])
    except ValueError as fault:
        raise ValidationError(
            f"Value at 'messages' failed to satisfy constraint: {fault}"
        ) from fault


def _shown(request: Request) -> Json:
    attributes = without_private(request.get("requestAttributes"))
    return {**request, "requestAttributes": attributes}
