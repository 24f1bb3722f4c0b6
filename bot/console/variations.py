"""The different ways in which a definition may say one message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from bot.definition import BotLocale
from bot.definition.speech import MessageGroup

_REFERENCE = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|#[\w.\"\[\]]+#?")


def other_ways(text: str, locale: BotLocale) -> list[str]:
    """Patterns of every way to say what `text` says; empty when it has no variations.

    Each is the source of a regular expression; slots and attributes in a message fit anything.
    """
    line = " ".join(text.split())
    for group in _groups(locale.intents):
        ways = [_pattern(choice.content) for choice in group.choices if choice.content]
        if len(ways) > 1 and any(re.fullmatch(way, line) for way in ways):
            return ways
    return []


def _pattern(content: str) -> str:
    line = " ".join(content.split())
    return ".*".join(escaped(part) for part in _REFERENCE.split(line))


def escaped(text: str) -> str:
    """`text` as a regular expression that a person can still read: blanks stay as they are."""
    return re.escape(text).replace("\\ ", " ")


def _groups(value: Any) -> Iterator[MessageGroup]:
    """Every group of messages in a definition, wherever it stands."""
    if isinstance(value, MessageGroup):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _groups(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _groups(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if each.name != "raw":
                yield from _groups(getattr(value, each.name))
