"""What a customer came for: the first thing asked in a dialogue of a public data set.

Source: STAR (RasaHQ/STAR), where a dialogue is a list of events and has the tasks that its
customer was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.nlu.words import normal

_GREETINGS = frozenset(normal(text) for text in (
    "hi", "hello", "hey", "hello there", "hi there", "hey there", "good morning",
    "good afternoon", "good evening", "good day", "greetings", "how are you",
    "hi how are you", "hello how are you", "bank", "help", "i need help",
))  # fmt: skip


def is_dialogue(record: Mapping[str, Any]) -> bool:
    """Whether a record of a file is a whole dialogue rather than an utterance."""
    return isinstance(record.get("events"), list) and isinstance(record.get("tasks"), list)


def opening(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first request of the customer, and the task.

    None when there were several tasks, since nothing says which came first, or when nothing but
    greetings was said.
    """
    tasks: Sequence[Any] = record["tasks"]
    said = next((text for text in _said(record) if normal(text) not in _GREETINGS), None)
    if len(tasks) != 1 or said is None:
        return None
    return said, str(tasks[0])


def _said(record: Mapping[str, Any]) -> Iterator[str]:
    for event in record["events"]:
        text = event.get("text")
        if event.get("agent") == "User" and isinstance(text, str) and text.strip():
            yield text
