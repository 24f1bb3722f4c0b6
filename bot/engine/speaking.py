"""Turns prompts and responses into messages: one of each group, with slots filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

from bot.definition import model
from bot.engine.effects import Message
from bot.engine.session import IntentState

_REFERENCE = re.compile(r"\{([A-Za-z0-9_.]+)\}|\[([A-Za-z0-9_.-]+)\]")


def speak(
    groups: Sequence[model.MessageGroup],
    intent: IntentState | None,
    attributes: Mapping[str, str],
    rng: Random,
) -> tuple[Message, ...]:
    """One message per group. `{slot}` and `[attribute]` become their values; unknown ones stay."""

    def value(match: re.Match[str]) -> str:
        slot_name, attribute = match.groups()
        if attribute is not None:
            return attributes.get(attribute, match.group())
        slot = intent.slots.get(slot_name) if intent else None
        if slot is None or slot.value is None:
            return match.group()
        return slot.value.interpreted or slot.value.original

    messages = []
    for group in groups:
        chosen = rng.choice(group.choices)
        content = _REFERENCE.sub(value, chosen.content) if chosen.content is not None else None
        messages.append(Message(chosen.content_type, content, chosen.card))
    return tuple(messages)
