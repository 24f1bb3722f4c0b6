"""A conversation with a small bot: says things to it, answers for its hook, keeps its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.definition.model import BotLocale
from bot.engine.effects import (
    BotIdentity,
    HookCall,
    HookFailed,
    HookOutcome,
    HookResult,
    HookTimedOut,
    TurnResult,
    UserInput,
)
from bot.engine.recogniser import Recogniser
from bot.engine.session import Session, SlotState
from bot.engine.turn import Stage, Turn, resume, run_turn
from tests.unit.engine.fake_recogniser import FakeRecogniser

Json = dict[str, Any]
Hook = Callable[[Json], Any]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
IDENTITY = BotIdentity("BOT0000001", "Small", "TSTALIASID", "TestBotAlias", "en_US", "DRAFT")


def delegate(event: Json) -> Json:
    """The hook that leaves everything to Lex."""
    return reply(event, "Delegate")


def reply(event: Json, action: str, *texts: str, **parts: Any) -> Json:
    """A response to `event`. `parts`: slot, slots, state, confirmation, attributes, contexts."""
    intent = dict(event["sessionState"]["intent"])
    intent["slots"] = {**intent["slots"], **parts.get("slots", {})}
    intent["state"] = parts.get("state", intent["state"])
    intent["confirmationState"] = parts.get("confirmation", intent["confirmationState"])
    wanted: Json = {"type": action}
    if "slot" in parts:
        wanted["slotToElicit"] = parts["slot"]
    state: Json = {"dialogAction": wanted, "intent": intent}
    if "attributes" in parts:
        state["sessionAttributes"] = parts["attributes"]
    if "contexts" in parts:
        state["activeContexts"] = parts["contexts"]
    messages = [{"contentType": "PlainText", "content": text} for text in texts]
    return {"sessionState": state, "messages": messages} if messages else {"sessionState": state}


def value(text: str) -> Json:
    return {"shape": "Scalar", "value": {"originalValue": text, "interpretedValue": text}}


class Talk:
    """One session with a bot. `hook` answers every call until it is replaced."""

    def __init__(
        self, locale: BotLocale, hook: Hook = delegate, ears: Recogniser | None = None
    ) -> None:
        self.hook = hook
        self.session = Session("session-1")
        self.now = NOON
        self.events: list[Json] = []
        self.locale = locale
        self._ears = ears or FakeRecogniser(locale)
        self._rng = Random(1)

    def say(self, text: str, **request: str) -> TurnResult:
        """One turn. A refused turn leaves the session as it was."""
        return self._play(
            run_turn(self._stage(), self.session, UserInput(text, request, request_id="request-1"))
        )

    def resume(self) -> TurnResult:
        return self._play(
            resume(self._stage(), self.session, UserInput("", request_id="request-1"))
        )

    def hear(self, text: str) -> list[str]:
        """The texts of the answer."""
        return texts(self.say(text))

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def given(self, **parts: Any) -> None:
        """The session as its caller sets it."""
        self.session = replace(self.session, **parts)

    @property
    def state(self) -> str:
        return self.session.intent.state if self.session.intent else ""

    @property
    def intent(self) -> str:
        return self.session.intent.name if self.session.intent else ""

    @property
    def asked(self) -> str:
        """The dialog action, with its slot: `ElicitSlot size`."""
        action = self.session.action
        return f"{action.type} {action.slot or ''}".strip() if action else ""

    def slot(self, name: str) -> str | None:
        state = self.filled(name)
        return state.value.interpreted if state and state.value else None

    def filled(self, name: str) -> SlotState | None:
        return self.session.intent.slots.get(name) if self.session.intent else None

    def _stage(self) -> Stage:
        return Stage(self.locale, IDENTITY, self._ears, self.now, self._rng)

    def _play(self, turn: Turn) -> TurnResult:
        try:
            call = next(turn)
            while True:
                call = turn.send(self._answer(call))
        except StopIteration as end:
            result: TurnResult = end.value
        self.session = result.session
        return result

    def _answer(self, call: HookCall) -> HookOutcome:
        self.events.append(call.event)
        answer = self.hook(call.event)
        return answer if isinstance(answer, HookFailed | HookTimedOut) else HookResult(answer)


def texts(result: TurnResult) -> list[str]:
    return [message.content or "" for message in result.messages]


def sources(talk: Talk) -> list[str]:
    """Which hooks were called: `DialogCodeHook Initial ElicitSlot size` and their like."""
    return [_source(event) for event in talk.events]


def _source(event: Mapping[str, Any]) -> str:
    proposed = event.get("proposedNextState")
    if proposed is None:
        return str(event["invocationSource"])
    action = proposed["dialogAction"]
    words = (action["type"], action.get("slotToElicit"), proposed["prompt"]["attempt"])
    return " ".join([event["invocationSource"], *(word for word in words if word)])
