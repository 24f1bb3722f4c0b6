"""Reads conversation files; every fault is told with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.conversation.ledger import parse_changes
from bot.conversation.pattern import TextPattern, one_line
from bot.conversation.script import (
    Conversation,
    CustomerAction,
    Expectation,
    ExpectedMessage,
    LedgerExpectation,
    PayByCard,
    PhoneExpectation,
    Press,
    Quantity,
    ResendHook,
    Say,
    SayAgain,
    Subject,
    Turn,
)

DEFAULT_LOCALE = "en_US"
MAX_REPEATED = 100_000
"""Characters a `(N times "...")` may come to."""

_KEYED = re.compile(r"(?P<key>[A-Za-z]+)(?:\s+(?P<name>[\w.\-]+))?\s*:\s*(?P<value>.*)", re.DOTALL)
_BUTTON = re.compile(r"\[(?P<label>[^\]]+)\]")
_REPEATED = re.compile(r"\((?P<times>[\d,]+) times \"(?P<text>.+)\"\)", re.DOTALL)
_CARD_PAYMENT = re.compile(
    r"(?P<whole>[\d,]+)\.(?P<cents>\d\d) (?P<currency>[A-Z]{3}) at (?P<merchant>.+)"
    r" with (?P<card>[\w.\-]+)(?: in (?P<country>[A-Z]{2}))?"
)
_HEADERS = ("title", "as", "locale")
_REQUEST = "request"
_SUBJECTS = {subject.value: subject for subject in Subject}
_REPEATS: dict[str, CustomerAction] = {"retry": SayAgain(), "retry the hook": ResendHook()}


class ConversationSyntaxError(ValueError):
    """A conversation file cannot be read: `source`, `line` (from 1) and why."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}:{line}: {reason}")
        self.source = source
        self.line = line
        self.reason = reason


