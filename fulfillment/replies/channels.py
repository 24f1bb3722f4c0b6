"""Fits one reply to the channel that carries it: web, voice, SMS or Slack.

The channel is named by a request attribute or by Lex's input mode. Any caller may name any: it
decides how a reply looks and nothing else.

Sources: Amazon Polly, supported SSML tags (`say-as`, `break`); Slack, "Formatting text for app
surfaces" (the three characters to escape); GSM 03.38 (the alphabet of a short text message).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from xml.sax.saxutils import escape

from fulfillment.lex import Message, ssml, text
from fulfillment.replies.speech import FALLBACK_LOCALE, spoken_locale, words_in
from fulfillment.replies.spoken import say_as

REQUEST_ATTRIBUTE = "x-teller-channel"
"""Names the channel, in the values of `Channel`."""
MAX_SSML = 1024
MAX_SMS = 480
"""Three parts of a long text message (153 characters each), with room to spare."""
_BULLET = "• "
_TO_GSM = str.maketrans(
    {
        "•": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'",
        "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip


class Channel(StrEnum):
    WEB = "web"
    VOICE = "voice"
    SMS = "sms"
    SLACK = "slack"


def channel_of(input_mode: str, request_attributes: Mapping[str, str] | None) -> Channel:
    """What carries the conversation: voice where Lex heard speech, else what the attribute says."""
    if input_mode in ("Speech", "DTMF"):
        return Channel.VOICE
    named = (request_attributes or {}).get(REQUEST_ATTRIBUTE, "")
    return Channel(named) if named in set(Channel) else Channel.WEB


def fit(
    messages: tuple[Message, ...], channel: Channel, locale: str = FALLBACK_LOCALE
) -> tuple[Message, ...]:
    """The same reply as `channel` can carry it; nothing that it says is lost.

    Where there are no buttons it is said what to answer instead, in the words of `locale`.
    """
    match channel:
        case Channel.VOICE:
            return tuple(_spoken(_lines(messages, "common.say_one_of", locale)))
        case Channel.SMS:
            lines = _lines(messages, "common.reply_with", locale)
            return tuple(text(part.translate(_TO_GSM)) for part in _short(lines))
        case Channel.SLACK:
            return tuple(_for_slack(message) for message in messages)
        case _:
            return messages


def _spoken(lines: Iterable[str]) -> Iterator[Message]:
    """SSML, one message for as many sentences as fit into it; choices are read out if need be."""
    opening, closing = "<speak>", "</speak>"
    room = MAX_SSML - len(opening) - len(closing)
    held = ""
    for sentence in _sentences(lines):
        marked = say_as(escape(sentence))
        if held and len(held) + 1 + len(marked) > room:
            yield ssml(f"{opening}{held}{closing}")
            held = ""
        held = f"{held} {marked}" if held else marked
    if held:
        yield ssml(f"{opening}{held}{closing}")


def _sentences(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        plain = line.removeprefix(_BULLET).strip() or line.strip()
        # A list has no full stops; without one a voice runs its lines together.
        yield plain if plain[-1:] in ".?!:" else f"{plain}."


def _short(lines: Iterable[str]) -> Iterator[str]:
    """As few text messages as the lines fit into."""
    held = ""
    for line in lines:
        if held and len(held) + 1 + len(line) > MAX_SMS:
            yield held
            held = ""
        held = f"{held}\n{line}" if held else line
    if held:
        yield held


def _lines(messages: tuple[Message, ...], invitation: str, locale: str) -> Iterator[str]:
    """Every line that is said, and the `invitation` to answer with a choice that no line named."""
    said = [line for m in messages if not m.is_card for line in m.content.splitlines() if line]
    yield from said
    whole = "\n".join(said).casefold()
    for shown in (message for message in messages if message.is_card):
        if not said and shown.title:
            yield shown.title
        if not all(_is_named(button.text, whole) for button in shown.buttons):
            speaks = spoken_locale(locale)
            answers = {words_in(speaks, "said.yes"), words_in(speaks, "said.no")}
            # "Yes, cancel it" is a yes: one word is sooner typed, and soonest understood.
            names = [b.value if b.value in answers else b.text for b in shown.buttons]
            yield words_in(speaks, invitation, names=names)


def _is_named(choice: str, whole: str) -> bool:
    """Whether `whole` has `choice` in it as words of its own: "no fee" does not name "No fees"."""
    return re.search(rf"(?<!\w){re.escape(choice.casefold())}(?!\w)", whole) is not None


def _for_slack(message: Message) -> Message:
    """`&`, `<` and `>` open Slack's own markup: links, mentions, "everybody in the channel"."""
    return replace(
        message,
        content=escape(message.content),
        title=escape(message.title) if message.title else message.title,
        subtitle=escape(message.subtitle) if message.subtitle else message.subtitle,
    )
