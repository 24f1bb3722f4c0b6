"""How far the conversation is: what was asked last, and the tasks that were begun and not ended.

Kept in one session attribute. Any caller can write it, so it is what the customer said and no
more: slots are judged again, and money still moves on a live quote alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

ATTRIBUTE = "progress"
KEPT_FOR = timedelta(minutes=15)
"""How long a task waits for the customer to come back to it."""
MAX_TASKS = 3
_MAX_SLOTS = 8
_MAX_VALUE = 120
"""Longer words than any name or amount; keeps the attribute below 4 KB."""
_NAMES_ONE = ("account", "card")
"""The slots by which an answer is of one of several."""
CONFIRMATION = "?"
"""What stands in place of a slot's name when a yes or a no was asked for."""


@dataclass(frozen=True, slots=True)
class Task:
    """An intent that was begun, its slots in the customer's words, and what was asked last.

    `offered` says that the customer was asked once whether to go on with it: nobody is asked twice.
    """

    intent: str
    slots: Mapping[str, str]
    asked: str
    offered: bool = False


def _without(task: Task, slot: str) -> Task:
    return replace(task, slots={name: said for name, said in task.slots.items() if name != slot})


@dataclass(frozen=True, slots=True)
class Progress:
    """`asking` is the intent whose question is open, None after an answer. `times` is how often
    that question was put in a row for want of an answer. `tasks` has the one that was begun last at
    its end.
    """

    asking: str | None = None
    asked: str = ""
    times: int = 0
    tasks: tuple[Task, ...] = ()
    last: Task | None = None
    """The question that was answered last, for "say that again"."""
    picked: Task | None = None
    """The choice that was made last, of what it `asked`, for "not that one"."""
    at: datetime | None = field(default=None, compare=False)

    @property
    def task(self) -> Task | None:
        """The task to go on with."""
        return self.tasks[-1] if self.tasks else None

    @property
    def choice(self) -> Task | None:
        """What was chosen last, as it was before that: of the open task, or of the last answer."""
        if self.picked is not None:
            return _without(self.picked, self.picked.asked)
        if self.asking is not None or self.last is None:
            return None
        named = next((name for name in _NAMES_ONE if name in self.last.slots), None)
        return _without(self.last, named) if named else None

    @property
    def waiting(self) -> Task | None:
        """The task to go on with, unless the customer was asked about it before."""
        return None if self.task is None or self.task.offered else self.task

    def offer(self, task: Task, question: str) -> Progress:
        """After the customer was asked, by the intent `question`, whether to go on with `task`."""
        tasks = tuple(replace(one, offered=one.offered or one == task) for one in self.tasks)
        return replace(self.question(question, CONFIRMATION), tasks=tasks)

    def question(self, intent: str, asked: str, *, counts: bool = True) -> Progress:
        """After a question was put; the same one again counts up, unless it was no failure."""
        again = self.asking == intent and self.asked == asked
        return replace(self, asking=intent, asked=asked, times=self.times + counts if again else 1)

    def pick(self, task: Task) -> Progress:
        """After a turn of `task`: whether it answered what was asked for a slot of it."""
        is_answer = self.asking == task.intent and self.asked in task.slots
        if is_answer and self.asked != task.asked:
            return replace(self, picked=replace(task, asked=self.asked))
        goes_on = self.picked is not None and self.picked.intent == task.intent and task.asked
        return self if goes_on else replace(self, picked=None)

    def begin(self, task: Task) -> Progress:
        """After a task asked something; it is the last one then, and there once only."""
        others = tuple(one for one in self.tasks if one.intent != task.intent)
        return replace(self, tasks=(*others, task)[-MAX_TASKS:])

    def end(self, intent: str) -> Progress:
        """After a task was ended, or given up."""
        return replace(self, tasks=tuple(one for one in self.tasks if one.intent != intent))

    def answered(self) -> Progress:
        """No question is open any more."""
        return replace(self, asking=None, asked="", times=0)


def read(attributes: Mapping[str, str], now: datetime) -> Progress:
    """The progress among session attributes; an old or unreadable one is as if there were none."""
    try:
        kept = json.loads(attributes.get(ATTRIBUTE, ""))
        at = datetime.fromisoformat(kept["at"])
        if not timedelta(0) <= now - at <= KEPT_FOR:
            return Progress()
        return Progress(
            asking=_text(kept["asking"]) or None,
            asked=_text(kept["asked"]),
            times=min(int(kept["times"]), 99),
            tasks=tuple(read_task(one) for one in kept["tasks"][-MAX_TASKS:]),
            last=read_task(kept["last"]) if kept["last"] else None,
            picked=read_task(kept["picked"]) if kept.get("picked") else None,
            at=at,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Progress()


def write(progress: Progress, attributes: dict[str, str], now: datetime) -> None:
    """Keeps `progress` among the session attributes; nothing is kept of nothing."""
    if progress == Progress():
        attributes.pop(ATTRIBUTE, None)
        return
    kept = {
        "asking": progress.asking or "",
        "asked": progress.asked,
        "times": progress.times,
        "tasks": [kept_task(task) for task in progress.tasks],
        "last": kept_task(progress.last) if progress.last else None,
        "picked": kept_task(progress.picked) if progress.picked else None,
        "at": now.isoformat(timespec="seconds"),
    }
    attributes[ATTRIBUTE] = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def kept_task(task: Task) -> dict[str, Any]:
    """A task as it is kept in JSON: no more of it than anybody needs to come back to it."""
    slots = {name[:_MAX_VALUE]: value[:_MAX_VALUE] for name, value in _first(task.slots)}
    return {
        "intent": task.intent[:_MAX_VALUE],
        "slots": slots,
        "asked": task.asked[:_MAX_VALUE],
        "offered": task.offered,
    }


def read_task(kept: Mapping[str, Any]) -> Task:
    """The task that was kept. Raises KeyError, TypeError or AttributeError for what is none."""
    slots = {_text(name): _text(value) for name, value in _first(kept["slots"])}
    return Task(_text(kept["intent"]), slots, _text(kept["asked"]), kept["offered"] is True)


def _first(slots: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return list(slots.items())[:_MAX_SLOTS]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value[:_MAX_VALUE]
