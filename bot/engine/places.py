"""The points of a dialog, as values: where it stands, and so what is done next.

A turn walks from place to place until one of them waits for the customer or ends the intent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.definition.flow import CodeHook, Outcome
from bot.engine.effects import Message
from bot.engine.session import ConfirmationState, SlotState


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the dialog would do next by itself. `attempt` counts questions repeated in a row."""

    action: str
    slot: str | None = None
    attempt: int = 0

    @property
    def attempt_name(self) -> str:
        return "Initial" if self.attempt == 0 else f"Retry{self.attempt}"


@dataclass(frozen=True, slots=True)
class Start:
    """An intent begins. `quiet`: its initial response is left out.

    `keeps_slots`: it is the intent in play, which jumps to its own beginning.
    """

    intent: str
    slots: Mapping[str, SlotState | None] = field(default_factory=dict)
    quiet: bool = False
    keeps_slots: bool = False


@dataclass(frozen=True, slots=True)
class Onward:
    """The next step by slot priorities: an open slot, the confirmation, the fulfilment."""


@dataclass(frozen=True, slots=True)
class AskSlot:
    """A question for a slot. `unless_filled`: a value that is there already is kept."""

    slot: str
    attempt: int = 0
    messages: tuple[Message, ...] = ()
    quiet: bool = False
    unless_filled: bool = False
    sub_slot: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class SlotsHeard:
    """The customer gave values; `slot` is the one that was asked for, if one was."""

    slot: str | None


@dataclass(frozen=True, slots=True)
class SlotMissed:
    """The reply to a question for a slot held no value."""

    slot: str


@dataclass(frozen=True, slots=True)
class SlotSettled:
    """The hooks have had their say about a reply: the slot is captured, or asked for again."""

    slot: str
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Captured:
    """A slot has its value. `quiet`: it had it before it was asked for."""

    slot: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class AskConfirmation:
    """The yes-or-no question."""

    attempt: int = 0
    messages: tuple[Message, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A yes or a no to the question for confirmation."""

    answer: ConfirmationState


@dataclass(frozen=True, slots=True)
class ConfirmationMissed:
    """The reply to the question for confirmation was neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Fulfil:
    """All is known: the intent can be fulfilled."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing response. `failed`: the intent did not reach its end."""

    quiet: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The intent is over. `state` None: it follows from how far the intent has come."""

    state: str | None = None
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class AskIntent:
    """The customer is asked, or left, to say what they want."""

    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """What the definition lays down for an event: response, conditions, next step.

    `default` is where to go when it names no step, `hook` what InvokeDialogCodeHook calls here.
    `quiet`: its responses are left out. `spoken`: so are they and the closing response, for a hook
    has said something in their place. `failed`: it is the end of a way that went wrong.
    `keeps_values`: slots that are filled are not asked for again.
    """

    outcome: Outcome
    default: Place
    hook: CodeHook | None = None
    quiet: bool = False
    spoken: bool = False
    failed: bool = False
    keeps_values: bool = False


@dataclass(frozen=True, slots=True)
class InvokeHook:
    """The dialog code hook of one point, with what follows its success and failure."""

    hook: CodeHook
    default: Place
    keeps_values: bool = False


@dataclass(frozen=True, slots=True)
class Consult:
    """The dialog code hook hears the reply and may decide; `then` is where it delegates to.

    `moved` is where to go instead when it changed slots while delegating.
    """

    proposal: Proposal
    then: Place
    label: str | None = None
    moved: Place = field(default_factory=Onward)


Place = (
    Start
    | Onward
    | AskSlot
    | SlotsHeard
    | SlotMissed
    | SlotSettled
    | Captured
    | AskConfirmation
    | Answered
    | ConfirmationMissed
    | Fulfil
    | Closing
    | End
    | AskIntent
    | Follow
    | InvokeHook
    | Consult
)
