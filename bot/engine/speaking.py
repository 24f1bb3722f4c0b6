"""Turns prompts and responses into messages: one of each group, with references filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from bot.definition import speech
from bot.definition.model import Intent
from bot.engine.effects import Message
from bot.engine.lengths import cut
from bot.engine.messages import CARD_LIMITS, MAX_BUTTON, MAX_CONTENT
from bot.engine.references import Scope
from bot.engine.session import DialogAction, IntentState


def speak(
    groups: Sequence[speech.MessageGroup],
    intent: IntentState | None,
    attributes: Mapping[str, str],
    rng: Random,
) -> tuple[Message, ...]:
    """One message per group. `{slot}` and `[attribute]` become their values; unknown ones stay."""
    return say(groups, Scope(intent, attributes), rng)


def say(
    groups: Sequence[speech.MessageGroup], scope: Scope, rng: Random, turn: int | None = None
) -> tuple[Message, ...]:
    """One message per group: a drawn one, or the `turn`th of a prompt that goes in order."""
    return tuple(
        _message(
            rng.choice(group.choices) if turn is None else group.choices[turn % len(group.choices)],
            scope,
        )
        for group in groups
    )


def prompt_for(intent: Intent, action: DialogAction) -> speech.Prompt | None:
    """The definition's own prompt for what is asked; a part of a composite slot may have its own.

    None for an action that asks nothing, and where there is no prompt.
    """
    if action.type == "ConfirmIntent":
        return intent.confirmation.prompt if intent.confirmation else None
    slot = intent.slot(action.slot or "") if action.type == "ElicitSlot" else None
    if slot is None:
        return None
    part = slot.composition.part(action.sub_slot) if slot.composition and action.sub_slot else None
    return (part.prompt if part else None) or slot.prompt


def _message(chosen: speech.Message, scope: Scope) -> Message:
    # Values can make a message longer than Lex sends one: it is cut there (inferred).
    content = None if chosen.content is None else cut(scope.fill(chosen.content), MAX_CONTENT)
    card = None if chosen.card is None else _card(chosen.card, scope)
    return Message(chosen.content_type, content, card)


def _card(card: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    shown: dict[str, Any] = {
        key: cut(scope.fill(value), CARD_LIMITS.get(key, MAX_CONTENT))
        for key, value in card.items()
        if isinstance(value, str)
    }
    if card.get("buttons"):
        shown["buttons"] = [
            {key: cut(scope.fill(value), MAX_BUTTON) for key, value in button.items()}
            for button in card["buttons"]
        ]
    return shown
