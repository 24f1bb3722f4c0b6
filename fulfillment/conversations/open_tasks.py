"""The tasks that are open in this turn, for whoever asks something or goes on with it."""

from __future__ import annotations

from fulfillment.conversations.progress import CONFIRMATION, Progress, Task
from fulfillment.lex import Reply, Turn

_KEY = "progress"


def progress_of(turn: Turn) -> Progress:
    """The progress as this turn has it."""
    found: Progress = turn.state[_KEY]
    return found


def set_progress(turn: Turn, progress: Progress) -> None:
    turn.state[_KEY] = progress


def task_of(turn: Turn, asked: str) -> Task:
    """The turn's intent and slots as a task to come back to."""
    filled = {name: turn.slots.get(name) for name in turn.slots.names()}
    words = {name: value.original_value for name, value in filled.items() if value}
    return Task(turn.intent, words, asked)


def said_for(turn: Turn, reply: Reply) -> Reply:
    """`reply` for the intent of `turn`, with its slots as they are."""
    return reply.for_intent(turn.intent, **task_of(turn, "").slots)


def asked_by(turn: Turn, reply: Reply) -> Task:
    """The question of `reply` as a task: of the turn's intent, or of the one it goes on with."""
    asked = reply.slot_to_elicit or CONFIRMATION
    if reply.switch is None:
        return task_of(turn, asked)
    return Task(reply.switch.intent, reply.switch.slots, asked)
