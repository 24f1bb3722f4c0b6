"""A session's line of numbered frames: what may be put on it next. Decides, and keeps nothing.

One message is answered at a time, a message is said once however often it is sent, and a message
of the bank is put on the line once and never in the middle of a turn, since the turn's own answer
may tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

TURN_LASTS = timedelta(seconds=40)
"""A turn that has not ended by then never will: its function is gone. Lex gives up before."""
_IDS_KEPT = 16


class Beginning(Enum):
    """What becomes of a message that a client sends."""

    STARTED = auto()
    KNOWN = auto()
    """It was said before: its answer is on the line, or will be."""
    BUSY = auto()
    """Another message is being answered."""


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the last frame's. `bank` is the newest message of the bank that is on the line,
    or was told before it began; it is known to be heard unless `unheard` says in which frame it is.
    `whose` is the customer whom the bank's messages are for, "" while it is nobody.

    `turn` is the id of the message that is being answered, until `turn_ends`. `rung`: there was
    news during the turn, or there is some that waits for a calm moment. `asking`: the last answer
    was a question of Teller's, which is open.
    """

    number: int = 0
    bank: int = 0
    unheard: int = 0
    turn: str = ""
    turn_ends: datetime | None = None
    said: tuple[str, ...] = ()
    rung: bool = False
    whose: str = ""
    asking: bool = False

    def in_turn(self, now: datetime) -> bool:
        """Whether a message is being answered."""
        return bool(self.turn) and self.turn_ends is not None and now < self.turn_ends


def begin(line: Line, said_id: str, now: datetime) -> tuple[Line, Beginning]:
    """A message comes in."""
    if said_id in line.said or (said_id == line.turn and line.in_turn(now)):
        return line, Beginning.KNOWN
    if line.in_turn(now):
        return line, Beginning.BUSY
    # The answer comes behind all that is on the line: who says something has it, or will.
    begun = replace(line, turn=said_id, turn_ends=now + TURN_LASTS, unheard=0)
    return begun, Beginning.STARTED


def answered(line: Line, said_id: str, *, asking: bool = False) -> Line:
    """The turn's answer is put on the line, as frame `number` of what is returned; `asking` when it
    leaves a question open.

    An answer that comes when its turn was given up is put there all the same: it was said.
    """
    ended = _ended(line, said_id)
    said = (*line.said, said_id)[-_IDS_KEPT:]
    return replace(ended, number=line.number + 1, said=said, asking=asking)


def failed(line: Line, said_id: str) -> Line:
    """The turn ends without an answer; the same message may be sent again."""
    return _ended(line, said_id)


def _ended(line: Line, said_id: str) -> Line:
    return replace(line, turn="", turn_ends=None) if line.turn == said_id else line


def rung(line: Line, now: datetime) -> Line | None:
    """There may be news. None: look now; else the line that remembers it until the turn ends."""
    return replace(line, rung=True) if line.in_turn(now) else None


def told(line: Line, count: int, bank: int, whose: str, *, waits: bool = False) -> Line:
    """`count` messages of the bank to `whose` are put on the line, the last its number `bank`.
    `waits`: another is to be looked for after the next turn.
    """
    if whose != line.whose:
        # Each customer's messages have numbers of their own.
        line = replace(line, whose=whose, bank=0, unheard=0)
    number = line.number + count
    unheard = number if count else line.unheard
    return replace(line, number=number, bank=max(bank, line.bank), unheard=unheard, rung=waits)


def seen(line: Line, number: int) -> Line | None:
    """The customer has seen everything up to `number`: the line when that is news, else None."""
    if not line.unheard or number < line.unheard:
        return None
    return replace(line, unheard=0)
