"""A conversation file as values: who speaks, what is said, and what is expected of each answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.conversation.ledger import LedgerChange
from bot.conversation.pattern import TextPattern


@dataclass(frozen=True, slots=True)
class Say:
    """The customer writes `text`."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """The customer chooses the button that shows `label`; its value is sent."""

    label: str


@dataclass(frozen=True, slots=True)
class SayAgain:
    """The customer's last message is sent once more."""


@dataclass(frozen=True, slots=True)
class ResendHook:
    """The last code hook event is delivered once more; the customer says nothing."""


@dataclass(frozen=True, slots=True)
class PayByCard:
    """A merchant asks for `minor` units of `currency` by the customer's `card`; nobody speaks.

    `country` is where, as an ISO 3166 code, if the file says so.
    """

    minor: int
    currency: str
    merchant: str
    card: str
    country: str = ""

    def __str__(self) -> str:
        whole, cents = divmod(self.minor, 100)
        place = f" in {self.country}" if self.country else ""
        return f"{whole}.{cents:02d} {self.currency} at {self.merchant} with {self.card}{place}"


CustomerAction = Say | Press | SayAgain | ResendHook | PayByCard


class Subject(Enum):
    """What an expectation is about. The value is the word in the file."""

    INTENT = "intent"
    STATE = "state"
    CONFIRMATION = "confirmation"
    ACTION = "action"
    CONTEXT = "context"
    SLOT = "slot"
    ATTRIBUTE = "attribute"
    CARD = "card"
    BUTTONS = "buttons"
    ERROR = "error"

    @property
    def is_named(self) -> bool:
        """Whether a name follows the word, as in `slot amount: USD 50.00`."""
        return self in (Subject.SLOT, Subject.ATTRIBUTE)


@dataclass(frozen=True, slots=True)
class Expectation:
    """One indented line. `patterns` holds one pattern, or one a button; none means "(none)"."""

    line: int
    subject: Subject
    name: str
    patterns: tuple[TextPattern, ...]

    @property
    def written(self) -> str:
        """The line as a person would write it."""
        key = f"{self.subject.value} {self.name}".rstrip()
        value = " | ".join(pattern.source for pattern in self.patterns) or "(none)"
        return f"{key}: {value}"


@dataclass(frozen=True, slots=True)
class LedgerExpectation:
    """Exactly what this turn moves; no changes means that it moves nothing."""

    line: int
    changes: tuple[LedgerChange, ...]


@dataclass(frozen=True, slots=True)
class PhoneExpectation:
    """The text that this turn sends to the customer's phone; no pattern means that none is sent."""

    line: int
    pattern: TextPattern | None


class Quantity(Enum):
    """What a `teller:` line in brackets stands for."""

    ANYTHING = "(anything)"
    NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """One `teller:` line."""

    line: int
    text: TextPattern | Quantity


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing the customer does. Without `messages` any answer will do."""

    line: int
    action: CustomerAction
    messages: tuple[ExpectedMessage, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    ledger: LedgerExpectation | None = None
    phone: PhoneExpectation | None = None
    locale: str | None = None
    """The language that is spoken from this turn on, where it changes."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole file. `customer` is None for someone who has not signed in."""

    source: str
    """Where it was read, for messages."""
    title: str
    customer: str | None
    locale: str
    turns: tuple[Turn, ...]
    request_attributes: Mapping[str, str] = field(default_factory=dict)
    """What the client sends with every turn, such as the channel that it is."""
