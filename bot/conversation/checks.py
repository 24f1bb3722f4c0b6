"""Whether an answer is what its turn expects, and what it was instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.conversation.pattern import TextPattern
from bot.conversation.reply import DialogState, Reply
from bot.conversation.script import (
    Expectation,
    ExpectedMessage,
    Quantity,
    Subject,
    Turn,
)

NOTHING = "(nothing)"
NONE = "(none)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the file that the answer does not meet."""

    line: int
    expected: str
    said: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The differences, the names matches kept, and the lines this channel shows nothing of."""

    differences: tuple[Difference, ...]
    kept: Mapping[str, str]
    unchecked: tuple[int, ...]


def check(turn: Turn, reply: Reply, kept: Mapping[str, str]) -> Checked:
    """Compare one answer with its turn; ledger effects are compared elsewhere."""
    names = dict(kept)
    differences = list(_unexpected_error(turn, reply))
    if not differences:
        differences += _messages(turn.messages, reply, names)
    unchecked: list[int] = []
    for expectation in turn.expectations:
        said = _SAID[expectation.subject](expectation, reply)
        if said is None:
            unchecked.append(expectation.line)
        elif not _met(expectation, said, names):
            shown = " | ".join(said) or NONE
            differences.append(Difference(expectation.line, expectation.written, shown))
    return Checked(tuple(differences), names, tuple(unchecked))


def _unexpected_error(turn: Turn, reply: Reply) -> Iterator[Difference]:
    wanted = any(expectation.subject is Subject.ERROR for expectation in turn.expectations)
    if reply.error is not None and not wanted:
        yield Difference(turn.line, "an answer", f"error: {reply.error}")


def _messages(
    expected: tuple[ExpectedMessage, ...], reply: Reply, kept: dict[str, str]
) -> Iterator[Difference]:
    if not expected:
        return
    if expected[0].text is Quantity.NOTHING:
        for text in reply.texts:
            yield Difference(expected[0].line, NOTHING, text)
        return
    for message, said in zip(expected, reply.texts, strict=False):
        if isinstance(message.text, TextPattern) and not _keeps(message.text, said, kept):
            yield Difference(message.line, message.text.source, said)
    for message in expected[len(reply.texts) :]:
        yield Difference(message.line, _written(message), NOTHING)
    for said in reply.texts[len(expected) :]:
        yield Difference(expected[-1].line, "no further message", said)


def _written(message: ExpectedMessage) -> str:
    return message.text.value if isinstance(message.text, Quantity) else message.text.source


def _keeps(pattern: TextPattern, said: str, kept: dict[str, str]) -> bool:
    found = pattern.match(said, kept)
    if found is None:
        return False
    kept.update(found)
    return True


def _met(expectation: Expectation, said: tuple[str, ...], kept: dict[str, str]) -> bool:
    patterns = expectation.patterns
    if not patterns:
        return not said
    if patterns[0].source == Quantity.ANYTHING.value:
        return bool(said)
    if expectation.subject in (Subject.CONTEXT, Subject.CARD):
        return any(_keeps(patterns[0], each, kept) for each in said)
    if len(patterns) > 1 and patterns[-1].source in ("...", "…"):
        patterns, said = patterns[:-1], said[: len(patterns) - 1]
    return len(patterns) == len(said) and all(
        _keeps(pattern, each, kept) for pattern, each in zip(patterns, said, strict=True)
    )


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _of_dialog(
    read: Callable[[DialogState, str], tuple[str, ...]],
) -> Callable[[Expectation, Reply], tuple[str, ...] | None]:
    def said(expectation: Expectation, reply: Reply) -> tuple[str, ...] | None:
        dialog = reply.dialog
        if dialog is None or expectation.subject.value not in dialog.shows:
            return None
        return read(dialog, expectation.name)

    return said


def _action(dialog: DialogState, _name: str) -> tuple[str, ...]:
    if dialog.action is None:
        return ()
    return (f"{dialog.action} {dialog.slot_to_elicit or ''}".strip(),)


_SAID: dict[Subject, Callable[[Expectation, Reply], tuple[str, ...] | None]] = {
    Subject.INTENT: _of_dialog(lambda dialog, _: _one(dialog.intent)),
    Subject.STATE: _of_dialog(lambda dialog, _: _one(dialog.intent_state)),
    Subject.CONFIRMATION: _of_dialog(lambda dialog, _: _one(dialog.confirmation)),
    Subject.ACTION: _of_dialog(_action),
    Subject.CONTEXT: _of_dialog(lambda dialog, _: dialog.contexts),
    Subject.SLOT: _of_dialog(lambda dialog, name: _one(dialog.slots.get(name))),
    Subject.ATTRIBUTE: _of_dialog(lambda dialog, name: _one(dialog.attributes.get(name))),
    Subject.CARD: lambda _, reply: tuple(card.title for card in reply.cards),
    Subject.BUTTONS: lambda _, reply: tuple(button.text for button in reply.buttons),
    Subject.ERROR: lambda _, reply: _one(reply.error),
}
