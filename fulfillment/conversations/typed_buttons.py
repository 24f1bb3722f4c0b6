"""Whoever types what a button shows has pressed it.

A text message has no buttons, and some people would rather type. Lex cannot know what "Yes, cancel
it" answers: after "Shall I send it?" it is no yes. So what the last question's buttons showed, and
what each of them sends, is kept in a session attribute for one turn. Any caller can write it: it
says what the customer said and no more, slots are judged again, and money still moves on a live
quote alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from fulfillment.bank.mentions import is_bare_no, is_bare_yes
from fulfillment.conversations.progress import CONFIRMATION, Task, kept_task, read_task
from fulfillment.lex import Reply, Turn
from fulfillment.lex.messages import MAX_BUTTON, MAX_BUTTONS, clip

ATTRIBUTE = "buttons"
_MOST = 4096
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pressed:
    """The question that was open, and what the button sends."""

    task: Task
    value: str

    @property
    def answer(self) -> bool | None:
        """Yes or no, where that was asked for; None for anything else."""
        if self.task.asked != CONFIRMATION:
            return None
        if is_bare_yes(self.value):
            return True
        return False if is_bare_no(self.value) else None


def keep_buttons(turn: Turn, asked: Task, reply: Reply) -> None:
    """Keeps what the buttons of `reply`, which asks for something of `asked`, show and send."""
    turn.session.pop(ATTRIBUTE, None)
    values = _values(reply)
    if values and reply.action in ("ElicitSlot", "ConfirmIntent"):
        kept = {**kept_task(asked), "values": values}
        turn.session[ATTRIBUTE] = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def pressed(turn: Turn) -> Pressed | None:
    """The button whose words were typed, in any case and without its marks; None for other words.

    Takes what was kept out of the session: buttons are those of the last answer.
    """
    written = turn.session.pop(ATTRIBUTE, "")
    if not written or len(written) > _MOST:
        return None
    try:
        kept = json.loads(written)
        value = kept["values"].get(plain(turn.transcript))
        return Pressed(read_task(kept), value[:MAX_BUTTON]) if isinstance(value, str) else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _values(reply: Reply) -> Mapping[str, str]:
    """What is sent by what is shown, where they differ and no two buttons show the same."""
    buttons = [b for message in reply.shown for b in message.buttons[:MAX_BUTTONS]]
    shown = [plain(clip(button.text, MAX_BUTTON)) for button in buttons]
    return {
        words: button.value
        for words, button in zip(shown, buttons, strict=True)
        if words and words != plain(button.value) and shown.count(words) == 1
    }


def plain(said: str) -> str:
    """The words of `said`, without case and marks."""
    return " ".join(_WORD.findall(said.casefold()))
