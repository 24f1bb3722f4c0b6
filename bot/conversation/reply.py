"""What a bot answered to one message, and what a conversation needs of the way there and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.conversation.ledger import LedgerChange
from bot.conversation.script import PayByCard


@dataclass(frozen=True, slots=True)
class Button:
    """A reply the customer can choose: `text` is shown, `value` is sent."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """A response card."""

    title: str
    subtitle: str | None = None
    buttons: tuple[Button, ...] = ()


EVERYTHING = frozenset(
    {"intent", "state", "confirmation", "action", "slot", "attribute", "context"}
)


@dataclass(frozen=True, slots=True)
class DialogState:
    """Where the dialog stands after a turn. `slots` holds interpreted values, None for empty.

    `shows` names what the channel tells of it; the rest is not known, rather than absent.
    """

    intent: str | None = None
    intent_state: str | None = None
    confirmation: str | None = None
    action: str | None = None
    slot_to_elicit: str | None = None
    slots: Mapping[str, str | None] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()
    shows: frozenset[str] = EVERYTHING


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `dialog` is None where the channel does not show it; `error` names a refusal."""

    texts: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    dialog: DialogState | None = None
    error: str | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button of every card, in order."""
        return tuple(button for card in self.cards for button in card.buttons)


class ConversationChannel(Protocol):
    """One customer's way to the bot, for the length of one conversation."""

    def say(self, text: str) -> Reply:
        """Send a message and wait for the answer. A refusal is a `Reply` with `error` set."""


@runtime_checkable
class HookResender(Protocol):
    """A channel that can also deliver the last code hook event a second time, as Lambda may."""

    def resend_hook(self) -> Reply:
        """The hook's answer to the same event."""


@runtime_checkable
class LanguageChanger(Protocol):
    """A channel that can go on in another language."""

    def speak(self, locale_id: str) -> None:
        """What is said from now on is in that locale; what the session knows goes with it."""


class EffectProbe(Protocol):
    """A view of the customer's ledger, independent of what the bot says about it."""

    def changes(self) -> Sequence[LedgerChange]:
        """What changed since the last call; an account whose balance is the same is left out."""


class Phone(Protocol):
    """The customer's telephone, as far as a test may look at it."""

    def new_texts(self, expected: int) -> Sequence[str]:
        """The texts that came since the last call; waits a while for as many as `expected`."""


class Till(Protocol):
    """Where merchants ask for money by the customer's cards."""

    def ask(self, payment: PayByCard) -> str:
        """What the merchant is told: allow, hold, block or decline."""
