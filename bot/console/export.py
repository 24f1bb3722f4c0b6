"""A session's turns as a conversation file that passes when it is played again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.console.variations import escaped, other_ways
from bot.conversation.lex_channel import slot_text
from bot.conversation.parser import DEFAULT_LOCALE
from bot.definition import BotLocale
from bot.runtime.turn_log import TurnRecord

_WORDS_OF_THE_FORMAT = {"(anything)", "(nothing)", "(none)", "(empty)"}
# A relative day is another day when the file is played tomorrow.
_DATE_OR_TIME = re.compile(r"\d{4}-\d\d(?:-\d\d)?|\d\d:\d\d(?::\d\d)?")


def conversation_file(
    records: Sequence[TurnRecord], locale: BotLocale | None, customer: str | None
) -> str:
    """The file: what was said, each answer, and what the dialog came to. See `bot.conversation`.

    `locale` tells the messages that have variations; any of them will do. Attributes that the
    tester set have no place in such a file and are told in comments.
    """
    spoken = records[0].session.locale_id if records else DEFAULT_LOCALE
    lines = [f"title: {_title(records)}"]
    if customer is not None:
        lines.append(f"as: {customer}")
    if spoken != DEFAULT_LOCALE:
        lines.append(f"locale: {spoken}")
    for record in records:
        lines += ["", *_turn(record, locale)]
    return "\n".join(lines) + "\n"


def _title(records: Sequence[TurnRecord]) -> str:
    first = _one_line(records[0].text or "") if records else ""
    return first[:60] or "A conversation"


def _turn(record: TurnRecord, locale: BotLocale | None) -> Iterator[str]:
    yield from _set_by_tester(record.request)
    yield f"customer: {_said(record.text or '')}"
    if record.response is None:
        yield f"  error: {_exactly((record.error or '').partition(':')[0])}..."
        return
    contents = [m["content"] for m in record.response.get("messages") or [] if m.get("content")]
    for content in contents:
        yield f"teller: {_message(content, locale)}"
    if not contents:
        yield "teller: (nothing)"
    yield from _expectations(record.response)


def _set_by_tester(request: Mapping[str, Any]) -> Iterator[str]:
    state: Mapping[str, Any] = request.get("sessionState") or {}
    for kind, given in (
        ("session", state.get("sessionAttributes")),
        ("request", request.get("requestAttributes")),
    ):
        for name, value in (given or {}).items():
            yield f"# The {kind} attribute {_one_line(name)} was set to: {_one_line(value)}"


def _said(text: str) -> str:
    """`text` as a customer line that the parser reads back as the very same."""
    if text == "":
        return "(empty)"
    if text != text.strip() and text.splitlines() == [text]:
        return f'(1 times "{text}")'
    if text.strip() == "":
        return '(1 times " ")'
    lines = text.strip().splitlines()
    first, *rest = [line.strip() for line in lines]
    if first[:1] in ("[", "(", "\\"):
        first = f"\\{first}"
    return "".join([first, *(f"\n| {line}" for line in rest)])


def _message(content: str, locale: BotLocale | None) -> str:
    ways = other_ways(content, locale) if locale is not None else []
    if ways:
        return f"/\\A(?:{'|'.join(ways)})\\Z/"
    pattern = _exactly(content)
    if pattern != _one_line(content):
        return pattern
    # As it was shown, line by line: a list is easier to read so.
    return "\n| ".join(_one_line(line) for line in content.splitlines() if line.strip())


def _exactly(content: str) -> str:
    """A pattern that fits `content`; runs of white space count as one space."""
    line = _one_line(content)
    if line == "" or line in _WORDS_OF_THE_FORMAT or line[0] in "/\\" or "{" in line:
        return f"/\\A{escaped(line)}\\Z/"
    return line


def _expectations(response: Mapping[str, Any]) -> Iterator[str]:
    state: Mapping[str, Any] = response.get("sessionState") or {}
    intent: Mapping[str, Any] = state.get("intent") or {}
    action: Mapping[str, Any] = state.get("dialogAction") or {}
    if intent:
        yield f"  intent: {intent['name']}"
        yield f"  state: {intent['state']}"
    if intent.get("confirmationState", "None") != "None":
        yield f"  confirmation: {intent['confirmationState']}"
    if action:
        yield f"  action: {action['type']} {action.get('slotToElicit') or ''}".rstrip()
    for name, slot in (intent.get("slots") or {}).items():
        value = slot_text(slot)
        if value is not None:
            shown = "(anything)" if _DATE_OR_TIME.search(value) else _exactly(value)
            yield f"  slot {name}: {shown}"
    labels = _labels(response)
    if labels:
        yield f"  buttons: {' | '.join(labels)}"


def _labels(response: Mapping[str, Any]) -> list[str]:
    """The texts of all buttons; none at all when one has the bar that parts them."""
    cards = [m.get("imageResponseCard") or {} for m in response.get("messages") or []]
    labels = [b["text"] for card in cards for b in card.get("buttons") or []]
    odd = any("|" in label or label != _exactly(label) for label in labels)
    return [] if odd else labels


def _one_line(text: str) -> str:
    return " ".join(text.split())
