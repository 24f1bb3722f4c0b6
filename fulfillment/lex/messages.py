"""Messages that Lex accepts: it alone knows their limits.

Source: Lex V2 API reference, Message and ImageResponseCard: content 1 to 1,024 characters, five
messages a response, five buttons of 50 characters a card. A card needs text beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MAX_CONTENT = 1024
MAX_MESSAGES = 5
MAX_TITLE = 250
MAX_BUTTONS = 5
MAX_BUTTON = 50


@dataclass(frozen=True, slots=True)
class Button:
    """A quick reply: `text` is shown, `value` is sent as if the customer had typed it."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text, or a card when it has a title.

    `kind` is PlainText, SSML or CustomPayload; the latter two are never cut: what would be too long
    is refused when the reply is written.
    """

    content: str = ""
    title: str | None = None
    subtitle: str | None = None
    buttons: tuple[Button, ...] = field(default=())
    image_url: str | None = None
    kind: str = "PlainText"

    @property
    def is_card(self) -> bool:
        return self.title is not None

    def to_lex(self) -> dict[str, Any]:
        """The message on Lex's wire format, within its limits."""
        if self.title is None and self.kind == "PlainText":
            return {"contentType": self.kind, "content": clip(self.content, MAX_CONTENT)}
        if self.title is None:
            return {"contentType": self.kind, "content": _whole(self.content, self.kind)}
        shown: dict[str, Any] = {"title": clip(self.title, MAX_TITLE)}
        if self.subtitle:
            shown["subtitle"] = clip(self.subtitle, MAX_TITLE)
        if self.image_url:
            shown["imageUrl"] = _whole(self.image_url, "imageUrl", MAX_TITLE)
        if self.buttons:
            shown["buttons"] = [
                {"text": clip(b.text, MAX_BUTTON), "value": clip(b.value, MAX_BUTTON)}
                for b in self.buttons[:MAX_BUTTONS]
            ]
        return {"contentType": "ImageResponseCard", "imageResponseCard": shown}


def text(content: str) -> Message:
    """A plain message."""
    return Message(content)


def ssml(content: str) -> Message:
    """A message in the Speech Synthesis Markup Language, `<speak>` and all."""
    return Message(content, kind="SSML")


def payload(content: str) -> Message:
    """A custom payload: any text that the client understands."""
    return Message(content, kind="CustomPayload")


def card(
    title: str,
    buttons: list[tuple[str, str]],
    subtitle: str | None = None,
    image_url: str | None = None,
) -> Message:
    """A card with quick replies, each (shown text, sent value)."""
    return Message("", title, subtitle, tuple(Button(*button) for button in buttons), image_url)


def before_all_of(before: tuple[Message, ...], after: tuple[Message, ...]) -> tuple[Message, ...]:
    """As many of `before` as Lex has room for, and all of `after`."""
    return before[: max(0, MAX_MESSAGES - len(after))] + after


def _units(content: str) -> int:
    """Its length as Lex counts: in UTF-16 code units, so that most emoji count two."""
    return len(content.encode("utf-16-le", "surrogatepass")) // 2


def _fitting(content: str, limit: int) -> str:
    """As much of `content` as fits into `limit` units."""
    return content.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


def _whole(content: str, what: str, limit: int = MAX_CONTENT) -> str:
    if not 1 <= _units(content) <= limit:
        raise ValueError(f"{what} has {_units(content)} characters; Lex takes 1 to {limit}")
    return content


def clip(content: str, limit: int) -> str:
    """`content` within `limit` characters, cut at a word where that is near; never empty."""
    content = content.strip() or "…"
    if _units(content) <= limit:
        return content
    cut = _fitting(content, limit - 1)
    space = cut.rfind(" ")
    return (cut[:space] if space > limit * 0.8 else cut).rstrip() + "…"


def split(content: str) -> list[str]:
    """`content` in pieces of at most 1,024 characters, cut at line ends, then at sentence ends."""
    pieces: list[str] = []
    rest = content.strip()
    while _units(rest) > MAX_CONTENT:
        window = _fitting(rest, MAX_CONTENT)
        cut = max(window.rfind("\n"), window.rfind(". ") + 1, 1)
        if cut < MAX_CONTENT // 4:
            space = window.rfind(" ")
            cut = space if space >= MAX_CONTENT // 4 else len(window)
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [piece for piece in [*pieces, rest] if piece]


def _is_said_as_it_is(message: Message) -> bool:
    """Whether it is one short text, as most answers are: nothing to split and nothing to add."""
    is_text = message.title is None and message.kind == "PlainText"
    return is_text and len(message.content) <= MAX_CONTENT and bool(message.content.strip())


def to_lex_messages(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    """Messages in Lex's format: long text in pieces, text beside every card, five at most."""
    if len(messages) == 1 and _is_said_as_it_is(messages[0]):
        return [messages[0].to_lex()]
    pieces: list[Message] = []
    for message in messages:
        is_text = not message.is_card and message.kind == "PlainText"
        pieces.extend(map(text, split(message.content)) if is_text else [message])
    if pieces and all(piece.is_card for piece in pieces):
        pieces.insert(0, text(pieces[0].title or ""))
    cards = [piece for piece in pieces if piece.is_card]
    texts = [piece for piece in pieces if not piece.is_card][: MAX_MESSAGES - len(cards[:1])]
    return [piece.to_lex() for piece in [*texts, *cards[:1]]]
