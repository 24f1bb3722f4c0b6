"""The parts of a bot definition as values; each keeps the JSON it was read from in `raw`.

Source: Lex V2 export format (schema version 1). A key that is absent means the same as null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FALLBACK_SIGNATURE = "AMAZON.FallbackIntent"
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `content_type` is Lex's, `card` is set for an ImageResponseCard."""

    content_type: str
    content: str | None = None
    card: Raw | None = None


@dataclass(frozen=True, slots=True)
class MessageGroup:
    """A message and its variations: one of them is said."""

    choices: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, asked again up to `max_retries` times."""

    groups: tuple[MessageGroup, ...]
    max_retries: int = 0


Response = tuple[MessageGroup, ...]
"""What is said without asking; each group gives one message."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of one intent. `defaults` are literals, `[attribute]` or `#context.attribute`."""

    name: str
    type_name: str
    required: bool
    priority: int
    prompt: Prompt | None
    defaults: tuple[str, ...] = ()
    utterances: tuple[str, ...] = ()
    obfuscated: bool = False
    multiple: bool = False
    raw: Raw = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The yes-or-no question before fulfilment, and what is said after each answer."""

    prompt: Prompt
    declination: Response = ()
    confirmed: Response = ()
    failure: Response = ()


@dataclass(frozen=True, slots=True)
class OutputContext:
    """A context that a fulfilled intent makes active, for so many seconds and turns."""

    name: str
    seconds: int
    turns: int


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent; `slots` in the order in which they are asked."""

    name: str
    parent: str | None
    utterances: tuple[str, ...]
    slots: tuple[Slot, ...]
    input_contexts: tuple[str, ...] = ()
    output_contexts: tuple[OutputContext, ...] = ()
    dialog_hook: bool = False
    fulfillment_hook: bool = False
    initial_response: Response = ()
    confirmation: Confirmation | None = None
    closing: Response = ()
    raw: Raw = field(default_factory=dict, repr=False)

    @property
    def is_fallback(self) -> bool:
        return self.parent == FALLBACK_SIGNATURE

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)


@dataclass(frozen=True, slots=True)
class SlotTypeValue:
    value: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotType:
    """A custom slot type. `strategy` is ORIGINAL_VALUE, TOP_RESOLUTION or CONCATENATION."""

    name: str
    parent: str | None
    values: tuple[SlotTypeValue, ...]
    strategy: str
    pattern: str | None = None
    raw: Raw = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class BotLocale:
    """A bot in one language: its intents and slot types by name."""

    locale_id: str
    threshold: float
    intents: Mapping[str, Intent]
    slot_types: Mapping[str, SlotType]
    raw: Raw = field(default_factory=dict, repr=False)

    @property
    def fallback(self) -> Intent | None:
        return next((i for i in self.intents.values() if i.is_fallback), None)


@dataclass(frozen=True, slots=True)
class BotDefinition:
    """A whole bot. `idle_ttl_s` is how long a quiet session lives."""

    name: str
    identifier: str
    version: str
    idle_ttl_s: int
    locales: Mapping[str, BotLocale]
    raw: Raw = field(default_factory=dict, repr=False)
