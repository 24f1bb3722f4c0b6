"""A Lex V2 bot definition, typed, as its export has it."""

from bot.definition.flow import Branch, CodeHook, Conditional, NextStep, Outcome, SlotOverride
from bot.definition.load import load
from bot.definition.model import (
    BotDefinition,
    BotLocale,
    Confirmation,
    Intent,
    Slot,
    SlotType,
    SlotTypeValue,
)
from bot.definition.reading import DefinitionError
from bot.definition.speech import Message, MessageGroup, Prompt, Response

__all__ = [
    "BotDefinition",
    "BotLocale",
    "Branch",
    "CodeHook",
    "Conditional",
    "Confirmation",
    "DefinitionError",
    "Intent",
    "Message",
    "MessageGroup",
    "NextStep",
    "Outcome",
    "Prompt",
    "Response",
    "Slot",
    "SlotOverride",
    "SlotType",
    "SlotTypeValue",
    "load",
]
