"""A conversation file as steps: what each turn says, and which task was open before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.conversation.parser import load
from bot.conversation.script import Conversation, Press, ResendHook, Say, SayAgain, Subject, Turn

FOLDER = Path(__file__).parents[1] / "conversations"
_NO = re.compile(r"(?:no|nope|nah)\b")


@dataclass(frozen=True, slots=True)
class Step:
    """One turn. `before` is the intent that the turns before it were last known to be at, and
    `intent` the one that this turn is expected to be at; both only where a file says so. `begun_in`
    is the language in which `before` was said, and `locale` the one of this turn.
    """

    folder: str
    channel: str
    locale: str
    begun_in: str
    before: str | None
    turn: Turn

    def expected(self, subject: Subject) -> str | None:
        """The value that the file expects, as it stands there."""
        for one in self.turn.expectations:
            if one.subject is subject and one.patterns:
                return one.patterns[0].source
        return None

    @property
    def intent(self) -> str | None:
        return self.expected(Subject.INTENT)

    @property
    def at(self) -> str | None:
        """The intent that this turn is about: as it says, or as the turns before it said."""
        return self.intent or self.before

    @property
    def messages(self) -> int:
        """How many messages are expected, at least."""
        return len(self.turn.messages)

    @property
    def moves(self) -> bool:
        return self.turn.ledger is not None and bool(self.turn.ledger.changes)

    @property
    def moves_nothing(self) -> bool:
        """Whether the file says so; a turn that says nothing of it is played against it too."""
        return not self.moves

    @property
    def is_no(self) -> bool:
        """Whether the customer declines."""
        action = self.turn.action
        said = {Say: "text", Press: "label"}.get(type(action))
        return said is not None and _NO.match(getattr(action, said).casefold()) is not None

    @property
    def is_again(self) -> bool:
        """Whether the same message is delivered a second time."""
        return isinstance(self.turn.action, SayAgain | ResendHook)


@cache
def all_steps() -> tuple[Step, ...]:
    """Every turn of every conversation file."""
    return tuple(
        step
        for path in sorted(FOLDER.rglob("*.chat"))
        for step in steps_of(load(path), path.parent.name)
    )


def turns_by_intent(shows: Callable[[Step], str | None]) -> dict[str, int]:
    """How many turns of all files show something, by the intent of which they show it."""
    return Counter(intent for intent in map(shows, all_steps()) if intent is not None)


def steps_of(conversation: Conversation, folder: str) -> Iterator[Step]:
    """The turns of one file, in order."""
    before: str | None = None
    begun_in = locale = conversation.locale
    channel = conversation.request_attributes.get("x-teller-channel", "web")
    for turn in conversation.turns:
        locale = turn.locale or locale
        step = Step(folder, channel, locale, begun_in, before, turn)
        yield step
        if step.intent is not None:
            before, begun_in = step.intent, locale
