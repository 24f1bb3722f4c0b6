"""A Lex V2 bot definition, typed, as its export has it."""

from bot.definition.load import load
from bot.definition.model import (
    BotDefinition,
    BotLocale,
    Intent,
    Message,
    MessageGroup,
    Prompt,
    Slot,
    SlotType,
    SlotTypeValue,
)
from bot.definition.reading import DefinitionError

__all__ = [
    "BotDefinition",
    "BotLocale",
    "DefinitionError",
    "Intent",
    "Message",
    "MessageGroup",
    "Prompt",
    "Slot",
    "SlotType",
    "SlotTypeValue",
    "load",
]
