"""Plays a conversation against a bot and tells where they part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.checks import Difference, check
from bot.conversation.ledger import same_changes, written
from bot.conversation.pattern import one_line, with_kept
from bot.conversation.reply import (
    ConversationChannel,
    EffectProbe,
    HookResender,
    LanguageChanger,
    Phone,
    Reply,
    Till,
)
from bot.conversation.script import Conversation, PayByCard, Press, ResendHook, Say, SayAgain, Turn

SHOWN_CHARACTERS = 60


class _CannotPlayError(Exception):
    """The turn cannot be performed: no such button, or no such ability in the channel."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One line that the bot did not meet. `after` is what the customer had said."""

    source: str
    line: int
    after: str
    expected: str
    said: str

    def __str__(self) -> str:
        return (
            f"{self.source}:{self.line}: after “{self.after}”\n"
            f"  expected: {self.expected}\n"
            f"  said:     {self.said}"
        )


@dataclass(frozen=True, slots=True)
class Playback:
    """How a conversation went. `unchecked` lists lines that nothing here could check."""

    mismatches: tuple[Mismatch, ...]
    unchecked: tuple[int, ...]


def play(
    conversation: Conversation,
    channel: ConversationChannel,
    probe: EffectProbe | None = None,
    phone: Phone | None = None,
    till: Till | None = None,
) -> list[Mismatch]:
    """Every mismatch of the whole conversation; what cannot be checked here counts as one.

    With a probe, a turn that moves money without a `ledger:` line to say so is a mismatch too.
    """
    playback = perform(conversation, channel, probe, phone, till)
    unseen = [
        Mismatch(conversation.source, line, "", "something this channel can show", "(not shown)")
        for line in playback.unchecked
    ]
    return [*playback.mismatches, *unseen]


def perform(
    conversation: Conversation,
    channel: ConversationChannel,
    probe: EffectProbe | None = None,
    phone: Phone | None = None,
    till: Till | None = None,
) -> Playback:
    """Say every line in order, going on after a mismatch, and compare each answer."""
    stage = _Stage(conversation, channel, probe, phone, till)
    if phone is not None:
        phone.new_texts(0)
    if probe is not None:
        probe.changes()  # what happened before does not belong to the first turn
    for turn in conversation.turns:
        stage.perform(turn)
    return Playback(tuple(stage.mismatches), tuple(sorted(stage.unchecked)))


@dataclass(slots=True)
class _Stage:
    conversation: Conversation
    channel: ConversationChannel
    probe: EffectProbe | None
    phone: Phone | None
    till: Till | None
    kept: Mapping[str, str] = field(default_factory=dict)
    last_text: str = ""
    last_reply: Reply = field(default_factory=Reply)
    mismatches: list[Mismatch] = field(default_factory=list)
    unchecked: list[int] = field(default_factory=list)

    def perform(self, turn: Turn) -> None:
        try:
            self.last_reply = self._act(turn)
        except _CannotPlayError as fault:
            self._report(Difference(turn.line, "a turn that can be played", str(fault)))
            return
        checked = check(turn, self.last_reply, self.kept)
        self.kept = checked.kept
        self.unchecked.extend(checked.unchecked)
        for difference in checked.differences:
            self._report(difference)
        self._check_ledger(turn)
        self._check_phone(turn)

    def _act(self, turn: Turn) -> Reply:
        action = turn.action
        if turn.locale is not None:
            if not isinstance(self.channel, LanguageChanger):
                raise _CannotPlayError("this channel cannot change the language")
            self.channel.speak(turn.locale)
        if isinstance(action, ResendHook):
            if not isinstance(self.channel, HookResender):
                raise _CannotPlayError("this channel cannot deliver a code hook event again")
            return self.channel.resend_hook()
        if isinstance(action, PayByCard):
            if self.till is None:
                raise _CannotPlayError("nobody here can ask for money by card")
            return Reply((self.till.ask(action),))
        if isinstance(action, Say):
            self.last_text = with_kept(action.text, self.kept)
        elif isinstance(action, Press):
            self.last_text = self._value_of(action.label)
        elif not isinstance(action, SayAgain):
            raise TypeError(f"unknown action {action!r}")
        return self.channel.say(self.last_text)

    def _value_of(self, label: str) -> str:
        buttons = self.last_reply.buttons
        for button in buttons:
            if button.text.casefold() == label.casefold():
                return button.value
        shown = " | ".join(button.text for button in buttons) or "no buttons"
        raise _CannotPlayError(f"there is no button [{label}]; there are: {shown}")

    def _check_ledger(self, turn: Turn) -> None:
        if self.probe is None:
            if turn.ledger is not None:
                self.unchecked.append(turn.ledger.line)
            return
        moved = self.probe.changes()
        expected = turn.ledger.changes if turn.ledger is not None else ()
        line = turn.ledger.line if turn.ledger is not None else turn.line
        if not same_changes(moved, expected):
            wanted = f"ledger: {written(expected)}"
            self._report(Difference(line, wanted, f"ledger: {written(moved)}"))

    def _check_phone(self, turn: Turn) -> None:
        expected = turn.phone
        if expected is None:
            return
        if self.phone is None:
            self.unchecked.append(expected.line)
            return
        texts = self.phone.new_texts(0 if expected.pattern is None else 1)
        newest = texts[-1] if texts else None
        found = expected.pattern and newest and expected.pattern.match(newest, self.kept)
        if isinstance(found, Mapping):
            self.kept = {**self.kept, **found}
        elif expected.pattern is not None or newest is not None:
            wanted = expected.pattern.source if expected.pattern else "(none)"
            self._report(Difference(expected.line, f"phone: {wanted}", newest or "(no text)"))

    def _report(self, difference: Difference) -> None:
        self.mismatches.append(
            Mismatch(
                self.conversation.source,
                difference.line,
                _short(self.last_text),
                difference.expected,
                difference.said,
            )
        )


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[: SHOWN_CHARACTERS - 1]}…"
