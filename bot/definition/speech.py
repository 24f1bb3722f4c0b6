"""What a bot says: messages, their variations, responses and prompts, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `content_type` is Lex's, `card` is set for an ImageResponseCard."""

    content_type: str
    content: str | None = None
    card: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class MessageGroup:
    """A message and its variations: one of them is said."""

    choices: tuple[Message, ...]


Response = tuple[MessageGroup, ...]
"""What is said without asking; each group gives one message."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one attempt of a prompt may be answered; times in milliseconds, None where not said."""

    allow_interrupt: bool = True
    audio: bool = True
    dtmf: bool = True
    speech_start_timeout_ms: int | None = None
    text_start_timeout_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, asked again up to `max_retries` times.

    `ordered`: attempts go through a group's messages in turn instead of drawing one at random.
    `attempts` are by name, `Initial` and `Retry1` to `Retry5`; older exports have none.
    """

    groups: Response
    max_retries: int = 0
    ordered: bool = False
    allow_interrupt: bool = True
    attempts: Mapping[str, Attempt] = field(default_factory=dict)
