"""The parts of a bot definition as values; each keeps the JSON it was read from in `raw`.

Source: Lex V2 export format (schema version 1). A key that is absent means the same as null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from bot.definition.flow import NOTHING, CodeHook, ElicitationHook, Outcome
from bot.definition.settings import FulfillmentUpdates, Voice, WaitAndContinue
from bot.definition.speech import Prompt

FALLBACK_SIGNATURE = "AMAZON.FallbackIntent"
FREE_FORM = "AMAZON.FreeFormInput"
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SlotCapture:
    """What follows when a slot's value is heard, and when its retries have run out."""

    captured: Outcome = NOTHING
    failed: Outcome = NOTHING
    code_hook: CodeHook | None = None
    elicitation_hook: ElicitationHook | None = None


@dataclass(frozen=True, slots=True)
class SubSlot:
    """A part of a composite slot."""

    name: str
    type_name: str
    prompt: Prompt | None = None
    defaults: tuple[str, ...] = ()
    utterances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts of a composite slot and which of them make it whole: `(city AND state) OR zip`."""

    expression: str
    parts: tuple[SubSlot, ...]

    def part(self, name: str) -> SubSlot | None:
        return next((part for part in self.parts if part.name == name), None)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of one intent. `defaults` are literals, `[attribute]` or `#context.attribute`.

    `capture` is None in older definitions, where the dialog goes by slot priorities. `enhanced`: a
    generative model helps to resolve the value.
    """

    name: str
    type_name: str
    required: bool
    priority: int
    prompt: Prompt | None
    defaults: tuple[str, ...] = ()
    utterances: tuple[str, ...] = ()
    obfuscated: bool = False
    multiple: bool = False
    capture: SlotCapture | None = None
    composition: Composition | None = None
    description: str | None = None
    wait: WaitAndContinue | None = None
    enhanced: bool = False
    raw: Raw = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The yes-or-no question before fulfilment, and what follows each answer or none."""

    prompt: Prompt
    confirmed: Outcome = NOTHING
    declination: Outcome = NOTHING
    failure: Outcome = NOTHING
    code_hook: CodeHook | None = None
    elicitation_hook: ElicitationHook | None = None


@dataclass(frozen=True, slots=True)
class Initial:
    """What follows the recognition of an intent, before its first slot is asked for."""

    outcome: Outcome = NOTHING
    code_hook: CodeHook | None = None


@dataclass(frozen=True, slots=True)
class PostFulfillment:
    """What follows a fulfilment, by how it ended."""

    success: Outcome = NOTHING
    failure: Outcome = NOTHING
    timeout: Outcome = NOTHING


@dataclass(frozen=True, slots=True)
class OutputContext:
    """A context that a fulfilled intent makes active, for so many seconds and turns."""

    name: str
    seconds: int
    turns: int


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent; `slots` in the order in which they are asked.

    `initial` is None in older definitions. `dialog_hook` is the master switch of every dialog code
    hook in the intent, `closing` is empty where it is not active.
    """

    name: str
    parent: str | None
    utterances: tuple[str, ...]
    slots: tuple[Slot, ...]
    input_contexts: tuple[str, ...] = ()
    output_contexts: tuple[OutputContext, ...] = ()
    dialog_hook: bool = False
    fulfillment_hook: bool = False
    initial: Initial | None = None
    confirmation: Confirmation | None = None
    fulfillment: PostFulfillment = field(default_factory=PostFulfillment)
    closing: Outcome = NOTHING
    description: str | None = None
    updates: FulfillmentUpdates | None = None
    raw: Raw = field(default_factory=dict, repr=False)

    @property
    def is_fallback(self) -> bool:
        return self.parent == FALLBACK_SIGNATURE

    @property
    def is_classic(self) -> bool:
        """Whether it is of the form before August 2022: no steps of its own between its slots.

        The dialog code hook of such an intent hears every turn. Source: developer guide, "Changes
        to conversation flows".
        """
        return self.initial is None and all(slot.capture is None for slot in self.slots)

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name == name), None)


@dataclass(frozen=True, slots=True)
class SlotTypeValue:
    value: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotType:
    """A custom slot type. `strategy` is ORIGINAL_VALUE, TOP_RESOLUTION or CONCATENATION.

    `parts` are the sub-slots of a composite type: (name, type name).
    """

    name: str
    parent: str | None
    values: tuple[SlotTypeValue, ...]
    strategy: str
    pattern: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    description: str | None = None
    raw: Raw = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class BotLocale:
    """A bot in one language: its intents and slot types by name."""

    locale_id: str
    threshold: float
    intents: Mapping[str, Intent]
    slot_types: Mapping[str, SlotType]
    name: str | None = None
    description: str | None = None
    voice: Voice | None = None
    raw: Raw = field(default_factory=dict, repr=False)

    @property
    def fallback(self) -> Intent | None:
        return next((i for i in self.intents.values() if i.is_fallback), None)


@dataclass(frozen=True, slots=True)
class BotDefinition:
    """A whole bot. `idle_ttl_s` is how long a quiet session lives; what customers say to a
    `child_directed` bot is never logged.

    `files` is every JSON file of the export by its path below the manifest, those that this model
    does not interpret included: what a writer needs to give the export back whole.
    """

    name: str
    identifier: str
    version: str
    idle_ttl_s: int
    locales: Mapping[str, BotLocale]
    description: str | None = None
    child_directed: bool = False
    raw: Raw = field(default_factory=dict, repr=False)
    files: Mapping[PurePosixPath, Raw] = field(default_factory=dict, repr=False)
