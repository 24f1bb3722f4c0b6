"""A test set as values: conversations of rows, each with what the bot should make of it.

The shape is the Lex Test Workbench's (developer guide, "Evaluating bot performance with the Test
Workbench"): a row is the customer's or the agent's, and only a customer's row is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class TestSetError(ValueError):
    """A test set cannot be read; says which file, which row and why."""

    __test__ = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What a row must lead to. None and empty parts are not judged.

    `intents` are the intents that may be in play after the row, any one of them; `slots` maps a
    slot (`amount`, or `Car.Color` for a part) to the values it must hold, several for a list.
    """

    intents: tuple[str, ...] = ()
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserRow:
    """One utterance of the customer, with what is sent beside it."""

    line: int
    """The row's place in its file: the heading is line 1."""
    text: str
    expected: Expected = Expected()
    contexts: tuple[str, ...] = ()
    session_attributes: Mapping[str, str] = field(default_factory=dict)
    request_attributes: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Phrases by intent and slot."""


@dataclass(frozen=True, slots=True)
class AgentRow:
    """What the author expected the bot to say: reported beside what it said, never judged."""

    line: int
    text: str


Row = UserRow | AgentRow


@dataclass(frozen=True, slots=True)
class Conversation:
    """Rows of one session, in order. A single input is a conversation of one row without a name."""

    rows: tuple[Row, ...]
    name: str | None = None

    @property
    def is_single(self) -> bool:
        """Whether it is a single input rather than a dialog."""
        return self.name is None


@dataclass(frozen=True, slots=True)
class TestSet:
    """Conversations in the order of their file."""

    __test__ = False

    conversations: tuple[Conversation, ...]

    @property
    def user_rows(self) -> int:
        """How many rows will be judged."""
        return sum(isinstance(row, UserRow) for talk in self.conversations for row in talk.rows)
