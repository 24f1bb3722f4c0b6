"""Conversation logs: one JSON entry a turn, as Lex V2 writes them to CloudWatch Logs.

Source: developer guide, "Viewing text logs in Amazon CloudWatch Logs": its entry, message-version
2.0. Slot values are obfuscated; request attributes of the channel's own are never in a turn's
record. Audio and sentiment have no part here, so their keys are absent.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, TextIO

from bot.definition import BotLocale
from bot.engine.obfuscation import obfuscated_intent, obfuscated_text, taken_out
from bot.runtime.hosted_bot import HostedBot
from bot.runtime.turn_log import HookRecord, TurnRecord

LOGGED = frozenset({"RecognizeText", "RecognizeUtterance"})
"""The operations that are logged: those in which a customer says something."""

Json = dict[str, Any]
Write = Callable[[str], object]


def opened(path: Path) -> TextIO:
    """The file of conversation logs: what customers say is for its owner's eyes alone."""
    path.touch(mode=0o600)
    return path.open("a", encoding="utf-8", buffering=1)


class ConversationLog:
    """An observer of turns that writes an entry for each; children's data is never logged.

    `write` takes one line at a time, with its line end; calls never overlap.
    """

    def __init__(self, bots: Mapping[str, HostedBot], write: Write) -> None:
        self._bots = bots
        self._write = write
        self._lock = threading.Lock()

    def __call__(self, record: TurnRecord) -> None:
        """Write the entry of `record`, if its turn was heard and answered."""
        bot = self._bots.get(record.session.bot_id)
        if bot is None or bot.definition.child_directed or record.operation not in LOGGED:
            return
        if record.response is None or record.text is None:
            return
        line = json.dumps(entry(record, bot), ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._write(line + "\n")


def entry(record: TurnRecord, bot: HostedBot) -> Json:
    """The log entry of an answered turn."""
    locale = bot.definition.locales[record.session.locale_id]
    response: Mapping[str, Any] = record.response or {}
    state: Mapping[str, Any] = response.get("sessionState") or {}
    intent: Mapping[str, Any] | None = state.get("intent")
    text = record.text or ""
    transcript = obfuscated_text(locale, text, intent, record.asked, _heard(record))

    def reading(one: Json) -> Json:
        return _reading(locale, one, taken_out(text, transcript, one["intent"]))

    missed = intent is None or _is_fallback(locale, intent["name"])
    logged: Json = {
        "message-version": "2.0",
        "bot": _bot(record, bot),
        "messages": [_message(message) for message in response.get("messages") or ()],
        "sessionState": _session_state(locale, state, missed=missed),
        "interpretations": [reading(one) for one in response.get("interpretations") or ()],
        "sessionId": record.session.session_id,
        "inputTranscript": transcript,
        "missedUtterance": missed,
        "requestId": record.request_id,
        "timestamp": record.at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        "developerOverride": any(_overrides(hook) for hook in record.hooks),
        "inputMode": "Text",
        "operationName": record.operation,
    }
    attributes = record.request.get("requestAttributes")
    if attributes:
        logged["requestAttributes"] = dict(attributes)
    return logged


def _heard(record: TurnRecord) -> Mapping[str, Any] | None:
    """The intent as the first code hook was asked about it."""
    for hook in record.hooks:
        intent: Mapping[str, Any] | None = hook.event["sessionState"].get("intent")
        return intent
    return None


def _bot(record: TurnRecord, bot: HostedBot) -> Json:
    alias = bot.aliases.get(record.session.alias_id)
    return {
        "id": bot.bot_id,
        "name": bot.definition.name,
        "aliasId": record.session.alias_id,
        "aliasName": alias.name if alias else "",
        "localeId": record.session.locale_id,
        "version": bot.definition.version,
    }


def _message(message: Mapping[str, Any]) -> Json:
    """A message in the log's spelling: the card's buttons are its `buttonsList`."""
    card = message.get("imageResponseCard")
    if not card:
        return dict(message)
    shown = {("buttonsList" if key == "buttons" else key): value for key, value in card.items()}
    return {**message, "imageResponseCard": shown}


def _session_state(locale: BotLocale, state: Mapping[str, Any], *, missed: bool) -> Json:
    """Without the intent and the slot to elicit when the utterance was missed."""
    shown: Json = {"originatingRequestId": state.get("originatingRequestId")}
    if state.get("sessionAttributes"):
        shown["sessionAttributes"] = dict(state["sessionAttributes"])
    action: Mapping[str, Any] = state.get("dialogAction") or {}
    if action:
        kept = ("type",) if missed else ("type", "slotToElicit")
        shown["dialogAction"] = {key: action[key] for key in kept if key in action}
    if state.get("intent") and not missed:
        shown["intent"] = obfuscated_intent(locale, state["intent"])
    return shown


def _reading(locale: BotLocale, reading: Mapping[str, Any], hidden: frozenset[str]) -> Json:
    """An interpretation, its confidence as a string."""
    shown: Json = {"intent": obfuscated_intent(locale, reading["intent"], hidden)}
    confidence = reading.get("nluConfidence")
    if confidence is not None:
        shown["nluConfidence"] = str(confidence["score"])
    return shown


def _is_fallback(locale: BotLocale, name: str) -> bool:
    intent = locale.intents.get(name)
    return intent is not None and intent.is_fallback


def _overrides(hook: HookRecord) -> bool:
    """Whether the function answered with another intent than it was asked about."""
    if not isinstance(hook.response, Mapping):
        return False
    state = hook.response.get("sessionState")
    intent = state.get("intent") if isinstance(state, Mapping) else None
    name = intent.get("name") if isinstance(intent, Mapping) else None
    return name is not None and name != hook.event["sessionState"]["intent"]["name"]
