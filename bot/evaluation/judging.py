"""Whether a row, a conversation and a whole run came out as expected.

Match statuses are the Test Workbench's: Matched, Mismatched, ExecutionError (API reference,
TestResultMatchStatus).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.evaluation.hearing import Heard, SlotReading
from bot.evaluation.test_set import Conversation, UserRow

Status = Literal["Matched", "Mismatched", "ExecutionError"]

_BLANKS = re.compile(r"\s+")
_LIST_SEPARATOR = re.compile(r"\s*,\s*")
_SLASHED_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class RowResult:
    """How one row of a customer came out."""

    row: UserRow
    heard: Heard
    intent: Status
    slots: Mapping[str, Status] = field(default_factory=dict)
    contexts: Status = "Matched"

    @property
    def end_to_end(self) -> Status:
        """Matched when the intent, every listed slot and every listed context are."""
        parts = {self.intent, self.contexts, *self.slots.values()}
        if "ExecutionError" in parts:
            return "ExecutionError"
        return "Mismatched" if "Mismatched" in parts else "Matched"


@dataclass(frozen=True, slots=True)
class ConversationResult:
    """How the rows of one session came out, with what the bot said after each."""

    conversation: Conversation
    rows: tuple[RowResult, ...]

    @property
    def end_to_end(self) -> Status:
        """Matched when every row is."""
        parts = {row.end_to_end for row in self.rows}
        if "ExecutionError" in parts:
            return "ExecutionError"
        return "Mismatched" if "Mismatched" in parts else "Matched"


def judge(row: UserRow, heard: Heard) -> RowResult:
    """`row` against what the bot made of it; only what the row names is judged."""
    if heard.error is not None:
        failed: Status = "ExecutionError"
        return RowResult(row, heard, failed, dict.fromkeys(row.expected.slots, failed), failed)
    intents = row.expected.intents
    return RowResult(
        row,
        heard,
        _status(not intents or heard.intent in intents),
        {
            name: _status(holds(heard.slots.get(name), values))
            for name, values in row.expected.slots.items()
        },
        _status(set(row.expected.contexts) <= set(heard.contexts)),
    )


def _status(is_right: bool) -> Status:
    return "Matched" if is_right else "Mismatched"


def holds(reading: SlotReading | None, expected: tuple[str, ...]) -> bool:
    """Whether a slot holds the expected value, in the customer's words or resolved.

    A list is written "roses, lilies": as many values, in any order. An empty expected value
    wants an empty slot.
    """
    wanted = ", ".join(expected)
    if reading is None:
        return not wanted
    if _same(reading.forms, wanted):
        return True
    parts = _LIST_SEPARATOR.split(wanted)
    if not reading.values or len(parts) != len(reading.values):
        return False
    left = list(reading.values)
    for part in parts:
        found = next((value for value in left if _same(value.forms, part)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _same(forms: tuple[str, ...], wanted: str) -> bool:
    return bool(wanted) and bool({_plain(form) for form in forms} & _readings(wanted))


def _readings(wanted: str) -> set[str]:
    """The expected value, and the date that "4/15/23" means (month first)."""
    plain = _plain(wanted)
    slashed = _SLASHED_DATE.fullmatch(plain)
    if slashed is None:
        return {plain}
    month, day, year = slashed.groups()
    return {
        plain,
        f"{int(year) % 100 + 2000 if len(year) == 2 else int(year)}-{month:0>2}-{day:0>2}",
    }


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