class _FaultError(ValueError):
    """A fault in the line being read."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indented: bool
    text: str


@dataclass(slots=True)
class _Draft:
    headers: dict[str, str] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    locale: str | None = None
    """A language that the next turn changes to."""

    def begin(self, line: int, action: CustomerAction) -> None:
        self.turns.append(Turn(line, action, locale=self.locale))
        self.locale = None

    def amend(self, change: Callable[[Turn], Turn]) -> None:
        if not self.turns:
            raise _FaultError("a customer: line comes before this one")
        self.turns[-1] = change(self.turns[-1])


def load(path: Path) -> Conversation:
    """The conversation in a file. Raises `ConversationSyntaxError`, `OSError`."""
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(text: str, source: str = "conversation") -> Conversation:
    """The conversation in `text`. Raises `ConversationSyntaxError`."""
    draft = _Draft()
    lines = _lines(text, source)
    for line in lines:
        try:
            _read(line, draft)
        except ValueError as fault:
            raise ConversationSyntaxError(source, line.number, str(fault)) from fault
    if not draft.turns:
        raise ConversationSyntaxError(source, max(1, text.count("\n")), "nobody says anything")
    customer = draft.headers.get("as", "anonymous")
    return Conversation(
        source=source,
        title=draft.headers.get("title") or Path(source).stem.replace("-", " "),
        customer=None if customer == "anonymous" else customer,
        locale=draft.headers.get("locale", DEFAULT_LOCALE),
        turns=tuple(draft.turns),
        request_attributes={
            key.removeprefix(f"{_REQUEST} "): value
            for key, value in draft.headers.items()
            if key.startswith(f"{_REQUEST} ")
        },
    )


def _lines(text: str, source: str) -> list[_Line]:
    """Lines that say something; a line that starts with `|` continues the one before it."""
    lines: list[_Line] = []
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        stripped = raw.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if not stripped.startswith("|"):
            lines.append(_Line(number, raw[0].isspace(), stripped))
            continue
        if not lines:
            raise ConversationSyntaxError(source, number, "there is no line to continue")
        lines[-1] = replace(lines[-1], text=f"{lines[-1].text}\n{stripped[1:].strip()}")
    return lines


def _read(line: _Line, draft: _Draft) -> None:
    repeat = _REPEATS.get(one_line(line.text).lower())
    if repeat is not None and not line.indented:
        draft.amend(lambda turn: turn)
        draft.begin(line.number, repeat)
        return
    keyed = _KEYED.fullmatch(line.text)
    if keyed is None:
        raise _FaultError(
            "a line starts with customer:, teller:, an expectation such as intent:, or #"
        )
    key, name, value = keyed["key"].lower(), keyed["name"] or "", keyed["value"].strip()
    if line.indented:
        _read_expectation(line.number, key, name, value, draft)
    elif key == _REQUEST and name:
        _read_header(f"{key} {name}", value, draft)
    elif name:
        raise _FaultError(f"{key} {name}: stands under a turn, with spaces before it")
    else:
        _read_speech(line.number, key, value, draft)


def _read_speech(number: int, key: str, value: str, draft: _Draft) -> None:
    if key == "customer":
        draft.begin(number, _action(value))
    elif key == "merchant":
        draft.begin(number, _card_payment(value))
    elif key == "teller":
        message = ExpectedMessage(number, _message(value))
        draft.amend(lambda turn: replace(turn, messages=_with_message(turn, message)))
    elif key == "locale" and draft.turns and value:
        draft.locale = value
    elif key in _HEADERS:
        _read_header(key, value, draft)
    elif key in _SUBJECTS or key in ("ledger", "phone"):
        raise _FaultError(f"{key}: stands under a turn, with spaces before it")
    else:
        raise _FaultError(
            f"{key}: is not known here; headers are {', '.join(_HEADERS)} and request NAME"
        )


def _read_header(key: str, value: str, draft: _Draft) -> None:
    if draft.turns:
        raise _FaultError(f"{key}: belongs above the first customer: line")
    if key in draft.headers:
        raise _FaultError(f"{key}: is given twice")
    if not value:
        raise _FaultError(f"{key}: says nothing")
    draft.headers[key] = value


def _action(value: str) -> CustomerAction:
    if not value:
        raise _FaultError("customer: says nothing; an empty message is written (empty)")
    if value == "(empty)":
        return Say("")
    button = _BUTTON.fullmatch(value)
    if button is not None:
        return Press(button["label"].strip())
    repeated = _REPEATED.fullmatch(value)
    if repeated is None:
        return Say(value[1:] if value[0] == "\\" else value)
    times = int(repeated["times"].replace(",", ""))
    if times * len(repeated["text"]) > MAX_REPEATED:
        raise _FaultError(f"a message of more than {MAX_REPEATED:,} characters")
    return Say(repeated["text"] * times)


def _card_payment(value: str) -> PayByCard:
    found = _CARD_PAYMENT.fullmatch(value)
    if found is None:
        raise _FaultError("merchant: reads like 1,499.00 USD at Nightline Electronics with debit")
    minor = int(found["whole"].replace(",", "") + found["cents"])
    return PayByCard(
        minor, found["currency"], found["merchant"], found["card"], found["country"] or ""
    )


def _message(value: str) -> TextPattern | Quantity:
    if not value:
        raise _FaultError("teller: says nothing; write (nothing) to expect no message")
    for quantity in Quantity:
        if value == quantity.value:
            return quantity
    return TextPattern(value[1:] if value[0] == "\\" else value)


def _with_message(turn: Turn, message: ExpectedMessage) -> tuple[ExpectedMessage, ...]:
    messages = (*turn.messages, message)
    if len(messages) > 1 and any(each.text is Quantity.NOTHING for each in messages):
        raise _FaultError("(nothing) stands alone")
    return messages


def _read_expectation(number: int, key: str, name: str, value: str, draft: _Draft) -> None:
    if key in ("customer", "teller"):
        raise _FaultError(f"{key}: starts at the left edge")
    if not value:
        raise _FaultError(f"{key}: says nothing; write (none) to expect none")
    if key == "ledger":
        ledger = LedgerExpectation(number, parse_changes(value))
        draft.amend(lambda turn: _with_ledger(turn, ledger))
        return
    if key == "phone":
        text = None if value == "(none)" else TextPattern(value)
        draft.amend(lambda turn: replace(turn, phone=PhoneExpectation(number, text)))
        return
    subject = _SUBJECTS.get(key)
    if subject is None:
        known = ", ".join([*_SUBJECTS, "ledger", "phone"])
        raise _FaultError(f"{key}: is no expectation; there are {known}")
    if subject.is_named != bool(name):
        raise _FaultError(
            f"{key} is followed by a name" if subject.is_named else f"{key}: takes no name"
        )
    expectation = Expectation(number, subject, name, _patterns(subject, value))
    draft.amend(lambda turn: replace(turn, expectations=(*turn.expectations, expectation)))


def _with_ledger(turn: Turn, ledger: LedgerExpectation) -> Turn:
    if turn.ledger is not None:
        raise _FaultError("ledger: is given twice for one turn")
    return replace(turn, ledger=ledger)


def _patterns(subject: Subject, value: str) -> tuple[TextPattern, ...]:
    if value in ("(none)", "(empty)"):
        return ()
    parts = value.split("|") if subject is Subject.BUTTONS else [value]
    return tuple(TextPattern(part.strip()) for part in parts)
