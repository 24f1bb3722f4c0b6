"""What a bot says: messages, their variations, responses and prompts, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
class Prompt:
    """A question, asked again up to `max_retries` times.

    `ordered`: attempts go through a group's messages in turn instead of drawing one at random.
    """

    groups: Response
    max_retries: int = 0
    ordered: bool = False
