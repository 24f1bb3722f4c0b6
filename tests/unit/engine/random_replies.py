"""Draws answers of a code hook by chance: every form that Lex takes, and every way to break one."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

from bot.engine.effects import HookFailed, HookTimedOut

Json = dict[str, Any]

JUNK: tuple[Any, ...] = (
    None, 0, -1, 3.5, True, "", "?", "x" * 2000, [], {}, [None], [[]], {"": None}, {"a": {"b": []}},
    float("inf"), 10**30, "InProgress", "Composite", {"shape": "List", "values": [5]},
)  # fmt: skip
TEXTS = ("Well?", "x" * 1024, "🎂", "{one} [a]")


class RandomReplies:
    """Answers for bots with `intents`, each of which has some of `slots`."""

    def __init__(self, random: Random, intents: tuple[str, ...], slots: tuple[str, ...]) -> None:
        self._random = random
        self._intents = intents
        self._slots = slots

    def hook(self) -> Callable[[Json], Any]:
        """A hook that answers every event in its own way."""
        kind = self._random.random()
        if kind < 0.1:
            failure = self._one((HookFailed("broken"), HookTimedOut()))
            return lambda _event: failure
        breaks = self._random.randrange(1, 4) if kind > 0.6 else 0
        return lambda event: self._broken(self._reply(event), breaks)

    def _reply(self, event: Json) -> Json:
        action: Json = {"type": self._one(("Delegate", "ElicitSlot", "ConfirmIntent", "Close"))}
        if self._flag(0.1):
            action = {"type": "ElicitIntent"}
        if action["type"] == "ElicitSlot":
            action["slotToElicit"] = self._one(self._slots)
            action["slotElicitationStyle"] = self._one((None, "Default", "SpellByLetter"))
            if self._flag(0.2):
                action["subSlotToElicit"] = {"name": self._one(("x", "y", "z"))}
        state: Json = {"dialogAction": action, "intent": self._intent(event)}
        if self._flag():
            state["sessionAttributes"] = self._one(({}, {"a": "5"}, {"a": 4, "b": False}))
        if self._flag(0.3):
            state["activeContexts"] = self._contexts(event)
        if self._flag(0.2):
            state["runtimeHints"] = self._hints()
        reply: Json = {"sessionState": state, "requestAttributes": self._one((None, {"r": "1"}))}
        if self._flag():
            count = self._one((1, 1, 2, 10, 11))
            reply["messages"] = [self._message() for _ in range(count)]
        return reply

    def _intent(self, event: Json) -> Json:
        intent: Json = copy.deepcopy(event["sessionState"]["intent"])
        if self._flag(0.2):
            intent = {"name": self._one(self._intents), "slots": {}}
        for name in intent["slots"]:
            if self._flag(0.3):
                intent["slots"][name] = self._slot()
        intent["state"] = self._one(
            ("InProgress", "InProgress", "Failed", "Fulfilled", "ReadyForFulfillment", "Waiting")
        )
        intent["confirmationState"] = self._one(("None", "None", "Confirmed", "Denied"))
        return intent

    def _slot(self) -> Json | None:
        value = {"originalValue": "5", "interpretedValue": "5", "resolvedValues": ["5"]}
        scalar = {"shape": "Scalar", "value": value}
        forms: tuple[Json | None, ...] = (
            None,
            scalar,
            {"value": {"interpretedValue": "red"}},
            {"value": {"originalValue": "10", "interpretedValue": None, "resolvedValues": ["1"]}},
            {"shape": "List", "value": value, "values": [scalar, scalar]},
            {"shape": "Composite", "subSlots": {"x": scalar, "y": None, "other": scalar}},
        )
        form: Json | None = self._one(forms)
        return form

    def _contexts(self, event: Json) -> list[Json]:
        given: list[Json] = copy.deepcopy(event["sessionState"]["activeContexts"])
        life = {"timeToLiveInSeconds": self._one((0, 5, 86_400)), "turnsToLive": self._one((0, 20))}
        fresh = {"name": "c", "timeToLive": life, "contextAttributes": {"d": "7"}}
        return [*given, fresh] if self._flag() else given

    def _hints(self) -> Json:
        phrase = {"phrase": self._one(("red", "x" * 140))}
        slots = {self._one(self._slots): {"runtimeHintValues": [phrase]}}
        return {"slotHints": {self._one(self._intents): slots}}

    def _message(self) -> Json:
        if self._flag(0.2):
            buttons = [{"text": "Red", "value": "red"}] * self._random.randrange(6)
            card = {"title": "Pick", "subtitle": None, "buttons": buttons}
            return {"contentType": "ImageResponseCard", "imageResponseCard": card}
        kind = self._one(("PlainText", "SSML", "CustomPayload"))
        return {"contentType": kind, "content": self._one(TEXTS)}

    def _broken(self, reply: Json, times: int) -> Any:
        """`reply` with parts replaced or lost, at any depth."""
        for _ in range(times):
            if self._flag(0.05):
                return copy.deepcopy(self._one(JUNK))
            self._break(reply)
        return reply

    def _break(self, place: Any) -> None:
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                return
            key = self._random.choice(keys)
            inner = place[key]
            if isinstance(inner, dict | list) and inner and self._flag(0.8):
                place = inner
                continue
            if isinstance(place, dict) and self._flag(0.2):
                del place[key]
            else:
                place[key] = copy.deepcopy(self._one(JUNK))
            return

    def _flag(self, chance: float = 0.5) -> bool:
        return self._random.random() < chance

    def _one(self, among: tuple[Any, ...]) -> Any:
        return self._random.choice(among)
