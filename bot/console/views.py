"""Turns and bots as the console's page gets them, in JSON and without the channel's secrets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from bot.console.feed import Numbered
from bot.nlu import main_of
from bot.runtime.hosted_bot import HostedBot
from bot.runtime.session_store import SessionKey
from bot.runtime.turn_log import PRIVATE_PREFIX, HookRecord, TurnRecord

Json = dict[str, Any]
NOT_SHOWN = "(not shown)"


def bot_view(bot: HostedBot) -> Json:
    """What the selectors offer of a bot, the locale that most speak before the others."""
    main = main_of(bot.definition.locales)
    return {
        "botId": bot.bot_id,
        "name": bot.definition.name,
        "version": bot.definition.version,
        "aliases": [
            {"aliasId": alias.alias_id, "name": alias.name, "hook": _target(alias.code_hook)}
            for alias in bot.aliases.values()
        ],
        "locales": [
            {
                "localeId": locale.locale_id,
                "threshold": locale.threshold,
                "inputContexts": {
                    intent.name: list(intent.input_contexts)
                    for intent in locale.intents.values()
                    if intent.input_contexts
                },
            }
            for locale in sorted(
                bot.definition.locales.values(), key=lambda one: one.locale_id != main
            )
        ],
    }


def _target(hook: Any) -> str | None:
    return None if hook is None else str(hook.target)


def summary(turn: Numbered) -> Json:
    """What a list of turns shows of one."""
    record = turn.record
    response: Mapping[str, Any] = record.response or {}
    intent: Mapping[str, Any] = (response.get("sessionState") or {}).get("intent") or {}
    shown: Json = without_secrets(
        {
            "number": turn.number,
            "requestId": record.request_id,
            "operation": record.operation,
            "session": session_view(record.session),
            "at": record.at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "text": record.text,
            "messages": response.get("messages") or [],
            "intent": intent.get("name"),
            "intentState": intent.get("state"),
            "error": record.error,
            "durationMs": record.duration_ms,
            "nluMs": record.nlu_ms,
        }
    )
    return shown


def session_view(key: SessionKey) -> Json:
    """A session's address."""
    return {
        "botId": key.bot_id,
        "aliasId": key.alias_id,
        "localeId": key.locale_id,
        "sessionId": key.session_id,
    }


def turn_view(turn: Numbered) -> Json:
    """Everything about one turn."""
    record = turn.record
    shown: Json = without_secrets(
        {
            **summary(turn),
            "request": _request(record),
            "response": record.response,
            "asked": record.asked,
            "trace": [_step(step) for step in record.trace],
            "hooks": [_hook(hook) for hook in record.hooks],
        }
    )
    return shown


def _request(record: TurnRecord) -> Json:
    """The request as it was sent, without what was left out of it and where it went."""
    address = {"botId", "botAliasId", "localeId", "sessionId"}
    return {k: v for k, v in record.request.items() if v not in (None, {}) and k not in address}


def _step(step: Mapping[str, Any]) -> Json:
    """A step of the trace; what a hook heard and said is told with the hook itself."""
    return {key: value for key, value in step.items() if key not in ("request", "response")}


def _hook(hook: HookRecord) -> Json:
    return {
        "target": hook.target,
        "source": hook.source,
        "label": hook.label,
        "event": hook.event,
        "response": hook.response,
        "failure": hook.failure,
        "durationMs": hook.duration_ms,
    }


def without_secrets(value: Any) -> Any:
    """`value` with whatever is kept under a private name replaced, however deep it lies."""
    if isinstance(value, Mapping):
        return {
            key: NOT_SHOWN if str(key).lower().startswith(PRIVATE_PREFIX) else without_secrets(each)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [without_secrets(each) for each in value]
    return value
