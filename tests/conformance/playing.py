"""Plays the turns of a case and says where the answers differ from what the rule wants."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

Json = dict[str, Any]

_PATTERN = re.compile(r"/.+/", re.DOTALL)


class Lex(Protocol):
    """A Lex to hold against the cases: the offline one, or the real one."""

    def recognise(self, text: str, state: Json | None, attributes: Mapping[str, str]) -> Json:
        """RecognizeText's answer, or {"error": name, "message": text}."""
        ...

    def put(self, request: Json, attributes: Mapping[str, str]) -> Json:
        """PutSession's answer, unpacked, or an error as above."""
        ...

    def get(self) -> Json:
        """GetSession's answer, or an error as above."""
        ...

    def delete(self) -> Json:
        """DeleteSession's answer, or an error as above."""
        ...

    def wait(self, seconds: int) -> None:
        """Lets time pass."""
        ...

    def events(self) -> list[Json] | None:
        """The events that the hook saw since the last call; None when they cannot be known."""
        ...


def play(turns: Sequence[Mapping[str, Any]], lex: Lex) -> list[str]:
    """One sentence for each expectation that is not met."""
    return [
        f"turn {number}: {fault}"
        for number, turn in enumerate(turns, start=1)
        for fault in _play(turn, lex)
    ]


def _play(turn: Mapping[str, Any], lex: Lex) -> list[str]:
    if "after" in turn:
        lex.wait(turn["after"])
    attributes = dict(turn.get("attributes") or {})
    if "script" in turn:
        attributes["script"] = json.dumps(turn["script"])
    answer = _answer(turn, lex, attributes)
    return [*_faults(turn, answer), *_event_faults(turn, lex.events())]


def _answer(turn: Mapping[str, Any], lex: Lex, attributes: Mapping[str, str]) -> Json:
    if "user" in turn:
        return lex.recognise(str(turn["user"]), turn.get("session"), attributes)
    if "put" in turn:
        return lex.put(turn["put"], attributes)
    return lex.delete() if "delete" in turn else lex.get()


def _faults(turn: Mapping[str, Any], answer: Json) -> Iterator[str]:
    if "error" in turn:
        wanted, _, words = str(turn["error"]).partition(": ")
        if answer.get("error") != wanted or words not in answer.get("message", ""):
            yield f"expected {turn['error']}, got {answer.get('error')}: {answer.get('message')}"
        return
    if "error" in answer:
        yield f"refused with {answer['error']}: {answer.get('message')}"
        return
    state = answer.get("sessionState") or {}
    for name, read in _READ.items():
        if name in turn:
            actual = read(answer, state)
            if not _fits(turn[name], actual):
                yield f"{name} should be {turn[name]!r}, is {actual!r}"


def _messages(answer: Json, _state: Json) -> list[str]:
    return [
        message.get("content") or (message.get("imageResponseCard") or {}).get("title", "")
        for message in answer.get("messages") or []
    ]


def _action(_answer: Json, state: Json) -> str:
    action = state.get("dialogAction") or {}
    part = (action.get("subSlotToElicit") or {}).get("name")
    slot = action.get("slotToElicit", "") + (f".{part}" if part else "")
    return f"{action.get('type')} {slot}".strip()


def _slots(_answer: Json, state: Json) -> Json:
    slots = (state.get("intent") or {}).get("slots") or {}
    return {name: _slot_value(slot) for name, slot in slots.items()}


def _slot_value(slot: Json | None) -> Any:
    if not slot:
        return None
    if slot.get("shape") == "Composite":
        return {name: _slot_value(part) for name, part in (slot.get("subSlots") or {}).items()}
    if slot.get("shape") == "List":
        return [_slot_value(part) for part in slot.get("values") or []]
    value = slot.get("value") or {}
    return value.get("interpretedValue") or value.get("resolvedValues")


def _contexts(_answer: Json, state: Json) -> Json:
    return {
        context["name"]: {
            "turns": context["timeToLive"]["turnsToLive"],
            "seconds": context["timeToLive"]["timeToLiveInSeconds"],
            "values": context.get("contextAttributes") or {},
        }
        for context in state.get("activeContexts") or []
    }


def _interpretations(answer: Json) -> list[str]:
    return [reading["intent"]["name"] for reading in answer.get("interpretations") or []]


_READ: dict[str, Any] = {
    "messages": _messages,
    "types": lambda answer, _: [m["contentType"] for m in answer.get("messages") or []],
    "action": _action,
    "intent": lambda _, state: (state.get("intent") or {}).get("name"),
    "state": lambda _, state: (state.get("intent") or {}).get("state"),
    "confirmation": lambda _, state: (state.get("intent") or {}).get("confirmationState"),
    "slots": _slots,
    "attributes_after": lambda _, state: state.get("sessionAttributes") or {},
    "contexts": _contexts,
    "interpretation_count": lambda answer, _: len(_interpretations(answer)),
    "first_interpretation": lambda answer, _: next(iter(_interpretations(answer)), None),
    "last_interpretation": lambda answer, _: next(reversed(_interpretations(answer)), None),
    "request_attributes": lambda answer, _: answer.get("requestAttributes") or {},
    "hints": lambda _, state: state.get("runtimeHints"),
}


def _event_faults(turn: Mapping[str, Any], events: list[Json] | None) -> Iterator[str]:
    if "events" not in turn or events is None:
        return
    if len(turn["events"]) != len(events):
        seen = [f"{e['invocationSource']} {e.get('invocationLabel') or ''}" for e in events]
        yield f"the hook should be called {len(turn['events'])} times, was for {seen}"
        return
    for number, (wanted, event) in enumerate(zip(turn["events"], events, strict=True), start=1):
        for path, value in wanted.items():
            actual = _at(event, str(path))
            if not _fits(value, actual):
                yield f"event {number}: {path} should be {value!r}, is {actual!r}"


def _at(value: Any, path: str) -> Any:
    """The part of `value` at a dotted path; a number is a place in a list."""
    for key in path.split("."):
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _fits(wanted: Any, actual: Any) -> bool:
    """Equal; mappings only in the keys that are wanted; /patterns/ found; one of {any: [...]}"""
    if isinstance(wanted, dict) and set(wanted) == {"any"}:
        return any(_fits(one, actual) for one in wanted["any"])
    if isinstance(wanted, dict) and isinstance(actual, dict) and wanted:
        return all(_fits(value, actual.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list) and isinstance(actual, list):
        return len(wanted) == len(actual) and all(map(_fits, wanted, actual))
    if isinstance(wanted, str) and isinstance(actual, str) and _PATTERN.fullmatch(wanted):
        return re.search(wanted[1:-1], actual) is not None
    return bool(wanted == actual)
